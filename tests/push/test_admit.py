# SPDX-License-Identifier: Apache-2.0
"""What an administrator lets in from a bundle: exactly its commits, once, on record."""

import os
import re
import shutil
import subprocess
import unittest

from support import tokens
from support.server import HOOK, PushTest

PUSHGUARD = os.environ["PUSHGUARD"]
REASON = "import of the old site"
SMALL = "[limits]\nobject_mib = 1\n"


class Admit(PushTest):
    def bundle(self, *refs):
        file = self.scratch / "push.bundle"
        self.git("bundle", "create", "-q", str(file), *(refs or ("--all",)))
        return file

    def admit(self, *words, code=0, bundle=None, **variables):
        run = subprocess.run(
            [PUSHGUARD, "admit", str(bundle or self.scratch / "push.bundle"), "--repository",
             str(self.server), *words], capture_output=True, text=True,
            env={**self.environment, **variables})
        self.assertEqual(run.returncode, code, run.stdout + run.stderr)
        return run.stdout + run.stderr

    def commit_both(self):
        """A file over the limit, and one with a token."""
        self.configure(SMALL)
        self.secret = tokens.github()
        return self.commit({"large.bin": os.urandom(2 << 20), "a.txt": self.secret + "\n"}, "Add")

    def test_a_push_over_the_limits_is_told_the_way(self):
        self.configure(SMALL)
        self.commit({"large.bin": os.urandom(2 << 20)})
        message = self.assert_refused(self.push()).message
        self.assertTrue(message.endswith("""\
hint: leave out or split what is too large or nested too deep
hint: or ask the server's administrator to let it in, and send along
hint: what this writes:
hint:     git bundle create push.bundle HEAD
"""), message)

    def test_without_a_reason_nothing_is_let_in(self):
        tip = self.commit_both()
        self.bundle()
        told = self.admit(code=1)
        self.assertTrue(told.startswith("error: push refused: it contains a secret\n" +
                                        self.told(tip, "Add", "    a.txt:1:1")), told)
        self.assertIn("error: push refused: 1 part of it could not be checked for secrets\n"
                      "    large.bin\n", told)
        self.assertTrue(told.endswith('nothing was admitted; to let it in as it is, whatever the '
                                      'limits say: --reason "WHY"\n'), told)
        self.assertEqual(self.log(), [])
        self.assert_refused(self.push())

    def test_what_is_admitted_comes_in_once(self):
        tip = self.commit_both()
        self.bundle()
        told = self.admit("--reason", REASON, SUDO_USER="ops" if os.geteuid() == 0 else "")
        admitted = re.search(r"^admitted as ([0-9a-f]{16}), until (\d{4}-\d\d-\d\d): one push of "
                             r"exactly these commits\n  " + tip + r" refs/heads/", told, re.M)
        self.assertTrue(admitted, told)
        record = self.last_record()
        by = record["pusher"]["name"]
        if os.geteuid() == 0:
            self.assertEqual(by, "ops")
        admission = {"id": admitted[1], "by": by, "reason": REASON, "until": admitted[2]}
        self.assertEqual((record["verdict"], record["pusher"]["source"], record["admission"],
                          [finding["ruling"] for finding in record["findings"]],
                          [one["refused"] for one in record["unscanned"]]),
                         ("admitted", "admit", admission, ["admitted"], [False]))

        result = self.assert_accepted(self.push("origin", "HEAD:refs/heads/elsewhere"))
        self.assertIn(f"warning: let in by {by}, which is on record as {admitted[1]}:",
                      result.message)
        record = self.last_record()
        self.assertEqual((record["verdict"], record["admission"], record["findings"][0]["why"]),
                         ("accepted", admission, REASON))
        self.assert_nowhere(self.secret, result)

        # Used up: the same commit as new objects of another repository's push is refused.
        self.git("update-ref", "-d", "refs/heads/elsewhere", cwd=self.server)
        self.git("reflog", "expire", "--expire=now", "--all", cwd=self.server)
        self.git("gc", "-q", "--prune=now", cwd=self.server)
        self.assert_refused(self.push())

    def test_only_these_commits_are_let_in(self):
        self.commit_both()
        self.bundle()
        self.admit("--reason", REASON)
        other = self.commit({"b.txt": tokens.github() + "\n"})
        self.assert_refused(self.push())
        self.assert_refused(self.push("origin", f"{other}:refs/heads/x", "HEAD~1:refs/heads/y"))
        self.assert_accepted(self.push("origin", "HEAD~1:refs/heads/main"))

    def test_what_no_bundle_has_stays_refused(self):
        self.commit_both()
        self.bundle()
        self.admit("--reason", REASON)
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        self.assert_refused(self.push("origin", f"HEAD:refs/heads/{tokens.github()}"))
        self.assert_refused(self.push("-o", tokens.github(), "origin", "HEAD:refs/heads/main"))
        self.assert_accepted(self.push())

    def judge(self, updates):
        """The hook's answer to a push of all that the clone has stored."""
        quarantine = self.scratch / "quarantine"
        shutil.copytree(self.clone / ".git/objects", quarantine)
        self.addCleanup(shutil.rmtree, quarantine)
        return subprocess.run(
            [HOOK, "pre-receive"], input=updates, text=True, capture_output=True,
            env={**self.environment, "GIT_DIR": str(self.server),
                 "GIT_QUARANTINE_PATH": str(quarantine), "GIT_OBJECT_DIRECTORY": str(quarantine),
                 "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(self.server / "objects")})

    def test_what_no_tip_reaches_stays_refused(self):
        tip = self.commit_both()
        self.bundle()
        self.admit("--reason", REASON)
        self.write("../beside.txt", tokens.github("beside") + "\n")
        self.git("hash-object", "-w", "../beside.txt")
        judged = self.judge(f"{'0' * len(tip)} {tip} refs/heads/main\n")
        self.assertEqual(judged.returncode, 1, judged.stderr)
        self.assertIn("which no pushed ref reaches", judged.stderr.replace("\n     ", ""))
        self.assert_accepted(self.push())

    def test_no_admission_speaks_for_names_that_were_not_read(self):
        tip = self.commit_both()
        self.bundle()
        self.admit("--reason", REASON)
        count = 10_100  # more findings in names than are kept
        names = "".join(f"{'0' * len(tip)} {tip} refs/heads/{tokens.github(i)}\n"
                        for i in range(count))
        judged = self.judge(names)
        self.assertEqual(judged.returncode, 1, judged.stderr[-500:])
        self.assertNotIn("admission", self.last_record())

    def test_it_ends_on_its_day(self):
        self.commit_both()
        self.bundle()
        self.admit("--reason", REASON, "--days", "1")
        file = self.server / "pushguard/admitted"
        file.write_text(re.sub(r"\t\d{4}-\d\d-\d\d\t", "\t2026-01-01\t", file.read_text()))
        self.assert_refused(self.push())

    def test_a_bundle_on_top_of_what_the_server_has(self):
        self.assert_accepted(self.push("origin", self.commit({"a": "1\n"}) + ":refs/heads/main"))
        tip = self.commit_both()
        self.bundle("HEAD", "^HEAD~1")
        self.assertIn(tip, self.admit("--reason", REASON))
        self.assert_accepted(self.push())
        self.assertEqual(list((self.server / "objects").glob("tmp_objdir-admit-*")), [])

    def test_what_would_be_accepted_needs_no_admission(self):
        self.commit({"a": "1\n"})
        self.bundle()
        self.assertEqual(self.admit(), "nothing stops it; to let it in as it is, whatever the "
                                       'limits say: --reason "WHY"\n')

    def test_what_cannot_be_admitted_is_named(self):
        self.commit_both()
        bundle = self.bundle()
        self.assertEqual(self.admit("--reason", "why not", code=2),
                         "error: the reason must be one line, with 10 letters or more\n")
        self.assertEqual(self.admit(bundle=self.scratch / "none", code=2),
                         f"error: cannot read '{self.scratch}/none': No such file or directory\n")
        bundle.write_bytes(bundle.read_bytes()[:-1000])
        self.assertEqual(self.admit(code=2), f"""\
error: git cannot unpack the bundle '{bundle}': see what it says to
  git -C {self.server} bundle verify {bundle}
""")
        self.assertEqual(list((self.server / "objects").glob("tmp_objdir-admit-*")), [])

    def test_a_damaged_list_refuses_with_what_to_do(self):
        self.commit_both()
        self.bundle()
        self.admit("--reason", REASON)
        (self.server / "pushguard/admitted").write_text("pushguard-admitted/1\nx\n")
        message = self.assert_refused(self.push()).message
        self.assertIn("is damaged: remove it, and admit again", message.replace("\n  ", " "))


class AdmitSha256(Admit):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
