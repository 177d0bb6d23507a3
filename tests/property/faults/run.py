"""Seeds faults in the engine and checks that the property test catches each.

Usage: run.py BUILD_FOLDER [--cases N] [--jobs N] [--only TEXT]

Copies the sources, builds the property test once, then for each fault of
faults.toml rebuilds it with that one change. Exits with 1 if the test passes
with a fault, or fails without one.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
TARGET = "property_engine_vs_reference"
FOLDERS = ("bench", "cmake", "data", "include", "lib", "tests")


def run(command, **options):
    """Runs a command. Returns (exit code, output)."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options
    )
    return done.returncode, done.stdout.decode("utf-8", "replace")


def copy_sources(source):
    """Makes `source` like the project; touches only files that differ."""
    wanted = {pathlib.Path("CMakeLists.txt")}
    for folder in FOLDERS:
        for path in (PROJECT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                wanted.add(path.relative_to(PROJECT))
    for path in list(source.rglob("*")):
        if path.is_file() and path.relative_to(source) not in wanted:
            path.unlink()
    for name in wanted:
        content = (PROJECT / name).read_bytes()
        copy = source / name
        # A new time even where the project's is old: what was built from a
        # fault must be built again.
        if not copy.exists() or copy.read_bytes() != content:
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(content)


def configure(source, build):
    options = ["-DHYPERSIGMA_BUILD_TESTS=ON", "-DCMAKE_BUILD_TYPE=Release"]
    for part in ("BENCHMARKS", "EXAMPLES", "PYTHON"):
        options.append(f"-DHYPERSIGMA_BUILD_{part}=OFF")
    if shutil.which("ccache"):
        options.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
    command = ["cmake", "-S", source, "-B", build, "-G", "Ninja", *options]
    code, output = run(command)
    if code != 0:
        sys.exit(output)


def build_and_test(build, arguments):
    """Returns "passes", "fails" or "does not build", and the output."""
    code, output = run(["ninja", "-C", build, f"-j{arguments.jobs}", TARGET])
    if code != 0:
        return "does not build", output
    program = build / "tests" / "property" / TARGET
    try:
        code, output = run([program, f"--cases={arguments.cases}"], timeout=300)
    except subprocess.TimeoutExpired:
        return "fails", "time is up"
    return ("passes" if code == 0 else "fails"), output


def seed(source, fault):
    """Writes the fault into the copied source. Returns the original text."""
    path = source / fault["file"]
    original = path.read_text(encoding="utf-8")
    count = original.count(fault["original"])
    if count != 1:
        sys.exit(f"{fault['name']}: found {count} times in {fault['file']}")
    path.write_text(
        original.replace(fault["original"], fault["replacement"]),
        encoding="utf-8",
    )
    return original


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="part of a fault's name")
    arguments = parser.parse_args()
    faults = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))
    source = arguments.folder.resolve() / "source"
    build = arguments.folder.resolve() / "build"
    copy_sources(source)
    configure(source, build)
    outcome, output = build_and_test(build, arguments)
    if outcome != "passes":
        sys.exit(f"without a fault the test {outcome}\n{output}")
    chosen = [f for f in faults["fault"] if arguments.only in f["name"]]
    missed = 0
    for fault in chosen:
        original = seed(source, fault)
        outcome, output = build_and_test(build, arguments)
        (source / fault["file"]).write_text(original, encoding="utf-8")
        print(f"{outcome:>14}  {fault['name']}", flush=True)
        if outcome != "fails":
            missed += 1
            print(output[-2000:], flush=True)
    print(f"{missed} of {len(chosen)} faults missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
