# SPDX-License-Identifier: Apache-2.0
"""The commit that `pushguard version` names: of a checkout, of an archive, of neither."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

TREE = pathlib.Path(__file__).parents[2]


class Commit(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-commit."))
        self.addCleanup(shutil.rmtree, self.scratch)
        self.checkout = self.scratch / "checkout"
        (self.checkout / "hook").mkdir(parents=True)
        for file in (".gitattributes", "hook/write_commit.cmake"):
            shutil.copy(TREE / file, self.checkout / file)
        # This tree may be an archive itself, which has its commit in the file.
        (self.checkout / "hook/commit.txt").write_text("$Format:%H %cs$\n")
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "First")
        self.id = self.git("rev-parse", "HEAD")

    def git(self, *words):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.scratch),
                       "GIT_CONFIG_NOSYSTEM": "1",
                       "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b",
                       "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b",
                       "GIT_AUTHOR_DATE": "1760000000 +0000",
                       "GIT_COMMITTER_DATE": "1760000000 +0000"}
        return subprocess.run(["git", *words], cwd=self.checkout, env=environment, check=True,
                              capture_output=True, text=True).stdout.strip()

    def commit_of(self, tree):
        output = self.scratch / "commit.cc"
        subprocess.run(["cmake", "-D", f"SOURCE={tree}", "-D", f"OUTPUT={output}", "-P",
                        str(TREE / "hook/write_commit.cmake")], check=True,
                       env={**os.environ, "GIT_DIR": str(TREE / ".git")})
        return tuple(re.findall('return "(.*)"', output.read_text()))

    def test_of_a_checkout(self):
        self.assertEqual(self.commit_of(self.checkout), (self.id, "2025-10-09"))
        written = (self.scratch / "commit.cc").stat().st_mtime_ns
        self.commit_of(self.checkout)
        self.assertEqual((self.scratch / "commit.cc").stat().st_mtime_ns, written)
        (self.checkout / ".gitattributes").write_text("changed\n")
        self.assertEqual(self.commit_of(self.checkout), (f"{self.id}-dirty", "2025-10-09"))

    def test_of_an_archive(self):
        archive = self.scratch / "archive"
        archive.mkdir()
        self.git("archive", "-o", str(self.scratch / "archive.tar"), "HEAD")
        subprocess.run(["tar", "-xf", str(self.scratch / "archive.tar"), "-C", str(archive)],
                       check=True)
        self.assertEqual(self.commit_of(archive), (self.id, "2025-10-09"))

    def test_of_neither_it_is_not_that_of_a_repository_around(self):
        copy = self.checkout / "copy"
        shutil.copytree(self.checkout / "hook", copy / "hook")
        self.assertEqual(self.commit_of(copy), ("unknown", ""))


if __name__ == "__main__":
    unittest.main()
