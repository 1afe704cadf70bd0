# SPDX-License-Identifier: Apache-2.0
"""Secrets that the server had before do not block a push."""

import os
import unittest

from support import tokens
from support.server import HOOK, PushTest


class Preexisting(PushTest):
    def setUp(self):
        super().setUp()
        # The secret was pushed before the hook was installed.
        os.remove(self.server / "hooks/pre-receive")
        self.secret = tokens.github("old")
        self.lines = "".join(
            f"line {i} of some text that makes deltas worth it\n" for i in range(200))
        self.commit({"a.txt": self.lines + f"token {self.secret}\n"}, "Old")
        self.assert_accepted(self.push())
        os.symlink(HOOK, self.server / "hooks/pre-receive")

    def finding(self):
        [finding] = self.last_record()["findings"]
        return finding

    def test_an_edit_of_the_file_warns(self):
        self.commit({"a.txt": "new first line\n" + self.lines + f"token {self.secret}\n"})
        result = self.assert_accepted(self.push())
        self.assertIn("warning: push accepted", result.message)
        self.assertIn("and there before this push", result.message)
        self.assertEqual(self.finding()["origin"], "preexisting")
        self.assert_nowhere(self.secret, result)

    def test_a_rename_with_an_edit_is_preexisting(self):
        os.remove(self.clone / "a.txt")
        self.commit({"dir/b.txt": "new first line\n" + self.lines + f"token {self.secret}\n"})
        self.assert_accepted(self.push())
        self.assertEqual(self.finding()["origin"], "preexisting")

    def test_a_copy_is_introduced(self):
        self.commit({"copy.txt": f"token {self.secret}\nother\n"})
        self.assert_refused(self.push())
        self.assertEqual(self.finding()["origin"], "introduced")

    def test_another_secret_on_the_same_line_is_introduced(self):
        self.commit({"a.txt": self.lines + f"token {tokens.github('new')}\n"})
        self.assert_refused(self.push())
        self.assertEqual(self.finding()["origin"], "introduced")

    def test_carried_through_two_commits_is_preexisting(self):
        for text in ("one\n", "two\n"):
            self.commit({"a.txt": text + self.lines + f"token {self.secret}\n"}, text)
        self.assert_accepted(self.push())
        finding = self.finding()
        self.assertEqual([place["origin"] for place in finding["places"]],
                         ["preexisting", "carried"])
        self.assertEqual(finding["origin"], "preexisting")

    def test_removal_is_accepted_though_the_thin_pack_gets_the_old_file(self):
        self.git("config", "--local", "receive.unpackLimit", "1", cwd=self.server)
        self.commit({"a.txt": self.lines}, "Remove the secret")
        result = self.assert_accepted(self.push("--thin", "origin", "HEAD:refs/heads/main"))
        self.assertEqual(result.message, "")
        self.assertEqual(self.last_record()["findings"], [])
        self.assertEqual(self.last_record()["findings_already_stored"], 1)

    def test_a_tag_or_branch_on_old_commits_is_accepted(self):
        self.assertEqual(self.assert_accepted(self.push("origin", "HEAD:refs/heads/b")).message, "")

    def test_introduced_then_carried_is_introduced(self):
        secret = tokens.github("carried")
        self.commit({"b.txt": secret + "\n"}, "Add")
        self.commit({"b.txt": "more\n" + secret + "\n"}, "Keep")
        self.assert_refused(self.push())
        self.assertEqual([place["origin"] for place in self.finding()["places"]],
                         ["introduced", "carried"])


class PreexistingSha256(Preexisting):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
