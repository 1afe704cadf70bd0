# SPDX-License-Identifier: Apache-2.0
"""Whose a secret is: the owners of its path, as the server's default branch and the site say."""

import unittest

from support import tokens
from support.server import PushTest


class Owners(PushTest):
    def owners(self, path):
        """Of a secret that a push brings at `path`."""
        self.commit({path: tokens.github(path) + "\n"}, "Add")
        result = self.assert_refused(self.push())
        self.git("reset", "-q", "--hard", "HEAD~1")
        self.assertNotIn("@", result.message.replace("ann@example.com", ""))
        [finding] = self.last_record()["findings"]
        return finding["places"][0].get("owners", "").split()

    def on_server(self, files):
        self.assert_accepted(self.push("origin", self.commit(files) + ":refs/heads/main"))
        self.git("symbolic-ref", "HEAD", "refs/heads/main", cwd=self.server)

    def test_by_the_file_of_the_default_branch(self):
        self.on_server({".github/CODEOWNERS": "* @all\nsrc/*.py @py ops@example.org\nfree/\n"})
        self.assertEqual(self.owners("src/a.py"), ["@py", "ops@example.org"])
        self.assertEqual(self.owners("b.txt"), ["@all"])
        self.assertEqual(self.owners("free/c.txt"), [])

    def test_a_push_names_no_owner_of_its_own(self):
        self.on_server({"CODEOWNERS": "* @all\n"})
        self.commit({"CODEOWNERS": "* @somebody-else\n"})
        self.assertEqual(self.owners("a.txt"), ["@all"])

    def test_each_host_has_its_dialect_and_its_places(self):
        self.on_server({".github/CODEOWNERS": "* @github\n",
                        "CODEOWNERS": "[Everything] @default\n*\n",
                        "docs/CODEOWNERS": ".*\\.txt @docs\n",
                        ".gitea/CODEOWNERS": ".*\\.txt @gitea\n"})
        self.assertEqual(self.owners("a.txt"), ["@github"])
        self.environment["GL_USERNAME"] = "ann"
        self.assertEqual(self.owners("a.txt"), ["@default"])
        del self.environment["GL_USERNAME"]
        self.environment["GITEA_PUSHER_NAME"] = "ann"
        self.git("rm", "-q", "CODEOWNERS", "docs/CODEOWNERS")
        self.git("commit", "-q", "-m", "Move")
        self.on_server({})
        self.assertEqual(self.owners("a.txt"), ["@gitea"])

    def test_by_the_site(self):
        self.on_server({"CODEOWNERS": "* @all\n"})
        self.configure('[[owner]]\npath = "deploy/*"\nprovider = "GitHub"\nowners = ["@cloud"]\n'
                       '[[owner]]\nrepository = "*/server.git"\nowners = ["@site", "x@y.example"]\n'
                       '[[owner]]\nprovider = "AWS"\nowners = ["@aws"]\n')
        self.assertEqual(self.owners("deploy/a.txt"), ["@all", "@cloud", "@site", "x@y.example"])
        self.assertEqual(self.owners("a.txt"), ["@all", "@site", "x@y.example"])

    def test_without_either_nothing_is_said(self):
        self.on_server({"a": "1\n"})
        self.assertEqual(self.owners("a.txt"), [])

    def test_a_mistake_in_an_entry_is_named(self):
        self.configure('[[owner]]\npath = "a"\n[[owner]]\nowners = ["a b"]\n')
        self.commit({"a": "1\n"})
        message = self.assert_refused(self.push()).message.replace("\n  ", " ")
        self.assertIn("config.toml:1:1: 'owners' is missing or empty", message)
        self.assertIn("config.toml:4:10: 'a b' is no owner: one word, as in \"@acme/ops\"", message)



class OwnersSha256(Owners):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
