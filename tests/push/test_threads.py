# SPDX-License-Identifier: Apache-2.0
"""A pack that is large enough for several threads. The report is that of one thread."""

import unittest

from support import tokens
from support.server import PushTest

COMMITS = 2000  # with two trees and a blob each: 8000 objects, enough for four threads
BAD = 200       # every 200th commit has secrets


class Threads(PushTest):
    def setUp(self):
        super().setUp()
        self.git("config", "receive.unpackLimit", "1", cwd=self.server)
        stream = []
        for n in range(COMMITS):
            bad = n % BAD == 0
            message = f"Use {tokens.npm(n)}" if bad else f"Change {n}"
            content = f"int number = {n};\n"
            if bad:
                content += f"key = '{tokens.github(n)}'\n"
            name = f"src/{tokens.digitalocean(n)}.c" if bad else f"src/{n % 40}.c"
            stream.append("commit refs/heads/main\n"
                          f"committer Ann Dev <ann@example.com> {1760000000 + n} +0000\n"
                          f"data {len(message)}\n{message}\n"
                          "deleteall\n"
                          f"M 100644 inline {name}\ndata {len(content)}\n{content}\n")
        self.git("fast-import", "--quiet", input="".join(stream).encode())

    def told_by(self, threads):
        self.configure(f"[limits]\nthreads = {threads}\n")
        result = self.assert_refused(self.push("origin", "main"))
        record = self.last_record()
        return result.message, record["findings"], record["unscanned"]

    def test_several_tell_what_one_tells(self):
        message, findings, unscanned = self.told_by(1)
        self.assertEqual(len(findings), 3 * COMMITS // BAD)
        self.assertEqual(unscanned, [])
        self.assertEqual(self.told_by(4), (message, findings, unscanned))


if __name__ == "__main__":
    unittest.main()
