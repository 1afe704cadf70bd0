# SPDX-License-Identifier: Apache-2.0
"""Ways of calling the hook: every one gives a verdict on a push, or says that it
checked nothing."""

import os
import pty
import shutil
import subprocess
import unittest

from support import tokens
from support.server import HOOK, PushTest

ZERO = "0" * 40
NO_GIT_DIR = """\
error: nothing was checked for secrets: GIT_DIR is not set: git did not start this as a hook
hint: 'pushguard scan PATH' looks at files, 'pushguard help' names the rest
"""


class Pushes(PushTest):
    """Real pushes, the hook started in the ways in which hosts start it."""

    def setUp(self):
        super().setUp()
        os.remove(self.server / "hooks/pre-receive")

    def judge(self):
        self.commit({"readme.md": "hello\n"})
        self.assert_accepted(self.push())
        self.assertEqual(len(self.log()), 1)
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push(), "error: push refused: it contains a secret")

    def script(self, path, *lines):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(("#!/bin/sh", *lines, "")))
        path.chmod(0o755)

    def test_by_the_hooks_path_of_the_configuration(self):
        hooks = self.scratch / "hooks"
        hooks.mkdir()
        shutil.copy(HOOK, hooks / "pre-receive")
        self.git("config", "core.hooksPath", str(hooks), cwd=self.server)
        self.judge()

    def test_by_a_dispatcher_under_another_name(self):
        name = self.server / "hooks/pre-receive.h00-secrets"
        os.symlink(HOOK, name)
        self.script(self.server / "hooks/pre-receive", f"exec '{name}'")
        self.judge()

    def test_by_its_own_name_without_an_argument(self):
        self.script(self.server / "hooks/pre-receive", f"exec '{HOOK}'")
        self.judge()

    def test_after_a_hook_that_read_the_updates(self):
        self.script(self.server / "hooks/pre-receive", "cat >/dev/null", f"exec '{HOOK}'")
        self.commit({"readme.md": "hello\n"})
        self.assert_refused(self.push(),
                            "error: push refused: it could not be checked for secrets")

    def test_with_another_quarantine_than_gits(self):
        self.commit({"a.txt": tokens.github()})
        for path, says in (("$GIT_QUARANTINE_PATH.x", "is not a directory: the new objects could"),
                           ("/", "neither the quarantine that the hook was given nor the server"),
                           ("$PWD", "neither the quarantine that the hook was given nor the")):
            self.script(self.server / "hooks/pre-receive",
                        f"GIT_QUARANTINE_PATH={path} exec '{HOOK}'")
            result = self.push()
            self.assert_refused(result)
            self.assertIn("could not be checked for secrets", result.message.split("\n")[0])
            self.assertIn(says, " ".join(result.message.replace("hint:", "").split()))
            self.assertFalse(self.server_has("refs/heads/main"))

    def test_with_an_empty_quarantine_of_a_push_that_is_stored_already(self):
        empty = self.scratch / "empty"
        empty.mkdir()
        self.script(self.server / "hooks/post-receive", f"GIT_QUARANTINE_PATH='{empty}' '{HOOK}' "
                    "pre-receive || echo refused")
        self.commit({"readme.md": "hello\n"})
        self.assertNotIn("refused", self.push().message)
        self.assertEqual(self.last_record()["objects"]["commits"], 1)
        self.commit({"a.txt": tokens.github()})
        self.assertIn("error: push refused: it contains a secret", self.push().message)
        self.assertEqual(self.last_record()["findings"][0]["origin"], "introduced")

    def test_with_a_part_of_the_objects(self):
        """The commit stands on the server, and its tree where the hook does not look."""
        self.commit({"readme.md": "hello\n"})
        self.assert_accepted(self.push())
        commit = self.commit({"a.txt": tokens.github()})
        folder = self.server / "objects" / commit[:2]
        folder.mkdir(exist_ok=True)
        shutil.copy(self.clone / ".git/objects" / commit[:2] / commit[2:], folder)
        empty = self.scratch / "empty"
        empty.mkdir()
        self.script(self.server / "hooks/pre-receive", f"GIT_QUARANTINE_PATH='{empty}' "
                    f"exec '{HOOK}'")
        for ref in ("main", "other"):
            self.assert_refused(self.push("origin", f"HEAD:refs/heads/{ref}"))
            [gap] = self.last_record()["unscanned"]
            self.assertEqual((gap["why"], gap["detail"]),
                             ("no-quarantine", "the quarantine does not have the new objects, and "
                                               "git could not list them"))

    def test_with_gits_quarantine_as_an_alternate_of_the_repository(self):
        empty = self.scratch / "empty"
        empty.mkdir()
        alternates = self.server / "objects/info/alternates"
        for lines in ((f"echo \"$GIT_QUARANTINE_PATH\" >'{alternates}'",
                       f"GIT_QUARANTINE_PATH='{empty}' exec '{HOOK}'"),
                      ("export GIT_ALTERNATE_OBJECT_DIRECTORIES="
                       "\"$GIT_ALTERNATE_OBJECT_DIRECTORIES:$GIT_QUARANTINE_PATH\"",
                       "unset GIT_OBJECT_DIRECTORY",
                       f"GIT_QUARANTINE_PATH='{empty}' exec '{HOOK}'"),
                      ("export GIT_ALTERNATE_OBJECT_DIRECTORIES=\"$GIT_QUARANTINE_PATH\"",
                       "unset GIT_OBJECT_DIRECTORY GIT_QUARANTINE_PATH", f"exec '{HOOK}'")):
            self.script(self.server / "hooks/pre-receive", *lines)
            self.commit({"a.txt": tokens.github(len(lines))})
            self.assert_refused(self.push())
            self.assertFalse(self.server_has("refs/heads/main"))
            self.assertEqual({gap["why"] for gap in self.last_record()["unscanned"]},
                             {"no-quarantine"})
            alternates.unlink(missing_ok=True)

    def test_a_branch_that_comes_back_is_looked_at(self):
        os.symlink(HOOK, self.server / "hooks/pre-receive")
        self.commit({"readme.md": "hello\n"})
        self.assert_accepted(self.push())
        self.commit({"a.txt": tokens.github()})
        self.git("push", "-q", "origin", "HEAD:refs/heads/old",
                 "--receive-pack", "git -c core.hooksPath=/nonexistent receive-pack")
        self.assert_accepted(self.push("origin", ":refs/heads/old"))
        self.assert_refused(self.push("origin", "HEAD:refs/heads/old"))
        self.git("update-ref", "refs/heads/kept", self.rev(), cwd=self.server)
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/old"))

    def test_a_push_to_a_linked_work_tree_has_the_repositorys_log(self):
        main = self.scratch / "main"
        self.git("clone", "-q", str(self.server), str(main), check=False)
        self.git("commit", "-q", "--allow-empty", "-m", "First", cwd=main)
        self.git("worktree", "add", "-q", "-b", "side", str(self.scratch / "linked"), cwd=main)
        os.symlink(HOOK, main / ".git/hooks/pre-receive")
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push(str(self.scratch / "linked"), "HEAD:refs/heads/x"))
        self.assertEqual(len(self.log(main / ".git/pushguard")), 1)
        self.assertFalse((main / ".git/worktrees/linked/pushguard").exists())

    def test_a_configuration_that_is_a_pipe_does_not_wait(self):
        os.symlink(HOOK, self.server / "hooks/pre-receive")
        os.mkfifo(self.scratch / "pipe")
        self.environment["PUSHGUARD_CONFIG"] = str(self.scratch / "pipe")
        self.commit({"readme.md": "hello\n"})
        result = self.push()
        self.assert_refused(result)
        self.assertIn("it is not a regular file", " ".join(result.message.split()))

    def test_as_the_update_hook(self):
        os.symlink(HOOK, self.server / "hooks/update")
        self.commit({"readme.md": "hello\n"})
        result = self.push()
        self.assertNotEqual(result.code, 0)
        self.assertTrue(result.message.startswith(
            "error: nothing was checked for secrets: this is git's 'update' hook, which cannot "
            "judge a push\nhint: install pushguard as the hook 'pre-receive'\n"), result.message)
        self.assertFalse(self.server_has("refs/heads/main"))

    def test_as_the_post_receive_hook_it_says_that_it_is_too_late(self):
        os.symlink(HOOK, self.server / "hooks/post-receive")
        self.commit({"readme.md": "hello\n"})
        self.assertIn("this is git's 'post-receive' hook, which cannot judge a push",
                      self.push().message)
        self.assertEqual(self.log(), [])


