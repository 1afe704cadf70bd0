# SPDX-License-Identifier: Apache-2.0
"""What the record says of how much was looked at, against git's own lists of what was pushed:
`git verify-pack` and the loose objects of the quarantine, `git rev-list --objects`, and
Python's readers of archives."""

import base64
import collections
import gzip
import random
import shutil
import subprocess
import unittest
import zipfile
import zlib

from support import tokens
from support.archives import gzip_member, tar_of, zip_of
from support.packs import Pack
from support.server import HOOK, PushTest, clean_environment

KINDS = ("commit", "tree", "blob", "tag")
NULL = "0" * 40
MIB = 1 << 20


def text(size, seed=0):
    """Lines of words that nothing here decodes."""
    words = random.Random(seed)
    lines = []
    while size > 0:
        lines.append(" ".join(words.choices(("one", "two", "three", "of", "some"), k=9)) + "\n")
        size -= len(lines[-1])
    return "".join(lines)[:size or None].encode()


def amount(count, size):
    return {"count": count, "bytes": size}


class Coverage(PushTest):
    """The hook is called through a script that keeps a copy of the quarantine."""

    def setUp(self):
        super().setUp()
        self.kept = self.scratch / "kept"
        hook = self.server / "hooks/pre-receive"
        hook.unlink()
        hook.write_text(f"#!/bin/sh\nrm -rf '{self.kept}'\n"
                        f"cp -R \"$GIT_QUARANTINE_PATH\" '{self.kept}'\nexec '{HOOK}'\n")
        hook.chmod(0o755)

    def store_as(self, kind):
        limit = {"pack": 1, "loose": 100_000}[kind]
        self.git("config", "--local", "receive.unpackLimit", str(limit), cwd=self.server)

    def git_in_kept(self, *words, input=None):
        return self.git(*words, cwd=self.server, input=input,
                        GIT_OBJECT_DIRECTORY=str(self.kept),
                        GIT_ALTERNATE_OBJECT_DIRECTORIES=str(self.server / "objects")).output

    def ids_in_quarantine(self):
        """Each as often as it is stored."""
        ids = [file.parent.name + file.name for file in self.kept.glob("[0-9a-f][0-9a-f]/*")]
        for index in self.kept.glob("pack/*.idx"):
            for line in self.git_in_kept("verify-pack", "-v", str(index)).splitlines():
                words = line.split()
                if len(words) >= 5 and words[1] in KINDS:
                    ids.append(words[0])
        return ids

    def objects_in_quarantine(self):
        """Number and bytes by kind."""
        ids = self.ids_in_quarantine()
        listed = self.git_in_kept("cat-file", "--batch-check", input="".join(
            one + "\n" for one in ids).encode()).splitlines()
        sums = {kind: amount(0, 0) for kind in KINDS}
        for line in listed:
            _, kind, size = line.split()
            sums[kind]["count"] += 1
            sums[kind]["bytes"] += int(size)
        self.assertEqual(len(listed), len(ids))
        return {kind: one for kind, one in sums.items() if one["count"]}

    def rows(self, section):
        return {row["kind"]: row for row in self.last_record()["coverage"][section]}

    def assert_sums(self):
        """seen = scanned + let go, everywhere."""
        for section, rows in self.last_record()["coverage"].items():
            for row in rows:
                with self.subTest(section=section, kind=row["kind"]):
                    sums = collections.Counter(row["scanned"])
                    for gone in row["let_go"]:
                        sums.update({name: number for name, number in gone.items()
                                     if name != "cause"})
                    self.assertEqual(sums, collections.Counter(row["seen"]))

    def assert_reconciles(self, *ranges):
        """`ranges` are what git lists as new. Returns what was let go, by kind and cause."""
        record = self.last_record()
        self.assert_sums()
        rows, stored = self.rows("objects"), self.objects_in_quarantine()
        self.assertEqual({kind: row["seen"] for kind, row in rows.items()}, stored)
        self.assertEqual({kind: record["objects"][kind + "s"] for kind in KINDS},
                         {kind: stored.get(kind, amount(0, 0))["count"] for kind in KINDS})
        self.assertEqual(record["objects"]["bytes"], sum(one["bytes"] for one in stored.values()))
        if ranges:
            new = {line.split()[0]
                   for line in self.git("rev-list", "--objects", *ranges).output.splitlines()}
            there = set(self.ids_in_quarantine())
            self.assertLessEqual(new, there)
            # git adds whole copies of the bases of thin deltas.
            old = set(self.git("rev-list", "--objects", "--all", cwd=self.server).output.split())
            self.assertLessEqual(there - new, old)
        return {(kind, gone["cause"]): (gone["count"], gone["bytes"])
                for kind, row in rows.items() for gone in row["let_go"]}

    def test_loose_objects(self):
        self.store_as("loose")
        first = self.commit({"a": "one\n", "b/c": "two\n", "b/d": "one\n"}, "First")
        self.git("tag", "-a", "v1", "-m", "A tag")
        self.assert_accepted(self.push("origin", "main", "v1"))
        self.assertEqual(self.assert_reconciles("v1"), {})
        self.assertEqual(self.rows("objects")["tag"]["seen"]["count"], 1)
        self.commit({"a": "three\n"}, "Second")
        self.assert_accepted(self.push("origin", "main"))
        self.assertEqual(self.assert_reconciles("main", "^" + first), {})

    def test_a_pack_with_deltas(self):
        self.store_as("pack")
        files = {f"src/{i}.c": text(4000, i) for i in range(60)}
        first = self.commit(files, "First")
        self.assert_accepted(self.push())
        self.assertEqual(self.assert_reconciles("HEAD"), {})
        for i in range(5):
            self.commit({f"src/{i}.c": files[f"src/{i}.c"] + b"more\n"}, f"Change {i}")
        self.assert_accepted(self.push())
        self.assertEqual(self.assert_reconciles("HEAD", "^" + first), {})
        self.assertGreater(len(self.ids_in_quarantine()),
                           len(self.git("rev-list", "--objects", f"{first}..").output.split("\n")),
                           "the pack has bases that the server had: the test is worth less")

    def test_large_blobs_in_parts(self):
        for kind in ("pack", "loose"):
            with self.subTest(kind=kind):
                self.store_as(kind)
                self.commit({f"large-{kind}": text(9 * MIB, kind)}, kind)
                self.assert_accepted(self.push())
                self.assertEqual(self.assert_reconciles(), {})
                self.assertEqual(self.rows("objects")["blob"]["scanned"], amount(1, 9 * MIB))

    def test_what_is_too_large(self):
        noise = random.Random(1).randbytes(2 * MIB)
        for kind in ("pack", "loose"):
            with self.subTest(kind=kind):
                self.configure("[limits]\nobject_mib = 1\n[failures]\ntoo-large = \"accept\"\n")
                self.store_as(kind)
                added = self.commit({f"art/{kind}.bin": noise, "small": kind}, "Add")
                changed = self.commit({f"art/{kind}.bin": noise + b"more"}, "Change")
                self.assert_accepted(self.push())
                self.assertEqual(self.assert_reconciles(),
                                 {("blob", "too-large"): (2, 4 * MIB + 4)})
                gaps = {gap["commit"]: (gap["path"], gap["bytes"], gap["type"], gap["cause"])
                        for gap in self.last_record()["unscanned"]}
                path = f"art/{kind}.bin"
                self.assertEqual(gaps, {added: (path, 2 * MIB, "blob", "too-large"),
                                        changed: (path, 2 * MIB + 4, "blob", "too-large")})
                noise = noise[::-1]

    def test_paths_are_redacted(self):
        secret = tokens.github(5)
        self.configure("[limits]\nobject_mib = 1\n[policy]\n"
                       "introduced = { confirmed = \"warn\" }\n"
                       "[failures]\ntoo-large = \"accept\"\n")
        self.commit({f"{secret}/a.bin": random.Random(2).randbytes(2 * MIB)}, "Add")
        result = self.assert_accepted(self.push())
        gap, = self.last_record()["unscanned"]
        self.assertEqual(gap["path"], f"{secret[:4]}********/a.bin")
        self.assert_nowhere(secret, result)

    def test_archives(self):
        files = {"a.txt": text(3000, 1), "b/c.txt": text(500, 2), "empty": b""}
        size = sum(map(len, files.values()))
        inner = tar_of(files)
        encrypted = bytearray(zip_of({"s": b"hello"}))
        encrypted[6] |= 1
        encrypted[encrypted.index(b"PK\1\2") + 8] |= 1
        whole = {"a.zip": zip_of(files), "b.jar": zip_of(files, zipfile.ZIP_STORED),
                 "c.tar": inner, "d.tgz": gzip_member(inner), "e.zip": zip_of({"in.tar": inner})}
        broken = {"f.zip": bytes(encrypted), "g.gz": gzip_member(text(90_000))[:-9],
                  "h.7z": b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(99))}
        self.commit({**whole, **broken}, "Archives")
        self.assert_accepted(self.push())
        self.assertEqual(self.assert_reconciles(), {})
        rows = self.rows("containers")

        def let_go(kind):
            return {gone["cause"]: (gone["count"], gone["bytes"]) for gone in rows[kind]["let_go"]}

        zips = [whole[name] for name in ("a.zip", "b.jar", "e.zip")]
        self.assertEqual(rows["zip"]["scanned"], amount(3, sum(map(len, zips))))
        self.assertEqual(rows["zip"]["decoded"], amount(5, 2 * size + len(inner)))
        self.assertEqual(let_go("zip"), {"encrypted": (1, len(encrypted))})
        self.assertEqual(rows["tar"]["scanned"], amount(3, 3 * len(inner)))
        self.assertEqual(rows["tar"]["decoded"], amount(6, 3 * size))
        self.assertEqual(rows["gzip"]["scanned"], amount(1, len(whole["d.tgz"])))
        self.assertEqual(let_go("gzip"), {"damaged": (1, len(broken["g.gz"]))})
        self.assertEqual(let_go("7z archive"), {"no-reader": (1, len(broken["h.7z"]))})
        self.assertEqual({gap["path"]: gap["cause"] for gap in self.last_record()["unscanned"]},
                         {"f.zip": "encrypted", "g.gz": "damaged", "h.7z": "no-reader"})

    def test_an_archive_that_is_too_large_or_too_deep(self):
        deep = b"hello\n"
        for _ in range(5):
            deep = zip_of({"in": deep})
        large = zip_of({"a": random.Random(3).randbytes(33 * MIB)})
        self.commit({"deep.zip": deep, "large.zip": large}, "Archives")
        self.assert_accepted(self.push())
        self.assertEqual(self.assert_reconciles(), {})
        row = self.rows("containers")["zip"]
        self.assertEqual(row["seen"]["count"], 5)
        self.assertEqual({gone["cause"]: gone["count"] for gone in row["let_go"]},
                         {"too-deep": 1, "too-large": 1})

    def test_encodings(self):
        plain = text(600, 7)
        lines = base64.encodebytes(plain)
        packed = base64.b64encode(gzip.compress(plain, mtime=0))
        self.commit({"a": b"data:\n" + lines, "b": b"x = \"" + plain[:100].hex().encode() + b"\"\n",
                     "c": b"y = '" + packed + b"'\n"}, "Encoded")
        self.assert_accepted(self.push())
        self.assertEqual(self.assert_reconciles(), {})
        rows = self.rows("encodings")
        self.assertEqual(rows["base64"]["seen"]["count"], 2)
        self.assertEqual(rows["base64"]["let_go"], [])
        self.assertGreaterEqual(rows["base64"]["decoded"]["bytes"], 600 + len(packed) * 3 // 4 - 3)
        self.assertEqual(rows["hex"]["decoded"], amount(1, 100))
        self.assertEqual(self.rows("containers")["gzip"]["decoded"], amount(1, 600))

    def test_files_told_by_their_names(self):
        self.commit({"ops/.vault_pass": "#!/bin/sh\nexec pass show vault\n", "ops/a": "1\n"}, "One")
        self.assert_accepted(self.push())
        row, = self.last_record()["coverage"]["named_files"]
        self.assertEqual((row["scanned"]["count"], row["let_go"]), (1, []))
        self.commit({"ops/a": "2\n"}, "Two")
        self.assert_accepted(self.push())
        row, = self.last_record()["coverage"]["named_files"]
        self.assertEqual(row["let_go"], [{"cause": "already-stored", "count": 1, "bytes": 0,
                                          "of_unknown_size": 1}])
        self.assert_sums()

    def test_nothing_is_seen_in_a_deletion(self):
        self.commit({"a": "1\n"}, "One")
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/side"))
        self.assert_accepted(self.push("origin", ":refs/heads/side"))
        self.assertEqual(self.last_record()["coverage"],
                         {"objects": [], "containers": [], "encodings": [], "named_files": []})


class ByHand(PushTest):
    """Quarantines that git would not make."""

    def setUp(self):
        super().setUp()
        self.pack = Pack()
        self.objects = self.scratch / "quarantine"

    def loose(self, name, content):
        file = self.objects / name[:2] / name[2:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def let_go(self, entries, config='[failures]\ndamaged = "accept"\n'):
        """Calls the hook as git does, with a commit of `entries`. Returns the rows of objects."""
        tip = self.pack.commit(self.pack.tree(entries))
        self.pack.store(self.objects)
        environment = clean_environment(
            self.scratch, GIT_DIR=str(self.server), GIT_QUARANTINE_PATH=str(self.objects),
            GIT_OBJECT_DIRECTORY=str(self.objects), PUSHGUARD_CONFIG=str(self.configure(config)),
            GIT_ALTERNATE_OBJECT_DIRECTORIES=str(self.server / "objects"))
        run = subprocess.run([HOOK], input=f"{NULL} {tip} refs/heads/main\n".encode(),
                             capture_output=True, env=environment)
        self.assertEqual(run.returncode, 0, run.stderr.decode())
        self.tip = tip
        return {row["kind"]: row for row in self.last_record()["coverage"]["objects"]}

    def test_what_is_stored_twice_is_seen_twice(self):
        for size in (1000, 9 * MIB):
            with self.subTest(size=size):
                content = text(size)
                blob = self.pack.blob(content)
                self.loose(blob, zlib.compress(b"blob %d\0" % size + content))
                rows = self.let_go([(b"100644", b"a", blob)])
                self.assertEqual(rows["blob"]["seen"], amount(2, 2 * size))
                self.assertEqual(rows["blob"]["scanned"], rows["blob"]["seen"])
                self.assertEqual(self.last_record()["unscanned"], [])
                self.pack = Pack()
                shutil.rmtree(self.objects)

    def test_what_is_damaged(self):
        cut = zlib.compress(b"blob 5000\0" + random.Random(4).randbytes(5000))[:-900]
        self.loose("11" * 20, cut)
        self.loose("22" * 20, b"no zlib")
        stray = b"no pack at all"
        (self.objects / "pack").mkdir(parents=True, exist_ok=True)
        (self.objects / "pack/pack-0.pack").write_bytes(stray)
        (self.objects / "pack/pack-0.idx").write_bytes(b"no index")
        rows = self.let_go([(b"100644", b"cut", "11" * 20), (b"100644", b"strange", "22" * 20)])
        self.assertEqual(rows["blob"]["let_go"], [{"cause": "damaged", **amount(1, 5000)}])
        self.assertEqual(rows["unknown"]["let_go"],
                         [{"cause": "damaged", **amount(2, len(stray)), "of_unknown_size": 1}])
        gaps = {gap["object"][:2]: (gap.get("path"), gap.get("commit"), gap["bytes"])
                for gap in self.last_record()["unscanned"]}
        self.assertEqual(gaps, {"11": ("cut", self.tip, 5000), "22": ("strange", self.tip, 0),
                                "": (None, None, len(stray))})


class CoverageOfSha256(Coverage):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
