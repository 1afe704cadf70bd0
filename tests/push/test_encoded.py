# SPDX-License-Identifier: Apache-2.0
"""Secrets in an encoding: found, reported at their place, removed as the message says."""

import base64
import gzip
import unittest

from support import tokens
from support.server import PushTest


def in_base64(text):
    return base64.b64encode(text.encode()).decode()


class Encoded(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def places(self):
        return [place for finding in self.last_record()["findings"] for place in finding["places"]]

    def test_the_whole_message(self):
        secret = tokens.github(1)
        commit = self.commit({"secret.yaml": f"data:\n  token: {in_base64(secret)}\n"}, "Deploy")
        result = self.assert_refused(self.push())
        finding, = self.last_record()["findings"]
        told = self.told(commit, "Deploy", *self.told_github(
            "secret.yaml:2:10, in base64", finding["fingerprint"]))
        self.assertEqual(result.message, f"""\
error: push refused: it contains a secret
{told}hint: revoke it now (though not stored): github.com/settings/tokens
hint: use instead: GITHUB_TOKEN in Actions, or a GitHub App's token
hint: on the branch you pushed to main: take it out of the file, then
hint:     git commit --amend --no-edit --allow-empty -- :/secret.yaml
hint: push again as you did
hint: not a secret? ask the server's administrator for an exception
""")
        self.assert_nowhere(secret, result)
        self.assert_nowhere(in_base64(secret).rstrip("="), result)

    def test_the_fingerprint_is_that_of_the_secret(self):
        secret = tokens.github(2)
        self.commit({
            "a.txt": secret,
            "b.txt": in_base64(secret),
            "c.txt": secret.encode().hex()
        }, "Copies")
        self.assert_refused(self.push())
        finding, = self.last_record()["findings"]
        self.assertEqual([(place["path"], place.get("encoding")) for place in finding["places"]],
                         [("a.txt", None), ("b.txt", "base64"), ("c.txt", "hex")])

    def test_the_encoded_form_is_masked_in_texts_of_the_push(self):
        secret = tokens.github(3)
        encoded = in_base64(secret)
        self.commit({"a.txt": encoded}, f"Use {encoded}")
        result = self.assert_refused(self.push())
        self.assertEqual({place["encoding"] for place in self.places()}, {"base64"})
        self.assert_nowhere(encoded.rstrip("="), result)
        self.assert_nowhere(secret, result)

    def test_an_encoded_secret_that_the_server_has_is_not_new(self):
        encoded = in_base64(f"name: x\ntoken: {tokens.github(4)}\n")
        (self.server / "hooks/pre-receive").rename(self.scratch / "aside")
        self.commit({"a.yaml": f"v: 1\ndata: {encoded}\n"}, "Old")
        self.assert_accepted(self.push())
        (self.scratch / "aside").rename(self.server / "hooks/pre-receive")
        self.commit({"a.yaml": f"v: 2\ndata: {encoded}\n"}, "Edit")
        self.assert_accepted(self.push())
        self.assertEqual({place["origin"] for place in self.places()}, {"preexisting"})
        self.commit({"b.yaml": f"data: {encoded}\n"}, "Copy")
        self.assert_refused(self.push())

    def test_the_remedy_takes_it_out(self):
        self.commit({"a.yaml": f"data: {in_base64(tokens.github(5))}\n"}, "Deploy")
        self.assert_refused(self.push())
        (self.clone / "a.yaml").write_text("data: from the vault\n")
        self.git("commit", "--all", "--amend", "--no-edit", "-q")
        self.assert_accepted(self.push())

    def test_in_messages_tags_and_ref_names(self):
        for kind in ("message", "tag", "ref"):
            with self.subTest(kind):
                encoded = in_base64(tokens.github(kind)).rstrip("=")
                if kind == "message":
                    self.git("commit", "-q", "--allow-empty", "-m", f"Use\n\n{encoded}")
                    result = self.push()
                elif kind == "tag":
                    self.git("reset", "-q", "--hard", "origin/main")
                    self.git("tag", "-a", "-m", encoded, "v1")
                    result = self.push("origin", "v1")
                else:
                    result = self.push("origin", f"HEAD:refs/heads/{encoded}")
                self.assert_refused(result)
                self.assertEqual([place["encoding"] for place in self.places()], ["base64"])
                self.assertNotIn(encoded, result.message)
                self.assert_nowhere(encoded)

    def test_what_unpacks_to_more_than_the_limit_is_named(self):
        self.commit({"a.txt": base64.b64encode(gzip.compress(bytes(300 << 20), 9)).decode()},
                    "Bomb")
        result = self.assert_refused(self.push())
        self.assertIn("what it has in gzip in base64 unpacks to more", result.message)
        gap, = self.last_record()["unscanned"]
        self.assertEqual(gap["why"], "too-large")


class EncodedSha256(Encoded):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
