# SPDX-License-Identifier: Apache-2.0
"""`pushguard rules`: the texts about rules for people."""

import os
import pathlib
import subprocess
import tempfile
import unittest

RULE = """provider = "Acme"
[[rule]]
id = "acme-key"
description = "Acme key"
regex = "acme_[a-z]{20}"
keywords = ["acme_"]
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
examples = ["acme_{lower:20}"]
negatives = ["acme_{lower:12}", "acme"]
"""


def run(*words):
    return subprocess.run([os.environ["PUSHGUARD"], "rules", *words], capture_output=True,
                          text=True)


class Commands(unittest.TestCase):
    maxDiff = None

    def check(self, text):
        with tempfile.TemporaryDirectory() as scratch:
            file = pathlib.Path(scratch, "acme.toml")
            file.write_text(text)
            result = run("check", str(file))
            return result.returncode, result.stdout, result.stderr.replace(str(file), "acme.toml")

    def test_check_counts_what_it_did(self):
        self.assertEqual(self.check(RULE), (0, (
            "rules:             1\nvalidated offline: 0, by 0 validators\nkeywords proved:   1\n"
            "by their names:    0\n"
            "examples tried:    1\nnegatives tried:   2\nmistakes:          0\n"), ""))

    def test_check_names_a_mistake_and_ends_with_1(self):
        code, out, errors = self.check(RULE.replace('"acme"]', '"acme_{lower:30}"]'))
        self.assertEqual((code, errors),
                         (1, "error: acme.toml:2: rule 'acme-key': negative 2 is found\n"))
        self.assertTrue(out.endswith("mistakes:          1\n"))

    def test_the_list_has_every_rule_in_aligned_columns(self):
        lines = run("list").stdout.splitlines()
        version = subprocess.run([os.environ["PUSHGUARD"], "version"], capture_output=True,
                                 text=True).stdout
        self.assertIn(f"\nrules:     {len(lines)}, digest ", version)
        columns = {min(line.find(f" {confidence} ") for confidence in ("likely", "possible")
                       if f" {confidence} " in line) for line in lines}
        self.assertEqual(len(columns), 1)

    def test_show_takes_ids_of_the_list(self):
        for line in run("list").stdout.splitlines()[::120]:
            name = line.split()[0]
            shown = run("show", name)
            self.assertEqual(shown.returncode, 0)
            self.assertTrue(shown.stdout.startswith(f"{name}: "), shown.stdout)

    def test_an_unknown_rule_is_said_to_be_one(self):
        result = run("show", "no-such-rule")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (2, "", (
            "error: there is no rule 'no-such-rule'; 'pushguard rules list' names them all\n")))


if __name__ == "__main__":
    unittest.main()
