# SPDX-License-Identifier: Apache-2.0
"""A roll-out: until a day the hook warns where it would refuse."""

import datetime
import os
import unittest

from support import tokens
from support.server import HOOK, PushTest

LATER = (datetime.date.today() + datetime.timedelta(days=30)).isoformat()


class Monitor(PushTest):
    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        self.secret = tokens.github()

    def monitor(self, more="", until=LATER):
        return self.configure(f"[monitor]\nuntil = {until}\n{more}")

    def test_what_would_be_refused_is_warned_of_and_on_record(self):
        self.monitor()
        self.commit({"a.txt": self.secret + "\n"}, "Add")
        result = self.assert_accepted(self.push())
        self.assertTrue(result.message.startswith(
            "warning: push accepted, but look at 1 value:\n"), result.message)
        self.assertTrue(result.message.endswith(
            f"warning: this server only warns until {LATER}; then such a push is\n"
            "warning: refused\n"), result.message)
        record = self.last_record()
        self.assertEqual((record["verdict"], record["monitored_until"]), ("accepted", LATER))
        self.assertEqual((record["findings"][0]["ruling"], record["findings"][0]["why"]),
                         ("warned", f"policy: introduced, confirmed; [monitor] until {LATER}"))

    def test_what_could_not_be_looked_at_is_warned_of_as_well(self):
        self.monitor("[limits]\nobject_mib = 1\n")
        self.commit({"large.bin": os.urandom(2 << 20)}, "Add")
        result = self.assert_accepted(self.push())
        self.assertIn("warning: 1 part of the push was not checked for secrets", result.message)
        self.assertEqual(self.last_record()["monitored_until"], LATER)

    def test_from_its_day_on_it_refuses(self):
        self.monitor(until=datetime.date.today().isoformat())
        self.commit({"a.txt": self.secret + "\n"}, "Add")
        self.assert_refused(self.push())
        self.assertNotIn("monitored_until", self.last_record())

    def test_by_repository_and_by_rule(self):
        self.commit({"a.txt": self.secret + "\n"}, "Add")
        for more in ('repositories = ["*/other.git"]', 'rules = ["npm-token"]'):
            self.monitor(more)
            self.assert_refused(self.push())
        self.monitor('rules = ["github-pat-classic"]\n[limits]\nobject_mib = 1')
        self.commit({"large.bin": os.urandom(2 << 20)}, "More")
        self.assert_refused(self.push(), "error: push refused: 1 part of it could not be checked "
                                         "for secrets")
        self.monitor('repositories = ["*/server.git"]\nrules = ["github-pat-classic"]')
        self.assert_accepted(self.push())

    def test_a_clean_push_hears_nothing_of_it(self):
        self.monitor()
        self.commit({"a.txt": "1\n"}, "Add")
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertNotIn("monitored_until", self.last_record())

    def test_config_check_names_mistakes(self):
        self.monitor('rules = ["github-pat-klassic"]', until="2026-01-01")
        check = self.run_command(HOOK, "config", "check", check=False)
        self.assertIn("config.toml:2:9: the hook refuses since 2026-01-01", check.errors)
        self.assertIn("config.toml:3:10: there is no rule 'github-pat-klassic'", check.errors)
        file = self.configure('[monitor]\nrules = ["x"]\n')
        check = self.run_command(HOOK, "config", "check", check=False)
        self.assertIn(f"{file}:1:1: 'until' is missing: the first day on which it refuses",
                      check.errors)


if __name__ == "__main__":
    unittest.main()
