# SPDX-License-Identifier: Apache-2.0
"""Secrets in the files of archives: found, reported with the file's name, within limits."""

import bz2
import gzip
import lzma
import random
import struct
import tarfile
import unittest
import zipfile

from support import tokens
from support.archives import repacked, tar_of, zip_of
from support.server import PushTest


def noise(size):
    """The same at each run: by chance it may hold what a zip begins with."""
    return random.Random(size).randbytes(size)


def zstd_of(content):
    """A frame with one block, which is not compressed."""
    return (b"\x28\xb5\x2f\xfd\x20" + bytes([len(content)])
            + (len(content) << 3 | 1).to_bytes(3, "little") + content)


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
        self.assertEqual(result.message.split("hint:")[0],
                         "error: push refused: it contains a secret\n" +
                         self.told(commit, "Build", *self.told_github(
                             "lib/app.jar, in it conf/app.properties:2:7",
                             finding["fingerprint"])))
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
                ("a.tar.bz2", bz2.compress(tar_of({"b.txt": text})), ("b.txt", 2, 5, None)),
                ("a.tar.xz", lzma.compress(tar_of({"b.txt": text})), ("b.txt", 2, 5, None)),
                ("a.lzma", lzma.compress(text.encode(), lzma.FORMAT_ALONE),
                 (None, 2, 5, "lzma")),
                ("a.zst", zstd_of(text.encode()), (None, 2, 5, "zstd")),
                ("bzip2.zip", zip_of({"a.txt": text}, zipfile.ZIP_BZIP2), ("a.txt", 2, 5, None)),
                ("lzma.zip", zip_of({"a.txt": text}, zipfile.ZIP_LZMA), ("a.txt", 2, 5, None)),
                ("xz.zip", repacked(zip_of({"a.txt": text}), 95, lzma.compress),
                 ("a.txt", 2, 5, None)),
                ("zstd.zip", repacked(zip_of({"a.txt": text}), 93, zstd_of),
                 ("a.txt", 2, 5, None)),
                ("streamed.zip", zip_of({"a.txt": text}, unseekable=True), ("a.txt", 2, 5, None)),
                ("zip64.zip", zip_of({"a.txt": text}, zip64=True), ("a.txt", 2, 5, None)),
                ("program.pyz", b"#!/usr/bin/env python3\n" + zip_of({"a.txt": text}),
                 ("a.txt", 2, 5, None)),
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
        packed = gzip.compress(f"{tokens.github(3)}\n".encode() + noise(1000))
        self.commit({"a.gz": packed[:-12]})
        self.assert_refused(self.push())
        self.assertEqual(self.gaps(), [("archive", "the gzip is damaged")])

    def test_what_cannot_be_unpacked_is_named_and_by_default_accepted(self):
        encrypted = bytearray(zip_of({"a.txt": "x"}))
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            encrypted[encrypted.index(mark) + offset] |= 1
        deflate64 = repacked(zip_of({"b.txt": "x"}), 9, lambda content: content)
        window = bytearray(lzma.compress(b"x", lzma.FORMAT_ALONE))
        window[1:5] = struct.pack("<I", 256 << 20)
        nested = "x"
        for _ in range(4):
            nested = zip_of({"n.zip": nested})
        for content, detail in (
                (bytes(encrypted), "'a.txt' in a zip is encrypted"),
                (deflate64, "'b.txt' in a zip is packed with Deflate64, which is not read"),
                (bytes(window), "the lzma takes more than 128 MiB of memory to unpack"),
                (b"7z\xbc\xaf\x27\x1c" + bytes(90), "a 7z archive is not looked into"),
                (b"Rar!\x1a\7\1\0" + bytes(90), "a rar archive is not looked into"),
                (nested, "3 archives, one in the other, hold one more"),
                (b"PK\x03\x04" + b"no zip at all", "the zip is damaged: it has no directory"),
                (tar_of({"a": "x" * 2000})[:1024], "the tar is damaged: it ends too early"),
                (zip_of({"a.txt": bytes(40 << 20)}),
                 f"'a.txt' in a zip unpacks to more than {32 << 20} bytes"),
                (zip_of({f"{i}.txt": bytes(32 << 20) for i in range(9)}),
                 f"archives of more than {256 << 20} bytes unpacked"
                 " are not looked through to the end"),
                (gzip.compress(bytes(33 << 20)), f"the gzip unpacks to more than {32 << 20} bytes"),
                (b"\x1f\x8b\x08\0" + noise(33 << 20),
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
        content = noise(12 << 20)
        self.commit({"a.zip": zip_of({"big.bin": content, "a.txt": f"\n{tokens.github(6)}"})})
        self.assert_refused(self.push())
        self.assertEqual(self.places(), [("a.txt", 2, 1, None)])

    def test_a_large_archive_behind_other_bytes_that_arrives_in_parts(self):
        front = b"#!/bin/sh\n" + b"echo a line of a long program\n" * 200_000
        archive = zip_of({"big.bin": noise(6 << 20), "a.txt": f"\n{tokens.github(9)}"})
        self.commit({"installer": front + archive})
        self.assert_refused(self.push())
        self.assertEqual(self.places(), [("a.txt", 2, 1, None)])
        self.assertEqual(self.gaps(), [])

    def test_a_zip_that_is_too_large_and_begins_as_something_else(self):
        archive = zip_of({"big.bin": noise(33 << 20)}, zipfile.ZIP_STORED)
        self.commit({"a.bin": b"text\n" + archive})
        self.assert_accepted(self.push())
        self.assertEqual(self.gaps(), [
            ("archive", f"archives of more than {32 << 20} bytes are not unpacked")])

    def test_many_damaged_files_are_summed_up(self):
        files = bytearray(zip_of({f"{i}.txt": "some text " * 9 for i in range(40)}))
        at = files.find(b"PK\3\4")
        while at >= 0:
            files[at + 35:at + 40] = b"\xff" * 5  # in the name's end and the data
            at = files.find(b"PK\3\4", at + 1)
        self.commit({"a.zip": bytes(files)})
        self.assert_accepted(self.push())
        self.assertEqual(len(self.gaps()), 11)
        self.assertRegex(self.gaps()[-1][1], "^and [0-9]+ more in the same blob$")

    def test_the_name_of_a_file_is_masked_and_never_cut(self):
        secret = tokens.github(10)
        for length in (0, 160, 180, 199, 200, 240, 300):
            with self.subTest(length=length):
                name = "n" * length + secret
                locked = bytearray(zip_of({name: "x"}))
                for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
                    locked[locked.index(mark) + offset] |= 1
                self.commit({"a.zip": gzip.compress(bytes(locked)), "b.txt": secret}, "Named")
                self.assert_refused(self.push())
                self.assertNotIn(secret[:12], str(self.gaps()))
                self.git("reset", "-q", "--hard", self.base)

    def test_lying_directories_end_in_an_answer(self):
        good = bytearray(zip_of({"a.txt": "x" * 1000, "b.txt": tokens.github(7)}))
        directory = good.index(b"PK\x01\x02")
        for offset, value in ((20, 0xfffffffe), (42, 0xfffffff0), (28, 0xffff), (30, 0xffff)):
            with self.subTest(offset=offset):
                lie = bytearray(good)
                struct.pack_into("<I" if value > 0xffff else "<H", lie, directory + offset, value)
                self.commit({f"{offset}.zip": bytes(lie)}, "Lie")
                self.push()
                self.assertEqual({why for why, _ in self.gaps()}, {"archive"})
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
