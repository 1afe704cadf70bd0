# SPDX-License-Identifier: Apache-2.0
"""A site's own rules: gitleaks files, and prefixes of its own tokens."""

import unittest

from support import tokens
from support.server import HOOK, PushTest

GITLEAKS = r"""
title = "site"
[[rules]]
id = "acme-key"
description = "Acme deploy key"
regex = '''acme_([a-z0-9]{20})\b'''
keywords = ["acme_"]
entropy = 3
[[rules.allowlists]]
description = "made-up keys of the tests"
paths = ['''(^|/)tests?/''']
[[rules.allowlists]]
stopwords = ["example"]
[[rules]]
id = "acme-env"
regex = '''(?m)^ACME_PIN=([0-9]{6})$'''
path = '''\.env$'''
"""


def acme(seed=0):
    return tokens.random_text("abcdefghijklmnopqrstuvwxyz0123456789", 20, f"acme{seed}")


class SiteRules(PushTest):
    def setUp(self):
        super().setUp()
        self.rules = self.scratch / "gitleaks.toml"
        self.rules.write_text(GITLEAKS)
        self.configure(f'[rules]\nextra = ["{self.rules}"]\n')
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def findings(self):
        return [(finding["rule"], finding["ruling"], finding["why"])
                for finding in self.last_record()["findings"]]

    def test_a_gitleaks_rule_refuses(self):
        secret = acme()
        self.commit({"a.txt": f"key = acme_{secret}\n"})
        result = self.assert_refused(self.push(), "error: push refused: it contains a secret")
        self.assertIn("Acme deploy key", result.message)
        self.assert_nowhere(secret, result)
        self.assertEqual(self.findings(), [("acme-key", "blocked", "policy: introduced, likely")])
        self.assertEqual(len(self.last_record()["site_rules"]), 64)

    def test_a_stopword_is_no_finding(self):
        self.commit({"a.txt": "key = acme_example7q4w8e1r9t5y2\n"})
        self.assert_accepted(self.push())
        self.assertEqual(self.findings(), [])

    def test_an_allowed_path_changes_the_verdict_and_is_on_record(self):
        self.commit({"tests/a.txt": f"key = acme_{acme(1)}\n"})
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual(self.findings(),
                         [("acme-key", "allowed", f"{self.rules}:9: made-up keys of the tests")])

    def test_an_allowed_path_excuses_no_other_place(self):
        text = f"key = acme_{acme(2)}\n"
        self.commit({"tests/a.txt": text})
        self.git("mv", "tests/a.txt", "a.txt")
        self.git("commit", "-q", "-m", "Move")
        self.assert_refused(self.push())

    def test_an_allowed_path_excuses_no_later_copy(self):
        text = f"key = acme_{acme(3)}\n"
        self.commit({"tests/a.txt": text})
        self.assert_accepted(self.push())
        self.commit({"src/b.txt": "// moved\n" + text})
        self.assert_refused(self.push())

    def test_an_allowed_commit(self):
        culprit = self.commit({"a.txt": f"key = acme_{acme(4)}\n"})
        self.rules.write_text(GITLEAKS + f'[[allowlists]]\ncommits = ["{culprit}"]\n')
        self.assert_accepted(self.push())
        self.assertEqual([finding[:2] for finding in self.findings()], [("acme-key", "allowed")])

    def test_a_rule_for_some_files_is_for_those_alone(self):
        self.commit({"deploy/pin.txt": "ACME_PIN=295173\n"})
        self.assert_accepted(self.push())
        self.assertEqual(self.findings(), [])
        self.commit({"deploy/.env": "# pin\nACME_PIN=295174\n"})
        self.assert_refused(self.push())
        self.assertEqual(self.findings(), [("acme-env", "blocked", "policy: introduced, likely")])

    def test_paths_of_a_rule_in_our_format_are_globs_of_files(self):
        self.rules.write_text("""provider = "Acme"
[[rule]]
id = "acme-pin"
description = "Acme PIN"
regex = 'acme pin ([0-9]{6})'
keywords = ["acme pin"]
secret_group = 1
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
paths = [".pin", "deploy/*"]
examples = ['acme pin {dig:6}']
negatives = ['acme pin', 'pin {dig:6}']
""")
        self.commit({"pin.txt": "acme pin 295173\n"}, "The acme pin 295173")
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/main",
                                       "HEAD:refs/heads/acme-pin"))
        self.assertEqual(self.findings(), [])
        self.commit({"a/.pin": "the acme pin 295173\n"})
        self.assert_refused(self.push())
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["path"]), ("file", "a/.pin"))

    def test_a_mistake_in_the_file_refuses_every_push_with_its_place(self):
        self.rules.write_text('[[rules]]\nid = "acme"\nregex = "acme_("\n')
        self.commit({"a.txt": "clean\n"})
        result = self.assert_refused(
            self.push(), "error: push refused: it could not be checked for secrets")
        self.assertIn(f"{self.rules}:3:9: RE2 refuses the regex: missing ): acme_(",
                      "".join(result.message.replace("\n  ", " ").split("\n")))
        self.assertIn('  regex = "acme_("\n          ^', result.message.replace("\n    ", "\n  "))
        self.assertEqual(self.last_record()["verdict"], "undecided")

    def test_a_large_blob_that_a_rule_may_have_been_wrong_about_is_no_pass(self):
        self.rules.write_text("[[rules]]\nid = 'acme-list'\nregex = '''acme=[0-9 ]+;'''\n")
        warnings = self.run_command(HOOK, "config", "check").errors
        self.assertIn(f"{self.rules}:1: rule 'acme-list': a blob of 8 MiB or more that has one of "
                      "its keywords counts as 'too-large'\n", warnings)
        # The match starts in one part of the blob and ends in another.
        rows = b"\n" * (5 << 20)
        self.commit({"large.txt": rows + b"acme=" + b"1 " * (3 << 20) + b";"})
        result = self.assert_refused(self.push())
        self.assertIn("could not be checked for secrets", result.message)
        [gap] = self.last_record()["unscanned"]
        self.assertEqual((gap["why"], gap["detail"]),
                         ("too-large", "looked at in parts, while more than a part may be needed "
                                       "for rule 'acme-list'"))
        self.git("reset", "-q", "--hard", self.base)
        self.commit({"large.txt": rows * 2 + b"nothing of it"})
        self.assert_accepted(self.push())

    def test_own_prefix(self):
        token = "acme" + "-" + "aB3" + tokens.random_text(tokens.BASE62, 17, "own")
        self.commit({"a.txt": f"token: {token}\n"})
        self.assert_accepted(self.push())
        self.configure('[prefixes]\ngitlab = ["acme-"]\n')
        self.commit({"b.txt": f"again: {token}\n"})
        result = self.assert_refused(self.push())
        self.assertIn("GitLab personal, project or group access token", result.message)
        self.assert_nowhere(token, result)
        self.assertEqual(self.last_record()["findings"][0]["rule"], "gitlab-pat-own-prefix")

    def test_config_check_tells_warnings_and_mistakes(self):
        check = self.run_command(HOOK, "config", "check")
        self.assertEqual(check.errors, "")
        self.assertIn("extra rules: 2\n", check.output)
        self.rules.write_text(GITLEAKS + "severity = 1\n")
        check = self.run_command(HOOK, "config", "check")
        self.assertEqual(check.errors, f"warning: {self.rules}:18: key 'severity' is unknown "
                                       "and has no effect\n")
        self.rules.write_text("[[rules]]\n")
        check = self.run_command(HOOK, "config", "check", check=False)
        self.assertEqual(check.errors,
                         f"error: {self.rules}:1:1: 'id' is missing\n  [[rules]]\n  ^\n")

    def test_import_says_what_it_understood_and_writes_what_it_can(self):
        output = self.scratch / "adopted.toml"
        self.rules.write_text(
            GITLEAKS + "[[rules]]\nid = 'Plain_One'\nregex = '''plain_[0-9]{8}'''\n")
        told = self.run_command(HOOK, "rules", "import", str(self.rules),
                                "--output", str(output)).output
        self.assertEqual(told.replace(f"{self.rules}", "F"), """\
format: gitleaks ([[rules]])
rules: 3
  F:3: acme-key
  F:14: acme-env
  F:18: Plain_One
warnings: 0
written: 1, each needs examples now
not written: 2
  rule 'acme-key': our format has no allow-lists, required rules or path of its own
  rule 'acme-env': our format has no allow-lists, required rules or path of its own
""")
        # With examples added, it is a valid rule file.
        text = output.read_text().replace("examples = []", "examples = ['plain_{dig:8}']")
        output.write_text(text.replace("negatives = []", "negatives = ['plain_', 'plain_{x:8}']"))
        checked = self.run_command(HOOK, "rules", "check", str(output)).output
        self.assertRegex(checked, r"mistakes: +0\n")


if __name__ == "__main__":
    unittest.main()
