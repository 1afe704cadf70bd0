# SPDX-License-Identifier: Apache-2.0
"""install/bare.sh as root, over directories of repositories, and its words."""

import os
import shutil
import unittest

from support.bare_hooks import BARE, BareTest


class RootTest(BareTest):
    """Root installs in front of a repository that the user `nobody` serves."""

    def setUp(self):
        super().setUp()
        self.scratch.chmod(0o755)
        self.program.parent.chmod(0o755)
        self.hook.parent.rename(self.scratch / "template")
        self.give_to("nobody")

    def give_to(self, user):
        for path in (self.server, *self.server.rglob("*")):
            shutil.chown(path, user)

    def stand_in(self, body):
        """A runuser that does this instead."""
        (self.scratch / "bin").mkdir()
        file = self.scratch / "bin" / "runuser"
        file.write_text(f"#!/bin/sh\n{body}\n")
        file.chmod(0o755)
        self.environment["PATH"] = f"{file.parent}:{self.environment['PATH']}"

    def test_umask_does_not_hide_the_hook(self):
        self.addCleanup(os.umask, os.umask(0o077))
        self.install()
        hooks = self.hook.parent
        self.assertEqual((hooks.stat().st_mode & 0o777, hooks.owner()), (0o755, "nobody"))
        self.check(0, "on")

    def test_hooks_that_only_root_enters(self):
        self.hook.parent.mkdir(mode=0o700)
        why = f"'{self.hook.parent}' may not be entered by 'nobody': git finds no hook"
        self.assertEqual(self.install(code=1).errors, f"error: '{self.server}': the hook was "
                         f"written and is not on: {why}\n")
        self.check(1, f"not on: {why}")
        self.assertEqual(self.install(code=1).output, "")

    def test_program_that_only_root_runs(self):
        self.install()
        self.program.chmod(0o700)
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' may not be executed")

    def test_configuration_of_the_owner(self):
        home = self.scratch / "home of nobody"
        home.mkdir()
        (home / ".gitconfig").write_text("[core]\n\thooksPath = /etc/shared\n")
        self.stand_in(f"exec {shutil.which('runuser')} -s /bin/sh nobody "
                      f"-c 'HOME=\"{home}\" exec /bin/sh -s'")
        self.assertEqual(self.install(code=1).errors, f"""\
error: '{self.server}': git looks for hooks in '/etc/shared', as core.hooksPath says
hint: unset core.hooksPath, or call '{self.program} pre-receive' from the pre-receive there
""")
        self.check(1, "not on: there is no '/etc/shared/pre-receive'")

    @unittest.skipUnless(shutil.which("setpriv"), "there is no setpriv")
    def test_owner_without_a_name(self):
        self.give_to(54321)
        self.install()
        self.check(0, "on")
        self.program.chmod(0o700)
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' may not be executed")

    def test_root_does_not_look_for_the_owner(self):
        self.install()
        self.stand_in("exit 1")
        why = "checked as root only: 'runuser' did not let root look as its owner 'nobody'"
        self.check(2, f"could not tell: {why}")
        self.assertEqual(self.install(code=2).errors, f"error: '{self.server}': {why}\n")

    def test_program_of_the_owner_never_runs_as_root(self):
        self.install()
        self.program.write_text(f"#!/bin/sh\nid -un >'{self.scratch}/who'; echo pushguard 1\n")
        (self.scratch / "who").write_text("")
        (self.scratch / "who").chmod(0o666)
        self.check(0, "on")
        self.assertEqual((self.scratch / "who").read_text(), "nobody\n")


