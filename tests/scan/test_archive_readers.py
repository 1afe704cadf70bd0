# SPDX-License-Identifier: Apache-2.0
"""Archives that are edited at random, against the programs that unpack archives: whatever one
of them extracts is found, or the archive is named as one that was not looked at."""

import bz2
import gzip
import io
import json
import lzma
import random
import shutil
import struct
import subprocess
import tarfile
import unittest
import warnings
import zipfile
import zlib

from support import tokens
from support.archives import gzip_member, tar_of, with_checksum, zip_of
from support.server import HOOK, PushTest

CASES = 360
MOST = 1 << 22  # of what a reader extracts

# java.util.zip as `jar` uses it: by the directory, and as a stream.
JAVA = """
import java.io.*; import java.nio.file.*; import java.util.zip.*;
class Readers {
  public static void main(String[] files) throws Exception {
    for (String name : files) {
      OutputStream out = new FileOutputStream(name + ".java");
      try (ZipFile zip = new ZipFile(name)) {
        for (var e = zip.entries(); e.hasMoreElements();) {
          try (InputStream in = zip.getInputStream(e.nextElement())) { copy(in, out); }
          catch (Exception failure) { }
        }
      } catch (Exception failure) { }
      try (ZipInputStream in = new ZipInputStream(new FileInputStream(name))) {
        while (in.getNextEntry() != null) copy(in, out);
      } catch (Exception failure) { }
      out.close();
    }
  }
  static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] some = new byte[4096];
    for (int size; (size = in.read(some)) > 0;) out.write(some, 0, size);
  }
}
"""


def read_all(file):
    """What can be read before an error."""
    content = b""
    try:
        while some := file.read(512):
            content += some
            if len(content) > MOST:
                break
    except Exception:  # whatever a damaged archive makes of a reader
        pass
    return content


def by_zipfile(content):
    found = []
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for info in archive.infolist():
            try:
                found.append(read_all(archive.open(info)))
            except Exception:
                pass
    except Exception:
        pass
    return found


def by_tarfile(content, mode, **options):
    found = []
    try:
        archive = tarfile.open(fileobj=io.BytesIO(content), mode=mode, **options)
        for entry in archive:
            try:
                file = archive.extractfile(entry)
                found.append(read_all(file) if file else b"")
            except Exception:
                pass
    except Exception:
        pass
    return found


def by_program(*words, content=None):
    if not shutil.which(words[0]):
        return []
    given = {"stdin": subprocess.DEVNULL} if content is None else {"input": content}
    try:
        return [subprocess.run(words, capture_output=True, timeout=20, **given).stdout[:MOST]]
    except subprocess.TimeoutExpired as hung:  # unzip does so on some archives
        return [(hung.stdout or b"")[:MOST]]


def readers_of(kind, path, content):
    """What each reader extracts, by its name."""
    if kind == "zip":
        yield "zipfile", by_zipfile(content)
        yield "unzip", by_program("unzip", "-p", "-P", "x", str(path))
        yield "bsdtar", by_program("bsdtar", "-xOf", str(path))
        yield "bsdtar of a stream", by_program("bsdtar", "-xOf", "-", content=content)
    elif kind == "tar":
        yield "tarfile", by_tarfile(content, "r:*")
        yield "tarfile with ignore_zeros", by_tarfile(content, "r:*", ignore_zeros=True)
        yield "tar", by_program("tar", "-xOf", str(path))
        yield "tar -i", by_program("tar", "-xiOf", str(path))
        yield "bsdtar", by_program("bsdtar", "-xOf", str(path))
    else:
        module = {"gz": gzip, "bz2": bz2, "xz": lzma}[kind]
        yield module.__name__, [read_all(module.open(io.BytesIO(content)))]
        program = {"gz": "gzip", "bz2": "bzip2", "xz": "xz"}[kind]
        yield program, by_program(program, "-dc", content=content)


def texts_in(content):
    """`content`, and what the gzip members in it hold."""
    yield content
    at = content.find(b"\x1f\x8b\x08")
    while at >= 0:
        try:
            yield zlib.decompressobj(31).decompress(content[at:])
        except zlib.error:
            pass
        at = content.find(b"\x1f\x8b\x08", at + 1)