class Files(PushTest):
    """The log and the key: regular files of the audit directory, or no push passes."""

    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"})
        self.assert_accepted(self.push())
        self.directory = self.server / "pushguard"

    def assert_says(self, words):
        result = self.push()
        self.assert_refused(result, "error: push refused: it could not be checked for secrets")
        self.assertIn(words, " ".join(result.message.split()))

    def test_a_log_or_key_that_is_none(self):
        self.commit({"a.txt": tokens.github()})
        for name, what in (("audit.jsonl", "the audit log"), ("key", "the key")):
            file = self.directory / name
            kept = file.read_bytes() if file.exists() else b"k" * 32
            for kind, make in (("a FIFO", os.mkfifo),
                               ("a link", lambda path: os.symlink("/dev/null", path)),
                               ("a link", lambda path: os.symlink(HOOK, path)),
                               ("a directory", os.mkdir)):
                file.unlink(missing_ok=True)
                make(file)
                self.assert_says(f"is {kind}, not a file")
                os.rmdir(file) if kind == "a directory" else file.unlink()
            file.write_bytes(kept)

    def test_a_count_of_options_that_no_push_has(self):
        code = subprocess.run([HOOK, "pre-receive"], cwd=self.server, capture_output=True,
                              input=f"{ZERO} {self.rev()} refs/heads/x\n".encode(), timeout=60,
                              env={**self.environment, "GIT_DIR": ".",
                                   "GIT_PUSH_OPTION_COUNT": "4000000000"})
        self.assertEqual(code.returncode, 2)
        self.assertIn("no push has more than 1000 options", " ".join(code.stderr.decode().split()))


