# SPDX-License-Identifier: Apache-2.0
"""Makes secrets for tests at run time, so that none is stored in the tree."""

import base64
import random
import string
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase


def base62(number, width):
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits.rjust(width, "0")


def random_text(alphabet, length, seed):
    generator = random.Random(f"{alphabet}{length}{seed}")
    return "".join(generator.choice(alphabet) for _ in range(length))


def github(seed=0, kind="p"):
    """A classic GitHub token with a right checksum, which is "confirmed"."""
    body = random_text(BASE62, 30, seed)
    return "gh" + kind + "_" + body + base62(zlib.crc32(body.encode()), 6)


def npm(seed=0):
    body = random_text(BASE62, 30, f"npm{seed}")
    return "np" + "m_" + body + base62(zlib.crc32(body.encode()), 6)


def digitalocean(seed=0):
    """A token without a checksum, which is "likely"."""
    return "dop" + "_v1_" + random_text("0123456789abcdef", 64, seed)


def slack(seed=0):
    digits = [random_text("123456789", 12, f"{seed}{part}") for part in "ab"]
    return "xox" + "b-" + "-".join(digits) + "-" + random_text(BASE62, 24, seed)


def aws_key_id(seed=0):
    """An identifier rather than a secret, which is "possible"."""
    return "AK" + "IA" + random_text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16, seed)


def url_password(seed=0):
    return random_text(BASE62, 20, f"url{seed}")


def ed25519_pem(seed=0):
    """A PKCS#8 key: its fixed DER header and 32 random bytes."""
    key = bytes(random.Random(f"pem{seed}").randrange(256) for _ in range(32))
    der = bytes.fromhex("302e020100300506032b657004220420") + key
    return ("-----BEGIN " + "PRIVATE KEY-----\n" + base64.b64encode(der).decode()
            + "\n-----END " + "PRIVATE KEY-----\n")
