# SPDX-License-Identifier: Apache-2.0
"""What an exception once let in because of where it was is ruled anew elsewhere."""

import base64
import os
import unittest

from support import tokens
from support.server import PushTest

FIXTURES = '[[allow]]\npath = "fixtures/*"\nreason = "made-up keys"\n'
BYPASS = "[bypass]\nenabled = true\n"


class LetIn(PushTest):
    def setUp(self):
        super().setUp()
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        self.list = self.server / "pushguard/let-in"

    def let_in(self, path="fixtures/deep/a.txt"):
        self.secret = tokens.github()
        self.configure(FIXTURES)
        self.commit({path: f"token = {self.secret}\n"}, "Let in")
        self.assert_accepted(self.push())
        return path

    def places(self):
        [finding] = self.last_record()["findings"]
        return [(place["kind"], place["path"]) for place in finding["places"]]

    def assert_found_at(self, *paths, result=None):
        result = result or self.push()
        self.assert_refused(result, "error: push refused: it contains a secret")
        self.assertEqual(self.places(), [("file", path) for path in paths])
        self.assertEqual(self.last_record()["findings"][0]["origin"], "introduced")
        self.assert_nowhere(self.secret, result)

    def test_without_exceptions_there_is_no_list(self):
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push())
        self.commit({"a.txt": f"id = {tokens.aws_key_id()}\n"})
        self.git("reset", "-q", "--soft", self.base)
        self.commit({}, "Weak")
        self.assert_accepted(self.push())
        self.assertFalse(self.list.exists())

    def test_the_list_has_neither_secrets_nor_paths(self):
        self.let_in()
        head, line = self.list.read_text().splitlines()
        self.assertRegex(head, "^pushguard-let-in/1 [0-9a-f]{16}$")
        blob = self.rev("HEAD:fixtures/deep/a.txt")
        self.assertRegex(line, f"^[0-9a-f]{{16}} {blob} [0-9a-f]{{16}} [0-9a-f]{{16}}$")
        self.assertIn(self.last_record()["findings"][0]["fingerprint"], line)
        self.assertEqual(self.list.stat().st_mode & 0o777, 0o600)

    def test_a_file_that_is_moved(self):
        self.let_in()
        self.git("mv", "fixtures/deep/a.txt", "a.txt")
        self.commit({}, "Move")
        self.assert_found_at("a.txt")

    def test_a_file_that_is_moved_and_changed(self):
        path = self.let_in()
        self.git("mv", path, "a.txt")
        self.commit({"a.txt": f"token = {self.secret}\nmore\n"}, "Move")
        self.assert_found_at("a.txt")

    def test_a_file_of_which_a_part_was_not_looked_at(self):
        text = f"token = {tokens.github()}\n"
        for _ in range(8):
            text = base64.b64encode(text.encode()).decode() + "\n"
        self.configure(FIXTURES + '[failures]\ntoo-large = "accept"\n')
        self.commit({"fixtures/a.txt": f"token = {tokens.github(1)}\n{text}"}, "Let in")
        self.assert_accepted(self.push())
        self.configure(FIXTURES + f'[[allow]]\nrule = "{self.rule()}"\nreason = "all"\n')
        self.git("mv", "fixtures/a.txt", "a.txt")
        self.commit({}, "Move")
        self.assert_refused(self.push())
        self.assertEqual([one["why"] for one in self.last_record()["unscanned"]], ["too-large"])

    def rule(self):
        return self.last_record()["findings"][0]["rule"]

    def test_a_file_that_is_copied(self):
        path = self.let_in()
        self.commit({"src/b.txt": (self.clone / path).read_text()}, "Copy")
        self.assert_found_at("src/b.txt")

    def test_a_directory_that_is_moved_or_copied(self):
        self.let_in()
        before = self.rev()
        self.git("mv", "fixtures", "src")
        self.commit({}, "Move")
        self.assert_found_at("src/deep/a.txt")
        self.git("reset", "-q", "--hard", before)
        self.git("read-tree", "--prefix=other/", "HEAD:fixtures/deep")
        self.git("commit", "-q", "-m", "Copy")
        self.assert_found_at("other/a.txt")
        self.git("reset", "-q", "--hard", before)
        self.git("read-tree", "--prefix=old/", "HEAD")
        self.git("commit", "-q", "-m", "Copy of all")
        self.assert_found_at("old/fixtures/deep/a.txt")

    def test_a_commit_whose_tree_is_stored(self):
        self.let_in()
        tree = self.rev("HEAD:fixtures/deep")
        for parents in (("-p", self.rev()), ()):
            commit = self.git("commit-tree", *parents, "-m", "x", tree).output.strip()
            self.assert_found_at("a.txt", result=self.push("origin", f"{commit}:refs/heads/x"))

    def test_a_ref_or_a_tag_of_the_object(self):
        path = self.let_in()
        blob = self.rev(f"HEAD:{path}")
        self.assert_refused(self.push("origin", f"{blob}:refs/blobs/x"))
        self.assertEqual(self.last_record()["findings"][0]["places"][0]["ref"], "refs/blobs/x")
        self.git("tag", "-a", "-m", "x", "odd", blob)
        self.assert_refused(self.push("origin", "odd"))
        self.assert_refused(self.push("origin", f"{self.rev('HEAD:fixtures')}:refs/trees/x"))

    def test_where_it_is_it_stays(self):
        path = self.let_in()
        self.configure("")
        self.commit({"fixtures/deep/b.txt": "beside\n"}, "Beside")
        self.assertEqual(self.assert_accepted(self.push()).message, "")
        self.assertEqual(self.last_record()["findings"], [])
        self.git("rm", "-q", path)
        self.commit({}, "Remove")
        self.git("revert", "--no-edit", "HEAD")
        self.assert_accepted(self.push())
        self.git("checkout", "-q", "-b", "side", "HEAD~2")
        self.git("commit", "-q", "--amend", "-m", "Anew")
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/side"))
        self.assertEqual(self.last_record()["findings"], [])

    def test_elsewhere_where_it_is_allowed(self):
        path = self.let_in()
        self.git("mv", path, "fixtures/b.txt")
        self.commit({}, "Move")
        self.assert_accepted(self.push())
        [finding] = self.last_record()["findings"]
        self.assertEqual((finding["ruling"], finding["places"][0]["path"]),
                         ("allowed", "fixtures/b.txt"))
        self.assertEqual(len(self.list.read_text().splitlines()), 3)

    def test_an_exception_for_the_secret_itself_is_not_remembered(self):
        self.commit({"a.txt": tokens.github()}, "Secret")
        self.assert_refused(self.push())
        name = self.last_record()["findings"][0]["fingerprint"]
        self.configure(FIXTURES + f'[[allow]]\nfingerprint = "{name}"\nreason = "void"\n')
        self.assert_accepted(self.push())
        self.assertFalse(self.list.exists())
        self.git("mv", "a.txt", "b.txt")
        self.commit({}, "Move")
        self.assert_accepted(self.push())

    def test_a_bypass_is_for_the_places_that_it_was_asked_for(self):
        self.secret = tokens.github()
        self.configure(BYPASS)
        self.commit({"a.txt": f"token = {self.secret}\n"}, "Secret")
        self.assert_refused(self.push())
        name = self.last_record()["findings"][0]["fingerprint"]
        allow = ("-o", f"pushguard.allow={name} revoked long ago")
        self.assert_accepted(self.push(*allow, "origin", "HEAD:refs/heads/main"))
        self.git("mv", "a.txt", "b.txt")
        self.commit({}, "Move")
        self.assert_found_at("b.txt")
        self.assert_accepted(self.push(*allow, "origin", "HEAD:refs/heads/main"))

    def test_a_large_push_in_a_pack(self):
        self.git("config", "receive.unpackLimit", "1", cwd=self.server)
        path = self.let_in()
        self.git("mv", path, "a.txt")
        self.commit({}, "Move")
        for number in range(20):
            self.commit({f"dir{number}/x.txt": f"{number}\n"}, f"More {number}")
        self.git("mv", "a.txt", path)
        self.commit({}, "Back")
        self.assert_found_at("a.txt")

    def test_the_certificate_of_a_refused_push(self):
        self.git("config", "receive.certNonceSeed", "seed", cwd=self.server)
        signer = self.scratch / "sign"
        signer.write_text("#!/bin/sh\necho '[GNUPG:] SIG_CREATED D 1 8 00 1760000000 0' >&2\n"
                          "cat >/dev/null\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\niHUE\\n"
                          "-----END PGP SIGNATURE-----\\n'\n")
        signer.chmod(0o755)
        self.git("config", "gpg.program", str(signer))
        self.secret = tokens.github()
        self.git("config", "user.signingKey", f"<{self.secret}@example.com>")
        self.assert_refused(self.push("--signed", "origin", "HEAD:refs/heads/x"))
        [place] = self.last_record()["findings"][0]["places"]
        text = self.git("cat-file", "blob", place["object"], cwd=self.server).output
        self.assertIn(self.secret, text)
        self.commit({"certificate.txt": text}, "The same bytes")
        self.assert_found_at("certificate.txt")

    def test_a_list_that_is_damaged_refuses_and_says_so(self):
        self.let_in()
        whole = self.list.read_bytes()
        self.commit({"a.txt": "clean\n"}, "Clean")
        for text, says in ((whole[:-5], "is damaged in line 2: put it back from a copy, or remove"),
                           (b"", "is damaged in line 1"),
                           (whole + b"x\n", "is damaged in line 3"),
                           (whole.replace(b"pushguard", b"other"), "is damaged in line 1")):
            self.list.write_bytes(text)
            result = self.push()
            self.assert_refused(result, "error: push refused: it could not be checked for secrets")
            self.assertIn(says, " ".join(result.message.split()))
        self.list.unlink()
        os.symlink("/dev/null", self.list)
        self.assert_refused(self.push())
        self.assertIn("is a link, not a file", self.last_record()["error"])
        self.list.unlink()
        self.list.write_bytes(whole)
        (self.server / "pushguard/key").write_bytes(b"k" * 32)
        self.assert_refused(self.push())
        self.assertIn("was written under another key", self.last_record()["error"])
        self.list.unlink()
        self.assert_accepted(self.push())

    def test_it_cleans_itself(self):
        path = self.let_in()
        first = self.rev(f"HEAD:{path}")
        self.git("reset", "-q", "--hard", self.base)
        self.assert_accepted(self.push("--force", "origin", "HEAD:refs/heads/main"))
        self.git("reflog", "expire", "--expire=now", "--all", cwd=self.server)
        self.git("gc", "-q", "--prune=now", cwd=self.server)
        self.assertIn(first, self.list.read_text())
        self.commit({"fixtures/b.txt": tokens.github(2)}, "Another")
        self.assert_accepted(self.push())
        self.assertNotIn(first, self.list.read_text())
        self.assertEqual(len(self.list.read_text().splitlines()), 2)


class LetInSha256(LetIn):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
