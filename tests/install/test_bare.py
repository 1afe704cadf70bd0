# SPDX-License-Identifier: Apache-2.0
"""The launcher, and install/bare.sh, which puts it in front of bare repositories:
no state of the machine makes git accept a push that nobody looked at."""

import os
import pathlib
import shutil
import subprocess
import unittest

from support import tokens
from support.server import HOOK, PushTest

BARE = pathlib.Path(__file__).resolve().parents[2] / "install" / "bare.sh"


class BareTest(PushTest):
    shell = "dash"

    def setUp(self):
        super().setUp()
        # Every character that a path may have, except a line break.
        folder = self.scratch / "it's \"an $odd\" `place` \\ "
        folder.mkdir()
        self.program = folder / "push guard"
        shutil.copy(HOOK, self.program)
        self.record = self.scratch / "state" / "repositories"
        self.hook = self.server / "hooks" / "pre-receive"
        self.hook.unlink()

    def bare(self, *words, code=0):
        result = self.run_command(self.shell, str(BARE), "--record", str(self.record), *words,
                                  check=False, cwd=self.scratch)
        self.assertEqual(result.code, code, result.output + result.errors)
        return result

    def install(self, *repositories, code=0):
        return self.bare("--install", "--binary", str(self.program),
                         *map(str, repositories or (self.server,)), code=code)

    def check(self, code, says):
        shown = self.bare("--check", str(self.server), code=code).output
        self.assertEqual(shown, f"'{self.server}': {says}\n")

    def push_secret(self):
        self.commit({"deploy.env": f"TOKEN={tokens.github()}\n"})
        return self.push()

    def push_clean(self):
        self.commit({"hello": "world\n"})
        return self.push()

    def assert_not_checked(self, result, why):
        self.assertEqual(result.code, 1)
        self.assertIn("pre-receive hook declined", result.errors)
        self.assertEqual(result.message, f"""\
error: push refused, as nothing could be checked: '{self.program}' {why}
hint: this is no fault of your commits; tell the server's administrator
hint: administrator: install pushguard again; 'hooks/pre-receive' in '{self.server}' calls it
""")


class LauncherTest(BareTest):
    def test_judges_like_the_program_itself(self):
        self.install()
        self.assert_refused(self.push_secret())
        self.git("reset", "-q", "--hard")
        self.git("update-ref", "-d", "HEAD")
        self.git("rm", "-rq", "--cached", ".")
        (self.clone / "deploy.env").unlink()
        self.assert_accepted(self.push_clean())

    def test_program_gone_refuses_and_back_judges(self):
        self.install()
        kept = self.program.rename(self.scratch / "kept")
        self.assert_not_checked(self.push_clean(), "does not exist")
        kept.rename(self.program)
        self.assert_accepted(self.push())

    def test_program_that_may_not_be_executed_refuses(self):
        self.install()
        self.program.chmod(0o644)
        self.assert_not_checked(self.push_clean(), "may not be executed")

    def test_program_that_is_a_directory_refuses(self):
        self.install()
        self.program.unlink()
        self.program.mkdir()
        self.assert_not_checked(self.push_clean(), "may not be executed")

    def test_empty_program_refuses(self):
        self.install()
        self.program.write_bytes(b"")
        self.assert_not_checked(self.push_clean(), "is empty")

    def test_program_of_another_machine_refuses(self):
        self.install()
        self.program.write_bytes(b"\x7fELF" + bytes(100_000))
        self.assertNotEqual(self.push_clean().code, 0)


