# SPDX-License-Identifier: Apache-2.0
"""Hosts without a quarantine: they store the objects before they call the hook."""

import subprocess
import unittest

from support import tokens
from support.server import PushTest, clean_environment


class NoQuarantine(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        # store() brings the objects by a push to a ref that is deleted before the hook runs.
        self.plain = self.server / "hooks/pre-receive"

    def store(self, name="HEAD"):
        """Stores the objects that `name` reaches in the server, under no ref."""
        self.plain.rename(self.plain.with_suffix(".off"))
        self.assert_accepted(self.push("origin", f"{name}:refs/pushed/now"))
        self.plain.with_suffix(".off").rename(self.plain)
        self.git("update-ref", "-d", "refs/pushed/now", cwd=self.server)

    def hook(self, *updates, **variables):
        environment = {**clean_environment(self.scratch), "GIT_DIR": ".",
                       "PUSHGUARD_CONFIG": self.environment["PUSHGUARD_CONFIG"], **variables}
        run = subprocess.run([str(self.plain)], cwd=self.server, env=environment,
                             input="".join(f"{line}\n" for line in updates).encode(),
                             capture_output=True, timeout=120)
        return run.returncode, run.stderr.decode()

    def test_a_secret_is_found_placed_and_refused(self):
        secret = tokens.github()
        self.commit({"lib/a.txt": "clean\n"})
        culprit = self.commit({"lib/a.txt": f"token = {secret}\n"})
        tip = self.commit({"lib/a.txt": "clean again\n"})
        self.store()
        code, errors = self.hook(f"{self.base} {tip} refs/heads/main")
        self.assertEqual(code, 1, errors)
        self.assertNotIn(secret, errors)
        self.assertIn("this server stores what is sent before it asks", errors)
        record = self.last_record()
        self.assertEqual(record["objects"]["new_by"], "refs")
        self.assertEqual(
            [record["objects"][kind] for kind in ("commits", "trees", "blobs", "tags")],
            [3, 6, 3, 0])
        self.assertEqual(record["unscanned"], [])
        [finding] = record["findings"]
        [place] = finding["places"]
        self.assertEqual((finding["origin"], place["commit"], place["path"]),
                         ("introduced", culprit, "lib/a.txt"))

    def test_tags_messages_and_refs_of_any_kind_are_looked_at(self):
        self.git("tag", "-a", "-m", f"with {tokens.github('tag')}", "v1")
        blob = self.git("hash-object", "-w", "--stdin",
                        input=f"{tokens.github('blob')}\n".encode()).output.strip()
        self.git("update-ref", "refs/blobs/one", blob)
        for name in ("refs/tags/v1", "refs/blobs/one"):
            with self.subTest(name):
                self.store(name)
                zero = "0" * len(self.base)
                code, errors = self.hook(f"{zero} {self.rev(name)} {name}")
                self.assertEqual(code, 1, errors)

    def test_refs_that_have_moved_already_count_with_their_old_ids(self):
        """As in a post-receive that calls Pushguard: the refs stand at their new ids."""
        secret = tokens.github()
        tip = self.commit({"lib/a.txt": f"token = {secret}\n"})
        self.git("branch", "other")
        self.plain.rename(self.plain.with_suffix(".off"))
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/main", "other:refs/heads/new"))
        self.plain.with_suffix(".off").rename(self.plain)
        zero = "0" * len(tip)
        code, errors = self.hook(f"{self.base} {tip} refs/heads/main",
                                 f"{zero} {tip} refs/heads/new")
        self.assertEqual(code, 1, errors)
        self.assertNotIn(secret, errors)
        self.assertEqual(self.last_record()["objects"]["commits"], 1)

    def test_what_is_clean_passes(self):
        tip = self.commit({"a.txt": "clean\n"})
        self.store()
        self.assertEqual(self.hook(f"{self.base} {tip} refs/heads/main"), (0, ""))
        self.assertEqual(self.last_record()["objects"]["blobs"], 1)

    def test_what_a_ref_reaches_was_there_before_hidden_or_not(self):
        secret = self.commit({"a.txt": f"{tokens.github()}\n"})
        tip = self.commit({"a.txt": "clean\n"})
        self.store()
        self.git("update-ref", "refs/hidden/one", secret, cwd=self.server)
        self.git("config", "receive.hideRefs", "refs/hidden", cwd=self.server)
        self.git("config", "transfer.hideRefs", "refs/hidden", cwd=self.server)
        self.assertEqual(self.hook(f"{self.base} {tip} refs/heads/main"), (0, ""))
        self.assertEqual(self.last_record()["objects"]["commits"], 1)

    def test_a_secret_that_the_file_had_is_of_before(self):
        self.plain.rename(self.plain.with_suffix(".off"))
        line = f"{tokens.github()}\n"
        old = self.commit({"a.txt": line})
        self.assert_accepted(self.push())
        self.plain.with_suffix(".off").rename(self.plain)
        tip = self.commit({"a.txt": "more\n" + line})
        self.store()
        code, errors = self.hook(f"{old} {tip} refs/heads/main")
        self.assertEqual(code, 0, errors)
        [finding] = self.last_record()["findings"]
        self.assertEqual((finding["origin"], finding["ruling"]), ("preexisting", "warned"))

    def test_a_replace_ref_hides_nothing(self):
        tip = self.commit({"a.txt": f"{tokens.github()}\n"})
        self.git("checkout", "-q", "-b", "other", self.base)
        clean = self.commit({"b.txt": "clean\n"})
        self.store(tip)
        self.store(clean)
        self.git("replace", tip, clean, cwd=self.server)
        code, errors = self.hook(f"{self.base} {tip} refs/heads/main")
        self.assertEqual(code, 1, errors)

    def test_what_git_cannot_list_is_not_a_pass(self):
        missing = "1" * len(self.base)
        code, errors = self.hook(f"{self.base} {missing} refs/heads/main")
        self.assertEqual(code, 2)
        self.assertEqual([(gap["why"], gap["detail"]) for gap in self.last_record()["unscanned"]],
                         [("no-quarantine", "the server gave no quarantine directory with the new "
                                            "objects, and git could not list them")])
        self.configure('[failures]\nno-quarantine = "accept"\n')
        code, errors = self.hook(f"{self.base} {missing} refs/heads/main")
        self.assertEqual(code, 0)
        self.assertIn("warning: 1 part of the push was not checked for secrets", errors)

    def test_an_object_over_the_limit_is_named(self):
        self.configure("[limits]\nobject_mib = 1\n")
        tip = self.commit({"a.txt": "x" * ((1 << 20) + 1)})
        self.store()
        code, errors = self.hook(f"{self.base} {tip} refs/heads/main")
        self.assertEqual(code, 2, errors)
        [gap] = self.last_record()["unscanned"]
        self.assertEqual((gap["type"], gap["bytes"], gap["why"]),
                         ("blob", (1 << 20) + 1, "too-large"))


class NoQuarantineSha256(NoQuarantine):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
