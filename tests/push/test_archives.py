# SPDX-License-Identifier: Apache-2.0
"""Secrets in the files of archives: found, reported with the file's name, within limits."""

import gzip
import io
import os
import struct
import tarfile
import unittest
import zipfile

from support import tokens
from support.server import PushTest


def zip_of(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tar_of(files, format=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(
                content.encode() if isinstance(content, str) else content))
    return out.getvalue()


class Archives(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def places(self):
        return [(place.get("entry"), place["line"], place["column"], place.get("encoding"))
                for finding in self.last_record()["findings"] for place in finding["places"]]

    def gaps(self):
        return [(gap["why"], gap["detail"]) for gap in self.last_record()["unscanned"]]

    def test_the_whole_message(self):
        secret = tokens.github(1)
        jar = zip_of({"a.class": b"\xca\xfe\xba\xbe",
                      "conf/app.properties": f"x=1\ntoken={secret}\n"})
        commit = self.commit({"lib/app.jar": jar}, "Build")
        result = self.assert_refused(self.push())
        finding, = self.last_record()["findings"]
        self.assertEqual(result.message.split("\nhint:")[0], f"""\
error: push refused: it contains a secret

  GitHub personal access token (classic)
    file      lib/app.jar, entry conf/app.properties:2:7
    commit    {commit[:12]} Build
    author    Ann Dev <ann@example.com>
    value     {secret[:4]}******** (40 characters)
              confirmed: checksum is valid
    revoke    github.com/settings/tokens
    id        {finding["fingerprint"]}
""")
        self.assert_nowhere(secret, result)

    def test_each_format(self):
        text = f"one\ntwo {tokens.github(2)}\n"
        long = "d" * 90 + "/" + "e" * 90 + "/" + "f" * 60 + ".txt"
        for name, content, place in (
                ("stored.zip", zip_of({"a.txt": text}, zipfile.ZIP_STORED), ("a.txt", 2, 5, None)),
                ("deflated.docx", zip_of({"word/document.xml": text}),
                 ("word/document.xml", 2, 5, None)),
                ("a.tar", tar_of({"x": "", "a.txt": text}), ("a.txt", 2, 5, None)),
                ("ustar.tar", tar_of({"d" * 60 + "/" + "e" * 60: text}, tarfile.USTAR_FORMAT),
                 ("d" * 60 + "/" + "e" * 60, 2, 5, None)),
                ("gnu.tar", tar_of({long: text}, tarfile.GNU_FORMAT), (long, 2, 5, None)),
                ("pax.tar", tar_of({long: text}), (long, 2, 5, None)),
                ("a.sql.gz", gzip.compress(text.encode()), (None, 2, 5, "gzip")),
                ("two.gz", gzip.compress(b"one\n") + gzip.compress(text.encode()),
                 (None, 3, 5, "gzip")),
                ("a.tgz", gzip.compress(tar_of({"b.txt": text})), ("b.txt", 2, 5, None)),
                ("nested.zip", zip_of({"in/a.tgz": gzip.compress(tar_of({"b.txt": text}))}),
                 ("in/a.tgz/b.txt", 2, 5, None)),
                ("wide.zip", zip_of({"w.txt": text.encode("utf-16")}), ("w.txt", 2, 5, "UTF-16"))):
            with self.subTest(name):
                self.commit({name: content}, name)
                self.assert_refused(self.push())
                self.assertEqual(self.places(), [place])
                self.assertEqual(self.gaps(), [])
                self.git("reset", "-q", "--hard", self.base)

    def test_a_damaged_gzip_is_read_as_far_as_it_goes(self):
        packed = gzip.compress(f"{tokens.github(3)}\n".encode() + os.urandom(1000))
        self.commit({"a.gz": packed[:-12]})
        self.assert_refused(self.push())
        self.assertEqual(self.gaps(), [("archive", "the gzip is damaged")])

    def test_what_cannot_be_unpacked_is_named_and_by_default_accepted(self):
        encrypted = bytearray(zip_of({"a.txt": "x"}))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            encrypted[encrypted.index(mark) + offset] |= 1
        bzip2 = zip_of({"b.txt": "x" * 100}, zipfile.ZIP_BZIP2)
        nested = "x"
        for _ in range(4):
            nested = zip_of({"n.zip": nested})
        for content, detail in (
                (bytes(encrypted), "'a.txt' in a zip is encrypted"),
                (bzip2, "'b.txt' in a zip is packed in a way that is not read (12)"),
                (nested, "3 archives, one in the other, hold one more"),
                (b"PK\x03\x04" + b"no zip at all", "the zip is damaged: it has no directory"),
                (tar_of({"a": "x" * 2000})[:1024], "the tar is damaged: it ends too early"),
                (zip_of({"a.txt": bytes(40 << 20)}),
                 f"'a.txt' in a zip unpacks to more than {32 << 20} bytes"),
                (zip_of({f"{i}.txt": bytes(32 << 20) for i in range(9)}),
                 f"archives of more than {256 << 20} bytes unpacked"
                 " are not looked through to the end"),
                (gzip.compress(bytes(33 << 20)), f"a gzip unpacks to more than {32 << 20} bytes"),
                (b"\x1f\x8b\x08\0" + os.urandom(33 << 20),
                 f"archives of more than {32 << 20} bytes are not unpacked")):
            with self.subTest(detail):
                self.environment["PUSHGUARD_CONFIG"] = ""
                self.commit({"a.bin": content}, "Archive")
                self.configure('[failures]\narchive = "refuse"\n')
                result = self.assert_refused(self.push(), "error: push refused:"
                                             " 1 part of it could not be checked for secrets")
                self.assertEqual(self.gaps(), [("archive", detail)])
                self.environment["PUSHGUARD_CONFIG"] = ""
                result = self.assert_accepted(self.push())
                self.assertIn("warning: 1 part of the push was not checked for secrets",
                              result.message)

    def test_a_secret_beside_what_cannot_be_unpacked_is_found(self):
        packed = zip_of({"big.bin": bytes(40 << 20), "a.txt": tokens.github(5)})
        self.commit({"a.zip": packed})
        self.assert_refused(self.push())
        self.assertEqual(self.places(), [("a.txt", 1, 1, None)])

    def test_a_large_archive_that_arrives_in_parts(self):
        content = os.urandom(12 << 20)
        self.commit({"a.zip": zip_of({"big.bin": content, "a.txt": f"\n{tokens.github(6)}"})})
        self.assert_refused(self.push())
        self.assertEqual(self.places(), [("a.txt", 2, 1, None)])

    def test_lying_directories_end_in_an_answer(self):
        good = bytearray(zip_of({"a.txt": "x" * 1000, "b.txt": tokens.github(7)}))
        directory = good.index(b"PK\x01\x02")
        for offset, value in ((20, 0xfffffffe), (42, 0xfffffff0), (28, 0xffff), (30, 0xffff)):
            with self.subTest(offset=offset):
                lie = bytearray(good)
                struct.pack_into("<I" if value > 0xffff else "<H", lie, directory + offset, value)
                self.commit({f"{offset}.zip": bytes(lie)}, "Lie")
                self.push()
                self.assertEqual([why for why, _ in self.gaps()], ["archive"])
                self.git("reset", "-q", "--hard", self.base)

    def test_an_archive_that_the_server_has_is_not_new(self):
        (self.server / "hooks/pre-receive").rename(self.scratch / "aside")
        secret = tokens.github(8)
        self.commit({"a.zip": zip_of({"a.txt": secret})}, "Old")
        self.assert_accepted(self.push())
        (self.scratch / "aside").rename(self.server / "hooks/pre-receive")
        self.commit({"a.zip": zip_of({"a.txt": secret, "b.txt": "more"})}, "Edit")
        self.assert_accepted(self.push())
        self.assertEqual(self.last_record()["findings"][0]["origin"], "preexisting")


class ArchivesSha256(Archives):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