class CheckTest(BareTest):
    def test_on(self):
        self.install()
        self.check(0, "on")

    def test_no_hook(self):
        self.check(1, f"not on: there is no '{self.hook}'")

    def test_not_executable(self):
        self.install()
        self.hook.chmod(0o644)
        self.check(1, f"not on: '{self.hook}' is not executable: git ignores it")

    def test_bare_link(self):
        self.hook.symlink_to(self.program)
        self.check(1, f"not on: '{self.hook}' is a bare link to '{self.program}': "
                      "once that is gone, git accepts every push")

    def test_dangling_link(self):
        self.hook.symlink_to("/nowhere/pushguard")
        self.check(1, f"not on: '{self.hook}' is a bare link to '/nowhere/pushguard', "
                      "which is gone: git accepts every push")

    def test_program_gone(self):
        self.install()
        self.program.unlink()
        self.check(1, f"not on: '{self.hook}' refuses every push: '{self.program}' does not exist")

    def test_program_that_does_not_run(self):
        self.install()
        self.program.write_bytes(b"\x7fELF" + bytes(100_000))
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' does not run here")

    def test_hooks_path_elsewhere(self):
        self.install()
        self.git("config", "core.hooksPath", "/etc/hooks", cwd=self.server)
        self.check(1, "not on: there is no '/etc/hooks/pre-receive'")
        self.hook.unlink()
        self.assertEqual(self.install(code=1).errors, f"""\
error: '{self.server}': git looks for hooks in '/etc/hooks', as core.hooksPath says
hint: unset core.hooksPath, or call '{self.program} pre-receive' from the pre-receive there
""")
        self.assertFalse(self.hook.exists())

    def test_hooks_path_that_is_the_usual_one(self):
        self.git("config", "core.hooksPath", "hooks", cwd=self.server)
        self.install()
        self.check(0, "on")

    def test_program_that_is_another_one(self):
        self.install()
        shutil.copy("/bin/echo", self.program)
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' is not pushguard")
        self.program.write_text("\n" * 100)
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' does not run here")
        self.program.write_text("#!/bin/sh\nwhile :; do printf 'a long line '; done\n")
        self.check(1, f"not on: '{self.hook}' refuses every push: "
                      f"'{self.program}' is not pushguard")

    def test_hook_that_is_a_directory(self):
        self.hook.mkdir(mode=0o755)
        self.check(1, f"not on: '{self.hook}' is a directory: git refuses every push")
        self.assertEqual(self.push_clean().code, 1)
        self.assertEqual(self.install(code=1).errors, f"error: '{self.server}': 'hooks/pre-receive'"
                         " is a directory, and was left as it is\n")
        self.assertEqual(self.bare("--remove", str(self.server), code=1).errors, "error: "
                         f"'{self.server}': 'hooks/pre-receive' is not as bare.sh makes it, "
                         "and was left as it is\n")

    def test_hooks_that_is_no_directory(self):
        hooks = self.server / "hooks"
        shutil.rmtree(hooks)
        for why in (f"'{hooks}' is not a directory",
                    f"'{hooks}' is a link to 'gone', which is gone"):
            if hooks.exists():
                hooks.unlink()
                hooks.symlink_to("gone")
            else:
                hooks.write_text("")
            self.check(1, f"not on: {why}: git finds no hook")
            error = f"error: '{self.server}': {why}\n"
            self.assertEqual(self.install(code=1).errors, error + "hint: make it a directory\n")
            self.assertEqual(self.bare("--remove", str(self.server), code=1).errors, error)

    def test_foreign_and_changed_hooks_cannot_be_told(self):
        says = (f"could not tell: '{self.hook}' is not as bare.sh makes it: "
                "whether it calls pushguard is its own affair")
        self.install()
        self.hook.write_text(self.hook.read_text().replace("exit 1", "exit 0"))
        self.check(2, says)
        self.hook.write_text("#!/bin/sh\nexit 0\n")
        self.check(2, says)

    def test_mount_that_forbids_programs(self):
        self.install()
        script = ('mount -t tmpfs -o noexec none "$1/hooks" && cp -p "$2" "$1/hooks/pre-receive" '
                  '&& exec "$3" "$4" --check "$1"')
        keep = self.scratch / "launcher"
        shutil.copy(self.hook, keep)
        words = ["unshare", "-rm", "sh", "-c", script, "sh", self.server, keep, self.shell, BARE]
        run = subprocess.run(words, env=self.environment, capture_output=True, text=True)
        if "unshare" in run.stderr or "mount:" in run.stderr:
            self.skipTest("this machine lets nobody mount: " + run.stderr.strip())
        self.assertEqual(run.stdout, f"'{self.server}': not on: '{self.hook}' may not be executed "
                                     "there (mounted noexec?): git ignores it\n", run.stderr)
        self.assertEqual(run.returncode, 1)

    def test_one_that_is_off_outweighs_one_that_cannot_be_told(self):
        other = self.new_server("other.git", hook=False)
        self.hook.write_text("#!/bin/sh\nexit 0\n")
        self.hook.chmod(0o755)
        self.bare("--check", str(self.server), code=2)
        self.bare("--check", str(other), str(self.server), code=1)
        self.bare("--check", str(self.server), str(other), code=1)


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("runuser"), "only root becomes others")
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


