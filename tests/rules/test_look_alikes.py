# SPDX-License-Identifier: Apache-2.0
"""No file with text that only looks like a secret may block a push."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from rules import look_alikes
from support import tokens

SEEDS = range(5)


def scan(directory):
    """Returns the records of a scan with the default configuration, and its exit code."""
    run = subprocess.run([os.environ["PUSHGUARD"], "scan", "--format", "jsonl", "."],
                         cwd=directory, env={**os.environ, "PUSHGUARD_CONFIG": "/dev/null"},
                         capture_output=True)
    return [json.loads(line) for line in run.stdout.splitlines()], run.returncode


class LookAlikes(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="pushguard-look-alikes.")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)

    def test_none_would_block(self):
        warned = 0
        for seed in SEEDS:
            directory = self.scratch / str(seed)
            files = look_alikes.write(seed, directory)
            records, code = scan(directory)
            self.assertEqual([f"seed {seed}: {record['path']}:{record['line']} {record['rule']}"
                              for record in records if record.get("ruling") == "blocked"], [])
            self.assertEqual((code, records[-1]["files"]), (0, files))
            warned += records[-1]["warned"]
        print(f"{len(SEEDS)} seeds, {files} files each: none would block,"
              f" {warned} places would warn")

    def test_a_secret_among_them_is_found(self):
        look_alikes.write(0, self.scratch)
        for file in ("code/app.min.js", "encodings/blob.bin", "lock_files/go.sum"):
            with open(self.scratch / file, "ab") as end:
                end.write(b'"' + tokens.github().encode() + b'"')
        records, code = scan(self.scratch)
        blocked = [record["path"] for record in records if record.get("ruling") == "blocked"]
        self.assertEqual(blocked,
                         ["code/app.min.js", "encodings/blob.bin", "lock_files/go.sum"])
        self.assertEqual(code, 1)


if __name__ == "__main__":
    unittest.main()
