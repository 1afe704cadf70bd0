# SPDX-License-Identifier: Apache-2.0
"""Histories with secrets in all kinds of places, made at random by `git fast-import`."""

import base64
import random

from support import tokens


def _data(content):
    content = content if isinstance(content, bytes) else content.encode()
    return b"data %d\n%s\n" % (len(content), content)


class History:
    """A fast-import stream of some branches that are merged now and then, with annotated tags, and
    a branch that can be deleted."""

    def __init__(self, seed, commits=40):
        self.random = random.Random(seed)
        self.seed = seed
        self.secrets = 0
        self.files = {}
        self.stream = []
        self.marks = {"main": None, "topic": None, "gone": None}
        for number in range(1, commits + 1):
            self.commit(number)
        for number in range(3):
            self.tag(number)

    def secret(self, encodes=True):
        self.secrets += 1
        make = self.random.choice((tokens.github, tokens.digitalocean, tokens.slack, tokens.npm,
                                   tokens.aws_key_id))
        secret = make(f"{self.seed} {self.secrets}")
        if encodes and self.random.random() < 0.2:
            return base64.b64encode(f"password={secret}".encode()).decode()
        return secret

    def chance(self, share):
        return self.random.random() < share

    def text(self, lines):
        return ["".join(self.random.choice("abcdef ") for _ in range(30)) for _ in range(lines)]

    def commit(self, number):
        branch = self.random.choice(sorted(self.marks))
        message = f"Change {number}" + (f" {self.secret()}" if self.chance(0.05) else "")
        self.stream.append(b"commit refs/heads/%s\nmark :%d\n" % (branch.encode(), number))
        self.stream.append(b"author Bob <bob@example.com> %d +0000\n" % (10 ** 9 + number))
        self.stream.append(b"committer Ann <ann@example.com> %d +0000\n" % (10 ** 9 + number))
        self.stream.append(_data(message))
        last = self.marks[branch] or self.marks["main"]
        if last:
            self.stream.append(b"from :%d\n" % last)
        other = self.marks[self.random.choice(("main", "topic"))]
        if last and other and other != last and self.chance(0.3):
            self.stream.append(b"merge :%d\n" % other)
        for _ in range(self.random.randrange(1, 4)):
            self.change()
        self.marks[branch] = number

    def change(self):
        path = f"d{self.random.randrange(3)}/f{self.random.randrange(6)}"
        if self.chance(0.05):
            path = f"d0/{self.secret(encodes=False)}"  # names are not decoded
        if self.chance(0.1):
            self.stream.append(b"D %s\n" % path.encode())
            return
        lines = self.files.setdefault(path, self.text(60))
        lines[self.random.randrange(len(lines))] = (
            f"key = {self.secret()}" if self.chance(0.3) else self.text(1)[0])
        self.stream.append(b"M 100644 inline %s\n%s" % (path.encode(),
                                                        _data("\n".join(lines))))

    def tag(self, number):
        self.stream.append(b"tag v%d\nfrom :%d\ntagger Ann <ann@example.com> 1000000000 +0000\n" %
                           (number, self.marks["main"]))
        self.stream.append(_data(f"Version {number} {self.secret()}"))

    def bytes(self):
        return b"".join(self.stream)


class SmallHistory:
    """One commit of one file, on a branch of its own."""

    def __init__(self, text="nothing", branch="main"):
        self.text, self.branch = text, branch

    def bytes(self):
        return (b"commit refs/heads/%s\ncommitter Ann <ann@example.com> 1000000000 +0000\n"
                b"data 5\nFirst\nM 100644 inline a.txt\n%s" %
                (self.branch.encode(), _data(self.text + "\n")))