class Maker:
    """Makes archives with files that hold tokens, and edits them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.seed = seed
        self.tokens = []

    def file(self):
        secret = tokens.github(f"{self.seed} {len(self.tokens)}")
        self.tokens.append(secret.encode())
        filler = "".join(self.random.choice("abcdef \n") for _ in range(self.random.randrange(300)))
        return f"{filler}\ntoken {secret}\n".encode()

    def chance(self, share=0.5):
        return self.random.random() < share

    def junk(self):
        return self.random.choice((
            b"#!/bin/sh\nexec java -jar $0\n", b"MZ" + bytes(200), self.random.randbytes(90),
            bytes(512), b"PK\5\6", b"x", zip_of({"front": self.file()}),
            gzip_member(self.file())))

    def archive(self):
        kind = self.random.choice(("zip",) * 5 + ("tar",) * 4 + ("gz", "bz2", "xz"))
        content = getattr(self, kind)()
        if self.chance(0.1):
            content = content[:self.random.randrange(len(content) + 1)]
        if self.chance(0.1):
            content += self.junk()
        return kind, content

    # zip

    def zip(self):
        names = [self.random.choice(("a.txt", "d/", "b/c.txt", "d/e/")) + str(i) * self.chance()
                 for i in range(self.random.randrange(1, 4))]
        content = bytearray(zip_of(
            {name: self.file() for name in names},
            self.random.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED,
                                zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)),
            unseekable=self.chance(0.3), zip64=self.chance(0.2),
            comment=self.random.choice((b"", b"a comment", b"PK\5\6" + bytes(18)))))
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            edit = self.random.choice((self.edit_end, self.edit_local, self.edit_listed,
                                       self.put_in_front, self.put_between, self.unlist,
                                       self.join_zip, self.edit_byte))
            content = bytearray(edit(content))
        return bytes(content)

    def places(self, content, signature):
        found, at = [], content.find(signature)
        while at >= 0:
            found.append(at)
            at = content.find(signature, at + 1)
        return found

    def edit_field(self, content, signature, fields):
        places = self.places(content, signature)
        if not places:
            return content
        at = self.random.choice(places)
        offset, form = self.random.choice(fields)
        if at + offset + struct.calcsize(form) > len(content):
            return content
        value, = struct.unpack_from(form, content, at + offset)
        most = 0xffff if form == "<H" else 0xffffffff
        value = self.random.choice((0, 1, 8, 12, most, value + 1, value - 1, value * 2, value ^ 8,
                                    value ^ 1, len(content)))
        struct.pack_into(form, content, at + offset, value & most)
        return content

    def edit_end(self, content):
        return self.edit_field(content, b"PK\5\6", ((4, "<H"), (8, "<H"), (10, "<H"), (12, "<I"),
                                                     (16, "<I"), (20, "<H")))

    def edit_local(self, content):
        return self.edit_field(content, b"PK\3\4", ((6, "<H"), (8, "<H"), (14, "<I"), (18, "<I"),
                                                     (22, "<I"), (26, "<H"), (28, "<H")))

    def edit_listed(self, content):
        return self.edit_field(content, b"PK\1\2", ((8, "<H"), (10, "<H"), (20, "<I"), (24, "<I"),
                                                     (28, "<H"), (30, "<H"), (42, "<I")))

    def put_in_front(self, content):
        return self.junk() + content

    def put_between(self, content):
        """Bytes between the files and the directory, whose place is mended or not."""
        at = content.find(b"PK\1\2")
        if at < 0:
            return content
        added = self.random.choice((self.junk(), zip_of({"lost.txt": self.file()})))
        content = content[:at] + added + content[at:]
        end = content.rfind(b"PK\5\6")
        if self.chance() and end >= 0 and end + 20 <= len(content):
            struct.pack_into("<I", content, end + 16, at + len(added))
        return content

    def unlist(self, content):
        """Takes the first file out of the directory, or leaves the directory without entries."""
        places = self.places(content, b"PK\1\2")
        end = content.rfind(b"PK\5\6")
        if not places or end < places[0] or end + 22 > len(content):
            return content
        cut = places[1] if len(places) > 1 and self.chance() else end
        gone = cut - places[0]
        count, _, size = struct.unpack_from("<HHI", content, end + 8)
        content = content[:places[0]] + content[cut:]
        struct.pack_into("<HHI", content, end - gone + 8, max(count - 1, 0), max(count - 1, 0),
                         max(size - gone, 0))
        return content

    def join_zip(self, content):
        return self.random.choice((content + self.zip_plain(), self.zip_plain() + content))

    def zip_plain(self):
        return zip_of({"j.txt": self.file()})

    def edit_byte(self, content):
        if content:
            content[self.random.randrange(len(content))] = self.random.randrange(256)
        return content

    # tar

    def tar(self):
        content = bytearray(self.tar_plain())
        for _ in range(self.random.choice((0, 1, 1, 2, 3))):
            edit = self.random.choice((self.edit_header, self.edit_header, self.edit_header,
                                       self.join_tar, self.put_blocks, self.take_end))
            content = bytearray(edit(content))
        packings = (bytes, bytes, bytes, lambda plain: gzip.compress(plain, mtime=0), bz2.compress,
                    lzma.compress)
        return self.random.choice(packings)(bytes(content))

    def tar_plain(self):
        names = ["a.gz", "b" * 120 + ".gz", "\u00e9.gz"][:self.random.randrange(1, 4)]
        return tar_of({name: gzip.compress(self.file(), mtime=0) for name in names},
                      self.random.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)))

    def edit_header(self, content):
        headers = [at for at in range(0, len(content) - 511, 512)
                   if content[at + 257:at + 262] == b"ustar"]
        if not headers:
            return content
        at = self.random.choice(headers)
        header = bytearray(content[at:at + 512])
        edit = self.random.randrange(7)
        if edit == 0:
            header[156] = ord(self.random.choice("Z7\0S1256MVDLKxgXA0"))
        elif edit == 1:  # of version 7
            header[257:265] = bytes(8)
        elif edit == 2:
            header[124:136] = self.random.choice((
                bytes(12), b"00000000000\0", b"7" * 12, b"\x80" + bytes(10) + b"\5",
                b"  12\0" + bytes(7), b"0o12" + bytes(8), b"+12" + bytes(9),
                b"1_0" + bytes(9), b"\0" + b"12" + bytes(9),
                b"00000000001 "))
        elif edit == 3:
            header[self.random.randrange(148)] = self.random.randrange(256)
        elif edit == 4:
            name = bytes(header[:100]).rstrip(b"\0")[:99] + b"/"
            header[:100] = name.ljust(100, b"\0")
        elif edit == 5:
            header[0] = 0xe9
            content[at:at + 512] = with_checksum(header, signed=True)
            return content
        else:
            header = bytearray(with_checksum(header))
            total = int(bytes(header[148:154]), 8)
            header[148:156] = self.random.choice((
                b"%07o\0" % total, b"%6o\0 " % total, (b"%o" % total).ljust(8, b" "),
                b"0o%o\0" % total + bytes(3), b"\x80" + total.to_bytes(7, "big"),
                b"+%o\0" % total + bytes(4)))[:8].ljust(8, b"\0")
            content[at:at + 512] = header
            return content
        content[at:at + 512] = with_checksum(header)
        return content

    def join_tar(self, content):
        return self.random.choice((content + self.tar_plain(), self.tar_plain() + content))

    def put_blocks(self, content):
        at = self.random.randrange(len(content) // 512 + 1) * 512
        put = self.random.choice((bytes(1024), self.random.randbytes(512)))
        return content[:at] + put + content[at:]

    def take_end(self, content):
        return content[:len(content) - self.random.choice((512, 1024, 9216, 10000))]

    # one file

    def streams(self, pack):
        between = self.random.choice((b"", b"", bytes(7), bytes(512), b"garbage",
                                      self.random.randbytes(40)))
        return between.join(pack(self.file()) for _ in range(self.random.randrange(1, 4)))

    def gz(self):
        flags = self.random.choice((0, 0, 2, 4, 8, 16, 28, 30, 64, 128))
        content = bytearray(self.streams(lambda content: gzip_member(content, flags)))
        return bytes(self.edit_byte(content) if self.chance(0.3) else content)

    def bz2(self):
        return self.streams(bz2.compress)

    def xz(self):
        return self.streams(self.random.choice((
            lzma.compress, lambda content: lzma.compress(content, lzma.FORMAT_ALONE))))


class ArchiveReaders(PushTest):
    def test_what_a_reader_extracts_is_found_or_the_archive_is_named(self):
        folder = self.scratch / "archives"
        folder.mkdir()
        cases = {}
        for number in range(CASES):
            maker = Maker(number)
            kind, content = maker.archive()
            path = folder / f"{number:03}.{kind}"
            path.write_bytes(content)
            cases[path.name] = (kind, content, maker.tokens)
        found, named = self.scan(folder)
        by_java = self.run_java([folder / name for name in cases if name.endswith(".zip")])
        extracted = 0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for name, (kind, content, secrets) in cases.items():
                seen = dict(readers_of(kind, folder / name, content))
                seen["java"] = by_java(folder / name)
                for reader, contents in seen.items():
                    texts = [text for some in contents for text in texts_in(some)]
                    taken = {secret for secret in secrets if any(secret in text for text in texts)}
                    extracted += len(taken)
                    with self.subTest(archive=name, reader=reader):
                        self.assertTrue(name in named or len(found.get(name, ())) >= len(taken),
                                        f"{len(taken)} tokens, and {found.get(name)} are found")
        self.assertGreater(extracted, CASES)  # the edits leave something to read

    def scan(self, folder):
        key = self.scratch / "key"
        key.write_bytes(bytes(range(32)))
        result = self.run_command(HOOK, "scan", "--format", "jsonl", "--key", str(key), ".",
                                  cwd=folder, check=False, PUSHGUARD_CONFIG="/dev/null")
        self.assertIn(result.code, (1, 2), result.errors)
        found, named = {}, set()
        for record in map(json.loads, result.output.splitlines()):
            if record["type"] == "finding":
                found.setdefault(record["path"], set()).add(record["fingerprint"])
            elif record["type"] == "skipped":
                named.add(record["path"])
        return found, named

    def run_java(self, files):
        if not shutil.which("java"):
            print("java is not installed: its reader is left out")
            return lambda path: []
        program = self.scratch / "Readers.java"
        program.write_text(JAVA)
        subprocess.run(["java", "-XX:TieredStopAtLevel=1", str(program), *map(str, files)],
                       check=False, capture_output=True, timeout=300)

        def read(path):
            output = path.with_name(path.name + ".java")
            return [output.read_bytes()[:MOST]] if output.exists() else []
        return read


if __name__ == "__main__":
    unittest.main()
