# SPDX-License-Identifier: Apache-2.0
"""Packs made by hand, as a hostile client may send them: any bytes as an object, and
deltas that make much of little. Format: gitformat-pack(5)."""

import hashlib
import struct
import subprocess
import zlib

TYPES = {"commit": 1, "tree": 2, "blob": 3, "tag": 4}
OFS_DELTA = 6
CHUNK = 0xffff  # the most bytes of one copy with a size of two bytes


def varint(number):
    out = bytearray()
    while True:
        byte, number = number & 0x7f, number >> 7
        out.append(byte | (0x80 if number else 0))
        if not number:
            return bytes(out)


class Pack:
    """Objects of SHA-1 in the order in which they are added."""

    def __init__(self):
        self.entries = []
        self.size = 12  # of the pack so far
        self.places = {}  # id -> (offset, type, size)

    def _append(self, number, size, data, header=b""):
        first, rest = size & 0x0f, size >> 4
        entry = bytes([number << 4 | first | (0x80 if rest else 0)])
        entry += (varint(rest) if rest else b"") + header + zlib.compress(data, 9)
        self.entries.append(entry)
        self.size += len(entry)

    def _name(self, kind, content, offset):
        digest = hashlib.sha1(b"%s %d\0" % (kind.encode(), len(content)))
        digest.update(content)
        self.places[digest.hexdigest()] = (offset, kind, len(content))
        return digest.hexdigest()

    def add(self, kind, content):
        """Returns the id."""
        offset = self.size
        name = self._name(kind, content, offset)
        self._append(TYPES[kind], len(content), content)
        return name

    def blob(self, content):
        return self.add("blob", content)

    def tree(self, entries):
        """`entries`: (mode, name, id) in git's order."""
        return self.add("tree", b"".join(b"%s %s\0%s" % (mode, name, bytes.fromhex(id))
                                         for mode, name, id in entries))

    def commit(self, tree, parents=(), author=b"Ann Dev <ann@example.com>", message=b"Change\n"):
        return self.add("commit", b"tree %s\n%sauthor %s 1700000000 +0000\n"
                        b"committer Ann Dev <ann@example.com> 1700000000 +0000\n\n%s" % (
                            tree.encode(), b"".join(b"parent %s\n" % parent.encode()
                                                    for parent in parents), author, message))

    def repeated(self, base, content, times):
        """A delta of `base`, whose content is `content`: that content, `times` times."""
        start, kind, size = self.places[base]
        offset = self.size
        copies = bytearray()
        for at in range(0, size, CHUNK):
            length = min(CHUNK, size - at)
            copies += b"\xbf" + struct.pack("<I", at) + struct.pack("<H", length)
        name = self._name(kind, content * times, offset)
        delta = varint(size) + varint(size * times) + bytes(copies) * times
        distance, header = offset - start, bytearray()
        header.append(distance & 0x7f)
        while distance := distance >> 7:
            distance -= 1
            header.append(0x80 | distance & 0x7f)
        self._append(OFS_DELTA, len(delta), delta, bytes(reversed(header)))
        return name

    def bytes(self):
        pack = b"PACK" + struct.pack(">II", 2, len(self.entries)) + b"".join(self.entries)
        return pack + hashlib.sha1(pack).digest()

    def store(self, objects):
        """Writes the pack and its index into the object directory `objects`."""
        (objects / "pack").mkdir(parents=True, exist_ok=True)
        pack = self.bytes()
        file = objects / "pack" / f"pack-{pack[-20:].hex()}.pack"
        file.write_bytes(pack)
        subprocess.run(["git", "index-pack", str(file)], check=True, stdout=subprocess.DEVNULL)
        return len(pack)
