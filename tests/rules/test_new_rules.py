# SPDX-License-Identifier: Apache-2.0
"""CHANGELOG.md lists the rules that are new in a release, and no others."""

import fnmatch
import pathlib
import re
import tomllib
import unittest

ROOT = pathlib.Path(__file__).parents[2]


def rules_since():
    """The release of each rule that has one."""
    for file in sorted((ROOT / "rules").glob("*.toml")):
        content = tomllib.loads(file.read_text())
        for rule in content.get("rule", []):
            if since := rule.get("since", content.get("since")):
                yield rule["id"], since
        for key in content.get("key", []):
            name = re.sub("[^a-z0-9]", "-", key["provider"].lower()) + "-named-key"
            yield name, key.get("since", content.get("since"))


def listed():
    """What each release's "New rules" lists; globs are allowed."""
    for section in re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)[1:]:
        for part in re.split(r"^### ", section, flags=re.M):
            if part.startswith("New rules\n"):
                release = re.search(r'since = "([0-9.]+)"', part)[1]
                yield release, re.findall(r"`([a-z0-9*-]+)`", part)


class NewRules(unittest.TestCase):
    maxDiff = None

    def test_each_is_listed_and_nothing_else_is(self):
        new, lists = list(rules_since()), dict(listed())
        self.assertGreater(len(new), 0)
        self.assertEqual([rule for rule, since in new
                          if not any(fnmatch.fnmatchcase(rule, name)
                                     for name in lists.get(since, []))], [])
        self.assertEqual([name for since, names in lists.items() for name in names
                          if not any(fnmatch.fnmatchcase(rule, name) and release == since
                                     for rule, release in new)], [])


if __name__ == "__main__":
    unittest.main()