class WalkTest(BareTest):
    """A directory of repositories: each is visited, or named and not vouched for."""

    def setUp(self):
        super().setUp()
        self.top = self.scratch / "many"
        self.top.mkdir()

    def make(self, *names):
        for name in names:
            self.git("init", "-q", "--bare", str(self.top / name), cwd=self.scratch)

    def check_all(self, code):
        return self.bare("--check", str(self.top), code=code)

    def test_unusual_places(self):
        names = ("head.git", "objects/a.git", "refs/b.git", "shop/.git", ".hidden/c.git",
                 "..d.git")
        self.make(*names)
        (self.top / "head.git/HEAD").unlink()
        (self.top / "head.git/HEAD").symlink_to("refs/heads/main")
        self.install(self.top)
        self.assertEqual(self.check_all(0).output,
                         "".join(f"'{self.top}/{name}': on\n" for name in names))

    def test_work_tree_is_named(self):
        self.make("a.git")
        self.git("init", "-q", str(self.top / "tree"), cwd=self.scratch)
        self.assertEqual(self.install(self.top).errors, f"note: '{self.top}/tree/.git' is passed "
                         "over: it is a work tree's, not bare\n")

    def test_links(self):
        self.make("a.git")
        (self.top / "again.git").symlink_to("a.git")
        self.assertEqual(self.install(self.top).output, f"'{self.top}/a.git': installed\n")
        (self.top / "b.git").symlink_to(self.server)
        self.assertEqual(self.check_all(2).errors, f"""\
error: '{self.top}/b.git' is passed over: it is a link to '{self.server}'
hint: name what it links to as well
""")

    def test_line_break(self):
        self.make("a.git", "b\n.git")
        self.assertEqual(self.install(self.top, code=2).errors, f"error: '{self.top}/b?.git' is "
                         "passed over: a repository's path cannot have a line break\n")
        self.assertEqual(self.install(self.top / "b\n.git", code=2).errors, f"error: '{self.top}/"
                         "b?.git' is passed over: a repository's path cannot have a line break\n")

    def test_folder_that_may_not_be_read(self):
        self.make("a.git", "closed/b.git")
        self.install(self.top)
        self.scratch.chmod(0o755)
        self.program.parent.chmod(0o755)
        (self.top / "closed").chmod(0)
        self.addCleanup((self.top / "closed").chmod, 0o755)
        words = [self.shell, str(BARE), "--check", str(self.top)]
        if os.geteuid() == 0:
            words = ["setpriv", "--reuid=65534", "--clear-groups", "--inh-caps=-all", *words]
        shown = self.run_command(*words, check=False, cwd="/")
        self.assertEqual(shown.errors, f"error: '{self.top}/closed' is passed over: "
                                       "it may not be read\n")
        self.assertEqual((shown.code, shown.output), (2, f"'{self.top}/a.git': on\n"))

    def test_goes_on_after_one_that_is_not_there(self):
        self.install()
        shown = self.bare("--check", "/nonexistent", str(self.server), code=2)
        self.assertEqual(shown.errors, "error: there is no directory '/nonexistent'\n")
        self.assertEqual(shown.output, f"'{self.server}': on\n")


class WordsTest(BareTest):
    def assert_dies(self, error, *words):
        shown = self.bare(*words, code=2)
        self.assertEqual((shown.errors, shown.output), (error, ""))
        self.assertFalse(self.hook.exists())

    def test_option_behind_a_repository(self):
        self.assert_dies("error: the option '--dry-run' is behind a repository\n"
                         "hint: options come first; -- ends them\n", "--install", "--binary",
                         str(self.program), str(self.server), "--dry-run")

    def test_two_actions(self):
        self.assert_dies("error: there is more than one action\nhint: bare.sh --help names them\n",
                         "--check", "--install", "--binary", str(self.program), str(self.server))

    def test_known_takes_no_repository(self):
        self.assert_dies("error: --known takes no repository, and 'x' is one\n", "--known",
                         "--binary", str(self.program), "x")

    def test_record_that_is_a_directory(self):
        self.record.mkdir(parents=True)
        self.assert_dies(f"error: the record '{self.record}' is a directory\n"
                         "hint: name a file with --record FILE\n", "--install", "--binary",
                         str(self.program), str(self.server))
        self.assertEqual(list(self.record.iterdir()), [])

    def test_another_program(self):
        self.assert_dies("error: '/bin/echo' is not pushguard\nhint: install pushguard first, or "
                         "name it with --binary PATH\n", "--install", "--binary", "/bin/echo",
                         str(self.server))


if __name__ == "__main__":
    unittest.main()
