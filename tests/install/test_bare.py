# SPDX-License-Identifier: Apache-2.0
"""The launcher, and install/bare.sh, which puts it in front of bare repositories:
no state of the machine makes git accept a push that nobody looked at."""

import os
import pathlib
import shutil
import subprocess
import unittest

from support.bare_hooks import BARE, BareTest


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
