# SPDX-License-Identifier: Apache-2.0
"""A push that git keeps as a pack, like any large push, and the same push as loose
objects. They are read in another order, but the report is the same."""

import itertools
import unittest

from support import tokens
from support.server import PushTest

# The number of objects is not compared: git adds the server's bases to a thin pack.
TOLD = ("verdict", "findings", "unscanned")


class Packed(PushTest):
    def setUp(self):
        super().setUp()
        # The tree is large, so that git stores its versions as deltas.
        self.many = {f"src/file-{i}.c": f"int number{i} = {i};\n" for i in range(60)}
        self.commit(self.many, "First")
        self.assert_accepted(self.push())

    def push_by(self, unpack_limit):
        self.git("config", "--local", "receive.unpackLimit", str(unpack_limit), cwd=self.server)
        result = self.push()
        record = self.last_record()
        return result.message, {name: record[name] for name in TOLD if name in record}

    def assert_same(self):
        loose, packed = self.push_by(100000), self.push_by(1)
        self.assertEqual(loose, packed)
        return packed[1]

    # A secret in each kind of place; each function adds its own commits.
    def in_a_file(self):
        self.commit({"src/file-7.c": f"key = '{tokens.github(1)}'\n"}, "Add a key")
        self.commit({"src/file-7.c": "int none;\n"}, "Take it out")

    def in_a_message(self):
        self.commit({"src/file-8.c": "int eight;\n"}, f"Use {tokens.npm(2)}")

    def in_a_file_name(self):
        self.commit({f"src/{tokens.github(3)}.c": "int three;\n"}, "Add a file")
        self.commit({"src/file-9.c": "int nine;\n"}, "Beside it")

    def in_a_file_of_a_name(self):
        password = tokens.random_text("abcdefghjkmnpqrstuvwxyz23456789", 20, 4) + "\n"
        self.commit({"ops/.vault_pass": password}, "Settings")
        self.commit({"ops/readme": "x\n"}, "Beside it")
        self.commit({"src/copy/.vault_pass": password}, "Once more")

    KINDS = {"file": in_a_file, "commit": in_a_message, "file-name": in_a_file_name,
             "file of a name": in_a_file_of_a_name}

    def test_told_as_when_loose(self):
        start = self.rev()
        for count in (1, 2, len(self.KINDS)):
            for kinds in itertools.combinations(self.KINDS, count):
                with self.subTest(kinds=kinds):
                    self.git("reset", "-q", "--hard", start)
                    for kind in kinds:
                        self.KINDS[kind](self)
                    record = self.assert_same()
                    places = [place["kind"] for finding in record["findings"]
                              for place in finding["places"]]
                    expected = [kind.replace(" of a name", "") for kind in kinds]
                    self.assertEqual(sorted(set(places)), sorted(set(expected)))
                    self.assertEqual(len(record["findings"]), count)

    def test_nothing_found(self):
        for i in range(5):
            self.commit({"src/file-7.c": f"int changed = {i};\n"}, f"Change {i}")
        self.git("config", "--local", "receive.unpackLimit", "1", cwd=self.server)
        self.assert_accepted(self.push())
        record = self.last_record()
        self.assertEqual(record["findings"], [])
        self.assertEqual(record["unscanned"], [])


if __name__ == "__main__":
    unittest.main()
