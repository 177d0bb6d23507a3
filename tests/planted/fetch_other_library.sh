#!/usr/bin/env bash
# Puts the run-time libraries of Hyperscan and Vectorscan side by side, for the
# planted tests:
#
#   fetch_other_library.sh [FOLDER]
#
#   FOLDER/hyperscan/libhs.so.5
#   FOLDER/vectorscan/libhs.so.5
#
# FOLDER is build/pattern_libraries unless given. What is installed is linked
# to, what is there already is kept, the rest is unpacked from its Debian
# package without installing it. Where that cannot be done the tests over that
# library are skipped, and the script says why; with CI set it fails.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
target=${1:-$root/build/pattern_libraries}

say() { printf 'fetch_other_library: %s\n' "$*" >&2; }

# installed_library PACKAGE: prints the path of its libhs.so.5, if any.
installed_library() {
  dpkg-query -L "$1" 2>/dev/null | grep -m 1 '/libhs\.so\.5$' || true
}

# as_root COMMAND...: runs it, if this user may do so without being asked.
as_root() {
  if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi
}

# download PACKAGE: into the current folder.
download() {
  apt-get download "$1" || { as_root apt-get update && apt-get download "$1"; }
}

# unpack PACKAGE FOLDER: in a folder of its own, so that only what is complete
# is ever seen under the final name. Every step is checked by hand, since bash
# forgets `set -e` within a condition.
unpack() (
  scratch=$(mktemp -d "$target/unpack.XXXXXX") || exit 1
  trap 'rm -rf "$scratch"' EXIT
  cd "$scratch" && download "$1" && dpkg-deb -x "$1"_*.deb files &&
    mkdir library &&
    find files -name 'libhs.so.5*' -exec cp -a {} library/ ';' &&
    test -e library/libhs.so.5 && rm -rf "$2" && mv library "$2"
)

# provide NAME
provide() {
  local package=lib${1}5 folder=$target/$1 installed log=$target/$1.log
  [[ -e $folder/libhs.so.5 ]] && return
  installed=$(installed_library "$package")
  if [[ -n $installed ]]; then
    mkdir -p "$folder"
    ln -sfn "$installed" "$folder/libhs.so.5"
  elif ! unpack "$package" "$folder" >"$log" 2>&1; then
    cat "$log" >&2
    say "cannot unpack the Debian package $package; its output stands above"
    return 1
  fi
  say "$folder/libhs.so.5 of $package"
}

mkdir -p "$target"
names=(vectorscan)
[[ $(uname -m) == x86_64 ]] && names+=(hyperscan)
failed=0
for name in "${names[@]}"; do
  provide "$name" || failed=1
done
if ((failed)) && [[ -n ${CI:-} ]]; then exit 1; fi
