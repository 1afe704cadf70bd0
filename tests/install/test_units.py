# SPDX-License-Identifier: Apache-2.0
"""The units of systemd that come with the program, and the rights that they give."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

PUSHGUARD = pathlib.Path(os.environ["PUSHGUARD"]).resolve()
UNITS = pathlib.Path(__file__).parents[2] / "install/systemd"
GIT, SIGNER = 65533, 65532  # users that need no name


class Units(unittest.TestCase):
    def test_systemd_has_nothing_to_say(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("there is no systemd-analyze")
        with tempfile.TemporaryDirectory() as scratch:
            for unit in UNITS.iterdir():
                text = unit.read_text().replace("ExecStart=pushguard", f"ExecStart={PUSHGUARD}")
                pathlib.Path(scratch, unit.name).write_text(text)
            run = subprocess.run(["systemd-analyze", "verify", "--man=no",
                                  *(f"{scratch}/{unit.name}" for unit in UNITS.iterdir())],
                                 capture_output=True, text=True)
        said = [line for line in run.stderr.splitlines() if scratch in line or "pushguard" in line]
        self.assertEqual((run.returncode, said), (0, []))

    def test_each_timer_has_its_service(self):
        timers = sorted(UNITS.glob("*.timer"))
        self.assertEqual(len(timers), 2)
        for timer in timers:
            self.assertTrue(timer.with_suffix(".service").exists(), timer)

    @unittest.skipUnless(os.geteuid() == 0, "only root can be other users")
    def test_the_signer_reads_the_log_and_git_can_neither_sign_nor_change_a_checkpoint(self):
        scratch = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-units."))
        self.addCleanup(shutil.rmtree, scratch)
        os.chmod(scratch, 0o755)
        log, keys, made = (scratch / name for name in ("log", "keys", "made"))
        for folder, owner, mode in ((log, GIT, 0o700), (keys, 0, 0o755), (made, SIGNER, 0o755)):
            folder.mkdir()
            os.chmod(folder, mode)
            os.chown(folder, owner, owner)
        (log / "audit.jsonl").write_text("")
        os.chown(log / "audit.jsonl", GIT, GIT)
        self.run_as(0, "keygen", "--output", f"{keys}/key", "--name", "log.example.org/t")
        os.chown(keys / "key", SIGNER, SIGNER)
        service = (UNITS / "pushguard-checkpoint.service").read_text()
        [capability] = re.findall(r"^AmbientCapabilities=CAP_(\w+)$", service, re.M)
        sign = ("checkpoint", "--directory", str(log), "--signing-key", f"{keys}/key", "--output",
                f"{made}/checkpoint")
        self.assertEqual(self.run_as(SIGNER, *sign)[0], 2)  # without it
        self.assertEqual(self.run_as(SIGNER, *sign, capability=capability.lower()), (0, ""))
        self.assertIn("log.example.org/t\n0\n", (made / "checkpoint").read_text())
        code, errors = self.run_as(GIT, *sign)
        self.assertEqual((code, errors),
                         (2, f"error: cannot read '{keys}/key': Permission denied\n"))
        code, _ = self.run_as(GIT, "keygen", "--output", f"{log}/key", "--directory", str(log))
        self.assertEqual(code, 2)
        self.assertFalse((log / "key").exists())

    def run_as(self, user, *words, capability=None):
        rights = [f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        if user:
            given = f"-all,+{capability}" if capability else "-all"
            rights += [f"--inh-caps={given}", f"--ambient-caps={given}"]
        run = subprocess.run(["setpriv", *rights, PUSHGUARD, "audit", *words],
                             capture_output=True, text=True,
                             env={"PATH": os.environ["PATH"], "PUSHGUARD_CONFIG": "/dev/null"})
        return run.returncode, run.stderr


if __name__ == "__main__":
    unittest.main()
