# SPDX-License-Identifier: Apache-2.0
"""Checks the tree against its own rules. Each mistake is a line: FILE:LINE, what, how to fix it.

usage: check_tree.py ROOT        the files of the work tree ROOT, new ones included
       check_tree.py --staged    what `git commit` is about to record, here

With --staged only the index is checked: its files are written to a scratch directory.
Exit code 1: there are mistakes; 2: the tree could not be checked.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

WIDTH = 100
MOST_LINES_OF_HOOK = 350
MOST_LINES = 500
CPLUSPLUS = {".cc", ".h"}
SOURCE = CPLUSPLUS | {".py", ".sh", ".cmake"}
LICENCE = "SPDX-License-Identifier: Apache-2.0"
TOKEN_SHAPES = re.compile(
    rb"gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82}|AKIA[A-Z2-7]{16}"
    rb"|glpat-[A-Za-z0-9_-]{20}|xox[bp]-[0-9]{10,}-|[sr]k_live_[A-Za-z0-9]{24}"
    rb"|npm_[A-Za-z0-9]{36}|AIza[A-Za-z0-9_-]{35}|dop_v1_[0-9a-f]{64}"
    rb"|sk-ant-api03-[A-Za-z0-9_-]{20}")
FORMATTER = "clang-format-16"
BADLY_FORMATTED = re.compile(r"^(?P<name>.+?):(?P<line>\d+):\d+: error:", re.M)


class CannotCheck(Exception):
    pass


class File:
    def __init__(self, root, name):
        self.name = name
        self.suffix = pathlib.PurePath(name).suffix
        self.content = (root / name).read_bytes()
        self.lines = self.content.split(b"\n")
        self.is_script = self.content.startswith(b"#!")
        self.is_source = (self.is_script or self.suffix in SOURCE
                          or pathlib.PurePath(name).name == "CMakeLists.txt")


def token_shaped(file):
    for number, line in enumerate(file.lines, 1):
        if TOKEN_SHAPES.search(line):
            yield number, "token-shaped text: make it at run time, as tests/support/tokens.py does"


def unlicensed(file):
    if not file.is_source and file.suffix != ".toml":
        return
    number = 2 if file.is_script else 1
    wanted = f"{'//' if file.suffix in CPLUSPLUS else '#'} {LICENCE}"
    if file.lines[number - 1:number] != [wanted.encode()]:
        yield number, f"no licence: this line must be '{wanted}'"


def too_wide(file):
    if not file.is_source:
        return
    for number, line in enumerate(file.lines, 1):
        width = len(line.decode(errors="replace"))
        if width > WIDTH:
            yield number, f"{width} columns: break the line at {WIDTH}"


def too_long(file):
    if not file.is_source:
        return
    most = MOST_LINES_OF_HOOK if file.name.startswith("hook/") else MOST_LINES
    lines = file.content.count(b"\n")
    if lines > most:
        yield most + 1, f"{lines} lines: split the file, at most {most} are allowed here"


def badly_formatted(root, files):
    names = [file.name for file in files if file.suffix in CPLUSPLUS]
    if not names:
        return
    try:
        run = subprocess.run([FORMATTER, "--dry-run", "-Werror", "--", *names], cwd=root,
                             capture_output=True, text=True, errors="replace")
    except FileNotFoundError:
        raise CannotCheck(f"'{FORMATTER}' is missing:"
                          " install/packages.sh test installs it") from None
    told = set()
    for match in BADLY_FORMATTED.finditer(run.stderr):
        name = match["name"]
        if name not in told:
            told.add(name)
            yield f"{name}:{match['line']}: not formatted: {FORMATTER} -i {name}"
    if run.returncode and not told:
        raise CannotCheck(f"{FORMATTER} failed: {run.stderr.strip()}")


def mistakes(root, names):
    """Symbolic links and submodules have no content of their own."""
    files = [File(root, name) for name in names
             if (root / name).is_file() and not (root / name).is_symlink()]
    for file in files:
        for check in (token_shaped, unlicensed, too_wide, too_long):
            for number, what in check(file):
                yield f"{file.name}:{number}: {what}"
    yield from badly_formatted(root, files)


def git(root, *arguments, given=None):
    run = subprocess.run(["git", "-C", root, *arguments], input=given, capture_output=True)
    if run.returncode:
        raise CannotCheck(f"git {arguments[0]} failed: {run.stderr.decode().strip()}")
    return run.stdout


def tell(root, names):
    found = list(mistakes(root, names))
    print("\n".join(found) or f"{len(names)} files are as they should be")
    return 1 if found else 0


def check_staged():
    top = git(".", "rev-parse", "--show-toplevel").decode().rstrip("\n")
    changed = git(top, "diff", "--cached", "--name-only", "--no-renames", "--diff-filter=d", "-z")
    with tempfile.TemporaryDirectory() as scratch:
        # The settings of the formatter come from the index as well.
        settings = git(top, "ls-files", "-z", "--", ".clang-format")
        git(top, "checkout-index", "-z", "--stdin", "-f", f"--prefix={scratch}/",
            given=changed + settings)
        return tell(pathlib.Path(scratch), changed.decode().split("\0")[:-1])


def check_work_tree(root):
    listed = git(root, "ls-files", "-z", "-co", "--exclude-standard")
    names = listed.decode().split("\0")[:-1]
    if not names:
        raise CannotCheck(f"there are no files in '{root}'")
    return tell(pathlib.Path(root), names)


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    try:
        return check_staged() if arguments == ["--staged"] else check_work_tree(arguments[0])
    except CannotCheck as failure:
        print(f"error: {failure}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
