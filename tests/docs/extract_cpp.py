#!/usr/bin/env python3
"""Writes the one C++ program of a page to a file.

extract_cpp.py PAGE FILE
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main() -> int:
    page, file = Path(sys.argv[1]), Path(sys.argv[2])
    programs = re.findall(r"^```cpp\n(.*?)^```$", page.read_text(), re.S | re.M)
    if len(programs) != 1:
        print(f"{page}: {len(programs)} cpp blocks, not 1", file=sys.stderr)
        return 1
    file.write_text(programs[0])
    return 0


if __name__ == "__main__":
    sys.exit(main())
