# SPDX-License-Identifier: Apache-2.0
"""Pushes that are refused with exactly this message, fixed as it says, and then accepted."""

import re
import unittest

from support import tokens
from support.server import PushTest

HEAD = "error: push refused: it contains a secret\n"
TAIL = """hint: keep the value out of git: an environment variable, a vault
hint: if it was ever shared, revoke it at the place named above
hint: for an exception ask the server's administrator and name the id
"""


def shortened(text, width=58):
    """The text, with its middle cut if it is too long."""
    if len(text) <= width:
        return text
    before = (width - 3) // 3
    return text[:before] + "..." + text[-(width - 3 - before):]


class Fix(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        self.secret = tokens.github("fix")

    def exposure(self, *places, kind="github"):
        names = {
            "github": ("GitHub personal access token (classic)", "ghp_******** (40 characters)",
                       "confirmed: checksum is valid", "github.com/settings/tokens")
        }
        description, value, proof, revoke = names[kind]
        fingerprint = self.last_record()["findings"][0]["fingerprint"]
        lines = "".join(f"    {name:<10}{shortened(text)}\n" for name, text in places)
        return (f"\n  {description}\n{lines}    value     {value}\n              {proof}\n"
                f"    revoke    {revoke}\n    id        {fingerprint}\n\n")

    def in_commit(self, commit, subject):
        return (("commit", f"{commit[:12]} {subject}"), ("author", "Ann Dev <ann@example.com>"))

    def assert_message(self, result, exposure, steps):
        self.assert_refused(result)
        self.assertEqual(result.message, HEAD + exposure
                         + "hint: nothing was stored; to push without the secret:\n" + steps
                         + "hint:     git push\n" + TAIL)
        self.assert_nowhere(self.secret, result)

    def assert_clean(self):
        """Nothing that is left to push contains the secret."""
        self.assert_accepted(self.push())
        everything = self.git("cat-file",
                              "--batch-all-objects",
                              "--batch",
                              "--unordered",
                              cwd=self.server)
        self.assertNotIn(self.secret, everything.output)

    def test_in_the_tip(self):
        tip = self.commit({"config/deploy.env": f"A=1\nTOKEN={self.secret}\n"}, "Add settings")
        self.assert_message(self.push(), self.exposure(("file", "config/deploy.env:2:7"),
                                                       *self.in_commit(tip, "Add settings")),
                            "hint:   take the secret out of the file, then\n"
                            "hint:     git commit --all --amend --no-edit\n")
        self.write("config/deploy.env", "A=1\n")
        self.git("commit", "-q", "--all", "--amend", "--no-edit")
        self.assert_clean()

    def test_deeper(self):
        first = self.commit({"a.txt": f"one\n{self.secret}\n"}, "Bad")
        self.commit({"b.txt": "two\n"}, "Fine")
        self.assert_message(self.push(), self.exposure(("file", "a.txt:2:1"),
                                                       *self.in_commit(first, "Bad")),
                            f"hint:     git rebase --interactive {first[:12]}^\n"
                            f"hint:   in the list, change 'pick {first[:7]}' to 'edit'\n"
                            "hint:   at each stop take the secret out of the file, then\n"
                            "hint:     git commit --all --amend --no-edit\n"
                            "hint:     git rebase --continue\n")
        self.rebase("edit", first)
        self.write("a.txt", "one\n")
        self.git("commit", "-q", "--all", "--amend", "--no-edit")
        self.git("rebase", "--continue", GIT_EDITOR="true")
        self.assert_clean()

    def rebase(self, verb, commit, *more):
        editor = f"sed -i 's/^pick {commit[:7]}/{verb} {commit[:7]}/'"
        self.git("rebase",
                 "-q",
                 "--interactive",
                 *more,
                 f"{commit[:12]}^",
                 GIT_SEQUENCE_EDITOR=editor,
                 GIT_EDITOR="echo clean >")

    def test_deeper_and_carried_on(self):
        first = self.commit({"a.txt": f"one\n\n\n\n{self.secret}\n"}, "Bad")
        second = self.commit({"a.txt": f"changed\n\n\n\n{self.secret}\n"}, "Keep")
        result = self.push()
        self.assert_message(
            result,
            self.exposure(("file", "a.txt:5:1"), *self.in_commit(first, "Bad"),
                          ("file", "a.txt:5:1"), *self.in_commit(second, "Keep")),
            f"hint:     git rebase --interactive {first[:12]}^\n"
            f"hint:   in the list, change 'pick {first[:7]}' to 'edit'\n"
            "hint:   at each stop take the secret out of the file, then\n"
            "hint:     git commit --all --amend --no-edit\n"
            "hint:     git rebase --continue\n")
        self.rebase("edit", first)
        self.write("a.txt", "one\n\n\n\n")
        self.git("commit", "-q", "--all", "--amend", "--no-edit")
        self.git("rebase", "--continue", GIT_EDITOR="true")
        self.assert_clean()

    def test_in_the_first_commit_of_a_new_history(self):
        self.git("switch", "-q", "--orphan", "fresh")
        root = self.commit({"a.txt": f"{self.secret}\n"}, "Root")
        self.commit({"b.txt": "x\n"}, "Next")
        result = self.push("origin", "HEAD:refs/heads/main", "--force")
        self.assert_message(
            result, self.exposure(("file", "a.txt:1:1"), *self.in_commit(root, "Root")),
            "hint:     git rebase --interactive --root\n"
            f"hint:   in the list, change 'pick {root[:7]}' to 'edit'\n"
            "hint:   at each stop take the secret out of the file, then\n"
            "hint:     git commit --all --amend --no-edit\n"
            "hint:     git rebase --continue\n")

    def test_under_a_merge(self):
        self.git("switch", "-q", "-c", "side")
        bad = self.commit({"side.txt": f"x\n{self.secret}\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
        self.assert_message(self.push(), self.exposure(("file", "side.txt:2:1"),
                                                       *self.in_commit(bad, "Side")),
                            f"hint:     git rebase --interactive --rebase-merges {bad[:12]}^\n"
                            f"hint:   in the list, change 'pick {bad[:7]}' to 'edit'\n"
                            "hint:   at each stop take the secret out of the file, then\n"
                            "hint:     git commit --all --amend --no-edit\n"
                            "hint:     git rebase --continue\n")
        self.rebase("edit", bad, "--rebase-merges")
        self.write("side.txt", "x\n")
        self.git("commit", "-q", "--all", "--amend", "--no-edit")
        self.git("rebase", "--continue", GIT_EDITOR="true")
        self.assert_clean()

    def test_in_the_tip_message(self):
        tip = self.commit({"a.txt": "a\n"}, f"Use {self.secret} now")
        self.assert_message(self.push(), self.exposure(
            ("in", "the commit's own text, line 6"), *self.in_commit(tip, "Use ghp_******** now")),
            "hint:   write the message or the author anew, without the secret:\n"
            "hint:     git commit --amend\n")
        self.git("commit", "-q", "--amend", "-m", "Use it now")
        self.assert_clean()

    def test_in_a_deeper_message(self):
        bad = self.commit({"a.txt": "a\n"}, f"Use {self.secret} now")
        self.commit({"b.txt": "b\n"}, "Next")
        self.assert_message(self.push(), self.exposure(
            ("in", "the commit's own text, line 6"), *self.in_commit(bad, "Use ghp_******** now")),
            f"hint:     git rebase --interactive {bad[:12]}^\n"
            f"hint:   in the list, change 'pick {bad[:7]}' to 'reword'\n"
            "hint:   when git asks for it, write the message without the secret\n")
        self.rebase("reword", bad)
        self.assert_clean()

    def test_in_a_tag_message(self):
        self.git("tag", "-a", "v1", "-m", self.secret)
        result = self.push("origin", "v1")
        self.assert_message(result, self.exposure(("tag", "refs/tags/v1")),
                            "hint:   write the tag anew, without the secret:\n"
                            "hint:     git tag --annotate --force v1 v1^{}\n")
        self.git("tag", "--annotate", "--force", "-m", "clean", "v1", "v1^{}")
        self.assert_accepted(self.push("origin", "v1"))

    def test_in_a_note(self):
        self.git("notes", "add", "-m", self.secret)
        note = self.rev("refs/notes/commits")
        result = self.push("origin", "refs/notes/commits")
        subject = "Notes added by 'git notes add'"
        self.assert_message(result, self.exposure(("file", f"{self.base}:1:1"),
                                                  *self.in_commit(note, subject)),
                            "hint:   the history of the notes keeps it; go back before it:\n"
                            "hint:     git update-ref -d refs/notes/commits\n"
                            "hint:   then add the note again, without the secret\n")
        self.git("update-ref", "-d", "refs/notes/commits")
        self.git("notes", "add", "-m", "clean")
        self.assert_accepted(self.push("origin", "refs/notes/commits"))

    def test_tag_of_a_blob(self):
        blob = self.git("hash-object", "-w", "--stdin", input=self.secret.encode()).output.strip()
        self.git("tag", "blob", blob)
        self.assert_message(
            self.push("origin", "blob"),
            self.exposure(("object", f"{blob[:12]}:1:1"), ("ref", "refs/tags/blob")),
            "hint:   the ref itself names the object with the secret; drop it:\n"
            "hint:     git update-ref -d refs/tags/blob\n")

    def test_in_many_commits(self):
        commits = [self.commit({f"f{i}.txt": f"{tokens.github(i)}\n{self.secret}\n"}, f"Bad {i}")
                   for i in range(8)]
        result = self.assert_refused(self.push(), "error: push refused: it contains 9 secrets")
        if self.object_format == "sha256":  # git filter-repo cannot read these
            self.assertEqual(result.message.count("in the list, change 'pick"), 8)
            return
        self.assertIn(
            "hint:   write the secrets into ../secrets.txt, one a line, then\n"
            "hint:     git filter-repo --force --replace-text ../secrets.txt \\\n"
            "hint:       --replace-message ../secrets.txt \\\n"
            f"hint:       --refs main ^{self.base[:12]}\n"
            "hint:     git push\n", result.message)
        (self.scratch / "secrets.txt").write_text(
            "".join(f"{secret}\n" for secret in [self.secret, *map(tokens.github, range(8))]))
        command = re.search(r"^hint:     (git filter-repo(?:.*\\\n)+.*)", result.message, re.M)[1]
        command = command.replace("\nhint:    ", "\n")
        self.run_command("sh", "-c", command)
        self.assertNotEqual(self.rev(), commits[-1])
        self.assert_clean()

    def test_git_colours_the_keywords(self):
        self.commit({"a.txt": self.secret})
        result = self.push(**{"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "color.remote",
                              "GIT_CONFIG_VALUE_0": "always"})
        self.assertIn("\x1b[1;31merror\x1b[m:", result.errors)
        self.assertIn("\x1b[33mhint\x1b[m:", result.errors)


class FixSha256(Fix):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
