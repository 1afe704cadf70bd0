"""Whatever is found, and wherever it stands, is told nowhere."""

import unittest

from support import tokens
from support.server import PushTest

KINDS = {"github": tokens.github, "npm": tokens.npm, "digitalocean": tokens.digitalocean,
         "slack": tokens.slack, "aws": tokens.aws_key_id}


class Secrecy(PushTest):
    def setUp(self):
        super().setUp()
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)

    def test_in_files(self):
        secrets = {name: make("file") for name, make in KINDS.items()}
        secrets["url"] = tokens.url_password("file")
        key = tokens.ed25519_pem("file")
        self.commit({**{f"{name}.txt": f'{name} = "{secret}"\n' for name, secret in secrets.items()},
                     "url.txt": f"postgres://app:{secrets['url']}@db.internal/x\n", "key.pem": key})
        result = self.assert_refused(self.push())
        self.assertEqual(len(self.last_record()["findings"]), 7)
        for secret in [*secrets.values(), key.split("\n")[1]]:
            self.assert_nowhere(secret, result)

    def test_in_everything_else_that_a_push_brings(self):
        for name in ("github", "npm", "digitalocean", "slack"):
            secret = KINDS[name]("else")
            with self.subTest(name):
                self.write("dir/" + secret, "x\n")
                self.git("add", "-A")
                self.git("commit", "-q", "-m", f"Subject {secret}\n\nBody {secret}", GIT_AUTHOR_NAME=secret,
                         GIT_AUTHOR_EMAIL=f"{secret}@example.com")
                self.git("tag", "-f", "-a", "v1", "-m", f"Tag {secret}")
                result = self.push("-o", f"note={secret}", "-o", f"pushguard.allow=0123456789abcdef {secret}",
                                   "origin", f"HEAD:refs/heads/{secret}", "v1")
                self.assert_refused(result)
                self.assertNotIn(secret, result.message)
                self.assertNotIn(secret, (self.server / "pushguard/audit.jsonl").read_text())
                kinds = {place["kind"] for finding in self.last_record()["findings"]
                         for place in finding["places"]}
                self.assertLessEqual({"commit", "tag", "file-name", "ref-name", "push-option"}, kinds)

    def test_control_characters_reach_no_terminal(self):
        self.commit({"a\x1b[31mb\x07.txt": tokens.github("control")}, "Subject \x1b[2J")
        result = self.assert_refused(self.push())
        self.assertIn("a?[31mb?.txt:1:1", result.message)
        self.assertNotIn("\x1b[31m", result.errors)


if __name__ == "__main__":
    unittest.main()
