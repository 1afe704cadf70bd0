# SPDX-License-Identifier: Apache-2.0
"""`pushguard config check`: what it finds, as the user that git runs as."""

import os
import pathlib
import pwd
import unittest

from support.server import HOOK, PushTest

ROOT = os.geteuid() == 0


class ConfigCheck(PushTest):
    def setUp(self):
        super().setUp()
        # Root may open everything, so another user is looked at; git is nobody here.
        self.user = "nobody" if ROOT else pwd.getpwuid(os.geteuid()).pw_name
        os.chmod(self.scratch, 0o755)
        self.audit = self.scratch / "audit"
        self.audit.mkdir(mode=0o700)
        self.give(self.audit)

    def give(self, path):
        if ROOT:
            os.chown(path, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid,
                     follow_symlinks=False)

    def check(self, text=None, *words):
        """Exit code, standard output and error, the scratch directory as 'S'."""
        if text is not None:
            os.chmod(self.configure(text), 0o644)
        as_user = ["--user", self.user] if ROOT else []
        result = self.run_command(HOOK, "config", "check", *as_user, *words, check=False)
        return (result.code, *(said.replace(str(self.scratch), "S").replace(f"'{self.user}'", "'U'")
                               for said in (result.output, result.errors)))

    def check_audit(self):
        code, output, errors = self.check(f'[audit]\ndirectory = "{self.audit}"\n')
        self.assertTrue(output.endswith("audit log: S/audit\n1 mistake\n") if code else
                        output.endswith("audit log: S/audit\nok\n"), output)
        return code, errors

    def write_own(self, name, content, mode=0o600):
        file = self.audit / name
        file.write_bytes(content)
        os.chmod(file, mode)
        self.give(file)
        return file

    def test_a_summary_counts_every_kind_of_entry(self):
        rules = self.scratch / "rules.toml"
        rules.write_text("[[rules]]\nid = 'acme'\nregex = '''acme_[0-9]{12}'''\n")
        os.chmod(rules, 0o644)
        self.assertEqual(self.check(f"""
[rules]
extra = ["{rules}"]
[prefixes]
gitlab = ["acme-", "corp-"]
[failures]
damaged = "accept"
log = "accept"
[message]
contact = "sec@example.com"
[[allow]]
rule = "acme"
reason = "a rule of the site"
[[allow]]
rule = "jwt"
reason = "a built-in one"
[[template]]
value = "acme_[0-9]{{11}}1"
reason = "the manual's"
[audit]
directory = "{self.audit}"
"""), (0, """\
configuration: S/config.toml
extra rules: 1
prefixes: 2
allow entries: 2
template entries: 1
template files: 4
failures that accept: damaged, archive, log
bypass: off
new rules: warn for 14 days
contact: sec@example.com
audit log: S/audit
ok
""", ""))

    def test_every_mistake_is_told_and_the_hook_refuses_with_the_first(self):
        code, output, errors = self.check(
            '[polcy]\n[limits]\nseconds = 0\nthreads = 0\n'
            '[audit]\ndirectory = "x"\n[bypass]\non = 1\n')
        self.assertEqual((code, output), (1, "5 mistakes\nnot checked yet: rule files, audit "
                                             "directory, who may read what\n"))
        self.assertEqual(errors, """\
error: S/config.toml:1:2: unknown key 'polcy'
  [polcy]
   ^
hint: did you mean 'policy'?
error: S/config.toml:3:11: 'seconds' must be a whole number from 1 to 86400
  seconds = 0
            ^
error: S/config.toml:4:11: 'threads' must be a whole number from 1 to 64
  threads = 0
            ^
error: S/config.toml:6:13: 'x' is not an absolute path
  directory = "x"
              ^
hint: the hook runs in each repository's own directory
error: S/config.toml:8:1: unknown key 'on'
  on = 1
  ^
""")
        self.commit({"a.txt": "clean\n"})
        # A short name, so that the message is not broken inside it.
        self.environment["PUSHGUARD_CONFIG"] = "../config.toml"
        result = self.assert_refused(self.push())
        self.assertEqual(result.message, """\
error: push refused: it could not be checked for secrets
  ../config.toml:1:2: unknown key 'polcy'
    [polcy]
     ^
  hint: did you mean 'policy'?
  ../config.toml:3:11: 'seconds' must be a whole number from 1 to 86400
    seconds = 0
              ^
  ../config.toml:4:11: 'threads' must be a whole number from 1 to 64
    threads = 0
              ^
  and 2 more mistakes; 'pushguard config check' shows all of them
hint: this is nothing in your push; please tell the server's
hint: administrator
""")

    def test_several_mistakes_of_rule_files(self):
        rules = self.scratch / "rules.toml"
        rules.write_text("[[rules]]\nid = 'a'\nregex = 1\n[[rules]]\nregex = 'b'\n")
        os.chmod(rules, 0o644)
        code, output, errors = self.check(
            f'[rules]\nextra = ["{rules}", "{self.scratch}/none.toml"]\n')
        self.assertEqual((code, output), (1, "3 mistakes\n"))
        self.assertEqual(errors, """\
error: S/rules.toml:3:9: 'regex' must be a string
  regex = 1
          ^
error: S/rules.toml:4:1: 'id' is missing
  [[rules]]
  ^
error: cannot read 'S/none.toml': No such file or directory
""")

    def test_warnings_leave_the_exit_code_0(self):
        code, output, errors = self.check(
            '[[allow]]\nrule = "jvt"\nreason = "r"\nexpires = 2020-01-01\n')
        self.assertEqual((code, output.splitlines()[-1]), (0, "ok, 2 warnings"))
        self.assertEqual(errors, """\
warning: S/config.toml:2:8: there is no rule 'jvt'
  rule = "jvt"
         ^
hint: did you mean 'jwt'?
warning: S/config.toml:4:11: this entry is void since 2020-01-01
  expires = 2020-01-01
            ^
hint: take it out, or give it a later day
""")

    def test_a_bypass_needs_push_options(self):
        home = pwd.getpwnam(self.user).pw_dir if ROOT else str(self.scratch)
        (self.server / "pushguard").mkdir()
        self.give(self.server / "pushguard")
        code, output, errors = self.check("[bypass]\nenabled = true\n", "--repository",
                                          str(self.server))
        self.assertEqual((code, output.splitlines()[-1]), (0, "ok, 1 warning"))
        self.assertEqual(errors, f"""\
warning: S/config.toml:2:11: no push can ask for a bypass: receive.advertisePushOptions is not \
set in git's system configuration, the global one in '{home}', 'S/server.git/config'
  enabled = true
            ^
hint: git config --system receive.advertisePushOptions true
""".replace(str(self.scratch), "S"))
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        code, output, errors = self.check(None, "--repository", str(self.server))
        self.assertEqual((code, errors, output.splitlines()[-1]), (0, "", "ok"))
        self.git("config", "receive.advertisePushOptions", "off", cwd=self.server)
        errors = self.check(None, "--repository", str(self.server))[2]
        self.assertIn("is false in 'S/server.git/config'\n", errors)

    def test_a_log_and_a_key_as_they_should_be(self):
        self.write_own("audit.jsonl", b"{}\n")
        self.write_own("key", bytes(range(32)))
        self.assertEqual(self.check_audit(), (0, ""))

    def test_nothing_is_made(self):
        os.rmdir(self.audit)
        os.chmod(self.scratch, 0o777 | 0o1000)
        self.assertEqual(self.check(f'[audit]\ndirectory = "{self.audit}"\n')[0], 0)
        self.assertFalse(self.audit.exists())

    def test_a_directory_that_cannot_be_made(self):
        os.rmdir(self.audit)
        os.chmod(self.scratch, 0o555)
        self.audit = self.scratch / "none" / "audit"
        self.addCleanup(os.chmod, self.scratch, 0o755)
        config = self.scratch / "config.toml"
        os.chmod(self.scratch, 0o755)
        config.write_text(f'[audit]\ndirectory = "{self.audit}"\n')
        os.chmod(self.scratch, 0o555)
        self.environment["PUSHGUARD_CONFIG"] = str(config)
        code, _, errors = self.check()
        self.assertEqual((code, errors), (1, """\
error: the audit directory 'S/none/audit' is missing, and 'U' cannot make it: No such file or \
directory
hint: as root: install -d -m 0700 -o 'U' 'S/none/audit'
"""))

    def test_a_file_for_a_directory(self):
        os.rmdir(self.audit)
        self.audit.write_text("")
        self.assertEqual(self.check_audit(),
                         (1, "error: the audit directory 'S/audit' is no directory\n"))

    def test_a_directory_that_cannot_be_written(self):
        os.chmod(self.audit, 0o500)
        self.assertEqual(self.check_audit(), (1, f"""\
error: the audit directory 'S/audit' cannot be written by 'U': Permission denied
hint: it belongs to 'U', with mode 0500
"""))

    def test_a_log_that_is_no_file(self):
        log = self.audit / "audit.jsonl"
        os.symlink("/dev/null", log)
        self.assertEqual(self.check_audit(),
                         (1, "error: the audit log 'S/audit/audit.jsonl' is a link, not a file\n"))
        log.unlink()
        os.mkfifo(log)
        self.assertEqual(self.check_audit(),
                         (1, "error: the audit log 'S/audit/audit.jsonl' is a FIFO, not a file\n"))
        log.unlink()
        log.mkdir()
        self.assertEqual(
            self.check_audit(),
            (1, "error: the audit log 'S/audit/audit.jsonl' is a directory, not a file\n"))

    def test_a_log_that_cannot_be_written(self):
        self.write_own("audit.jsonl", b"", mode=0o400)
        self.assertEqual(self.check_audit(), (1, """\
error: the audit log 'S/audit/audit.jsonl' cannot be written by 'U': Permission denied
hint: it belongs to 'U', with mode 0400
"""))

    def test_a_state_of_the_tree_that_cannot_be_written(self):
        self.write_own("audit.tree", b"", mode=0o400)
        self.assertEqual(self.check_audit(), (1, """\
error: the state of the audit log 'S/audit/audit.tree' cannot be written by 'U': Permission denied
hint: it belongs to 'U', with mode 0400
"""))

    @unittest.skipUnless(ROOT, "only root can give a file away")
    def test_a_log_of_another_user(self):
        log = self.write_own("audit.jsonl", b"", mode=0o666)
        os.chown(log, 0, 0)
        code, output, errors = self.check(f'[audit]\ndirectory = "{self.audit}"\n')
        self.assertEqual((code, errors), (1, """\
error: the audit log 'S/audit/audit.jsonl' belongs to 'root', not to 'U'
hint: who owns it can change it: chown 'U' 'S/audit/audit.jsonl'
error: the audit log 'S/audit/audit.jsonl' can be written by every user of this machine
hint: chmod 0600 'S/audit/audit.jsonl'
"""))

    def test_keys_that_are_none(self):
        for content, mode, said in (
                (b"", 0o600, "is empty\n"
                             "hint: remove it: the next push with a finding makes a new one\n"),
                (b"x" * 31, 0o600, "has 31 bytes, and a key has 32\n"
                                   "hint: put the whole key back, or remove it: secrets then get "
                                   "new ids\n"),
                (b"x" * 32, 0o604, "can be read or written by every user of this machine\n"
                                   "hint: chmod 0600 'S/audit/key'; who has read it can try weak "
                                   "secrets against ids\n"),
                (b"x" * 32, 0o200, "cannot be read by 'U': Permission denied\n"
                                   "hint: it belongs to 'U', with mode 0200\n")):
            self.write_own("key", content, mode)
            self.assertEqual(self.check_audit(), (1, f"error: the key 'S/audit/key' {said}"))
            (self.audit / "key").unlink()

    def test_the_audit_directory_of_a_repository(self):
        directory = self.server / "pushguard"
        directory.mkdir()
        self.give(directory)
        (directory / "key").write_bytes(b"short")
        os.chmod(directory / "key", 0o600)
        self.give(directory / "key")
        code, _, errors = self.check("", "--repository", str(self.server))
        self.assertEqual((code, errors), (1, """\
error: the key 'S/server.git/pushguard/key' has 5 bytes, and a key has 32
hint: put the whole key back, or remove it: secrets then get new ids
"""))

    def test_a_configuration_that_the_user_cannot_read(self):
        config = self.configure("[message]\ncontact = 'x'\n")
        os.chmod(config, 0o000)
        result = self.check()
        if ROOT:
            self.assertEqual(result[::2], (1, "error: the configuration 'S/config.toml' cannot be "
                                              "read by 'U': Permission denied\n"))
        else:
            self.assertEqual(result[::2],
                             (2, "error: cannot read 'S/config.toml': Permission denied\n"))

    def test_a_configuration_that_others_can_write(self):
        config = self.configure("")
        config.write_text("[bypass]\n")
        os.chmod(config, 0o646)
        code, _, errors = self.check()
        others = "others than root and 'U'"
        self.assertEqual((code, errors),
                         (0, f"warning: {others} can change the configuration 'S/config.toml': "
                             "every user may write it\n"))
        os.chmod(config, 0o644)
        os.chmod(self.scratch, 0o777)
        code, _, errors = self.check()
        self.assertEqual((code, errors),
                         (0, f"warning: {others} can change the configuration 'S/config.toml': "
                             "of its directory 'S', every user may write it\n"))

    def test_what_cannot_be_checked_exits_2(self):
        for words, said in (
                (["--repository", str(self.audit)], "'S/audit' is not a git repository"),
                (["--user", "no such"], "'no such' is not the name of a user"),
                (["--user", "no-such"], "there is no user 'no-such' (as 'id no-such' says)"),
                (["--config", str(self.scratch / "none.toml")],
                 "cannot read 'S/none.toml': No such file or directory")):
            result = self.run_command(HOOK, "config", "check", *words, check=False)
            self.assertEqual((result.code, result.output, result.errors.replace(
                str(self.scratch), "S")), (2, "", f"error: {said}\n"))

    def test_only_root_checks_for_somebody_else(self):
        if ROOT:
            # As nobody: by a copy that it can run.
            binary = self.scratch / "pushguard"
            binary.write_bytes(pathlib.Path(HOOK).read_bytes())
            os.chmod(binary, 0o755)
            words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(binary)]
        else:
            words = [HOOK]
        result = self.run_command(*words, "config", "check", "--user", "root", check=False)
        self.assertEqual((result.code, result.errors), (
            2, "error: only root can check for 'root': run it as root, or as 'root' without "
               "--user\n"))


if __name__ == "__main__":
    unittest.main()
