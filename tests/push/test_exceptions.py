# SPDX-License-Identifier: Apache-2.0
"""Exceptions of the site's configuration: every ref and every place of a secret counts."""

import subprocess
import unittest

from support import tokens
from support.server import PushTest

SANDBOX = '''\
[bypass]
enabled = false
[[allow]]
ref = "refs/heads/sandbox/*"
reason = "tries"
'''
FIXTURES = '[[allow]]\npath = "fixtures/*"\nreason = "made-up keys"\n'


class Exceptions(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def places(self):
        [finding] = self.last_record()["findings"]
        return finding["places"]

    def test_the_record_names_the_entry_by_its_line(self):
        self.configure(SANDBOX)
        self.commit({"a.txt": tokens.github() + "\n"})
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/sandbox/x"))
        [finding] = self.last_record()["findings"]
        self.assertEqual((finding["ruling"], finding["why"], finding["entry"]),
                         ("allowed", "tries", {"table": "allow", "line": 3}))
        self.assertNotIn("refs", finding["places"][0])

    def test_a_commit_that_also_goes_elsewhere_is_not_allowed_by_one_of_its_refs(self):
        self.configure(SANDBOX)
        secret = self.commit({"a.txt": tokens.github() + "\n"})
        later = self.commit({"a.txt": "gone\n"})
        for number, (first, second) in enumerate((
                (f"{secret}:refs/heads/sandbox/x", f"{secret}:refs/heads/main"),
                (f"{secret}:refs/heads/sandbox/x", f"{later}:refs/heads/main"),
                (f"{later}:refs/heads/sandbox/x", f"{secret}:refs/heads/zzz"),
                (f"{secret}:refs/heads/sandbox/x", f"{later}:refs/tags/v1"))):
            with self.subTest(number):
                for updates in ((first, second), (second, first)):
                    self.assert_refused(self.push("origin", *updates))
                    [place] = self.places()
                    self.assertEqual(sorted(place["refs"]),
                                     sorted(u.split(":")[1] for u in (first, second)))
                    self.assertIn(place["ref"], place["refs"])
        self.assert_accepted(self.push("origin", f"{secret}:refs/heads/sandbox/x",
                                       f"{later}:refs/heads/sandbox/y"))
        self.assertEqual(self.places()[0]["refs"],
                         ["refs/heads/sandbox/x", "refs/heads/sandbox/y"])

    def test_a_tag_of_a_tag_is_reached_by_every_ref_that_leads_to_it(self):
        self.configure(SANDBOX.replace("heads", "tags"))
        self.commit({"a.txt": tokens.github() + "\n"})
        self.git("tag", "-a", "inner", "-m", f"with {tokens.github('tag')}")
        self.git("tag", "-a", "outer", "inner", "-m", "outer")
        for updates in (("outer:refs/tags/sandbox/a", "inner:refs/tags/b"),
                        ("outer:refs/tags/sandbox/a", "outer:refs/tags/b"),
                        ("inner:refs/tags/sandbox/a", "outer:refs/heads/b")):
            with self.subTest(updates):
                self.assert_refused(self.push("origin", *updates))
                for finding in self.last_record()["findings"]:
                    self.assertEqual((finding["ruling"], len(finding["places"][0]["refs"])),
                                     ("blocked", 2))
        self.assert_accepted(self.push("origin", "outer:refs/tags/sandbox/a",
                                       "inner:refs/tags/sandbox/b"))

    def test_a_tree_and_a_blob_with_several_refs(self):
        self.configure(SANDBOX.replace("heads", "tags"))
        self.write("a.txt", tokens.github() + "\n")
        self.git("add", "-A")
        tree = self.git("write-tree").output.strip()
        blob = self.git("rev-parse", f"{tree}:a.txt").output.strip()
        for name in (tree, blob):
            self.git("tag", "-f", "odd", name)
            self.assert_refused(self.push("origin", "odd:refs/tags/sandbox/a", "odd:refs/tags/b"))
            self.assertEqual(sorted(self.places()[0]["refs"]),
                             ["refs/tags/b", "refs/tags/sandbox/a"])
        self.assert_accepted(self.push("origin", "odd:refs/tags/sandbox/a",
                                       "odd:refs/tags/sandbox/b"))

    def test_more_refs_than_are_listed_are_not_all_allowed(self):
        self.configure(SANDBOX)
        self.commit({"a.txt": tokens.github() + "\n"})
        names = [f"HEAD:refs/heads/sandbox/{i:03}" for i in range(70)]
        self.assert_refused(self.push("origin", *names))
        [place] = self.places()
        self.assertEqual((len(place["refs"]), place["more_refs"]), (64, True))
        self.assert_accepted(self.push("origin", *names[:64]))

    def tree(self, *entries):
        lines = "".join(f"{mode} {kind} {name}\t{path}\0" for mode, kind, name, path in entries)
        return self.git("mktree", "-z", "--missing", input=lines.encode()).output.strip()

    def test_what_git_would_not_check_out_is_at_no_path(self):
        self.configure(FIXTURES + '[[template]]\nvalue = "ghp_[0-9A-Za-z]+"\n'
                       'paths = ["fixtures/*"]\nreason = "all"\n')
        blob = self.git("hash-object", "-w", "--stdin",
                        input=f"{tokens.github()}\n".encode()).output.strip()
        file = ("100644", "blob", blob, "a.txt")
        for odd in ("..", ".", ".git", ".GiT", ".git ", ".git. .", "git~1", "GIT~1", ".g\u200cit",
                    ".git::$INDEX_ALLOCATION", "a\\.git", "..\\b"):
            with self.subTest(odd):
                inner = self.tree(file)
                fixtures = self.tree(("040000", "tree", inner, odd))
                root = self.tree(("040000", "tree", fixtures, "fixtures"))
                commit = self.git("commit-tree", "-p", self.base, "-m", "odd", root).output.strip()
                self.assert_refused(self.push("origin", f"{commit}:refs/heads/main"))
                self.assertEqual(self.places()[0]["path"], f"fixtures/{odd}/a.txt")
        root = self.tree(("040000", "tree", self.tree(file), "fixtures"))
        commit = self.git("commit-tree", "-p", self.base, "-m", "even", root).output.strip()
        self.assert_accepted(self.push("origin", f"{commit}:refs/heads/main"))

    def test_a_blob_that_reads_like_a_commit_hides_no_place(self):
        self.git("config", "receive.shallowUpdate", "true", cwd=self.server)
        self.configure(FIXTURES)
        secret = tokens.github()
        blob = self.git("hash-object", "-w", "--stdin", input=f"{secret}\n".encode()).output.strip()
        inner = self.tree(("100644", "blob", blob, "a.txt"))
        tree = self.tree(("040000", "tree", inner, "fixtures"), ("040000", "tree", inner, "src"))
        like = f"tree {tree}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nx\n"
        parent = self.git("hash-object", "-w", "--stdin", input=like.encode()).output.strip()
        commit = self.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally",
                          input=like.replace("\nauthor", f"\nparent {parent}\nauthor", 1)
                          .encode()).output.strip()
        quarantine = self.server / "objects/incoming-test"
        quarantine.mkdir()
        for name in (blob, inner, tree, parent, commit):
            folder = quarantine / name[:2]
            folder.mkdir(exist_ok=True)
            (folder / name[2:]).write_bytes(
                (self.clone / ".git/objects" / name[:2] / name[2:]).read_bytes())
        run = subprocess.run([str(self.server / "hooks/pre-receive")], cwd=self.server,
                             input=f"{self.base} {commit} refs/heads/main\n".encode(),
                             capture_output=True, timeout=60,
                             env={**self.environment, "GIT_DIR": ".",
                                  "GIT_QUARANTINE_PATH": str(quarantine)})
        self.assertEqual(run.returncode, 1, run.stderr)
        self.assertEqual([place["path"] for place in self.places()],
                         ["fixtures/a.txt", "src/a.txt"])


class ExceptionsSha256(Exceptions):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
