# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan --all`: every repository below a directory, again and again."""

import json
import os
import pty
import shutil
import signal
import subprocess
import time

from scan.test_repository import RepositoryTest
from support import tokens
from support.histories import History, SmallHistory
from support.server import HOOK


class AllRepositories(RepositoryTest):
    def setUp(self):
        super().setUp()
        self.site = self.scratch / "site"
        self.site.mkdir()
        self.state = self.scratch / "state"

    def repository(self, name, history):
        path = self.new_repository(f"site/{name}")
        self.import_history(path, history, packed=True)
        return path

    def all(self, *words, format="jsonl"):
        return self.scan("--format", format, "--all", "site", *words)

    def with_state(self, *words, **options):
        return self.all("--state", str(self.state), *words, **options)

    def parsed(self, result):
        return [json.loads(line) for line in result.output.splitlines()]

    def findings(self, result):
        return sorted(json.dumps(record) for record in self.parsed(result)
                      if record["type"] == "finding")

    def summaries(self, result):
        return {record["repository"]: record for record in self.parsed(result)
                if record["type"] == "summary"}

    def test_every_repository_is_scanned_as_alone(self):
        expected = []
        for number, name in enumerate(("b.git", "deep/er/c", "a b.git")):
            self.repository(name, History(number, commits=15))
            expected += self.findings(self.scan("--format", "jsonl", "--repository",
                                                f"site/{name}"))
        self.assertTrue(expected)
        for jobs in ("1", "3"):
            result = self.all("--jobs", jobs)
            self.assertEqual(self.findings(result), sorted(expected))
            self.assertEqual(list(self.summaries(result)),
                             ["site/a b.git", "site/b.git", "site/deep/er/c"])
            self.assertEqual(result.code, 1)
            self.assertEqual(self.parsed(result)[-1]["repositories"], 3)

    def test_a_table_has_those_with_secrets_and_the_sum(self):
        self.repository("clean.git", SmallHistory("nothing"))
        self.repository("x.git", SmallHistory(f"TOKEN={tokens.github()}"))
        result = self.all("--jobs", "1", format="table")
        lines = result.output.splitlines()
        self.assertEqual(lines[0], "site/x.git:")
        self.assertTrue(lines[1].startswith("PLACE      COMMIT  "), lines)
        self.assertTrue(lines[2].startswith("a.txt:1:7  "), lines)
        self.assertEqual(lines[-1], (
            "2 repositories, 6 objects: 1 secret would block a push, 0 would warn"))
        self.assertEqual(result.errors.splitlines(), [
            "1 of 2  site/clean.git: 3 objects: 0 secrets would block a push, 0 would warn",
            "2 of 2  site/x.git: 3 objects: 1 secret would block a push, 0 would warn"])

    def test_what_counts_as_one(self):
        main = self.repository("main.git", SmallHistory("one"))
        work = self.site / "work"
        self.git("clone", "-q", str(main), str(work), cwd=self.site)
        self.git("worktree", "add", "-q", str(self.site / "linked"), "-b", "x", cwd=work)
        self.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(main),
                 "lib", cwd=work)
        os.symlink(main, self.site / "link.git")
        names = set(self.summaries(self.all()))
        self.assertEqual(len(names), 3)
        self.assertIn("site/main.git", names)
        self.assertIn("site/work/lib", {name.replace(".git/modules/", "") for name in names})

    def test_the_second_time_only_what_is_new_is_read(self):
        first = self.repository("a.git", History(1, commits=30))
        self.repository("b.git", History(2, commits=30))
        before = self.with_state()
        again = self.with_state()
        self.assertEqual(again.output, before.output)
        self.assertEqual(again.code, before.code)
        self.assertEqual([line.rpartition(", ")[2] for line in again.errors.splitlines()],
                         ["unchanged"] * 2)
        secret = tokens.npm("new")
        self.import_history(first, SmallHistory(f"N={secret}", "new"), packed=True)
        third = self.with_state()
        self.assertEqual(self.findings(third), self.findings(self.all()))
        self.assertEqual(len(self.findings(third)), len(self.findings(before)) + 1)
        everything = self.summaries(self.all())
        partly = self.summaries(third)
        self.assertLess(partly["site/a.git"]["scanned"], everything["site/a.git"]["scanned"] * 0.7)
        self.assertEqual(partly["site/b.git"], everything["site/b.git"])
        # All packed anew: nothing of it is new.
        self.git("repack", "-adfkq", "--depth=50", cwd=first)
        fourth = self.with_state()
        self.assertEqual(self.findings(fourth), self.findings(third))
        self.assertLessEqual(self.summaries(fourth)["site/a.git"]["scanned"],
                             partly["site/a.git"]["scanned"])

    def test_a_moved_ref_and_another_policy_are_seen(self):
        path = self.repository("a.git", SmallHistory(f"TOKEN={tokens.github()}"))
        before = self.with_state()
        self.git("branch", "other", "main", cwd=path)
        refs = [record["refs"] for record in self.parsed(self.with_state())
                if record["type"] == "finding"]
        self.assertEqual(refs, [["refs/heads/main", "refs/heads/other"]])
        self.configure("[[allow]]\npath = \"a.txt\"\nreason = \"made up\"\n")
        self.assertEqual(self.with_state().code, 0)
        self.assertEqual(before.code, 1)

    def test_other_rules_scan_everything_again(self):
        self.repository("a.git", SmallHistory("key acme_zzqqxxvvbbnnmmkkjjhh"))
        self.assertEqual(self.findings(self.with_state()), [])
        rules = self.scratch / "rules.toml"
        rules.write_text("""provider = "Acme"
[[rule]]
id = "acme-key"
description = "Acme key"
regex = "acme_[a-z]{20}"
keywords = ["acme_"]
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
examples = ["acme_{lower:20}"]
""")
        self.configure(f"[rules]\nextra = [\"{rules}\"]\n")
        self.assertEqual(len(self.findings(self.with_state())), 1)

    def test_a_pool_is_scanned_once_for_all_its_forks(self):
        pool = self.repository("pool.git", History(3, commits=30))
        for number in range(3):
            fork = self.site / f"fork{number}.git"
            self.git("clone", "-q", "--bare", "--shared", str(pool), str(fork), cwd=self.site)
            self.import_history(fork, SmallHistory(f"own {number}", f"own{number}"), packed=True)
        alone = self.findings(self.all("--jobs", "1"))
        result = self.with_state("--jobs", "4")
        self.assertEqual(self.findings(result), alone)
        scanned = sorted(record["scanned"] for record in self.summaries(result).values())
        self.assertLess(scanned[0], scanned[-1] * 0.7)

    def test_killed_in_the_middle_it_goes_on_with_the_same_result(self):
        for number in range(12):
            self.repository(f"{number:02}.git", History(number, commits=40))
        expected = self.all()
        done = 0
        for _ in range(3):
            run = subprocess.Popen(
                [HOOK, "scan", "--key", str(self.key), "--all", "site", "--state", str(self.state),
                 "--jobs", "1"], cwd=self.scratch, env=self.environment,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for _ in range(done + 2):  # lines of those that are done
                run.stderr.readline()
            run.send_signal(signal.SIGKILL)
            run.communicate()
            done += 2
        # Its children end with it.
        deadline = time.monotonic() + 60
        while (result := self.with_state()).code == 2 and time.monotonic() < deadline:
            self.assertIn("another scan uses the state", result.errors)
        unchanged = [line for line in result.errors.splitlines() if line.endswith(", unchanged")]
        self.assertGreaterEqual(len(unchanged), 4)
        self.assertLess(len(unchanged), 12)
        self.assertEqual(self.findings(result), self.findings(expected))
        self.assertEqual(result.code, expected.code)

    def test_a_damaged_one_is_named_and_mended_the_next_time(self):
        path = self.repository("a.git", SmallHistory("nothing"))
        self.repository("b.git", SmallHistory(f"TOKEN={tokens.github()}"))
        config = (path / "config").read_text()
        (path / "config").write_text("[core]\n\trepositoryformatversion = 99\n")
        result = self.with_state()
        self.assertEqual(result.code, 1)
        self.assertIn("error: 'site/a.git' was not looked at: 'site/a.git': git does not read it",
                      result.errors)
        self.assertEqual(self.parsed(result)[-1]["skipped"], 1)
        shutil.rmtree(self.site / "b.git")
        self.assertEqual(self.with_state().code, 2)
        (path / "config").write_text(config)
        self.assertEqual(self.with_state().code, 0)

    def test_one_whose_scan_dies_takes_no_other_with_it(self):
        path = self.repository("a.git", History(1, commits=30))
        self.repository("b.git", SmallHistory(f"TOKEN={tokens.github()}"))
        wrapper = self.scratch / "bin"
        wrapper.mkdir()
        # git kills the process that asks it about one of the two.
        (wrapper / "git").write_text(
            "#!/bin/sh\ncase \"$GIT_DIR\" in *a.git) kill -BUS $PPID; sleep 1;; esac\n"
            f"exec {shutil.which('git')} \"$@\"\n")
        (wrapper / "git").chmod(0o755)
        self.environment["ASAN_OPTIONS"] = "handle_sigbus=0"  # it would report and exit
        self.environment["PATH"] = f"{wrapper}:{self.environment['PATH']}"
        result = self.all()
        self.assertIn(f"error: 'site/{path.name}' was not looked at: its scan was ended by signal "
                      f"{signal.SIGBUS.value} (Bus error)\n", result.errors)
        self.assertEqual(len(self.findings(result)), 1)

    def test_a_state_that_others_may_write_to_is_refused(self):
        self.state.mkdir(mode=0o777)
        self.state.chmod(0o777)
        result = self.with_state()
        self.assertEqual((result.code, result.output), (2, ""))
        self.assertEqual(result.errors, (
            f"error: the state directory '{self.state}' is not yours alone to write to: what it "
            "says is left out of a scan\n"))

    def test_no_secret_is_in_the_state(self):
        secret = tokens.github("state")
        self.repository("a.git", SmallHistory(f"TOKEN={secret}"))
        self.assertEqual(self.with_state().code, 1)
        for file in self.state.iterdir():
            self.assertEqual(file.stat().st_mode & 0o077, 0, file)
            self.assertNotIn(secret.encode(), file.read_bytes())
            self.assertNotIn(secret[8:].encode(), file.read_bytes())

    def test_a_terminal_sees_progress(self):
        self.repository("a.git", SmallHistory("nothing"))
        parent, child = pty.openpty()
        subprocess.run([HOOK, "scan", "--all", "site"], cwd=self.scratch, stderr=child,
                       stdout=subprocess.DEVNULL, env=self.environment, check=True)
        os.close(child)
        shown = os.read(parent, 4096).decode()
        os.close(parent)
        self.assertIn("[########################] 100%  1 of 1 repositories", shown)
        self.assertTrue(shown.endswith("\r\033[K"), repr(shown))

    def test_nothing_below(self):
        result = self.all(format="table")
        self.assertEqual((result.code, result.output, result.errors), (
            0, "0 repositories, 0 objects: 0 secrets would block a push, 0 would warn\n", ""))
        result = self.scan("--all", "none")
        self.assertEqual((result.code, result.errors), (
            2, "error: 'none' was not looked at: No such file or directory\n"))

    def test_options_that_do_not_go_together(self):
        for words, message in ((["--state", "x", "."], "--state requires --all"),
                               (["--all", ".", "--repository", "."],
                                "--repository excludes --all"),
                               (["--all", ".", "x"], "--all excludes PATH")):
            result = self.scan(*words)
            self.assertEqual((result.code, result.errors), (
                2, f"error: {message}\nhint: 'pushguard scan --help' says how it is called\n"))
