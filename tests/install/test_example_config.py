# SPDX-License-Identifier: Apache-2.0
"""The example configuration of the packages: all comments, and a valid configuration with
every key once the comment signs are taken off."""

import pathlib
import re
import subprocess
import tempfile
import unittest

from support.server import HOOK

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = (ROOT / "install/package/config.toml").read_text()


RULES = """\
[[rules]]
id = "acme-token"
description = "a token of this site"
regex = "acme-[0-9a-f]{32}"
keywords = ["acme-"]
"""


def check(text):
    with tempfile.TemporaryDirectory() as scratch:
        place = pathlib.Path(scratch)
        (place / "pushguard").mkdir()
        (place / "rules.toml").write_text(RULES)
        text = text.replace("/var/log/pushguard", str(place / "pushguard"))
        text = text.replace("/etc/pushguard/rules.toml", str(place / "rules.toml"))
        (place / "config.toml").write_text(text)
        return subprocess.run([HOOK, "config", "check", "--config", place / "config.toml"],
                              capture_output=True, text=True)


class ExampleConfigTest(unittest.TestCase):
    def test_is_all_comments_and_valid(self):
        for line in EXAMPLE.splitlines():
            self.assertRegex(line, "^(#.*)?$")
        done = check(EXAMPLE)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_settings_are_valid_and_none_is_missing(self):
        settings = re.sub(r"(?m)^#(?! |$)", "", EXAMPLE)
        done = check(settings)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        source = (ROOT / "hook/policy/config_keys.cc").read_text()
        keys = set(re.findall(r'(?m)^    \{"[a-z._]+", "([\w-]+)", ', source))
        self.assertGreater(len(keys), 25)
        for key in sorted(keys):
            self.assertRegex(settings, rf"(?m)(^\[{{0,2}}|[{{,] ?){key}(\]{{1,2}}$| = )", key)


if __name__ == "__main__":
    unittest.main()
