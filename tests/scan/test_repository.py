# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan --repository`: everything that a repository stores, against a slow and plain way
to the same: each object as git reads it, in a file of its own, and each commit's whole tree."""

import json
import pathlib
import shutil

from support import tokens
from support.histories import History
from support.server import HOOK, PushTest


class RepositoryTest(PushTest):
    def setUp(self):
        super().setUp()
        self.environment["PUSHGUARD_CONFIG"] = "/dev/null"
        self.key = self.scratch / "key"
        self.key.write_bytes(bytes(range(32)))

    def scan(self, *words, cwd=None):
        return self.run_command(HOOK, "scan", "--key", str(self.key), *words,
                                cwd=cwd or self.scratch, check=False)

    def records(self, repository, *words):
        result = self.scan("--format", "jsonl", "--repository", str(repository), *words)
        return result, [json.loads(line) for line in result.output.splitlines()]

    def new_repository(self, name="r.git"):
        path = self.scratch / name
        self.git("init", "-q", "--bare", f"--object-format={self.object_format}", str(path),
                 cwd=self.scratch)
        return path

    def import_history(self, repository, history, packed=False):
        self.git("-c", f"fastimport.unpackLimit={0 if packed else 100000}", "fast-import",
                 "--quiet", "--force", input=history.bytes(), cwd=repository)


def masked(path):
    """As a path of a History is told that has a secret for a name."""
    folder, _, name = path.rpartition("/")
    return path if len(name) < 12 else f"{folder}/{name[:4]}********"


class Oracle:
    """What is to be found in a repository, by git's own reading of it."""

    def __init__(self, test, repository):
        self.test, self.repository = test, repository
        self.objects = {}  # type by id
        listed = self.git("cat-file", "--batch-all-objects", "--batch-check")
        for line in listed.splitlines():
            name, kind, _ = line.split()
            self.objects[name] = kind
        self.found = self.scan_objects()  # (line, column, rule, fingerprint) by id

    def git(self, *words):
        return self.test.git(*words, cwd=self.repository).output

    def scan_objects(self):
        folder = self.test.scratch / f"objects of {self.repository.name}"
        folder.mkdir()
        for name, kind in self.objects.items():
            content = self.test.run_command("git", "cat-file", kind, name, cwd=self.repository)
            (folder / name).write_text(content.output) if kind != "tree" else (
                folder / name).write_text(self.git("ls-tree", "--name-only", name))
        result = self.test.scan("--format", "jsonl", str(folder))
        found = {}
        for record in map(json.loads, result.output.splitlines()):
            if record["type"] == "finding":
                found.setdefault(pathlib.Path(record["path"]).name, set()).add(
                    (record["line"], record["column"], record["rule"], record["fingerprint"]))
        shutil.rmtree(folder)
        return found

    def places(self):
        """(commit, path, object, rule, fingerprint) of all blobs and trees where a commit has them
        and no parent has."""
        trees, parents, places = {}, {}, set()
        for commit in (name for name, kind in self.objects.items() if kind == "commit"):
            header = self.git("cat-file", "commit", commit).split("\n\n")[0]
            parents[commit] = [line.split()[1] for line in header.splitlines()
                               if line.startswith("parent ")]
            listed = self.git("ls-tree", "-r", "-t", "-z", commit).split("\0")[:-1]
            trees[commit] = {line.split("\t")[1]: line.split()[2] for line in listed}
            trees[commit][""] = header.split()[1]
        for commit, tree in trees.items():
            for path, name in tree.items():
                if name not in self.found:
                    continue
                if all(trees[parent].get(path) != name for parent in parents[commit]):
                    places |= {(commit, masked(path), name, rule, fingerprint)
                               for _, _, rule, fingerprint in self.found[name]}
        return places


