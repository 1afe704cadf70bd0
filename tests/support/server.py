# SPDX-License-Identifier: Apache-2.0
"""A Git server with Pushguard, and a developer's clone, for one test."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from support.schema import check_record

HOOK = os.environ.get("PUSHGUARD", "")


def clean_environment(home, **more):
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "ASAN_OPTIONS", "TSAN_OPTIONS")
        if name in os.environ
    }
    return {**kept, "HOME": str(home), "LOGNAME": "tester", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ann Dev", "GIT_AUTHOR_EMAIL": "ann@example.com",
            "GIT_COMMITTER_NAME": "Ann Dev", "GIT_COMMITTER_EMAIL": "ann@example.com",
            "GIT_AUTHOR_DATE": "1760000000 +0000", "GIT_COMMITTER_DATE": "1760000000 +0000",
            "PUSHGUARD_CONFIG": "", **more}


class Result:
    def __init__(self, run):
        self.code = run.returncode
        self.output = run.stdout.decode("utf-8", "replace")
        self.errors = run.stderr.decode("utf-8", "replace")

    @property
    def message(self):
        """The hook's message, without git's "remote: " and trailing blanks."""
        lines = []
        for line in self.errors.replace("\r", "\n").split("\n"):
            if line.startswith("remote:"):
                lines.append(line[len("remote: "):].rstrip())
        while lines and not lines[-1]:
            lines.pop()
        return "\n".join(lines) + ("\n" if lines else "")


class PushTest(unittest.TestCase):
    """Provides a scratch directory, `self.server` (a bare repository with the hook) and
    `self.clone`. Subclasses may set `object_format`."""

    object_format = "sha1"
    maxDiff = None

    def setUp(self):
        self.assertTrue(HOOK, "set PUSHGUARD to the hook's binary")
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-test."))
        self.addCleanup(shutil.rmtree, self.scratch, ignore_errors=True)
        self.environment = clean_environment(self.scratch)
        self.git("config", "--global", "init.defaultBranch", "main", cwd=self.scratch)
        self.git("config", "--global", "advice.detachedHead", "false", cwd=self.scratch)
        self.server = self.new_server("server.git")
        self.clone = self.scratch / "clone"
        self.git("init", "-q", f"--object-format={self.object_format}", str(self.clone),
                 cwd=self.scratch)
        self.git("remote", "add", "origin", str(self.server))

    def new_server(self, name, hook=True):
        server = self.scratch / name
        self.git("init", "-q", "--bare", f"--object-format={self.object_format}", str(server),
                 cwd=self.scratch)
        if hook:
            os.symlink(HOOK, server / "hooks" / "pre-receive")
        return server

    def run_command(self, *words, cwd=None, check=True, input=None, **variables):
        run = subprocess.run(words, cwd=cwd or self.clone, input=input, capture_output=True,
                             env={**self.environment, **variables}, timeout=300)
        result = Result(run)
        if check and run.returncode != 0:
            raise AssertionError(
                f"{words} exited {run.returncode}:\n{result.output}{result.errors}")
        return result

    def git(self, *words, **options):
        return self.run_command("git", *words, **options)

    def rev(self, name="HEAD", **options):
        return self.git("rev-parse", name, **options).output.strip()

    def write(self, path, content):
        file = self.clone / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, files, message="Change"):
        for path, content in files.items():
            self.write(path, content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.rev()

    def push(self, *words, **options):
        return self.git("push", *(words or ("origin", "HEAD:refs/heads/main")), check=False,
                        **options)

    def assert_accepted(self, result):
        self.assertEqual(result.code, 0, result.errors)
        return result

    def assert_refused(self, result, first_line=None):
        self.assertNotEqual(result.code, 0, "the push was accepted:\n" + result.errors)
        self.assertIn("pre-receive hook declined", result.errors)
        if first_line:
            self.assertEqual(result.message.split("\n")[0], first_line)
        for line in result.message.split("\n"):
            if not line.startswith("hint:     "):  # commands are never broken
                self.assertLessEqual(len(line), 72, line)
            self.assertTrue(line.isprintable(), repr(line))
        return result

    def told(self, commit, subject, *lines):
        """How a message tells what is in a commit of Ann's."""
        subject = f" {subject}" if len(commit) == 40 else f"\n   {subject}"
        return "\n".join([f" commit {commit}{subject}", " by Ann Dev <ann@example.com>", *lines,
                          ""])

    @staticmethod
    def told_github(place, fingerprint):
        """How it tells a confirmed token of GitHub's at a place."""
        return (f"    {place}", "      GitHub personal access token (classic): ghp_********",
                f"      checksum is valid; id {fingerprint}")

    def log(self, directory=None):
        file = (directory or self.server / "pushguard") / "audit.jsonl"
        if not file.exists():
            return []
        records = []
        for line in file.read_text().splitlines():
            check_record(line)
            records.append(json.loads(line))
        return records

    def last_record(self):
        return self.log()[-1]

    def configure(self, text):
        """Sets the configuration of the server's hook to `text`."""
        file = self.scratch / "config.toml"
        file.write_text(text)
        self.environment["PUSHGUARD_CONFIG"] = str(file)
        return file

    def server_has(self, name):
        return self.git("rev-parse", "-q", "--verify", name, cwd=self.server, check=False).code == 0

    def assert_nowhere(self, secret, result=None):
        """The secret is not in the message or in any file that Pushguard wrote."""
        if result:
            self.assertNotIn(secret, result.errors)
        for file in (self.server / "pushguard").rglob("*"):
            if file.is_file():
                self.assertNotIn(secret.encode(), file.read_bytes(), file)
