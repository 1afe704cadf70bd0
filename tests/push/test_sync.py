# SPDX-License-Identifier: Apache-2.0
"""Records are on disk before their pushes are answered, and pushes at once share syncs."""

import fcntl
import os
import subprocess
import unittest

from support.server import HOOK, PushTest

PUSHES = 30


class Sync(PushTest):
    def setUp(self):
        super().setUp()
        self.directory = self.scratch / "site"
        self.traces = self.scratch / "traces"
        self.traces.mkdir()
        self.environment["ASAN_OPTIONS"] = "detect_leaks=0"  # it does not work under strace
        self.commit({"readme.md": "hello\n"})

    def traced_server(self, name):
        """A server whose hook's system calls are written to a file of its own."""
        server = self.new_server(name, hook=False)
        hook = server / "hooks" / "pre-receive"
        hook.write_text(f"#!/bin/sh\nexec strace -qq -o '{self.traces}'/$$ "
                        f"-e trace=flock,write,pwrite64,fdatasync,fsync '{HOOK}' pre-receive\n")
        hook.chmod(0o755)
        return server

    def calls(self):
        return [call for trace in self.traces.iterdir() for call in trace.read_text().splitlines()]

    def count(self, name):
        return sum(call.startswith(name + "(") for call in self.calls())

    def test_a_record_is_on_disk_before_the_verdict(self):
        server = self.traced_server("traced.git")
        self.assert_accepted(self.push(str(server), "HEAD:refs/heads/main"))
        [trace] = self.traces.iterdir()
        calls = trace.read_text()
        self.assertRegex(calls, r'(?s)write\(\d+, "\{\\"format.*\nfdatasync\(\d+\)\s+= 0\n')
        self.assertEqual(self.count("fsync"), 2)  # of the list of releases, and of a new log's name

    def test_pushes_at_once_share_syncs(self):
        self.configure(f'[audit]\ndirectory = "{self.directory}"\n')
        servers = [self.traced_server(f"server{i}.git") for i in range(PUSHES)]
        self.assert_accepted(self.push(str(servers[0]), "HEAD:refs/heads/first"))
        before = self.count("fdatasync")
        log = self.directory / "audit.jsonl"
        with log.open("rb") as held:
            # As a push that is just syncing: the others write their records, and wait for it.
            fcntl.flock(held, fcntl.LOCK_EX)
            pushes = [subprocess.Popen(["git", "push", "-q", str(server), "HEAD:refs/heads/main"],
                                       cwd=self.clone, env=self.environment)
                      for server in servers]
            while log.read_bytes().count(b"\n") < 1 + PUSHES:
                os.sched_yield()
                self.assertEqual([push.poll() for push in pushes], [None] * PUSHES)
        self.assertEqual([push.wait(60) for push in pushes], [0] * PUSHES)
        # Who comes next has all records on disk. A writer between its record and its state may
        # be missed by it, and then syncs once more.
        self.assertIn(self.count("fdatasync") - before, (1, 2))


if __name__ == "__main__":
    unittest.main()
