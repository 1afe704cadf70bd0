# SPDX-License-Identifier: Apache-2.0
"""Templates in real pushes: those of the site and of the repository, and promoted examples."""

import hashlib
import unittest

from support import tokens
from support.server import PushTest

PLACEHOLDER = "dop" + "_v1_" + "0" * 64


class Templates(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def findings(self):
        return self.last_record()["findings"]

    def test_a_placeholder_in_a_readme_is_nothing(self):
        self.commit({"readme.md": f"token = {PLACEHOLDER}\n", "production.txt": "x\n"})
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual(self.findings(), [])

    def test_a_reference_in_an_environment_file_is_nothing(self):
        self.commit({".env.production": "API_KEY=${API_KEY}\nTOKEN=$(cat /run/secrets/token)\n"})
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual(self.findings(), [])

    def test_an_example_in_an_environment_file_is_promoted(self):
        self.commit({".env.example": f"A=1\nTOKEN={PLACEHOLDER}\n",  # the same blob
                     "deploy/.env.production": f"A=1\nTOKEN={PLACEHOLDER}\n"}, "Deploy")
        result = self.assert_accepted(self.push())
        [finding] = self.findings()
        self.assertEqual(
            result.message,
            "warning: push accepted, but look at 1 value:\n" +
            self.told(self.rev(), "Deploy", "    deploy/.env.production:2:7",
                      "      DigitalOcean personal access token: dop_********",
                      "      an example from a template (repeated-characters); id",
                      f"      {finding['fingerprint']}",
                      "hint: an example in an environment file is no value for real use; set",
                      "hint: the real one where it runs, not in git"))
        self.assertEqual(finding["promoted_example"], "repeated-characters")
        self.assertEqual((finding["ruling"], finding["why"]),
                         ("warned", "policy: introduced, promoted example"))
        self.assertEqual([place["path"] for place in finding["places"]], ["deploy/.env.production"])

    def test_a_template_file_under_a_real_name_brings_no_new_blob_and_is_seen(self):
        self.commit({".env.example": f"TOKEN={PLACEHOLDER}\n"}, "Template")
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.git("mv", ".env.example", ".env")
        self.commit({}, "Rename")
        self.assert_accepted(self.push())
        [finding] = self.findings()
        self.assertEqual((finding["promoted_example"], finding["ruling"]),
                         ("repeated-characters", "warned"))
        self.commit({".env": f"TOKEN={PLACEHOLDER}\nMORE=1\n"}, "Keep it")
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual([f["ruling"] for f in self.findings()], ["ignored"])

    def test_promoted_examples_can_block_or_be_ignored(self):
        self.commit({".env": f"TOKEN={PLACEHOLDER}\n"})
        self.configure('[policy]\npromoted_example = "block"\n')
        result = self.assert_refused(self.push())
        self.assertEqual(
            result.message,
            "error: push refused: it contains an example value in an environment file\n" +
            self.told(self.rev(), "Change", "    .env:1:7",
                      "      DigitalOcean personal access token: dop_********",
                      "      an example from a template (repeated-characters); id",
                      f"      {self.findings()[0]['fingerprint']}",
                      "hint: set the real value where it runs, not in git",
                      "hint: on the branch you pushed to main: take the example out of the file",
                      "hint: ('git rm --cached' does not), then",
                      "hint:     git commit --amend --no-edit --allow-empty -- :/.env",
                      "hint: push again as you did",
                      "hint: not a secret? ask the server's administrator for an exception"))
        self.configure('[policy]\npromoted_example = "ignore"\n')
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual(self.findings(), [])

    def test_more_examples_than_are_kept_are_a_gap(self):
        self.commit({".env": f"TOKEN={PLACEHOLDER}\n" * 10001})
        self.assert_refused(
            self.push(), "error: push refused: 1 part of it could not be checked for secrets")
        [gap] = self.last_record()["unscanned"]
        self.assertEqual((gap["why"], gap["detail"]),
                         ("too-many-findings", "only the first 0 examples are kept"))

    def test_a_real_secret_in_an_environment_file_is_no_example(self):
        self.commit({".env": f"TOKEN={tokens.digitalocean()}\n"})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")
        self.assertNotIn("promoted_example", self.findings()[0])

    def add_to_server(self, files, branch):
        """Pushes without the hook, as before Pushguard was installed."""
        commit = self.commit(files, "Before")
        self.git("push", "-q", str(self.server), f"HEAD:refs/heads/{branch}",
                 "--receive-pack", "git -c core.hooksPath=/nonexistent receive-pack")
        return commit

    def test_a_weak_value_of_the_default_branch_s_template_file_is_one(self):
        value = tokens.aws_key_id()
        self.add_to_server({"app/.env.example": f"ID={value}\n"}, "main")
        self.commit({"docs/setup.md": f"put {value} there\n"})
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        [finding] = self.findings()
        self.assertEqual((finding["ruling"], finding["why"]),
                         ("allowed", "stands in the approved template file 'app/.env.example'"))
        # An environment file is no template file.
        self.commit({".env": f"A=1\nID={value}\n"})
        self.assert_accepted(self.push())
        self.assertEqual(self.findings()[0]["ruling"], "warned")

    def test_no_template_file_approves_what_may_be_a_real_secret(self):
        token = tokens.digitalocean()
        self.commit({".env.example": f"TOKEN={token}\n"})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")
        self.git("reset", "-q", "--hard", self.base)
        self.add_to_server({"app/.env.example": f"TOKEN={token}\n"}, "main")
        self.commit({"settings.py": f"token: {token}\n"})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")
        self.assertEqual(self.findings()[0]["ruling"], "blocked")

    def test_a_token_that_stands_before_itself_as_a_name_is_one(self):
        token = tokens.digitalocean()
        name = token.replace("_", "").upper()
        for text in (f"{name}: {token}\n", f"{token}='{token}'\n", f'{{"{name}": "{token}"}}\n'):
            self.commit({"settings.yml": text})
            self.assert_refused(self.push(), "error: push refused: it contains a secret")

    def test_what_is_pushed_approves_nothing(self):
        secret = tokens.digitalocean()
        self.commit({".env.example": f"TOKEN={secret}\n", "docs.md": secret + "\n"})
        self.assert_refused(self.push())
        self.git("checkout", "-q", "-b", "other")
        self.add_to_server({}, "other")
        self.git("checkout", "-q", "main")
        self.commit({"more.md": "more: " + secret + "\n"})
        self.assert_refused(self.push())

    def test_a_default_branch_that_is_not_born_approves_nothing(self):
        self.git("symbolic-ref", "HEAD", "refs/heads/none", cwd=self.server)
        self.commit({"a.md": tokens.digitalocean() + "\n"})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")

    def test_template_files_are_named_by_the_site(self):
        value = tokens.aws_key_id()
        self.add_to_server({"config/defaults.ini": f"id={value}\n"}, "main")
        self.configure('[policy]\nintroduced = { possible = "block" }\n')
        self.commit({"a.md": value + "\n"})
        self.assert_refused(self.push())
        self.configure('[policy]\nintroduced = { possible = "block" }\n'
                       '[templates]\nfiles = ["config/*.ini"]\n')
        self.assert_accepted(self.push())

    def test_a_template_of_the_site_excuses_where_it_says_until_it_expires(self):
        secret = tokens.digitalocean()
        digest = hashlib.sha256(secret.encode()).hexdigest()
        self.commit({"docs/a.md": secret + "\n"})
        for lines in (f'sha256 = "{digest}"\npaths = ["src/*"]',
                      f'sha256 = "{digest}"\nexpires = 2025-01-31',
                      'value = "dop_v1_0*"'):
            self.configure(f'[[template]]\n{lines}\nreason = "the manual\'s"\n')
            self.assert_refused(self.push())
        self.configure(f'[[template]]\nvalue = "dop_v1_{secret[7:20]}[0-9a-f]*"\n'
                       'paths = ["docs/*"]\nexpires = 2999-01-31\nreason = "the manual\'s"\n')
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        [finding] = self.findings()
        self.assertEqual((finding["ruling"], finding["why"]), ("allowed", "the manual's"))


class TemplatesSha256(Templates):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
