# SPDX-License-Identifier: Apache-2.0
"""Each check of the tree finds its mistake in a made-up tree, and the hook looks at the index."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import tokens

HERE = pathlib.Path(__file__).resolve().parent
CHECKER = HERE / "check_tree.py"
SPDX = "SPDX-License-Identifier: Apache-2.0\n"
FINE = f"// {SPDX}int main() {{ return 0; }}\n"
UNFORMATTED = f"// {SPDX}int main() {{ return   0; }}\n"


class Tree(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name, "a tree")
        self.root.mkdir()
        # When a hook runs this test, git must not use the hook's repository.
        self.environment = {name: value for name, value in os.environ.items()
                            if not name.startswith("GIT_")}
        self.environment.update(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull)
        self.git("init", "-q")
        self.git("config", "user.name", "A Person")
        self.git("config", "user.email", "person@example.com")
        shutil.copy(HERE.parent.parent / ".clang-format", self.root)

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.root, *arguments], env=self.environment,
                              capture_output=True, text=True, check=True).stdout

    def write(self, name, content):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)

    def check(self, argument=None, **environment):
        run = subprocess.run([sys.executable, "-B", CHECKER, argument or self.root], cwd=self.root,
                             env=self.environment | environment, capture_output=True, text=True)
        return run.returncode, run.stdout, run.stderr

    def expect(self, *lines, argument=None):
        self.assertEqual((1, "".join(line + "\n" for line in lines), ""), self.check(argument))


class WorkTree(Tree):
    def test_a_tree_without_mistakes(self):
        self.write("hook/fine.cc", FINE)
        self.write("script", f"#!/bin/sh\n# {SPDX}")
        self.assertEqual((0, "3 files are as they should be\n", ""), self.check())

    def test_token_shaped_text_is_told_and_not_shown(self):
        self.write("notes.md", "one\n" + tokens.github() + "\n")
        self.expect("notes.md:2: token-shaped text: make it at run time,"
                    " as tests/support/tokens.py does")

    def test_each_kind_of_source_has_a_licence(self):
        self.write("a.cc", "int a;\n")
        self.write("b.py", "")
        self.write("c", "#!/bin/sh\ntrue\n")
        self.write("d/CMakeLists.txt", "project(d)\n")
        self.write("e.toml", f"# {SPDX}".replace("2.0", "2.1"))
        what = "no licence: this line must be '{} SPDX-License-Identifier: Apache-2.0'"
        self.expect("a.cc:1: " + what.format("//"), *(
            f"{place}: " + what.format("#")
            for place in ("b.py:1", "c:2", "d/CMakeLists.txt:1", "e.toml:1")))

    def test_wide_lines_of_source_and_not_of_documents(self):
        self.write("a.py", f"# {SPDX}" + "#" * 100 + "\n" + "é" * 101 + "\n")
        self.write("a.md", "a" * 200)
        self.expect("a.py:3: 101 columns: break the line at 100")

    def test_long_files(self):
        for name in ("hook/a.py", "tests/a.py"):
            self.write(name, f"# {SPDX}" + "\n" * 350)
        self.write("tests/b.py", f"# {SPDX}" + "\n" * 500)
        self.expect("hook/a.py:351: 351 lines: split the file, at most 350 are allowed here",
                    "tests/b.py:501: 501 lines: split the file, at most 500 are allowed here")

    def test_each_badly_formatted_file_once(self):
        self.write("hook/a.cc", UNFORMATTED + "int  b;\n")
        self.expect("hook/a.cc:2: not formatted: clang-format-16 -i hook/a.cc")

    def test_without_the_formatter_nothing_passes(self):
        self.write("a.cc", FINE)
        tools = self.root.parent / "tools"
        tools.mkdir()
        (tools / "git").symlink_to(shutil.which("git"))
        self.assertEqual(
            (2, "", "error: 'clang-format-16' is missing: install/packages.sh test installs it\n"),
            self.check(PATH=str(tools)))

    def test_what_is_no_tree_does_not_pass(self):
        status, out, error = self.check(str(self.root.parent))
        self.assertEqual((2, ""), (status, out))
        self.assertIn("error: git ls-files failed: fatal: not a git repository", error)


class Staged(Tree):
    def setUp(self):
        super().setUp()
        self.write("old.cc", FINE)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "begin")

    def test_the_index_counts_and_not_the_work_tree(self):
        self.write("old.cc", UNFORMATTED)
        self.git("add", "old.cc")
        self.write("old.cc", FINE)
        self.expect("old.cc:2: not formatted: clang-format-16 -i old.cc", argument="--staged")
        self.git("add", "old.cc")
        self.write("old.cc", UNFORMATTED)
        self.write("new.py", "")
        self.assertEqual((0, "0 files are as they should be\n", ""), self.check("--staged"))

    def test_deleted_and_linked_files_are_no_mistakes(self):
        self.git("rm", "-q", "old.cc")
        (self.root / "link.py").symlink_to("nowhere")
        self.git("add", "-A")
        self.assertEqual((0, "1 files are as they should be\n", ""), self.check("--staged"))

    def test_the_hook_refuses_the_commit(self):
        for file in (CHECKER, HERE / "hooks" / "pre-commit"):
            target = self.root / "tests/tree" / file.relative_to(HERE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        self.git("config", "core.hooksPath", "tests/tree/hooks")
        self.write("old.cc", UNFORMATTED)
        with self.assertRaises(subprocess.CalledProcessError) as refused:
            self.git("commit", "-m", "worse", "old.cc")
        self.assertEqual("old.cc:2: not formatted: clang-format-16 -i old.cc\n",
                         refused.exception.stderr)
        self.git("commit", "-m", "no hook", "--no-verify", "old.cc")
        self.write("old.cc", FINE)
        self.git("commit", "-m", "better", "old.cc")


if __name__ == "__main__":
    unittest.main()
