# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan` of directories in which git keeps objects: they are compressed, and what is read
as text looks clean. Each is named, with the command that looks at it."""

import json
import shutil

from support import tokens
from support.server import HOOK, PushTest

HISTORY = "it has the history; 'pushguard scan --repository {}' looks at it"
OBJECTS = ("objects of git, which are compressed; 'pushguard scan --repository {}' looks at "
           "them")
FORMAT = ("{} of git, which is compressed; 'pushguard scan --repository DIRECTORY' looks at the "
          "objects of a repository")


class Stored(PushTest):
    def setUp(self):
        super().setUp()
        self.environment["PUSHGUARD_CONFIG"] = "/dev/null"
        self.commit({"a.txt": "nothing\n"}, "First")
        self.commit({"b.env": f"TOKEN={tokens.github()}\n"}, "Second")
        self.commit({"b.env": "TOKEN=\n"}, "Third")

    def scan(self, *words, cwd=None):
        return self.run_command(HOOK, "scan", *words, cwd=cwd or self.scratch, check=False)

    def skipped(self, *words, cwd=None):
        result = self.scan("--format", "jsonl", *words, cwd=cwd)
        records = [json.loads(line) for line in result.output.splitlines()]
        self.assertNotIn("finding", [record["type"] for record in records])
        self.assertEqual(records[-1]["skipped"], len(records) - 1)
        return result.code, [(record["path"], record["why"], record["detail"], record["refused"])
                             for record in records[:-1]]

    def bare(self, name="site/r.git", packed=True, *options):
        path = self.scratch / name
        path.parent.mkdir(exist_ok=True)
        self.git("clone", "-q", "--bare", "--no-hardlinks", *options, str(self.clone), str(path),
                 cwd=self.scratch)
        shutil.rmtree(path / "hooks")
        if packed:
            self.git("repack", "-adq", cwd=path)
            self.git("prune-packed", cwd=path)
        return path

    def test_a_bare_repository_is_not_called_clean(self):
        for packed in (True, False):
            with self.subTest(packed=packed):
                path = self.bare(f"{packed}/r.git", packed)
                result = self.scan(f"{packed}/r.git")
                self.assertEqual(result.errors, (
                    f"error: '{packed}/r.git/objects' was not looked at: "
                    + OBJECTS.format(f"{packed}/r.git") + "\n"))
                self.assertIn("0 would block a push, 0 would warn, 1 not looked at\n",
                              result.output)
                self.assertEqual(result.code, 2)
                self.assertEqual(self.skipped(".", cwd=path), (
                    2, [("objects", "object-storage", OBJECTS.format("."), True)]))
                self.assertEqual(self.skipped("objects", cwd=path)[0], 2)
                self.assertEqual(self.skipped(".", cwd=path / "objects"), (
                    2, [(".", "object-storage", OBJECTS.format(".."), True)]))

    def test_one_somewhere_below_is_named_and_the_rest_is_scanned(self):
        self.bare()
        (self.scratch / "site/notes.txt").write_text(tokens.github(1))
        result = self.scan("site")
        self.assertEqual(result.code, 1)
        self.assertIn("site/notes.txt:1:1", result.output)
        self.assertEqual(result.errors, "error: 'site/r.git/objects' was not looked at: "
                                        + OBJECTS.format("site/r.git") + "\n")

    def test_a_clone_is_scanned_as_files_and_its_history_is_named(self):
        result = self.scan(".", cwd=self.clone)
        self.assertEqual((result.code, result.errors), (
            0, f"note: '.git' was not looked at: {HISTORY.format('.')}\n"))
        self.assertEqual(result.output, "2 files, 15 bytes: 0 would block a push, 0 would warn, "
                                        "1 history not looked at\n")
        self.assertEqual(self.skipped("clone"), (
            0, [("clone/.git", "history", HISTORY.format("clone"), False)]))
        code, skipped = self.skipped("clone/.git")
        self.assertEqual((code, [path for path, *_ in skipped]), (2, ["clone/.git/objects"]))

    def test_a_repository_without_objects_has_nothing_to_name(self):
        self.git("init", "-q", str(self.scratch / "new"))
        self.assertEqual(self.skipped("new"), (0, []))
        self.git("init", "-q", "--bare", str(self.scratch / "new.git"))
        self.assertEqual(self.skipped("new.git"), (0, []))

    def test_linked_work_trees_and_submodules(self):
        self.git("worktree", "add", "-q", str(self.scratch / "tree"))
        self.assertEqual(self.skipped("tree"), (
            0, [("tree/.git", "history", HISTORY.format("tree"), False)]))
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add",
                 str(self.bare()), "lib/x")
        self.git("commit", "-q", "-m", "Submodule")
        code, skipped = self.skipped("clone")
        self.assertEqual(code, 0)
        self.assertEqual([(path, why) for path, why, *_ in skipped], [
            ("clone/.git", "history"), ("clone/.git/modules/lib/x", "history"),
            ("clone/lib/x/.git", "history")])
        self.assertEqual(skipped[1][2], (
            "it has the history of a submodule; 'pushguard scan --repository "
            "clone/.git/modules/lib/x' looks at it"))

    def test_borrowed_objects(self):
        path = self.scratch / "fork.git"
        self.git("clone", "-q", "--bare", "--shared", str(self.clone), str(path))
        self.assertEqual([why for _, why, *_ in self.skipped("fork.git")[1]], ["object-storage"])
        pool = self.scratch / "pool"
        shutil.copytree(self.clone / ".git/objects", pool)
        self.assertEqual(self.skipped("pool"), (2, [("pool", "object-storage", (
            "objects of git, which are compressed; 'pushguard scan --repository DIRECTORY' looks "
            "at those of a repository"), True)]))

    def test_packs_bundles_and_loose_objects_under_any_name(self):
        pack = next((self.bare() / "objects/pack").glob("*.pack"))
        files = self.scratch / "files"
        files.mkdir()
        shutil.copy(pack, files / "a.bin")
        self.git("bundle", "create", "-q", str(files / "b"), "--all")
        loose = next((self.clone / ".git/objects").glob("??/*"))
        shutil.copy(loose, files / "c.txt")
        self.assertEqual(self.skipped("files"), (2, [
            (f"files/{name}", "object-storage", FORMAT.format(what), True)
            for name, what in (("a.bin", "a pack"), ("b", "a bundle"),
                               ("c.txt", "a loose object"))]))
        result = self.run_command(HOOK, "scan", "-", input=pack.read_bytes(), check=False)
        self.assertEqual(result.code, 2)

    def test_damaged_objects_of_a_repository_are_none_either(self):
        path = self.bare(packed=False)
        for file in (path / "objects").glob("??/*"):
            file.chmod(0o600)
            file.write_bytes(b"damaged")
        self.assertEqual(self.skipped("site/r.git")[0], 2)

    def test_what_only_looks_like_it_is_text(self):
        for name in ("ab", "cd"):
            (self.scratch / "cache" / name).mkdir(parents=True)
            (self.scratch / "cache" / name / ("1" * 38)).write_text("a cache of something else\n")
        (self.scratch / "cache/pack").mkdir()
        (self.scratch / "cache/pack/x.pack").write_text("a pack of something else\n")
        (self.scratch / "cache/info").mkdir()
        self.assertEqual(self.skipped("cache"), (0, []))


class StoredSha256(Stored):
    object_format = "sha256"
