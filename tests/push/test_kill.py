# SPDX-License-Identifier: Apache-2.0
"""A hook that is killed, and an audit log that is torn, locked or not writable."""

import fcntl
import json
import os
import random
import select
import signal
import subprocess
import time
import unittest

from support import tokens
from support.server import HOOK, PushTest

ROUNDS = 40
FILES, FILE_BYTES = 400, 5000  # 2 MB in each push


class Kill(PushTest):
    """Each round pushes to its own server; all servers share one log."""

    def setUp(self):
        super().setUp()
        self.directory = self.scratch / "site"
        self.configure(f'[audit]\ndirectory = "{self.directory}"\n')
        self.small = self.commit({"readme.md": "hello\n"}, "First")
        big = {f"dir{i % 20}/f{i}.txt": self.words(i) for i in range(FILES)}
        self.clean = self.commit(big, "Big")
        self.bad = self.commit({"dir7/bad.env": tokens.github("kill")}, "Bad")
        self.random = random.Random("kill")
        self.pids = self.scratch / "pids"
        os.mkfifo(self.pids)

    @staticmethod
    def words(seed):
        generator = random.Random(f"words{seed}")
        return "".join(f"{generator.getrandbits(40):x}{' ' if i % 8 else chr(10)}"
                       for i in range(FILE_BYTES // 11))

    def server_with_a_pid(self, name):
        """A server whose hook writes its process id to the pipe, then becomes Pushguard."""
        server = self.new_server(name, hook=False)
        hook = server / "hooks" / "pre-receive"
        hook.write_text(f"#!/bin/sh\necho $$ >'{self.pids}'\nexec '{HOOK}' pre-receive\n")
        hook.chmod(0o755)
        return server

    def push_and_kill(self, server, commit, delay):
        """Returns whether the push was accepted and how long the hook ran. Without a delay
        the hook is not killed."""
        client = subprocess.Popen(["git", "push", "-q", str(server), f"{commit}:refs/heads/main"],
                                  cwd=self.clone, env=self.environment, stderr=subprocess.PIPE)
        with open(self.pids) as pids:
            hook = os.pidfd_open(int(pids.read()))
        started = time.monotonic()
        try:
            ended, _, _ = select.select([hook], [], [], delay)
            if not ended:
                signal.pidfd_send_signal(hook, signal.SIGKILL)
        except ProcessLookupError:  # the hook has just ended
            pass
        finally:
            os.close(hook)
        took = time.monotonic() - started
        errors = client.communicate(timeout=120)[1].decode()
        if client.returncode != 0:
            self.assertIn("pre-receive hook declined", errors)
        return client.returncode == 0, took

    def typical_time(self):
        times = []
        for i in range(3):
            accepted, took = self.push_and_kill(self.server_with_a_pid(f"typical{i}.git"),
                                                self.clean, None)
            self.assertTrue(accepted)
            times.append(took)
        return sorted(times)[1]

    def records_of(self, server):
        return [record for record in self.log(self.directory)
                if record["git_dir"] == str(server.resolve())]

    def check_round(self, server, commit, accepted):
        records = self.records_of(server)
        self.assertLessEqual(len(records), 1)
        has_ref = self.git("rev-parse", "-q", "--verify", "refs/heads/main", cwd=server,
                           check=False).code == 0
        self.assertEqual(has_ref, accepted)
        if accepted:
            self.assertEqual((commit, len(records)), (self.clean, 1), "accepted without a record")
        for record in records:
            self.assertEqual(record["verdict"], "refused" if commit == self.bad else "accepted")
        key = self.directory / "key"
        if key.exists():
            self.assertEqual(key.stat().st_size, 32)
        return bool(records)

    def check_next_push(self, number):
        name = f"refs/heads/next{number}"
        self.assert_accepted(self.push("origin", f"{self.small}:{name}"))
        last = self.log(self.directory)[-1]
        self.assertEqual((last["refs"][0]["ref"], last["verdict"]), (name, "accepted"))

    def test_at_any_moment_it_refuses_and_the_log_stays_whole(self):
        typical = self.typical_time()
        killed_before_the_record = 0
        for number in range(ROUNDS):
            commit = self.bad if number % 2 else self.clean
            # Some hooks are then killed while they make a key.
            (self.directory / "key").unlink(missing_ok=True)
            delay = self.random.uniform(0, typical)
            with self.subTest(round=number, part=delay / typical, bad=commit == self.bad):
                server = self.server_with_a_pid(f"round{number}.git")
                accepted, _ = self.push_and_kill(server, commit, delay)
                killed_before_the_record += not self.check_round(server, commit, accepted)
                self.check_next_push(number)
        self.assertGreaterEqual(killed_before_the_record, ROUNDS // 4)


class TornLog(PushTest):
    """What a push does with a log whose end is not as the last push left it."""

    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())
        self.file = self.server / "pushguard" / "audit.jsonl"
        self.torn = self.server / "pushguard" / "audit.jsonl.torn"

    def push_to(self, name):
        self.assert_accepted(self.push("origin", f"HEAD:refs/heads/{name}"))
        return self.last_record()

    def add(self, torn):
        with self.file.open("ab") as file:
            file.write(torn)

    def test_the_next_push_puts_a_torn_record_aside_and_says_so(self):
        torn = self.file.read_bytes()[:100]
        self.add(torn)
        with self.assertRaises(json.JSONDecodeError):
            self.log()
        last = self.push_to("second")
        self.assertEqual((last["seq"], last["torn_bytes_before"]), (1, 100))
        self.assertNotIn("altered_before", last)
        self.assertEqual(self.torn.read_bytes(), torn + b"\n")
        first, _ = self.log()
        self.assertEqual(first["refs"][0]["ref"], "refs/heads/main")
        self.assertNotIn("torn_bytes_before", first)
        self.assertNotIn("torn_bytes_before", self.push_to("third"))

    def test_a_refused_push_says_so_too(self):
        self.add(b"{")
        self.commit({"a.txt": tokens.github()})
        self.assert_refused(self.push())
        record = self.last_record()
        self.assertEqual((record["verdict"], record["torn_bytes_before"]), ("refused", 1))

    def test_a_torn_line_longer_than_one_read(self):
        self.add(b'{"' + b"x" * 200000)
        self.assertEqual(self.push_to("second")["torn_bytes_before"], 200002)
        self.assertEqual(len(self.log()), 2)
        self.assertEqual(self.torn.stat().st_size, 200003)

    def test_a_byte_cut_off_the_end_costs_no_record(self):
        whole = self.file.read_bytes()
        self.file.write_bytes(whole[:-1])
        last = self.push_to("second")
        self.assertEqual(last["altered_before"],
                         {"records": 1, "bytes": len(whole), "bytes_now": len(whole) - 1})
        self.assertTrue(self.file.read_bytes().startswith(whole))
        self.assertFalse(self.torn.exists())

    def test_a_record_that_was_cut_is_said_to_be_and_its_rest_is_kept(self):
        self.push_to("second")
        whole = self.file.read_bytes()
        start = whole[:-1].rfind(b"\n") + 1
        self.file.write_bytes(whole[:start + 100])
        last = self.push_to("third")
        self.assertEqual((last["seq"], last["torn_bytes_before"]), (2, 100))
        self.assertEqual(last["altered_before"],
                         {"records": 2, "bytes": len(whole), "bytes_now": start + 100})
        self.assertEqual(self.torn.read_bytes(), whole[start:start + 100] + b"\n")
        self.assertNotIn("altered_before", self.push_to("fourth"))

    def test_a_log_that_logrotate_moved_or_emptied_goes_on(self):
        for number, rotate in enumerate((lambda: self.file.rename(str(self.file) + ".1"),
                                         lambda: self.file.write_bytes(b"")), 1):
            size = self.file.stat().st_size
            rotate()
            last = self.push_to(f"rotated{number}")
            self.assertEqual(last["seq"], number)
            self.assertEqual(last["emptied_before"],
                             {"records": number, "bytes": size, "bytes_now": 0})
            self.assertEqual(len(last["edge"]), 1)
            self.assertEqual(len(self.log()), 1)

    def test_a_tree_that_is_gone_is_made_anew(self):
        self.push_to("second")
        state = self.server / "pushguard" / "audit.tree"
        state.unlink()
        last = self.push_to("third")
        self.assertEqual((last["seq"], last["tree_rebuilt"]), (2, "missing"))
        state.write_bytes(state.read_bytes()[:90])
        last = self.push_to("fourth")
        self.assertEqual((last["seq"], last["tree_rebuilt"]), (3, "damaged"))
        self.assertNotIn("tree_rebuilt", self.push_to("fifth"))


class NoLog(PushTest):
    FAILED = "error: push refused: it could not be checked for secrets"

    def setUp(self):
        super().setUp()
        self.commit({"readme.md": "hello\n"}, "First")
        self.directory = self.server / "pushguard"

    def directory_is_a_file(self):
        self.directory.write_text("in the way\n")
        return "cannot open .*: Not a directory"

    def log_is_a_directory(self):
        (self.directory / "audit.jsonl").mkdir(parents=True)
        return "is a directory, not a file"

    def said(self, result):
        """The message as one line, wherever it was broken."""
        return " ".join(result.message.split())

    def assert_refused_unlogged(self, reason):
        result = self.assert_refused(self.push(), self.FAILED)
        self.assertRegex(self.said(result), reason)
        self.assertFalse(self.server_has("refs/heads/main"))

    def assert_accepted_unlogged(self, reason):
        self.configure('[failures]\nlog = "accept"\n')
        result = self.assert_accepted(self.push())
        self.assertTrue(result.message.startswith("warning: not on record:\n"), result.message)
        self.assertRegex(self.said(result), reason)
        self.assertTrue(self.server_has("refs/heads/main"))

    def test_directory_that_is_a_file(self):
        reason = self.directory_is_a_file()
        self.assert_refused_unlogged(reason)
        self.assert_accepted_unlogged(reason)
        self.assertEqual(self.directory.read_text(), "in the way\n")

    def test_log_that_is_a_directory(self):
        reason = self.log_is_a_directory()
        self.assert_refused_unlogged(reason)
        self.assert_accepted_unlogged(reason)

    def test_a_secret_is_refused_even_where_unlogged_pushes_are_not(self):
        self.configure('[failures]\nlog = "accept"\n')
        secret = tokens.github("unlogged")
        self.commit({"a.txt": secret})
        for make in (self.directory_is_a_file, self.log_is_a_directory):
            make()
            result = self.assert_refused(self.push())
            self.assertNotIn(secret, result.errors)
            self.assertFalse(self.server_has("refs/heads/main"))
            if self.directory.is_file():
                self.directory.unlink()

    def test_a_lock_that_is_held_refuses_after_its_time(self):
        self.assert_accepted(self.push())
        with (self.directory / "audit.tree").open("ab") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            started = time.monotonic()
            result = self.assert_refused(self.push("origin", "HEAD:refs/heads/second"), self.FAILED)
            took = time.monotonic() - started
        self.assertRegex(self.said(result),
                         rf"within 5000 ms: process {os.getpid()} \(\S+\) holds it")
        self.assertGreaterEqual(took, 5)
        self.assertLess(took, 10)  # once, not again for the record of the failure
        self.assertFalse(self.server_has("refs/heads/second"))
        self.assertEqual(len(self.log()), 1)
        self.assert_accepted(self.push("origin", "HEAD:refs/heads/second"))
        self.assertEqual(len(self.log()), 2)


if __name__ == "__main__":
    unittest.main()
