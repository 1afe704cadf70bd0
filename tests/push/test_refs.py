# SPDX-License-Identifier: Apache-2.0
"""Every kind of ref and update, in both object formats."""

import unittest

from support import tokens
from support.server import PushTest


class Refs(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def test_a_clean_push_says_nothing_and_is_on_record(self):
        self.commit({"a.txt": "clean\n"}, "Second")
        result = self.assert_accepted(self.push())
        self.assertEqual(result.message, "")
        record = self.last_record()
        self.assertEqual(record["verdict"], "accepted")
        self.assertEqual(record["objects"]["commits"], 1)
        self.assertEqual(record["objects"]["trees"], 1)
        self.assertEqual(record["objects"]["blobs"], 1)
        self.assertEqual(record["refs"],
                         [{"ref": "refs/heads/main", "old": self.base, "new": self.rev()}])

    def test_a_secret_is_refused_and_the_ref_stays(self):
        secret = tokens.github()
        self.commit({"a.txt": f"token = {secret}\n"})
        result = self.assert_refused(self.push(), "error: push refused: it contains a secret")
        self.assertEqual(self.git("rev-parse", "main", cwd=self.server).output.strip(), self.base)
        self.assert_nowhere(secret, result)
        record = self.last_record()
        self.assertEqual(record["verdict"], "refused")
        [finding] = record["findings"]
        self.assertEqual(finding["rule"], "github-pat-classic")
        self.assertEqual(finding["confidence"], "confirmed")
        self.assertEqual(finding["origin"], "introduced")
        self.assertEqual(finding["ruling"], "blocked")
        [place] = finding["places"]
        self.assertEqual((place["path"], place["line"], place["column"]), ("a.txt", 1, 9))
        self.assertEqual(place["commit"], self.rev())
        self.assertEqual(place["author"], "Ann Dev <ann@example.com>")

    def test_one_bad_ref_of_several_refuses_them_all(self):
        self.git("branch", "clean")
        self.commit({"a.txt": tokens.github()})
        self.git("tag", "light")
        result = self.push("origin", "clean:refs/heads/clean", "HEAD:refs/heads/main", "light",
                           ":refs/heads/absent")
        self.assert_refused(result)
        self.assertFalse(self.server_has("refs/heads/clean"))
        self.assertEqual(len(self.last_record()["findings"]), 1)

    def test_a_secret_in_a_file_and_in_the_names_of_two_refs_is_told_once(self):
        secret = tokens.github()
        self.commit({"a.txt": f"token = {secret}\n"})
        result = self.push("origin", f"HEAD:refs/heads/{secret}", f"HEAD:refs/tags/{secret}")
        self.assert_refused(result, "error: push refused: it contains a secret")
        self.assertEqual(result.message.count("checksum is valid"), 1)
        [finding] = self.last_record()["findings"]
        self.assertEqual([(place["kind"], place["ref"]) for place in finding["places"]],
                         [("file", "refs/heads/ghp_********"),
                          ("ref-name", "refs/heads/ghp_********"),
                          ("ref-name", "refs/tags/ghp_********")])
        self.assertIn("give the branch or tag a name without the secret, and push that",
                      result.message)
        self.assertIn("git commit --amend --no-edit --allow-empty -- :/a.txt", result.message)
        self.assertNotIn(secret, result.message)
        self.assert_nowhere(secret)

    def test_a_secret_in_a_ref_name_is_struck_out_where_the_push_cannot_be_judged(self):
        secret = tokens.github()
        self.configure("nonsense = 1\n")
        result = self.push("origin", f"HEAD:refs/heads/{secret}")
        self.assert_refused(result, "error: push refused: it could not be checked for secrets")
        record = self.last_record()
        self.assertIn("nonsense", record["error"])
        self.assertEqual([ref["ref"] for ref in record["refs"]], ["refs/heads/ghp_********"])
        self.assert_nowhere(secret)

    def test_atomic_push(self):
        self.git("branch", "clean")
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push("--atomic", "origin", "clean", "HEAD:refs/heads/main"))
        self.assertFalse(self.server_has("refs/heads/clean"))

    def test_forced_update(self):
        self.git("commit", "-q", "--amend", "-m", "Other first")
        self.assert_accepted(self.push("--force", "origin", "HEAD:refs/heads/main"))
        secret = tokens.github(1)
        self.git("commit", "-q", "--amend", "-m", f"Message with {secret}")
        result = self.assert_refused(self.push("--force", "origin", "HEAD:refs/heads/main"))
        self.assert_nowhere(secret, result)
        self.assertEqual(self.last_record()["findings"][0]["places"][0]["kind"], "commit")

    def test_deletion_only(self):
        self.git("push", "-q", "origin", "HEAD:refs/heads/old")
        self.assert_accepted(self.push("origin", ":refs/heads/old"))
        record = self.last_record()
        self.assertEqual(record["verdict"], "accepted")
        self.assertEqual(record["unscanned"], [])
        self.assertEqual(set(record["refs"][0]["new"]), {"0"})

    def test_deletion_and_secret_together(self):
        self.git("push", "-q", "origin", "HEAD:refs/heads/old")
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push("origin", ":refs/heads/old", "HEAD:refs/heads/main"))
        self.assertTrue(self.server_has("refs/heads/old"))

    def test_new_ref_on_objects_that_are_there(self):
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/second"))
        self.assertEqual(self.last_record()["objects"]["bytes"], 0)

    def test_annotated_tag_message(self):
        secret = tokens.github(2)
        self.git("tag", "-a", "v1", "-m", f"Release, with {secret}")
        result = self.assert_refused(self.push("origin", "v1"))
        self.assert_nowhere(secret, result)
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["ref"], place["line"]), ("tag", "refs/tags/v1", 6))

    def test_tag_of_a_blob(self):
        secret = tokens.github(3)
        blob = self.git("hash-object", "-w", "--stdin", input=secret.encode()).output.strip()
        self.git("tag", "blob", blob)
        self.assert_refused(self.push("origin", "blob"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["object"], place["ref"]),
                         ("object", blob, "refs/tags/blob"))

    def test_tag_of_a_tree(self):
        self.write("deep/er/a.txt", tokens.github(4))
        self.git("add", "-A")
        tree = self.git("write-tree").output.strip()
        self.git("tag", "tree", tree)
        self.assert_refused(self.push("origin", "tree"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["path"], place["ref"]),
                         ("file", "deep/er/a.txt", "refs/tags/tree"))

    def test_tag_of_a_tag_of_a_commit(self):
        self.commit({"a.txt": tokens.github(5)})
        self.git("tag", "-a", "inner", "-m", "inner")
        self.git("tag", "-a", "outer", "inner", "-m", "outer")
        self.assert_refused(self.push("origin", "refs/tags/outer"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["path"], place["ref"]),
                         ("file", "a.txt", "refs/tags/outer"))

    def test_notes(self):
        self.git("notes", "add", "-m", tokens.github(6))
        self.assert_refused(self.push("origin", "refs/notes/commits"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["path"], place["ref"]), (self.base, "refs/notes/commits"))

    def test_ref_of_any_name(self):
        self.commit({"a.txt": tokens.github(7)})
        self.assert_refused(self.push("origin", "HEAD:refs/for/main%topic=x"))

    def test_ref_name_that_is_the_secret(self):
        secret = tokens.github(8)
        result = self.assert_refused(self.push("origin", f"HEAD:refs/heads/{secret}"))
        self.assertNotIn(secret, result.message)
        self.assertEqual(self.last_record()["findings"][0]["places"][0]["kind"], "ref-name")
        self.assertNotIn(secret, (self.server / "pushguard/audit.jsonl").read_text())

    def test_file_name_that_is_the_secret(self):
        secret = tokens.github(9)
        self.commit({f"dir/{secret}.txt": "x\n"})
        result = self.assert_refused(self.push())
        self.assert_nowhere(secret, result)
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["path"]), ("file-name", "dir"))

    def test_author_name_that_is_the_secret(self):
        secret = tokens.github(10)
        self.write("x", "y\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x", GIT_AUTHOR_NAME=secret)
        result = self.assert_refused(self.push())
        self.assert_nowhere(secret, result)

    def test_symlink_target(self):
        secret = tokens.github(11)
        (self.clone / "link").symlink_to(secret)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "link")
        self.assert_refused(self.push())

    def test_evil_merge(self):
        self.git("switch", "-q", "-c", "side")
        self.commit({"side.txt": "side\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-commit", "--no-ff", "side")
        secret = tokens.github(12)
        self.commit({"evil.txt": secret + "\n"}, "Merge")
        self.assert_refused(self.push())
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["path"], place["commit"]), ("evil.txt", self.rev()))

    def test_merged_commit_is_blamed_on_its_own_commit(self):
        self.git("switch", "-q", "-c", "side")
        culprit = self.commit({"side.txt": tokens.github(13)}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
        self.assert_refused(self.push())
        self.assertEqual([place["commit"] for place in self.last_record()["findings"][0]["places"]],
                         [culprit])

    def test_attributes_do_not_hide(self):
        self.commit({
            ".gitattributes": "* -diff binary\n",
            "a.bin": b"\0\1" + tokens.github(14).encode()
        })
        self.assert_refused(self.push())

    def test_added_and_removed_in_one_push(self):
        culprit = self.commit({"a.txt": tokens.github(15) + "\n"}, "Add")
        self.commit({"a.txt": "gone\n"}, "Remove")
        self.assert_refused(self.push())
        [finding] = self.last_record()["findings"]
        self.assertEqual(finding["origin"], "introduced")
        self.assertEqual(finding["places"][0]["commit"], culprit)

    def test_possible_finding_warns_and_is_let_through(self):
        self.commit({"a.txt": f"id = {tokens.aws_key_id()}\n"})
        result = self.assert_accepted(self.push())
        self.assertEqual(result.message.split("\n")[0],
                         "warning: push accepted, but look at 1 value:")
        self.assertEqual(self.last_record()["findings"][0]["ruling"], "warned")


class RefsSha256(Refs):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
