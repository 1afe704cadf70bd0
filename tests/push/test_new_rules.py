# SPDX-License-Identifier: Apache-2.0
"""A rule that is new in a release warns for two weeks after the first push that it judges."""

import datetime
import os
import unittest

from support import tokens
from support.server import HOOK, PushTest

HEAD = "pushguard-releases/1\n"
NEW = "riot-api-key"  # new in 0.2.0


def riot(seed=0):
    digits = tokens.random_text("0123456789abcdef", 30, f"riot{seed}")
    uuid = f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-8{digits[15:18]}-{digits[18:30]}"
    return "RG" + "API-" + uuid


def day(ago):
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return (today - datetime.timedelta(days=ago)).isoformat()


class NewRules(PushTest):
    def setUp(self):
        super().setUp()
        self.list = self.server / "pushguard" / "releases"

    def push_riot(self, seed=0):
        self.commit({f"conf/riot{seed}.py": f'KEY = "{riot(seed)}"\n'})
        return self.push()

    def finding(self):
        [finding] = self.last_record()["findings"]
        return finding

    def upgrade(self):
        """The server has a log, and nothing of the release yet."""
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        os.unlink(self.list)

    def test_a_new_site_has_no_new_rules(self):
        self.assert_refused(self.push_riot(), "error: push refused: it contains a secret")
        self.assertEqual(self.list.read_text(), HEAD + "0.2.0 -\n")
        self.assertNotIn("warns_until", self.finding())

    def test_after_an_upgrade_it_warns_and_says_until_when(self):
        self.upgrade()
        result = self.push_riot()
        self.assert_accepted(result)
        until = day(-14)
        self.assertIn(f"it warns until {until}, then blocks", result.message)
        self.assertEqual(self.list.read_text(), f"{HEAD}0.2.0 {day(0)}\n")
        finding = self.finding()
        self.assertEqual((finding["rule"], finding["ruling"], finding["warns_until"]),
                         (NEW, "warned", until))
        self.assertEqual(finding["why"],
                         f"policy: introduced, likely; warns until {until}: new in 0.2.0")

    def test_on_the_last_day_it_warns_and_on_the_next_it_blocks(self):
        self.upgrade()
        self.list.write_text(f"{HEAD}0.2.0 {day(13)}\n")
        self.assert_accepted(self.push_riot(1))
        self.list.write_text(f"{HEAD}0.2.0 {day(14)}\n")
        self.assert_refused(self.push_riot(2), "error: push refused: it contains a secret")

    def test_a_secret_of_an_older_rule_blocks(self):
        self.upgrade()
        self.commit({"a.py": f'KEY = "{tokens.digitalocean()}"\n'})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")

    def test_what_an_older_rule_would_block_is_not_let_in_under_a_newer_name(self):
        """`.env` files block random values since the first release, whoever issued them."""
        self.upgrade()
        self.commit({".env": f"RIOT_API_KEY={riot()}\n"})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")

    def test_a_site_may_want_no_days(self):
        self.upgrade()
        self.configure("[policy]\nnew_rules = 0\n")
        self.assert_refused(self.push_riot(), "error: push refused: it contains a secret")
        self.assertFalse(self.list.exists())

    def test_where_nothing_can_be_kept_it_blocks(self):
        self.upgrade()
        (self.list.parent / "releases.new").mkdir()
        self.assert_refused(self.push_riot(), "error: push refused: it contains a secret")
        self.assertIn("; new in 0.2.0, and its days are unknown: the list of releases",
                      self.finding()["why"])

    def test_config_check_says_which_rules_warn_and_until_when(self):
        def check():
            words = (HOOK, "config", "check", "--repository", str(self.server))
            return self.run_command(*words, check=False).output
        self.upgrade()
        self.assertIn("\nnew rules: warn for 14 days\n", check())
        self.push_riot()
        head, _, rest = check().partition(f" of 0.2.0 warn until {day(-14)}\n")
        number = int(head.rsplit("new rules: ", 1)[1])
        ids = [word for line in rest.splitlines() if line.startswith("  ") for word in line.split()]
        self.assertIn(NEW, ids)
        self.assertNotIn("digitalocean-pat", ids)
        self.assertEqual(len(ids), number)

    def test_config_check_says_that_the_list_is_damaged(self):
        self.upgrade()
        self.list.write_text("0.2.0\n")
        result = self.run_command(HOOK, "config", "check", "--repository", str(self.server),
                                  check=False)
        self.assertEqual(result.code, 1)
        self.assertIn(f"error: the list of releases '{self.list}' is damaged: put it back",
                      result.errors)


if __name__ == "__main__":
    unittest.main()
