# SPDX-License-Identifier: Apache-2.0
"""Private keys, made at run time, in armor that is written in odd ways."""

import base64
import subprocess

LABELS = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY",
          "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "ANY PRIVATE KEY", "PUBLIC KEY",
          "RSA PUBLIC KEY", "DH PARAMETERS", "X25519 PRIVATE KEY", "KEY"]
HEADERS = [b"X:=", b"X:-", b"Comment: a-b", b"K\xc3\xb6: \xff", b"a: b\nc: d", b"no header",
           b"Proc-Type: 4,CLEAR", b":", b"-", b"=", b"MIIE"]
BLANKS = [b" ", b"\t", b"   ", b"\x0b", b"\x0c \t", b"\x01", b"\xc2\xa0", b"\x80\xff"]


def run(*words, data=None, cwd=None):
    return subprocess.run(words, input=data, cwd=cwd, capture_output=True, check=True).stdout


def clear_keys(directory):
    """Of each name: its label and bytes; of DER, and of OpenSSH's own format."""
    keys = {}
    for name, words in {
            "rsa": ("RSA", "-pkeyopt", "rsa_keygen_bits:1024"),
            "ec": ("EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
            "ed25519": ("ED25519",),
            "x25519": ("X25519",)}.items():
        keys[name] = run("openssl", "genpkey", "-algorithm", *words, "-outform", "DER")
    for name in ("rsa", "ec"):
        keys[name + "-old"] = run("openssl", "pkey", "-inform", "DER", "-outform", "DER",
                                  "-traditional", data=keys[name])
    for kind in ("ed25519", "ecdsa"):
        run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "a key", "-f", kind, cwd=directory)
        lines = (directory / kind).read_text().splitlines()
        keys["openssh-" + kind] = base64.b64decode("".join(lines[1:-1]))
    return keys


def label_of(name):
    if name.startswith("openssh"):
        return "OPENSSH PRIVATE KEY"
    return {"rsa-old": "RSA PRIVATE KEY", "ec-old": "EC PRIVATE KEY"}.get(name, "PRIVATE KEY")


def with_length(der, form):
    """The outermost element with its size written as BER allows."""
    size = der[1]
    skip = 2 if size < 0x80 else 2 + (size & 0x7f)
    body = der[skip:]
    if form == "indefinite":
        return der[:1] + b"\x80" + body + b"\0\0"
    return der[:1] + bytes([0x80 | form]) + len(body).to_bytes(form, "big") + body


def element(tag, content, form=0):
    """In DER; with `form` bytes for its size, or without a size."""
    if form == "indefinite":
        return bytes([tag, 0x80]) + content + b"\0\0"
    if not form and len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    form = form or (len(content).bit_length() + 7) // 8
    return bytes([tag, 0x80 | form]) + len(content).to_bytes(form, "big") + content


def elements(der):
    """The whole elements that are in the outermost one, all of definite length."""
    found, at = [], 2 if der[1] < 0x80 else 2 + (der[1] & 0x7f)
    while at < len(der):
        size, content = der[at + 1], at + 2
        if size & 0x80:
            content += size & 0x7f
            size = int.from_bytes(der[at + 2:content], "big")
        found.append(der[at:content + size])
        at = content + size
    return found


def edit_der(key, random):
    """Changes one thing that is no number of the key and no name of its algorithm."""
    parts = elements(key)
    is_pkcs8 = parts[1][0] == 0x30

    def attribute(value):
        name = bytes.fromhex("06092a864886f70d010914")
        parts.append(element(0xa0, element(0x30, name + element(0x31, value, "indefinite"),
                                           "indefinite"), "indefinite"))

    def version():
        values = [b"", b"\2", b"\3", b"\1\0", b"\xff", b"\x7f" * 4, b"\x80\0\0\0"]
        if is_pkcs8:
            values += [b"\1" * 5, b"\1" * 300]
        parts[0] = element(2, random.choice(values))

    def big_attribute():
        attribute(element(4, b"x" * random.choice([40000, 60000, 200000, 900000])))

    def nested_attribute():
        value = random.choice([b"\4\1x", b"\x1f\x81\1\0", b"\0\x81\0", b"\x3f\xff\1\x80\0\0"])
        for _ in range(random.choice([3, 9, 12, 200])):
            value = element(0x30, value, "indefinite")
        attribute(value)

    def big_parameters():
        name = elements(parts[1])[0]
        parts[1] = element(0x30, name + element(4, b"x" * random.choice([50000, 300000])))

    edits = [version]
    if is_pkcs8:
        edits += [version, big_attribute, nested_attribute, big_parameters]
    random.choice(edits)()
    return element(0x30, b"".join(parts), random.choice([0, 0, 4, 9, "indefinite"]))


