# SPDX-License-Identifier: Apache-2.0
"""The same push over a local path, over ssh and over HTTP gets the same message."""

import getpass
import unittest

from support import tokens
from support.server import PushTest
from support.transports import OverHttp, OverSsh


class Transport:
    pusher, source, address = "tester", "LOGNAME", ""

    def setUp(self):
        super().setUp()
        self.connect()
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def connect(self):
        self.git("remote", "set-url", "origin", str(self.server))

    def test_refused_then_fixed_as_the_message_says(self):
        secret = tokens.github("transport")
        tip = self.commit({"a.txt": f"token {secret}\n"}, "Add")
        result = self.assert_refused(self.push())
        told = self.told(tip, "Add", *self.told_github(
            "a.txt:1:7", self.last_record()["findings"][0]["fingerprint"]))
        self.assertEqual(result.message, f"""\
error: push refused: it contains a secret
{told}hint: revoke it now (though not stored): github.com/settings/tokens
hint: use instead: GITHUB_TOKEN in Actions, or a GitHub App's token
hint: on the branch you pushed to main: take it out of the file, then
hint:     git commit --amend --no-edit --allow-empty -- :/a.txt
hint: push again as you did
hint: not a secret? ask the server's administrator for an exception
""")
        self.assert_nowhere(secret, result)
        self.write("a.txt", "token from elsewhere\n")
        self.git("commit", "-q", "--all", "--amend", "--no-edit")
        self.assert_accepted(self.push())
        self.assertEqual([record["verdict"] for record in self.log()],
                         ["accepted", "refused", "accepted"])
        pusher = self.last_record()["pusher"]
        self.assertEqual((pusher["name"], pusher["source"], pusher["address"]),
                         (self.pusher, self.source, self.address))

    def test_a_push_large_enough_for_a_pack(self):
        secret = tokens.github("pack")
        self.commit({f"f{i}.txt": f"{i}\n" * 50 for i in range(150)}, "Many")
        self.commit({"z.txt": secret}, "Bad")
        self.assert_refused(self.push())
        self.git("reset", "-q", "--hard", "HEAD^")
        self.assert_accepted(self.push())
        self.assertEqual(self.last_record()["objects"]["blobs"], 150)


class Local(Transport, PushTest):
    pass


class LocalSha256(Local):
    object_format = "sha256"


class Ssh(OverSsh, Transport, PushTest):
    pusher, source, address = getpass.getuser(), "LOGNAME", "127.0.0.1"


class SshSha256(Ssh):
    object_format = "sha256"


class Http(OverHttp, Transport, PushTest):
    pusher, source, address = "webber", "REMOTE_USER", "127.0.0.1"


class HttpSha256(Http):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
