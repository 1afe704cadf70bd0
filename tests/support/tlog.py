# SPDX-License-Identifier: Apache-2.0
"""The tree of a log once more, as README.md describes it, and a log that fits together again after
it was changed: what an attacker with the rights of git's user would write."""

import hashlib
import re
import zlib

TEXT = rb'"(?:[^"\\]|\\.)*"'
PERSONAL = re.compile(rb'(?<!\\)"(?:name|address|author|committer|owners|by)":'
                      rb'(?:%s|\[%s(?:,%s)*\])' % (TEXT, TEXT, TEXT))
SALT = re.compile(rb'^(\{.*),"salt":"([0-9a-f]{32})"\}$')


def leaf_text(line):
    """Of the line without its line feed."""
    salted = SALT.match(line)
    if not salted:
        return line
    salt = bytes.fromhex(salted[2].decode())

    def hashed(match):
        text = match[0][1:-1]
        return b'"sha256:%s"' % hashlib.sha256(salt + text).hexdigest().encode() if text else b'""'

    def all_hashed(match):
        key, values = match[0].split(b":", 1)
        return key + b":" + re.sub(TEXT, hashed, values)
    return PERSONAL.sub(all_hashed, salted[1]) + b"}"


def leaf(line):
    return hashlib.sha256(b"\0" + leaf_text(line)).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return node(root(leaves[:split]), root(leaves[split:]))


def chained(lines):
    """The lines with numbers and hashes that fit: a log that was rewritten whole."""
    fitting, before = [], ""
    for seq, line in enumerate(lines):
        line = re.sub(rb'"seq":\d+,"prev":"[0-9a-f]*"',
                      b'"seq":%d,"prev":"%s"' % (seq, before.encode()), line, count=1)
        before = leaf(line).hex()
        fitting.append(line)
    return fitting


def state(lines):
    """The file `audit.tree` of a log with these lines."""
    leaves, roots = [leaf(line) for line in lines], []
    at = 0
    while at < len(leaves):
        size = 1 << ((len(leaves) - at).bit_length() - 1)
        roots.append(root(leaves[at:at + size]))
        at += size
    end = sum(len(line) + 1 for line in lines)
    summed = b"records %d end %d first 0 began 0\nlast %s\ntail %s\n%s" % (
        len(lines), end, leaves[-1].hex().encode(), lines[-1][-40:],
        b"".join(one.hex().encode() + b"\n" for one in roots))
    return (b"pushguard-tree/1\nsynced %020d %020d %020d\n" % (0, 0, 0) + summed
            + b"sum %08x\n" % zlib.crc32(summed))