class Armor:
    """An armor as its parts, each of which an edit may change."""

    def __init__(self, label, key):
        self.before, self.behind = b"", b""
        self.begin = b"-----BEGIN " + label.encode() + b"-----"
        self.end = b"-----END " + label.encode() + b"-----"
        self.label = label
        self.key = key
        self.headers = b""
        self.width = 64
        self.line_end = b"\n"
        self.edit_line = lambda number, line: line
        self.tail = b""
        self.skip = 0  # digits that are before the lines

    def relabel(self, label):
        self.begin = self.begin.replace(self.label.encode(), label.encode())
        self.end = self.end.replace(self.label.encode(), label.encode())
        self.label = label

    def text(self):
        digits = base64.b64encode(self.key)[self.skip:]
        lines = [digits[at:at + self.width] for at in range(0, len(digits), self.width)]
        lines = [self.edit_line(number, line) for number, line in enumerate(lines)]
        whole = self.begin + b"\n" + self.headers + b"\n".join(lines) + self.tail + b"\n"
        whole = self.before + whole + self.end + self.behind + b"\n"
        return whole.replace(b"\n", self.line_end)


def edit(armor, random):
    """Changes one thing."""
    choose = random.choice
    blank = choose(BLANKS)
    every = random.randrange(1, 5)

    def around(make):
        armor.edit_line = lambda number, line: make(line) if number % every == 0 else line

    def header():
        armor.headers = choose(HEADERS) + choose([b"\n\n", b"\n", b"\n \t\n", b"\r\n\r\n"])

    def empty_lines():
        armor.headers += b"\n" * choose([1, 2, 3000])

    def width():
        armor.width = choose([1, 2, 3, 48, 60, 65, 76, 253, 254, 255, 508, 100000])

    def middle():
        at, put = random.randrange(0, 4), choose([blank, b"\n", b"=", b"*", b"\n\n", b"\n" * 2000])
        around(lambda line: line[:at] + put + line[at:])

    def tail():
        armor.tail = choose([b"\n-", b"-end of the key; {}", b"\n\n", b"=", b"\n-----", b" \t"])

    def line_end():
        armor.line_end = choose([b"\r\n", b"\r", b" \n", b"\n\n", b"\r\n"])

    def before():
        armor.before = choose([b"\xef\xbb\xbf", b"Bag Attributes\n  a: b\n", b"x" * 254, b"  ",
                               b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"])

    def begin():
        armor.begin += choose([b" ", b"\t\r", b" " * 400, b"\x01", b"-"])

    def behind():
        armor.behind = choose([b" more", b"-", b" ", b"\r", b"\n-----BEGIN X-----"])

    def nul():
        """OpenSSL reads nothing between a NUL and the end of a line, or of 254 bytes."""
        at = random.randrange(0, 9)
        junk = b"\0" + choose([b"/" * 40, b"!q/", b"A" * 20, b"MIIE==", b"a\0b"]) + b"\n"
        around(lambda line: line[:at] + junk + line[at:])

    def decoy():
        """What another reading takes for a key: one that is encrypted, or has broken numbers."""
        scheme = element(0x30, bytes.fromhex("06092a864886f70d01050d"))
        kinds = [element(0x30, scheme + element(4, b"x" * choose([1, 2, 3]))),
                 element(0x30, b"\2\1\0" + b"\2\1\5" * 8)]
        digits = base64.b64encode(choose(kinds)).rstrip(b"=") + choose([b"", b"=", b"=="])
        junk = b"\0" + choose([digits, digits[1:]]) + b"\n"
        take = len(junk) - 2 < len(digits)
        first = base64.b64encode(armor.key)[:1] if take else b""
        if armor.key[:1] == b"0":
            armor.headers += first + junk
            armor.skip = len(first)

    def key():
        if armor.key[:1] != b"0":
            return
        armor.key = choose([armor.key + b"more bytes", with_length(armor.key, "indefinite"),
                            with_length(armor.key, 4), with_length(armor.key, 9)])

    choose([header, empty_lines, width, middle, tail, line_end, before, begin, behind, key, nul,
            nul, decoy,
            lambda: armor.relabel(choose(LABELS)), lambda: around(lambda line: line + blank * 3),
            lambda: around(lambda line: blank + line),
            lambda: around(lambda line: line + b"\0not read")])()
