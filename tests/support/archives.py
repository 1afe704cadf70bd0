# SPDX-License-Identifier: Apache-2.0
"""Archives for tests, made by Python or by hand."""

import gzip
import io
import struct
import tarfile
import zipfile


class Unseekable(io.RawIOBase):
    """A file into which zipfile writes sizes behind the data."""

    def __init__(self):
        super().__init__()
        self.content = bytearray()

    def writable(self):
        return True

    def write(self, some):
        self.content += some
        return len(some)


def zip_of(files, method=zipfile.ZIP_DEFLATED, unseekable=False, zip64=False, comment=b""):
    out = Unseekable() if unseekable else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=zip64) as file:
                file.write(content if isinstance(content, bytes) else content.encode())
        archive.comment = comment
    return bytes(out.content) if unseekable else out.getvalue()


def repacked(archive, method, pack):
    """`archive`, a zip of one file, with the file packed by `pack` as `method`."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        info, = opened.infolist()
        content = opened.read(info)
    packed = pack(content)
    name = info.filename.encode()
    fields = struct.pack("<HHHHIIIH", 0, method, 0, 0, info.CRC, len(packed), len(content),
                         len(name))
    version = struct.pack("<H", 63)
    local = b"PK\3\4" + version + fields + bytes(2) + name + packed
    listed = b"PK\1\2" + version + version + fields + bytes(16) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local), 0)
    return local + listed + b"PK\5\6" + end


def tar_of(files, format=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format) as archive:
        for name, content in files.items():
            content = content if isinstance(content, bytes) else content.encode()
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def with_checksum(header, signed=False):
    """A header of a tar with its checksum set."""
    header = bytes(header[:148]) + b" " * 8 + bytes(header[156:])
    total = sum(byte - 256 if signed and byte > 127 else byte for byte in header)
    return header[:148] + b"%06o\0 " % total + header[156:]


def gzip_member(content, flags=0):
    """A gzip member with the fields that `flags` announces."""
    packed = gzip.compress(content, mtime=0)
    fields = b""
    if flags & 4:
        fields += struct.pack("<H", 5) + b"extra"
    if flags & 8:
        fields += b"name\0"
    if flags & 16:
        fields += b"comment\0"
    if flags & 2:
        fields += b"\xab\xcd"  # which some readers do not check
    return packed[:3] + bytes([flags]) + packed[4:10] + fields + packed[10:]
