# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan --repository` of what is damaged, missing or unreadable: it is named and counted,
and the rest is scanned."""

import os
import shutil
import socket
import subprocess
import unittest

from scan.test_repository import RepositoryTest
from support import tokens
from support.histories import History, SmallHistory
from support.server import HOOK

AWAY = "another object names it, and it is missing"


class Finding(RepositoryTest):
    def test_all_that_is_told_of_one(self):
        repository = self.new_repository()
        self.import_history(repository, SmallHistory(f"TOKEN={tokens.github()}"))
        self.git("fast-import", "--quiet", input=(
            b"commit refs/heads/main\nauthor Bob <bob@example.com> 1100000000 +0100\n"
            b"committer Ann <ann@example.com> 1200000000 +0000\ndata 6\nOwners\n"
            b"from refs/heads/main^0\nM 100644 inline CODEOWNERS\ndata 15\n*.txt @acme/ops"),
                 cwd=repository)
        first = self.rev("main^", cwd=repository)
        finding, _ = self.records("r.git")[1]
        self.assertEqual(len(finding.pop("fingerprint")), 16)
        self.assertEqual(finding, {
            "type": "finding", "repository": "r.git", "path": "a.txt", "in": "content", "line": 1,
            "column": 7, "entry": "", "encoding": "", "rule": "github-pat-classic",
            "description": "GitHub personal access token (classic)", "confidence": "confirmed",
            "validation": "checksum is valid", "preview": "ghp_********", "ruling": "blocked",
            "why": "policy: introduced, confirmed", "origin": "introduced",
            "object": self.rev("main:a.txt", cwd=repository), "commit": first,
            "author": "Ann <ann@example.com>", "authored": "2001-09-09T01:46:40+00:00",
            "assistant": "", "subject": "First", "owners": "@acme/ops",
            "refs": ["refs/heads/main"], "more_refs": False})


class DamagedRepository(RepositoryTest):
    def setUp(self):
        super().setUp()
        self.repository = self.new_repository()
        self.import_history(self.repository, History(1, commits=20))
        self.complete = self.fingerprints(self.records(self.repository)[1])

    def fingerprints(self, records):
        return {record["fingerprint"] for record in records if record["type"] == "finding"}

    def skipped(self, code=1):
        result, records = self.records(self.repository)
        self.assertEqual(result.code, code, result.errors)
        skipped = [record for record in records if record["type"] == "skipped"]
        self.assertEqual(sum(record["count"] for record in skipped), records[-1]["skipped"])
        self.assertEqual(len(result.errors.splitlines()), len(skipped))
        return {(record["object"], record["detail"], record["refused"]) for record in skipped
                }, self.fingerprints(records)

    def loose(self, name):
        return self.repository / "objects" / name[:2] / name[2:]

    def clean_commit(self):
        """A repository without secrets, and the id of a blob in it."""
        self.repository = self.new_repository("clean.git")
        self.import_history(self.repository, SmallHistory())
        return self.git("rev-parse", "main:a.txt", cwd=self.repository).output.strip()

    def test_nothing_to_find_and_nothing_amiss(self):
        self.clean_commit()
        result = self.scan("--repository", str(self.repository))
        self.assertEqual((result.code, result.output, result.errors), (
            0, "3 objects: 0 secrets would block a push, 0 would warn\n", ""))

    def test_a_missing_object_is_named_with_its_place(self):
        blob = self.clean_commit()
        self.loose(blob).unlink()
        commit = self.git("rev-parse", "main", cwd=self.repository).output.strip()
        result = self.scan("--repository", "clean.git")
        self.assertEqual((result.code, result.output, result.errors), (
            2, "2 objects: 0 secrets would block a push, 0 would warn, 1 not looked at\n",
            f"error: blob {blob} ('a.txt') in commit {commit[:12]} was not looked at: {AWAY}\n"))

    def test_every_missing_kind_is_found(self):
        for name in ("main", "main^{tree}", "v0"):
            with self.subTest(name=name):
                shutil.rmtree(self.scratch / "r.git")
                repository = self.new_repository()
                self.import_history(repository, History(1, commits=20))
                oid = self.git("rev-parse", name, cwd=repository).output.strip()
                self.loose(oid).unlink()
                self.assertIn((oid, AWAY, True), self.skipped()[0])

    def test_a_shallow_clone_is_whole(self):
        self.clean_commit()
        shallow = self.scratch / "shallow.git"
        self.git("clone", "-q", "--bare", "--depth=1", f"file://{self.scratch}/r.git",
                 str(shallow), cwd=self.scratch)
        self.repository = shallow
        self.assertEqual(self.skipped()[0], set())

    def test_a_partial_clone_says_what_it_lacks(self):
        self.git("config", "uploadpack.allowFilter", "true", cwd=self.scratch / "r.git")
        partial = self.scratch / "partial.git"
        self.git("clone", "-q", "--bare", "--filter=blob:none", f"file://{self.scratch}/r.git",
                 str(partial), cwd=self.scratch)
        self.repository = partial
        details = {detail for _, detail, _ in self.skipped()[0]}
        self.assertIn("left out by a partial clone: it is not stored here", details)
        self.assertFalse(self.git("count-objects", "-v", cwd=partial).output.startswith("count: 9"))

    def test_damaged_loose_objects_and_packs(self):
        blob = self.clean_commit()
        self.loose(blob).chmod(0o600)
        self.loose(blob).write_bytes(b"damaged")
        self.assertEqual(self.skipped(2)[0], {(blob, "its compressed data is damaged", True)})
        self.repository = self.scratch / "r.git"
        self.git("repack", "-adq", cwd=self.repository)
        self.import_history(self.repository, History(2, commits=20), packed=True)
        first, second = sorted((self.repository / "objects/pack").glob("*.pack"),
                               key=lambda path: path.stat().st_size)
        with open(first, "r+b") as pack:
            pack.truncate(first.stat().st_size // 2)
        skipped, found = self.skipped()
        self.assertTrue(any(str(first) in detail for _, detail, _ in skipped), skipped)
        self.assertTrue(found)
        second.with_suffix(".idx").unlink()
        skipped, _ = self.skipped()
        self.assertTrue(any(str(second) in detail for _, detail, _ in skipped), skipped)

    def test_what_another_pack_has_is_read_there(self):
        self.git("repack", "-adq", cwd=self.repository)
        packs = self.repository / "objects/pack"
        pack = next(packs.glob("*.pack"))
        copy = packs / "pack-copy.pack"
        shutil.copy(pack, copy)
        shutil.copy(pack.with_suffix(".idx"), copy.with_suffix(".idx"))
        content = bytearray(pack.read_bytes())
        content[len(content) // 2:len(content) // 2 + 64] = bytes(64)
        pack.chmod(0o600)
        pack.write_bytes(content)
        skipped, found = self.skipped()
        self.assertTrue(skipped)
        self.assertEqual(found, self.complete)

    def test_pipes_sockets_and_directories_in_place_of_objects(self):
        here = self.loose("ab" + "1" * 38)
        here.parent.mkdir(exist_ok=True)
        os.mkfifo(here)
        os.mkfifo(self.repository / "objects/pack/pack-x.pack")
        other = self.loose("ab" + "2" * 38)
        other.mkdir()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(self.repository / "s"))
            os.rename(self.repository / "s", self.loose("ab" + "3" * 38))
        skipped, found = self.skipped()
        self.assertEqual(found, self.complete)
        self.assertEqual({name for name, *_ in skipped},
                         {"", "ab" + "1" * 38, "ab" + "2" * 38, "ab" + "3" * 38})

    @unittest.skipIf(shutil.which("setpriv") is None, "setpriv is not installed")
    def test_no_permission(self):
        blob = self.clean_commit()
        self.loose(blob).chmod(0)
        self.scratch.chmod(0o755)
        self.key.chmod(0o644)
        program = self.scratch / "pushguard"
        shutil.copy(HOOK, program)
        program.chmod(0o755)
        run = subprocess.run(["setpriv", "--reuid=65534", "--clear-groups", str(program), "scan",
                              "--repository", "clean.git"], cwd=self.scratch, capture_output=True,
                             env=self.environment)
        commit = self.rev("main", cwd=self.repository)[:12]
        self.assertEqual((run.returncode, run.stderr.decode()), (2, (
            f"error: object {blob} ('a.txt') in commit {commit} was not looked at: "
            f"cannot read '{self.loose(blob)}': Permission denied\n")))

    def test_what_is_no_repository(self):
        (self.scratch / "empty").mkdir()
        for name, why in (("empty", "it has no HEAD with objects and refs"),
                          ("none", "No such file or directory")):
            result = self.scan("--repository", name)
            self.assertEqual((result.code, result.output, result.errors), (
                2, "", f"error: '{name}' is no git repository: {why}\n"))

    def test_a_repository_that_git_refuses(self):
        (self.repository / "config").write_text("[core]\n\trepositoryformatversion = 99\n")
        result = self.scan("--repository", "r.git")
        self.assertEqual(result.code, 2)
        self.assertEqual(result.errors, (
            "error: 'r.git': git does not read it; 'git --git-dir="
            f"{self.repository.resolve()} rev-parse --show-object-format' says why\n"))

    def test_an_empty_repository(self):
        self.new_repository("empty.git")
        result = self.scan("--repository", "empty.git")
        self.assertEqual((result.code, result.output, result.errors), (
            0, "0 objects: 0 secrets would block a push, 0 would warn\n", ""))

    def test_a_name_of_a_ref_and_of_a_detached_head(self):
        self.clean_commit()
        secret = tokens.github(3)
        self.git("update-ref", f"refs/heads/x/{secret}", "main", cwd=self.repository)
        (self.repository / "HEAD").write_text(
            self.git("rev-parse", "main", cwd=self.repository).output)
        result, records = self.records(self.repository)
        self.assertEqual([record["in"] for record in records[:-1]], ["ref-name"])
        self.assertNotIn(secret, result.output + self.scan("--repository", "clean.git").output)
        self.assertEqual(records[-1]["refs"], 3)
