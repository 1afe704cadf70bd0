# SPDX-License-Identifier: Apache-2.0
"""Checks the includes in hook/ against the order of its rooms in hook/CMakeLists.txt.

A file may include headers of its own room and of rooms that are listed before it. The
linker cannot enforce this: an include of a later room's header compiles all the same.
usage: check_includes.py SOURCE_DIRECTORY"""

import pathlib
import re
import sys


def mistakes(hook):
    order = re.findall(r"^pushguard_room\((\w+)", (hook / "CMakeLists.txt").read_text(), re.M)
    for file in sorted(hook.rglob("*")):
        if file.suffix not in (".cc", ".h") or file.parent == hook:
            continue
        room = file.relative_to(hook).parts[0]
        if room not in order:
            yield f"{file}:1: room '{room}' is not in {hook}/CMakeLists.txt"
            continue
        for number, line in enumerate(file.read_text().splitlines(), 1):
            included = re.match(r'#include "(\w+)/', line)
            if included and included[1] not in order[:order.index(room) + 1]:
                yield (f"{file}:{number}: {room}/ includes {included[1]}/, which does not stand "
                       f"before it in {hook}/CMakeLists.txt")


def main():
    hook = pathlib.Path(sys.argv[1], "hook")
    found = list(mistakes(hook))
    print("\n".join(found) or "every include follows the order of the rooms")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