class InstallTest(BareTest):
    def test_installs_twice_and_removes_twice(self):
        before = sorted(self.server.rglob("*"))
        self.assertEqual(self.install().output, f"'{self.server}': installed\n")
        self.assertFalse(self.hook.is_symlink())
        self.assertEqual(self.record.read_text(), f"{self.server}\n")
        self.assertEqual(self.install().output, f"'{self.server}': on already\n")
        self.assertEqual(self.record.read_text(), f"{self.server}\n")
        self.assertEqual(self.bare("--remove", str(self.server)).output,
                         f"'{self.server}': removed\n")
        self.assertEqual(sorted(self.server.rglob("*")), before)
        self.assertEqual(self.record.read_text(), "")
        self.assertEqual(self.bare("--remove", str(self.server)).output,
                         f"'{self.server}': there is no hook\n")

    def test_directory_of_repositories(self):
        many = self.scratch / "many repositories"
        for name in ("a.git", "below it/b.git"):
            self.git("init", "-q", "--bare", str(many / name), cwd=self.scratch)
        self.assertEqual(self.install(many).output, f"""\
'{many}/a.git': installed
'{many}/below it/b.git': installed
""")
        self.assertEqual(self.bare("--check", str(many)).output, f"""\
'{many}/a.git': on
'{many}/below it/b.git': on
""")
        self.assertEqual(self.install(self.clone, code=2).errors, f"""\
note: '{self.clone}/.git' is passed over: it is a work tree's, not bare
error: '{self.clone}' is not a bare repository, and has none below it
""")

    def test_another_hook_is_left_as_it_is(self):
        self.hook.write_text("#!/bin/sh\nexit 0\n")
        self.assertEqual(self.install(code=1).errors, f"""\
error: '{self.server}': there is another pre-receive hook, and it was left as it is
hint: call both from one script: each needs git's standard input, both must succeed
""")
        self.assertEqual(self.bare("--remove", str(self.server), code=1).errors, f"""\
error: '{self.server}': 'hooks/pre-receive' is not as bare.sh makes it, and was left as it is
""")
        self.assertEqual(self.hook.read_text(), "#!/bin/sh\nexit 0\n")

    def test_a_link_or_a_copy_of_the_program_becomes_a_launcher(self):
        self.hook.symlink_to(self.program)
        self.assertEqual(self.install().output, f"'{self.server}': installed\n")
        self.check(0, "on")
        shutil.copy(self.program, self.hook)
        self.assertEqual(self.install().output, f"'{self.server}': installed\n")
        self.check(0, "on")

    def test_shared_hooks_are_left_as_they_are(self):
        shared = self.scratch / "shared"
        self.hook.parent.rename(shared)
        self.hook.parent.symlink_to(shared)
        error = (f"error: '{self.server}': 'hooks' is a link to '{shared}', outside of the "
                 "repository")
        self.assertEqual(self.install(code=1).errors, f"""\
{error}
hint: make it a directory, or call '{self.program} pre-receive' from the pre-receive there
""")
        self.assertFalse(self.hook.exists())
        self.hook.parent.unlink()
        shared.rename(self.hook.parent)
        self.install()
        self.hook.parent.rename(shared)
        self.hook.parent.symlink_to(shared)
        self.assertEqual(self.bare("--remove", str(self.server), code=1).errors,
                         f"{error}: it was left as it is\n")
        self.check(0, "on")

    def test_many_at_once_are_all_noted(self):
        servers = [self.new_server(f"{number:02}.git", hook=False) for number in range(12)]
        runs = [subprocess.Popen([self.shell, BARE, "--record", self.record, "--install",
                                  "--binary", self.program, server], env=self.environment,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                for server in servers]
        said = [(*run.communicate(), run.returncode) for run in runs]
        self.assertEqual(said, [(f"'{server}': installed\n", "", 0) for server in servers])
        self.assertEqual(self.record.read_text(), "".join(f"{server}\n" for server in servers))
        self.assertEqual(list(self.record.parent.iterdir()), [self.record])

    def test_dry_run_changes_nothing(self):
        self.assertEqual(self.bare("--install", "--dry-run", "--binary", str(self.program),
                                   str(self.server)).output,
                         f"'{self.server}': would write 'hooks/pre-receive'\n")
        self.assertFalse(self.hook.exists())
        self.assertFalse(self.record.exists())
        self.install()
        self.assertEqual(self.bare("--remove", "--dry-run", str(self.server)).output,
                         f"'{self.server}': would remove 'hooks/pre-receive'\n")
        self.check(0, "on")

    def test_a_program_that_is_not_there_is_not_installed(self):
        self.program.unlink()
        self.assertEqual(self.install(code=2).errors, f"""\
error: '{self.program}' does not exist
hint: install pushguard first, or name it with --binary PATH
""")

    def test_known_names_those_that_still_call_it(self):
        other = self.new_server("other.git", hook=False)
        self.install(self.server, other)
        known = ["--known", "--binary", str(self.program)]
        self.assertEqual(self.bare(*known).output, f"{other}\n{self.server}\n")
        (other / "hooks" / "pre-receive").unlink()
        self.assertEqual(self.bare(*known).output, f"{self.server}\n")
        shutil.rmtree(self.server)
        self.assertEqual(self.bare(*known).output, "")

    def test_removing_the_package_names_those_that_still_call_it(self):
        self.install()
        prerm = (BARE.parent / "package" / "prerm").read_text()
        prerm = prerm.replace("/usr/share/pushguard/bare.sh", f"{BARE} --record {self.record}")
        prerm = prerm.replace("/usr/bin/pushguard", '"$program"')
        call = [self.shell, "-c", prerm, "prerm"]
        removed = self.run_command(*call, "remove", program=str(self.program))
        self.assertEqual(removed.errors, f"""\
warning: these repositories still call pushguard, and will refuse every push:
  {self.server}
hint: install pushguard again, or delete hooks/pre-receive in each of them
""")
        upgraded = self.run_command(*call, "upgrade", "2.0", program=str(self.program))
        self.assertEqual(upgraded.output + upgraded.errors, "")
        self.bare("--remove", str(self.server))
        removed = self.run_command(*call, "remove", program=str(self.program))
        self.assertEqual(removed.output + removed.errors, "")

    def test_a_record_that_cannot_be_written_is_told(self):
        self.record = pathlib.Path("/proc/none/repositories")
        self.assertEqual(self.install().errors, "note: '/proc/none/repositories' cannot be "
                         "written: removing the package will not name this repository\n")


@unittest.skipUnless(shutil.which("bash"), "there is no bash")
class WithBashTest(InstallTest):
    shell = "bash"


if __name__ == "__main__":
    unittest.main()
