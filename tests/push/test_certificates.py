# SPDX-License-Identifier: Apache-2.0
"""Signed pushes: git stores the certificate before it calls the hook, and keeps it."""

import base64
import fcntl
import unittest

from support import tokens
from support.server import PushTest


class Certificates(PushTest):
    def setUp(self):
        super().setUp()
        self.git("config", "receive.certNonceSeed", "seed", cwd=self.server)
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        # A signer that needs no key: git asks the server's own only whether it is good.
        signer = self.scratch / "sign"
        signer.write_text("""#!/bin/sh
echo '[GNUPG:] SIG_CREATED D 1 8 00 1760000000 0' >&2
cat >/dev/null
printf -- '-----BEGIN PGP SIGNATURE-----\\n\\niHUE\\n-----END PGP SIGNATURE-----\\n'
""")
        signer.chmod(0o755)
        self.git("config", "gpg.program", str(signer))
        self.git("config", "user.signingKey", "Ann Dev <ann@example.com>")
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def push_signed(self, *words, **options):
        return self.push("--signed", "origin", *(words or ("HEAD:refs/heads/main",)), **options)

    def certificate(self):
        [finding] = self.last_record()["findings"]
        return [place for place in finding["places"] if place["kind"] == "push-certificate"]

    def test_a_clean_one_says_nothing(self):
        self.commit({"a.txt": "clean\n"})
        self.assertEqual(self.assert_accepted(self.push_signed()).message, "")
        self.assertEqual((self.last_record()["findings"], self.last_record()["unscanned"]),
                         ([], []))
        self.assertEqual(self.last_record()["objects"]["blobs"], 1)

    def test_a_secret_in_the_name_of_the_signer(self):
        secret = tokens.github()
        self.commit({"a.txt": "clean\n"})
        self.git("config", "user.signingKey", f"Ann Dev <{secret}@example.com>")
        result = self.push_signed()
        self.assert_refused(result, "error: push refused: it contains a secret")
        [place] = self.certificate()
        self.assertTrue(self.server_has(place["object"]))  # git keeps it
        self.assertEqual(place["line"], 2)
        self.assertEqual(result.message, "\n".join([
            "error: push refused: it contains a secret",
            "    the push certificate, line 2",
            "      GitHub personal access token (classic): ghp_********",
            f"      checksum is valid; id {self.last_record()['findings'][0]['fingerprint']}",
            "hint: revoke it now (only the push certificate was stored):",
            "hint: github.com/settings/tokens",
            "hint: use instead: GITHUB_TOKEN in Actions, or a GitHub App's token",
            "hint: git keeps the push certificate, although the push is refused:",
            "hint: revoke what it holds",
            "hint: sign no push with that value: not in your name, an option or the",
            "hint: name of a ref",
            "hint: push again as you did",
            "hint: not a secret? ask the server's administrator for an exception",
            ""]))
        self.assert_nowhere(secret, result)

    def test_a_secret_in_an_option_or_in_the_name_of_a_ref(self):
        secret = tokens.github()
        for words in (("-o", secret), ("HEAD:refs/heads/" + secret,)):
            option = words[:2] if words[0] == "-o" else ()
            refs = () if option else words
            result = self.push("--signed", *option, "origin", *(refs or ("HEAD:refs/heads/x",)))
            self.assert_refused(result, "error: push refused: it contains a secret")
            self.assertEqual(len(self.certificate()), 1)
            self.assertNotIn(secret, result.message)
            self.assert_nowhere(secret)

    def certificate_as_file(self):
        """Pushes the newest certificate's bytes as a file: no new object comes with it."""
        stored = [line.split()[0] for line in self.git(
            "cat-file", "--batch-all-objects", "--batch-check", cwd=self.server).output.splitlines()
            if " blob " in line]
        texts = [self.git("cat-file", "blob", id, cwd=self.server).output for id in stored]
        [text] = [text for text in texts if text.startswith("certificate version ")]
        self.git("reset", "-q", "--hard", self.base)
        self.commit({"cert.txt": text})
        return self.push()

    def test_of_a_push_that_failed_before_it_was_read(self):
        options = [word for i in range(1000) for word in ("-o", "x")]
        options += ["-o", tokens.github()]
        result = self.push("--signed", *options, "origin", "HEAD:refs/heads/x")
        self.assert_refused(result)
        self.assertIn("GIT_PUSH_OPTION_COUNT is '1001'", self.last_record()["error"])
        self.assert_refused(self.certificate_as_file(),
                            "error: push refused: it contains a secret")

    def test_of_a_push_that_waited_for_the_log_in_vain(self):
        secret = tokens.github()
        with open(self.server / "pushguard/audit.tree", "a") as log:
            fcntl.flock(log, fcntl.LOCK_EX)
            self.assert_refused(self.push("--signed", "-o", secret, "origin", "HEAD:refs/heads/x"))
        self.assertTrue((self.server / "pushguard/let-in.waiting").read_text().endswith(" - -\n"))
        self.assert_refused(self.certificate_as_file(),
                            "error: push refused: it contains a secret")

    def test_of_which_a_part_was_not_read(self):
        text = "token: " + tokens.github()
        for _ in range(8):
            text = base64.b64encode(text.encode()).decode()
        self.assert_refused(self.push("--signed", "-o", text, "origin", "HEAD:refs/heads/x"))
        self.assertEqual(self.last_record()["findings"], [])
        self.assert_refused(self.certificate_as_file())
        self.assertEqual([one["why"] for one in self.last_record()["unscanned"]], ["too-large"])

    def test_of_a_refused_push_is_one_line_whatever_it_has(self):
        options = [word for i in range(50) for word in ("-o", tokens.github(i))]
        self.assert_refused(self.push("--signed", *options, "origin", "HEAD:refs/heads/x"))
        lines = (self.server / "pushguard/let-in").read_text().splitlines()
        self.assertEqual(len(lines), 2)
        self.assertTrue(lines[1].endswith(" - -"))
        self.assert_refused(self.certificate_as_file())
        self.assertEqual(len(self.last_record()["findings"]), 50)

    def test_the_name_of_a_ref_that_is_deleted(self):
        secret = tokens.github()
        self.git("push", "-q", "origin", f"HEAD:refs/heads/{secret}",
                 "--receive-pack", "git -c core.hooksPath=/nonexistent receive-pack")
        self.assert_refused(self.push_signed(f":refs/heads/{secret}"))
        self.assertEqual(len(self.certificate()), 1)
        self.assert_accepted(self.push("origin", f":refs/heads/{secret}"))

    def test_one_that_is_not_there_is_a_gap(self):
        hook = self.server / "hooks/pre-receive"
        program = hook.resolve()
        hook.unlink()
        hook.write_text(f"#!/bin/sh\nGIT_PUSH_CERT={'1' * len(self.base)} exec '{program}'\n")
        hook.chmod(0o755)
        self.commit({"a.txt": "clean\n"})
        self.assert_refused(self.push_signed())
        [gap] = self.last_record()["unscanned"]
        self.assertEqual((gap["why"], gap["detail"]),
                         ("damaged", "the push certificate cannot be read"))


class CertificatesSha256(Certificates):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
