# SPDX-License-Identifier: Apache-2.0
"""Refusals that are followed to the letter: each ends with all refs pushed that were asked for.

A Developer reads the message line by line and does what it says: runs the commands in bash, takes
the secrets out of the files in the work tree where it says so, and pushes again as before.
"""

import io
import shutil
import stat
import unittest
import zipfile

from support import tokens
from support.server import PushTest
from support.transports import OverHttp, OverSsh

COMMAND = "hint:     "


class Remedies(PushTest):
    def connect(self):
        """A subclass reaches the server otherwise than by its path."""

    def setUp(self):
        super().setUp()
        self.connect()
        self.secrets = []
        self.commit({"readme.md": "hello\n", "other.txt": "one\n"}, "First")
        self.assert_accepted(self.push("-u", "origin", "main"))
        self.base = self.rev()
        # What git starts to have a message or a list edited.
        self.editor = self.scratch / "editor.sh"
        self.editor.write_text('#!/bin/sh\nsed -i "s/$SECRET/clean/g" "$1"\n')
        self.editor.chmod(self.editor.stat().st_mode | stat.S_IXUSR)

    def secret(self, name="remedy"):
        secret = tokens.github(name)
        if secret not in self.secrets:
            self.secrets.append(secret)
        return secret

    def refuse(self, *words, **options):
        self.asked = words
        self.before = self.state()
        return self.assert_refused(self.push(*words, **options))

    def state(self):
        """What must not change: the branch, and what is not committed."""
        head = self.git("symbolic-ref", "-q", "--short", "HEAD", check=False).output
        staged = self.git("diff", "--cached", "--name-only").output
        return head, staged, self.git("stash", "list").output

    def bash(self, command):
        # The same in zsh, PowerShell and cmd: one line, double quotes, no variables.
        self.assertNotRegex(command, r"[$`'%\\]|![^ ]")
        secret = self.secrets[0] if self.secrets else ""
        return self.run_command("bash", "-c", command, GIT_EDITOR=str(self.editor), SECRET=secret)

    def clean_files(self):
        for file in self.clone.rglob("*"):
            if ".git" in file.parts or not file.is_file():
                continue
            old = new = file.read_bytes()
            for secret in self.secrets:
                new = new.replace(secret.encode(), b"clean")
            if new != old:
                file.write_bytes(new)

    def follow(self, result, edit=None, push=None):
        """Does what the message says; returns the result of the push at its end."""
        lines = result.message.split("\n")
        said = ""
        pushed = None
        for line in lines:
            if line.startswith(COMMAND):
                command = line[len(COMMAND):]
                if command.startswith("-o "):
                    continue
                self.do(said, edit)
                said = ""
                self.bash(command)
            elif line.startswith("hint: "):
                said += " " + line[len("hint: "):]
                if "push again" in said:
                    self.do(said, edit)
                    said = ""
                    pushed = self.push(*(push or self.asked))
        self.assertIsNotNone(pushed, result.message)
        return pushed

    def do(self, said, edit):
        if any(what in said for what in ("take it out of", "again without", "rename what")):
            (edit or self.clean_files)()
            if "stage (git add) that and nothing else" in said:
                self.git("add", "-A")
        if "git config user.name" in said:
            self.environment["GIT_AUTHOR_NAME"] = self.environment["GIT_COMMITTER_NAME"] = "Ann"
        if "../secrets.txt" in said:
            text = "".join(f"{secret}\n" for secret in self.secrets)
            (self.scratch / "secrets.txt").write_text(text)

    def assert_ends_well(self, result, refs, **options):
        """The remedy works: on the server are exactly `refs` besides main, all clean, and the
        clone is where it was, with nothing lost."""
        refs_before = self.refs()
        self.assert_accepted(self.follow(result, **options))
        changed = {ref for ref, id in self.refs().items() if refs_before.get(ref) != id}
        self.assertEqual(changed, set(refs))
        self.assertEqual(self.state(), self.before)
        everything = self.git("cat-file", "--batch-all-objects", "--batch", "--unordered",
                              cwd=self.server)
        for secret in self.secrets:
            self.assertNotIn(secret, everything.output)

    def refs(self):
        listed = self.git("for-each-ref", "--format=%(refname) %(objectname)", cwd=self.server)
        return dict(line.split() for line in listed.output.splitlines())

    def subjects(self, name="main"):
        listed = self.git("log", "--reverse", "--format=%s", f"{self.base}..{name}",
                          cwd=self.server)
        return listed.output.splitlines()

    MAIN = ["refs/heads/main"]

    # One branch.

    def test_in_the_tip_with_other_work_in_the_tree(self):
        self.commit({"config/deploy.env": f"A=1\nTOKEN={self.secret()}\n"}, "Settings")
        self.write("other.txt", "half done\n")
        self.write("staged.txt", "half done\n")
        self.git("add", "staged.txt")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual((self.clone / "other.txt").read_text(), "half done\n")
        self.assertEqual(self.git("show", "main:other.txt", cwd=self.server).output, "one\n")
        self.assertEqual(self.subjects(), ["Settings"])

    def test_from_a_directory_below(self):
        self.commit({"config/deploy.env": f"A=1\nTOKEN={self.secret()}\n"}, "Settings")
        result = self.refuse()
        top, self.clone = self.clone, self.clone / "config"
        self.addCleanup(setattr, self, "clone", top)
        self.assert_ends_well(result, self.MAIN)

    def test_in_several_files_of_the_tip(self):
        self.commit({f"f{i}.txt": f"{self.secret(i)}\n" for i in range(6)}, "Six")
        self.assert_ends_well(self.refuse(), self.MAIN)

    def test_deeper_with_other_work_in_the_tree(self):
        self.commit({"a.txt": f"one\n{self.secret()}\n"}, "Bad")
        self.commit({"b.txt": "two\n"}, "Fine")
        self.write("other.txt", "half done\n")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual((self.clone / "other.txt").read_text(), "half done\n")
        self.assertEqual(self.subjects(), ["Bad", "Fine"])

    def test_in_two_older_commits_of_the_same_subject(self):
        for i in range(3):
            self.commit({f"f{i}.txt": f"{self.secret(i) if i < 2 else 'clean'}\n"}, "wip")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["wip"] * 3)

    def test_below_a_merge(self):
        self.git("switch", "-q", "-c", "side")
        self.commit({"side.txt": f"x\n{self.secret()}\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
        self.commit({"later.txt": "x\n"}, "Later")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertIn("Merge", self.subjects())

    def test_below_a_merge_with_changes_of_its_own(self):
        self.git("switch", "-q", "-c", "side")
        self.commit({"side.txt": f"x\n{self.secret()}\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "--no-commit", "side")
        self.commit({"by-hand.txt": "only in the merge\n"}, "Merge")
        self.commit({"later.txt": "x\n"}, "Later")
        result = self.refuse()
        if self.object_format == "sha256":
            return self.assertIn("changes of its own, which git rebase", result.message.replace(
                "\nhint:", ""))
        self.assert_ends_well(result, self.MAIN)
        self.assertEqual(self.git("show", "main:by-hand.txt", cwd=self.server).output,
                         "only in the merge\n")

    def test_in_the_merge_itself(self):
        self.git("switch", "-q", "-c", "side")
        self.commit({"side.txt": "x\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "--no-commit", "side")
        self.commit({"evil.txt": f"{self.secret()}\n"}, "Merge")
        self.assert_ends_well(self.refuse(), self.MAIN)

    def test_in_a_merge_deeper(self):
        self.git("switch", "-q", "-c", "side")
        self.commit({"side.txt": "x\n"}, "Side")
        self.git("switch", "-q", "main")
        self.commit({"main.txt": "main\n"}, "Main")
        self.git("merge", "-q", "--no-ff", "--no-commit", "side")
        self.commit({"evil.txt": f"{self.secret()}\n"}, "Merge")
        self.commit({"later.txt": "x\n"}, "Later")
        self.write("other.txt", "half done\n")
        result = self.refuse()
        if self.object_format == "sha256":
            return self.assertIn("a merge commit has it", result.message)
        self.assert_ends_well(result, self.MAIN)
        self.assertEqual((self.clone / "other.txt").read_text(), "half done\n")

    def test_added_and_removed(self):
        self.commit({"a.txt": f"one\n{self.secret()}\n"}, "Add")
        self.commit({"b.txt": "b\n"}, "Between")
        self.commit({"a.txt": "one\n"}, "Remove")
        self.commit({"c.txt": "c\n"}, "After")
        self.write("other.txt", "half done\n")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["Add", "After"])
        self.assertEqual((self.clone / "other.txt").read_text(), "half done\n")

    def test_added_and_reverted_twice(self):
        for i in range(2):
            self.commit({"readme.md": f"hello\n{self.secret()}\n"}, f"Add {i}")
            self.git("revert", "--no-edit", "HEAD")
        self.commit({"c.txt": "c\n"}, "After")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["After"])

    def test_added_reverted_and_added_otherwise(self):
        self.commit({"readme.md": f"hello\n{self.secret()}\n"}, "Add")
        self.git("revert", "--no-edit", "HEAD")
        self.commit({"a.txt": f"{self.secret()}\n"}, "Again")
        self.commit({"a.txt": "clean\n"}, "Clean")
        self.assert_ends_well(self.refuse(), self.MAIN)

    def test_the_line_beside_it_is_edited_later(self):
        self.commit({"a.txt": f"one\n{self.secret()}\nthree\n"}, "Add")
        self.commit({"a.txt": f"ONE\n{self.secret()}\nTHREE\n"}, "Edit")
        self.commit({"b.txt": "b\n"}, "After")
        self.assert_ends_well(self.refuse(), self.MAIN)

    def test_in_a_message_of_the_tip(self):
        self.commit({"a.txt": "a\n"}, f"Use {self.secret()} now")
        self.write("staged.txt", "half done\n")
        self.git("add", "staged.txt")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["Use clean now"])

    def test_in_a_message_deeper_and_its_file(self):
        self.commit({"a.txt": f"{self.secret()}\n"}, f"Use {self.secret()} now")
        self.commit({"b.txt": "b\n"}, "Next")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["Use clean now", "Next"])

    def test_in_the_name_of_the_author(self):
        self.environment["GIT_AUTHOR_NAME"] = f"Ann {self.secret()}"
        self.commit({"a.txt": "a\n"}, "One")
        self.commit({"b.txt": "b\n"}, "Two")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual(self.subjects(), ["One", "Two"])

    def test_in_the_name_of_the_author_of_an_older_commit(self):
        name = self.environment["GIT_AUTHOR_NAME"]
        self.environment["GIT_AUTHOR_NAME"] = f"Ann {self.secret()}"
        self.commit({"a.txt": "a\n"}, "One")
        self.environment["GIT_AUTHOR_NAME"] = name
        self.commit({"b.txt": "b\n"}, "Two")
        self.assert_ends_well(self.refuse(), self.MAIN)

    def rename(self):
        for file in list(self.clone.rglob("*")):
            if ".git" not in file.parts and any(secret in file.name for secret in self.secrets):
                file.rename(file.with_name("clean.txt"))
        self.git("add", "-A")

    def test_in_the_name_of_a_file(self):
        self.commit({f"dir/{self.secret()}.txt": "x\n"}, "Name")
        self.assert_ends_well(self.refuse(), self.MAIN, edit=self.rename)

    def test_in_the_name_of_a_file_deeper(self):
        self.commit({f"dir/{self.secret()}.txt": "x\n"}, "Name")
        self.commit({"dir/b.txt": "b\n"}, "Next")
        self.assert_ends_well(self.refuse(), self.MAIN, edit=self.rename)

    def test_in_an_archive(self):
        def make(text):
            archive = io.BytesIO()
            with zipfile.ZipFile(archive, "w") as writer:
                writer.writestr("a.txt", text)
            self.write("lib.zip", archive.getvalue())

        make(f"{self.secret()}\n")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Archive")
        result = self.refuse()
        self.assertIn("make the archive again without", result.message)
        self.assert_ends_well(result, self.MAIN, edit=lambda: make("clean\n"))

    def test_in_eight_commits_with_work_in_the_tree(self):
        for i in range(8):
            self.commit({f"f{i}.txt": f"{self.secret(i)}\n"}, f"Bad {i}")
        self.write("other.txt", "half done\n")
        self.assert_ends_well(self.refuse(), self.MAIN)
        self.assertEqual((self.clone / "other.txt").read_text(), "half done\n")

    def test_sixty_in_sixty_commits_are_told_at_once(self):
        for i in range(60):
            self.commit({f"f{i}.txt": f"{self.secret(i)}\n"}, f"Bad {i}")
        result = self.refuse()
        for i in range(60):
            self.assertIn(f"    f{i}.txt:1:1 ", result.message)
        if self.object_format == "sha1":
            self.assert_ends_well(result, self.MAIN)
            self.assertEqual(len(self.subjects()), 60)

    def test_a_path_is_shown_whole_and_in_its_own_letters(self):
        path = "größe/" + "a" * 80 + "/日本 語.env"
        self.commit({path: f"{self.secret()}\n"}, "Name")
        result = self.refuse()
        self.assertIn("größe/", result.message)
        self.assertIn("日本 語.env:1:1", result.message)
        self.assert_ends_well(result, self.MAIN)

    # How it is pushed.

    def bad(self, message="Bad"):
        return self.commit({"a.txt": f"{self.secret()}\n"}, message)

    def test_a_new_branch(self):
        self.git("switch", "-q", "-c", "feature")
        self.bad()
        self.assert_ends_well(self.refuse("-u", "origin", "feature"), ["refs/heads/feature"])

    def test_a_detached_head(self):
        self.git("switch", "-q", "--detach")
        self.bad()
        self.assert_ends_well(self.refuse("origin", "HEAD:refs/heads/x"), ["refs/heads/x"])

    def test_for_review_or_to_another_name(self):
        for ref in ("refs/heads/review/42", "refs/for/main"):
            with self.subTest(ref=ref):
                self.bad()
                self.assert_ends_well(self.refuse("origin", f"HEAD:{ref}"), [ref])

    def test_another_remote(self):
        fork = self.new_server("fork.git")
        self.git("remote", "add", "fork", str(fork))
        self.bad()
        result = self.refuse("fork", "main")
        self.server = fork
        self.assert_ends_well(result, self.MAIN)

    def test_forced_over_a_tip_that_the_clone_does_not_have(self):
        other = self.scratch / "other"
        self.git("clone", "-q", str(self.server), str(other), cwd=self.scratch)
        self.git("commit", "-q", "--allow-empty", "-m", "Theirs", cwd=other)
        self.git("push", "-q", cwd=other)
        for i in range(8):
            self.commit({"a.txt": f"{self.secret(i)}\n"}, f"Bad {i}")
        self.assert_ends_well(self.refuse("--force", "origin", "main"), self.MAIN)

    def test_three_branches(self):
        for name in ("one", "two", "three"):
            self.git("switch", "-q", "-c", name, self.base)
            self.commit({f"{name}.txt": f"{self.secret(name)}\n"}, name)
        self.before = self.state()
        refs = [f"refs/heads/{name}" for name in ("one", "two", "three")]
        result = self.refuse("origin", "one", "two", "three")
        refs_before = self.refs()
        self.assert_accepted(self.follow(result))
        self.assertEqual({ref for ref in self.refs() if ref not in refs_before}, set(refs))

    def test_tags_on_the_bad_commit(self):
        self.bad()
        self.git("tag", "light")
        self.git("tag", "-a", "-m", "Release notes", "heavy")
        self.assert_ends_well(self.refuse("origin", "main", "light", "heavy"),
                              [*self.MAIN, "refs/tags/light", "refs/tags/heavy"])
        shown = self.git("for-each-ref", "--format=%(contents:subject)", "refs/tags/heavy",
                         cwd=self.server)
        self.assertEqual(shown.output, "Release notes\n")

    def test_follow_tags_deeper(self):
        self.bad()
        self.git("tag", "-a", "-m", "Release notes", "heavy")
        self.commit({"b.txt": "b\n"}, "After")
        self.assert_ends_well(self.refuse("--follow-tags"), [*self.MAIN, "refs/tags/heavy"])
        tagged = self.git("log", "--format=%s", "-1", "heavy", cwd=self.server).output
        self.assertEqual(tagged, "Bad\n")

    def test_the_message_of_a_tag(self):
        self.git("tag", "-a", "-m", f"Use {self.secret()}", "v1")
        self.assert_ends_well(self.refuse("origin", "v1"), ["refs/tags/v1"])

    def test_the_message_of_a_tag_and_its_commit(self):
        self.bad()
        self.git("tag", "-a", "-m", f"Use {self.secret()}", "v1")
        self.assert_ends_well(self.refuse("origin", "main", "v1"), [*self.MAIN, "refs/tags/v1"])

    def test_a_note(self):
        self.git("notes", "add", "-m", self.secret())
        result = self.refuse("origin", "refs/notes/commits")
        for line in result.message.split("\n"):
            if line.startswith(COMMAND):
                self.bash(line[len(COMMAND):])
        self.git("notes", "add", "-m", "clean")
        self.assert_accepted(self.push(*self.asked))

    def test_the_name_of_a_branch(self):
        self.git("switch", "-q", "-c", f"fix-{self.secret()}")
        self.commit({"a.txt": "a\n"}, "Fine")
        result = self.refuse("origin", "HEAD")
        self.assertIn("hint: give the branch or tag a name without the secret, and push that\n"
                      "hint: push again, otherwise as you did\n", result.message)

    def test_the_whole_message(self):
        tip = self.commit({"config/deploy.env": f"A=1\nTOKEN={self.secret()}\n"}, "Settings")
        result = self.refuse()
        id = self.last_record()["findings"][0]["fingerprint"]
        self.assertEqual(result.message, "error: push refused: it contains a secret\n" +
                         self.told(tip, "Settings",
                                   *self.told_github("config/deploy.env:2:7", id)) +
                         "hint: revoke it now (though not stored): github.com/settings/tokens\n"
                         "hint: use instead: GITHUB_TOKEN in Actions, or a GitHub App's token\n"
                         "hint: on the branch you pushed to main: take it out of the file, then\n"
                         "hint:     git commit --amend --no-edit --allow-empty -- "
                         ":/config/deploy.env\n"
                         "hint: push again as you did\n"
                         "hint: not a secret? ask the server's administrator for an exception\n")

    def test_git_colours_the_keywords(self):
        self.commit({"a.txt": self.secret()})
        result = self.push(**{"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "color.remote",
                              "GIT_CONFIG_VALUE_0": "always"})
        self.assertIn("\x1b[1;31merror\x1b[m:", result.errors)
        self.assertIn("\x1b[33mhint\x1b[m:", result.errors)

    def test_the_web_pages_of_gitlab_show_it(self):
        self.commit({"a.txt": self.secret()})
        result = self.push(GL_PROTOCOL="web")
        lines = result.message.splitlines()
        self.assertEqual(lines[0], "GL-HOOK-ERR: error: push refused: it contains a secret")
        self.assertTrue(all(line.startswith("GL-HOOK-ERR: ") for line in lines), result.message)

    def test_one_secret_takes_a_dozen_lines(self):
        self.commit({"config/deploy.env": f"A=1\nTOKEN={self.secret()}\n"}, "Settings")
        result = self.refuse()
        lines = result.message.splitlines()
        self.assertLessEqual(len(lines), 12 + (len(self.base) > 40), result.message)


class RemediesSha256(Remedies):
    object_format = "sha256"


class RemediesOverSsh(OverSsh, Remedies):
    test_the_web_pages_of_gitlab_show_it = None  # the host sets the variable


class RemediesOverSshSha256(RemediesOverSsh):
    object_format = "sha256"


class RemediesOverHttp(OverHttp, Remedies):
    test_the_web_pages_of_gitlab_show_it = None  # the host sets the variable


class RemediesOverHttpSha256(RemediesOverHttp):
    object_format = "sha256"


@unittest.skipUnless(shutil.which("pwsh"), "there is no PowerShell here")
class RemediesPowerShell(Remedies):
    def bash(self, command):
        secret = self.secrets[0] if self.secrets else ""
        return self.run_command("pwsh", "-NoProfile", "-Command", command,
                                GIT_EDITOR=str(self.editor), SECRET=secret)


if __name__ == "__main__":
    unittest.main()
