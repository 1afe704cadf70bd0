# SPDX-License-Identifier: Apache-2.0
"""Refusals as JSON: what the schema says, and what a program needs to mend its own push."""

import json
import pathlib
import unittest

import jsonschema

from support import tokens
from support.server import PushTest

BEGIN, END = "-----BEGIN PUSHGUARD JSON-----", "-----END PUSHGUARD JSON-----"
SCHEMA = pathlib.Path(__file__).parents[2] / "install/refusal.schema.json"
JSON = ("-o", "pushguard.format=json")


class RefusalJson(PushTest):
    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        self.secret = tokens.github("json")

    def document(self, result):
        lines = result.message.split("\n")
        document = json.loads(lines[lines.index(BEGIN) + 1])
        self.assertEqual(lines[lines.index(BEGIN) + 2], END)
        jsonschema.validate(document, json.loads(SCHEMA.read_text()))
        self.assertNotIn(self.secret, result.errors)
        return document

    def ask(self):
        return self.push("origin", "HEAD:refs/heads/main", *JSON)

    def mend(self, document):
        """What a coding agent does: the steps, in their order."""
        for step in document["steps"]:
            if step["do"] == "edit":
                for path in step["files"]:
                    self.cut_out(document, path)
            elif step["do"] == "run":
                self.run_command(*step["words"], GIT_EDITOR="true")
            elif step["do"] == "push":
                return self.ask()
        return self.fail("no step says to push again")

    def cut_out(self, document, path):
        lines = (self.clone / path).read_text().split("\n")
        for finding in document["findings"]:
            for place in finding["places"]:
                if place.get("path") == path:
                    line, begin = place["line"] - 1, place["column"] - 1
                    end = begin + finding["characters"]
                    lines[line] = lines[line][:begin] + "EMPTY" + lines[line][end:]
        (self.clone / path).write_text("\n".join(lines))

    def test_a_program_mends_its_push(self):
        self.commit({"src/a.py": f"import os\nTOKEN = '{self.secret}'\n"}, "Add")
        self.commit({"b.txt": "b\n"}, "Next")
        result = self.ask()
        self.assertNotEqual(result.code, 0)
        document = self.document(result)
        self.assertEqual(document["verdict"], "refused")
        self.assertEqual(result.message.split("\n")[0], BEGIN)
        [finding] = document["findings"]
        self.assertEqual((finding["value"], finding["characters"], finding["instead"]),
                         ("ghp_********", 40,
                          "GITHUB_TOKEN in Actions, or a GitHub App's token"))
        self.assert_accepted(self.mend(document))
        self.assertEqual(self.git("show", "main:src/a.py", cwd=self.server).output,
                         "import os\nTOKEN = 'EMPTY'\n")

    def test_a_place_in_a_binary_file_is_told_by_its_byte(self):
        before = b"\x7fELF\0\n\n" + bytes(range(256)) * 200
        self.commit({"tool.bin": before + b" " + self.secret.encode() + b"\0"}, "Add a tool")
        [finding] = self.document(self.ask())["findings"]
        [place] = finding["places"]
        self.assertEqual((place["path"], place["offset"]), ("tool.bin", len(before) + 1))
        self.assertIn(f"\n    tool.bin, byte {len(before) + 1}\n", self.push().message)

    def test_the_environment_asks_for_it_in_a_local_push(self):
        self.commit({"a.txt": f"{self.secret}\n"}, "Add")
        result = self.push(PUSHGUARD_FORMAT="json")
        self.assertTrue(result.message.startswith(BEGIN), result.message)
        self.document(result)

    def test_what_could_not_be_checked(self):
        self.configure("[limits]\nobject_mib = 1\n")
        self.commit({"big.txt": "a line of text\n" * 140000}, "Big")
        document = self.document(self.ask())
        self.assertEqual(document["verdict"], "undecided")
        [what] = document["unscanned"]
        self.assertEqual((what["path"], what["why"]), ("big.txt", "too-large"))

    def test_a_push_without_anything_to_say_is_silent(self):
        self.commit({"a.txt": "a\n"}, "Fine")
        self.assertEqual(self.assert_accepted(self.ask()).message, "")

    def test_at_most_48_kib_whatever_is_found(self):
        self.commit({f"{'d' * 100}/{i}.txt": tokens.github(i) for i in range(300)}, "Many")
        result = self.ask()
        self.assertLess(len(result.message), 48 << 10)
        document = self.document(result)
        self.assertEqual(len(document["findings"]) + document["more_findings"], 300)

    def test_a_false_alarm_is_on_record_and_lets_nothing_through(self):
        self.commit({"a.txt": f"{self.secret}\n"}, "Add")
        [finding] = self.document(self.ask())["findings"]
        id = finding["fingerprint"]
        result = self.push("origin", "HEAD:refs/heads/main",
                           "-o", f"pushguard.false-alarm={id} made up for a test")
        self.assertNotEqual(result.code, 0)
        self.assertIn(f"warning: {id} is reported as a false alarm", result.message)
        self.assertEqual(self.last_record()["bypass"]["false_alarms"],
                         [{"fingerprint": id, "reason": "made up for a test"}])

    def test_one_option_for_all_secrets(self):
        self.configure("[bypass]\nenabled = true\n")
        self.commit({"a.txt": f"{self.secret}\n", "b.txt": tokens.github("other")}, "Two")
        document = self.document(self.ask())
        option = document["exception"]
        ids = ",".join(finding["fingerprint"] for finding in document["findings"])
        self.assertEqual(option, f'-o "pushguard.allow={ids} REASON"')
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/main", "-o",
                                       f"pushguard.allow={ids} needed by the test"))

    def test_no_option_is_named_where_git_takes_none(self):
        self.configure("[bypass]\nenabled = true\n")
        self.git("config", "receive.advertisePushOptions", "false", cwd=self.server)
        self.commit({"a.txt": f"{self.secret}\n"}, "Add")
        result = self.push()
        self.assertNotIn("pushguard.allow", result.message)
        self.assertIn("hint: not a secret? ask the server's administrator for an exception\n",
                      result.message)


class RefusalJsonSha256(RefusalJson):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