class Repository(RepositoryTest):
    def check(self, repository, where=None):
        """Everything in `repository` is found as the oracle says, by the way of `where`."""
        oracle = Oracle(self, repository)
        self.assertTrue(oracle.found)
        result, records = self.records(where or repository)
        self.assertEqual((result.code, result.errors), (1, ""))
        findings = [record for record in records if record["type"] == "finding"]
        of_objects = {}
        for record in findings:
            of_objects.setdefault(record["object"], set()).add((record["rule"],
                                                                record["fingerprint"]))
        self.assert_same({(name, *found) for name in of_objects for found in of_objects[name]},
                         {(name, rule, fingerprint) for name, found in oracle.found.items()
                          for _, _, rule, fingerprint in found})
        for record in findings:
            if record["in"] == "content":
                self.assertIn((record["line"], record["column"], record["rule"],
                               record["fingerprint"]), oracle.found[record["object"]])
        placed = {(record["commit"], record["path"], record["object"], record["rule"],
                   record["fingerprint"])
                  for record in findings if record["in"] in ("content", "name")}
        self.assert_same(placed, oracle.places())
        self.check_refs(repository, findings)
        self.assertEqual(records[-1]["scanned"], len(oracle.objects))
        return records

    def assert_same(self, found, expected):
        self.assertEqual((found - expected, expected - found), (set(), set()))

    def check_refs(self, repository, findings):
        containing = {}
        for record in findings:
            commit = record["commit"]
            if not commit:
                continue
            if commit not in containing:
                listed = self.git("for-each-ref", "--contains", commit, "--format=%(refname)",
                                  cwd=repository).output.split()
                containing[commit] = sorted(listed)
            self.assertEqual(sorted(record["refs"]), containing[commit])
            self.assertEqual(record["author"], "Bob <bob@example.com>")

    def test_loose_objects(self):
        repository = self.new_repository()
        self.import_history(repository, History(1))
        self.check(repository)

    def test_one_pack_of_long_delta_chains(self):
        repository = self.new_repository()
        self.import_history(repository, History(2, commits=60), packed=True)
        self.git("repack", "-adfkq", "--depth=50", "--window=50", cwd=repository)
        self.assertFalse(list((repository / "objects").glob("??")))
        self.check(repository)

    def test_many_packs_and_loose_objects_that_are_in_them_as_well(self):
        repository = self.new_repository()
        self.import_history(repository, History(3), packed=True)
        self.git("repack", "-aq", cwd=repository)  # the same once more
        pack = next((repository / "objects/pack").glob("*.pack"))
        loose = self.new_repository("loose.git")
        self.git("unpack-objects", "-q", input=pack.read_bytes(), cwd=loose)
        shutil.copytree(loose / "objects", repository / "objects", dirs_exist_ok=True)
        self.import_history(repository, History(4), packed=True)
        self.assertGreater(len(list((repository / "objects/pack").glob("*.pack"))), 2)
        self.check(repository)

    def test_what_no_ref_reaches(self):
        repository = self.new_repository()
        self.import_history(repository, History(5))
        self.git("branch", "-D", "gone", cwd=repository)
        records = self.check(repository)
        lost = [record for record in records[:-1] if not record["refs"]]
        self.assertTrue(lost)
        self.assertTrue(any(record["commit"] for record in lost))
        table = self.scan("--repository", str(repository)).output
        self.assertIn("  (no ref)  ", table)

    def test_borrowed_objects_are_read_once(self):
        pool = self.new_repository("pool.git")
        self.import_history(pool, History(6))
        fork = self.scratch / "fork.git"
        self.git("clone", "-q", "--bare", "--shared", str(pool), str(fork), cwd=self.scratch)
        (fork / "objects/info/alternates").write_text(f"{pool}/objects\n{pool}/objects\n")
        self.import_history(fork, History(7), packed=True)
        self.check(fork)

    def test_a_work_tree_and_a_linked_one_are_those_of_their_repository(self):
        repository = self.new_repository()
        self.import_history(repository, History(8))
        work = self.scratch / "work"
        self.git("clone", "-q", "--no-local", str(repository), str(work), cwd=self.scratch)
        self.check(work, where=work)
        self.git("worktree", "add", "-q", str(self.scratch / "linked"), "-b", "other", cwd=work)
        self.check(work, where=self.scratch / "linked")

    def test_a_delta_of_what_another_pack_has(self):
        """The tree with a secret name is read from the larger pack; the one that copies it is a
        delta of it in the other."""
        repository = self.new_repository()
        secret = tokens.github("delta")
        stream = [b"commit refs/heads/main\nmark :1\ncommitter A <a@b> 1000000000 +0000\n"
                  b"data 1\n1\n"]
        for name in [secret] + [f"{number:040}" for number in range(200)]:
            stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (
                name.encode(), len(name), name.encode() if name != secret else b"x" * len(name)))
        self.git("-c", "fastimport.unpackLimit=0", "fast-import", "--quiet",
                 input=b"".join(stream), cwd=repository)
        old = self.rev("main^{tree}", cwd=repository)
        self.git("fast-import", "--quiet", input=(
            b"commit refs/heads/main\ncommitter A <a@b> 1000000000 +0000\ndata 1\n2\n"
            b"from refs/heads/main^0\nD %040d\n" % 7), cwd=repository)
        new = self.rev("main^{tree}", cwd=repository)
        pack = self.git("pack-objects", "-q", "--window=10", str(repository / "objects/pack/pack"),
                        input=f"{old}\n{new}\n".encode(), cwd=repository).output.strip()
        self.git("prune-packed", cwd=repository)
        listed = self.git("verify-pack", "-v",
                          str(repository / f"objects/pack/pack-{pack}.pack"), cwd=repository)
        self.assertIn("chain length = 1: 1 object", listed.output)
        records = self.records(repository)[1]
        self.assertEqual({record["object"] for record in records if record["type"] == "finding"},
                         {old, new})

    def test_the_threads_change_nothing(self):
        repository = self.new_repository()
        self.import_history(repository, History(9, commits=900))
        self.git("repack", "-adfkq", cwd=repository)
        one = self.scan("--format", "jsonl", "--threads", "1", "--repository", str(repository))
        for threads in ("2", "5"):
            again = self.scan("--format", "jsonl", "--threads", threads, "--repository",
                              str(repository))
            self.assertEqual(again.output, one.output)


class RepositorySha256(Repository):
    object_format = "sha256"
