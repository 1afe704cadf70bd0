# SPDX-License-Identifier: Apache-2.0
"""Rules about certain files: each has its place in those, and in no others."""

import base64
import json
import random
import unittest

from support import tokens
from support.server import HOOK, PushTest


def password(seed):
    generator = random.Random(seed)
    return f"Kestrel{generator.randrange(10, 99)}-Quarry{generator.choice('!?')}{seed}"


# path, content, and the rule that is about the file
FILES = [
    (".pypirc", "[pypi]\nusername = bob\npassword = {}\n", "pypirc-password"),
    ("db/pg_service.conf", "[app]\nhost=db.internal.net\nuser=app\npassword={}\n",
     "pg-service-file"),
    ("live/eu.tfvars", 'region = "eu"\npassword = "{}"\n', "terraform-variable-secret"),
    ("live/eu.tfstate", '{{"resources": [{{"password": "{}"}}]}}\n', "terraform-state-secret"),
    ("home/.cqlshrc", "[authentication]\nusername = app\npassword = {}\n", "cassandra-cqlshrc"),
]

# Two rules of a site, in both formats: the secret of each begins before a token does.
OURS = """provider = "Acme"
[[rule]]
id = "acme-line"
description = "Acme line"
regex = '(acme [a-z0-9_]{40,90})'
keywords = ["acme "]
secret_group = 1
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
paths = ["*.acme"]
examples = ['acme {b36:40}']
negatives = ['acme', 'acme {b36:4}']
"""
GITLEAKS = r"""
[[rules]]
id = "acme-line"
regex = '''acme [a-z0-9_]{40,90}'''
path = '''\.acme$'''
keywords = ["acme "]
[[rules]]
id = "acme-other"
regex = '''acme [a-z0-9_]{40,90}'''
path = '''\.cfg$'''
keywords = ["acme "]
"""


class FileRules(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def assert_refused_for(self, expected):
        """The push is refused for these paths, rules and outcomes, and `scan` says the same."""
        self.assert_refused(self.push())
        self.assertEqual({(place["path"], finding["rule"], finding["ruling"])
                          for finding in self.last_record()["findings"]
                          for place in finding["places"]}, expected)
        scan = self.run_command(HOOK, "scan", "--format", "jsonl", ".", check=False)
        records = [json.loads(line) for line in scan.output.splitlines()]
        self.assertEqual({(record["path"], record["rule"], record["ruling"])
                          for record in records if record["type"] == "finding"}, expected)

    def extra_rules(self, text):
        file = self.scratch / "extra.toml"
        file.write_text(text)
        self.configure(f'[rules]\nextra = ["{file}"]\n')

    def test_each_file_is_judged_by_the_rule_about_it(self):
        self.commit({path: text.format(password(i)) for i, (path, text, _) in enumerate(FILES)})
        self.assert_refused_for({(path, rule, "blocked") for path, _, rule in FILES})

    def test_a_sites_rule_about_other_files_hides_no_built_in_one(self):
        for number, rules in enumerate((OURS, GITLEAKS)):
            with self.subTest(number):
                self.extra_rules(rules)
                self.git("reset", "-q", "--hard", self.base)
                one, other = (f"acme {tokens.digitalocean(f'{number}{i}')}" for i in range(2))
                encoded = base64.b64encode(other.encode()).decode()
                self.commit({"a.txt": f"{one}\n", "b.acme": f"{one}\n", "c.yaml": f"{encoded}\n",
                             "d.acme": f"{encoded}\n"})
                self.assert_refused_for({("a.txt", "digitalocean-pat", "blocked"),
                                         ("b.acme", "acme-line", "blocked"),
                                         ("c.yaml", "digitalocean-pat", "blocked"),
                                         ("d.acme", "acme-line", "blocked")})

    def test_one_blob_counts_under_each_name_by_the_rule_about_it(self):
        self.extra_rules(GITLEAKS)
        text = f"acme {tokens.random_text('abcdefghijkmnpqrstuvwxyz23456789', 44, 1)}\n"
        self.commit({"a.acme": text, "b.cfg": text, "c.txt": text})
        self.assert_refused(self.push())
        [finding] = self.last_record()["findings"]
        self.assertEqual([place["path"] for place in finding["places"]], ["a.acme", "b.cfg"])


if __name__ == "__main__":
    unittest.main()
