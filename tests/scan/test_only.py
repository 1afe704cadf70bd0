# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan --only FILE`: what each rule of a site's own file would report in a folder."""

import json
import pathlib
import re

from support import tokens
from support.server import HOOK, PushTest

RULES = r"""
provider = "Acme"
[[rule]]
id = "acme-deploy-key"
description = "Acme deploy key"
regex = '''acme_([a-z0-9]{20})\b'''
keywords = ["acme_"]
secret_group = 1
confidence = "likely"
privilege = "write"
lifetime = "long-lived"
rotate = "deploy.acme.net"
examples = ['key = acme_{b36:20}']
[[rule]]
id = "acme-pin"
description = "Acme PIN"
regex = '''ACME_PIN=([0-9]{6})\b'''
keywords = ["acme_pin="]
secret_group = 1
confidence = "possible"
privilege = "read"
lifetime = "long-lived"
rotate = "pin.acme.net"
examples = ['ACME_PIN={dig:6}']
[[rule]]
id = "acme-unused"
description = "Acme thing that nobody has"
regex = '''acme-thing-[0-9]{9}'''
keywords = ["acme-thing-"]
confidence = "likely"
privilege = "read"
lifetime = "long-lived"
rotate = "pin.acme.net"
examples = ['acme-thing-{dig:9}']
"""


def acme(seed):
    return "acme_" + tokens.random_text("abcdefghijklmnopqrstuvwxyz0123456789", 20, f"only{seed}")


class Only(PushTest):
    def setUp(self):
        super().setUp()
        self.environment["PUSHGUARD_CONFIG"] = "/dev/null"
        self.rules = self.scratch / "acme.toml"
        self.rules.write_text(RULES)
        self.files = self.scratch / "files"
        self.files.mkdir()
        (self.files / "a.py").write_text(f'one = "{acme(1)}"\ntwo = "{acme(2)}"\n')
        (self.files / "b.py").write_text(f'one = "{acme(1)}"\nACME_PIN=471936\n')
        (self.files / ".env.production").write_text(f"API_TOKEN={tokens.github()}\n")

    def scan(self, *words):
        return self.run_command(HOOK, "scan", "--only", str(self.rules), *words, ".",
                                cwd=self.files, check=False)

    def test_a_line_for_each_rule_and_nothing_of_the_built_in_ones(self):
        result = self.scan()
        rows = [line.split()[:3] for line in result.output.split("\n\n")[0].splitlines()]
        self.assertEqual(rows, [["PLACE", "RULING", "RULE"],
                                ["a.py:1:13", "blocked", "acme-deploy-key"],
                                ["a.py:2:13", "blocked", "acme-deploy-key"],
                                ["b.py:1:13", "blocked", "acme-deploy-key"],
                                ["b.py:2:10", "warned", "acme-pin"]])
        self.assertEqual(result.output.split("\n\n")[1], """\
RULE             WOULD BLOCK  WOULD WARN  ALLOWED  FILES
acme-deploy-key            3           0        0      2
acme-pin                   0           1        0      1
acme-unused                0           0        0      0""")
        self.assertEqual((result.code, result.errors), (1, ""))

    def test_json_has_an_object_for_each_rule(self):
        records = [json.loads(line) for line in self.scan("--format", "jsonl").output.splitlines()]
        self.assertEqual([record for record in records if record["type"] == "rule"], [
            {"type": "rule", "rule": rule, "blocked": blocked, "warned": warned, "allowed": 0,
             "ignored": 0, "files": files}
            for rule, blocked, warned, files in (("acme-deploy-key", 3, 0, 2),
                                                 ("acme-pin", 0, 1, 1), ("acme-unused", 0, 0, 0))])
        self.assertEqual(records[-1]["type"], "summary")

    def test_allow_entries_of_the_configuration_count(self):
        config = self.scratch / "config.toml"
        config.write_text('[[allow]]\nrule = "acme-deploy-key"\nreason = "known"\n')
        result = self.scan("--config", str(config))
        self.assertIn("acme-deploy-key            0           0        3      2\n", result.output)
        self.assertEqual(result.code, 0)

    def test_mistakes_in_the_file_and_the_id_of_a_built_in_rule_are_errors(self):
        self.rules.write_text(RULES.replace("acme-pin", "jwt"))
        result = self.scan()
        self.assertEqual((result.code, result.output), (2, ""))
        self.assertIn("'jwt' is the id of a built-in rule", result.errors)
        self.rules.write_text(RULES + 'since = "0.2.0"\n')
        self.assertIn("a site's rule has no 'since'", self.scan().errors)


class Page(PushTest):
    def test_the_rule_that_the_reference_shows_is_right_and_finds_what_it_says(self):
        page = (pathlib.Path(__file__).parents[2] / "rules/README.md").read_text()
        rules = self.scratch / "acme.toml"
        rules.write_text(re.search("```toml\n(.*?)```", page, re.S)[1])
        checked = self.run_command(HOOK, "rules", "check", str(rules), check=False)
        self.assertEqual((checked.code, checked.errors), (0, ""))
        self.assertIn("negatives tried:   3\n", checked.output)
        (self.scratch / "a.txt").write_text(f"the key is {acme(3)}\n")
        found = self.run_command(HOOK, "scan", "--only", str(rules), "a.txt", cwd=self.scratch)
        self.assertIn("acme-deploy-key            0           1        0      1\n", found.output)