class Calls(PushTest):
    """Calls that are no push: exit code 2, a reason, and nothing written."""

    def call(self, *words, program=HOOK, input=b"", redirect="", **variables):
        command = f'exec "$0" "$@" {redirect}'
        run = subprocess.run(["sh", "-c", command, program, *words], cwd=self.scratch,
                             input=input, capture_output=True, timeout=60,
                             env={**self.environment, **variables})
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def test_without_git_dir(self):
        update = f"{ZERO} {'1' * 40} refs/heads/main\n".encode()
        for words in ((), ("pre-receive",)):
            for input, redirect in ((b"", ""), (update, ""), (b"", "</dev/null"), (b"", "<&-")):
                self.assertEqual(self.call(*words, input=input, redirect=redirect),
                                 (2, "", NO_GIT_DIR), (words, input, redirect))
            self.assertEqual(self.call(*words, redirect=">&- 2>&-"), (2, "", ""))

    def test_without_ref_updates(self):
        for words in ((), ("pre-receive",)):
            for redirect, why in (
                    ("</dev/null", "no ref updates on standard input"),
                    ("<&-", "cannot read standard input: Bad file descriptor"),
                    ("<.", "cannot read standard input: Is a directory")):
                code, out, errors = self.call(*words, redirect=redirect, GIT_DIR=str(self.server))
                self.assertEqual((code, out), (2, ""), redirect)
                self.assertIn(why, " ".join(errors.split()))
            code, out, errors = self.call(*words, input=b"hello\n", GIT_DIR=str(self.server))
            self.assertEqual((code, out), (2, ""))
            self.assertIn("expected '<old-id> <new-id> <ref>'", " ".join(errors.split()))

    def test_git_dir_that_is_no_repository(self):
        delete = f"{'1' * 40} {ZERO} refs/heads/main\n".encode()
        empty = self.scratch / "empty"
        empty.mkdir()
        code, out, errors = self.call(input=delete, GIT_DIR="empty")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("GIT_DIR 'empty' is not a repository: it has no HEAD", errors)
        self.assertEqual(list(empty.iterdir()), [])
        code, _, errors = self.call(input=delete, GIT_DIR="missing")
        self.assertEqual(code, 2)
        self.assertIn("GIT_DIR 'missing': No such file or directory", errors)

    def test_closed_standard_error_does_not_become_the_log(self):
        self.commit({"a.txt": tokens.github()})
        plain = self.new_server("plain.git", hook=False)
        self.git("push", "-q", str(plain), "HEAD:refs/heads/main")
        update = f"{ZERO} {self.rev()} refs/heads/main\n".encode()
        code, _, errors = self.call(input=update, redirect=">&- 2>&-", GIT_DIR=str(self.server),
                                    GIT_QUARANTINE_PATH=str(plain / "objects"))
        self.assertEqual((code, errors), (1, ""))
        self.assertEqual(self.last_record()["verdict"], "refused")

    def test_names_and_words_of_other_hooks(self):
        for name in ("post-receive", "pre-push", "reference-transaction", "post-receive.d/10-x"):
            path = self.scratch / name
            path.parent.mkdir(exist_ok=True)
            os.symlink(HOOK, path)
            code, _, errors = self.call(program=str(path), GIT_DIR=str(self.server))
            self.assertEqual(code, 2, name)
            self.assertIn("which cannot judge a push", errors)
        for words in (("prepared",), ("refs/heads/main", ZERO, "1" * 40), ("",), ("--",), ("-",)):
            code, out, errors = self.call(*words, GIT_DIR=str(self.server))
            self.assertEqual((code, out), (2, ""), words)
            self.assertTrue(errors.startswith("error: "), (words, errors))

    def at_terminal(self, *words, **variables):
        main, side = pty.openpty()
        run = subprocess.run([HOOK, *words], stdin=side, capture_output=True, timeout=60,
                             env={**self.environment, **variables})
        os.close(main)
        os.close(side)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def test_alone_on_a_terminal_it_says_what_it_is(self):
        code, out, errors = self.at_terminal()
        self.assertEqual((code, errors), (0, ""))
        first, *rest = out.splitlines()
        self.assertRegex(first, r"^Pushguard [0-9.]+: a pre-receive hook that keeps secrets out of "
                                r"a Git server\.$")
        self.assertEqual(rest, [
            "Install it:     bare.sh --install REPOSITORY   (comes with it, in share/pushguard)",
            "Look at files:  pushguard scan PATH...",
            "Configure it:   write /etc/pushguard/config.toml, then pushguard config check",
            "All the rest:   pushguard help"])

    def test_as_a_hook_on_a_terminal_it_does_not_wait(self):
        code, out, errors = self.at_terminal("pre-receive")
        self.assertEqual((code, out, errors), (2, "", NO_GIT_DIR))
        code, out, errors = self.at_terminal(GIT_DIR=str(self.server))
        self.assertEqual((code, out), (2, ""))
        self.assertIn("standard input is a terminal, and git hands in no push there", errors)


if __name__ == "__main__":
    unittest.main()
