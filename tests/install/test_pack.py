# SPDX-License-Identifier: Apache-2.0
"""install/package/pack.sh: of the same files come the same bytes, whatever the folder, the
day, the user's umask and the order in which the files were written."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACK = ROOT / "install" / "package" / "pack.sh"
FILES = ["share/pushguard/bare.sh", "share/pushguard/launcher.sh", "share/pushguard/look.sh",
         "share/man/man1/pushguard.1",
         "share/man/man5/pushguard.toml.5", "share/doc/pushguard/README.md",
         "share/doc/pushguard/LICENSE", "share/doc/pushguard/NOTICE",
         "share/doc/pushguard/CHANGELOG.md"]


def pack(scratch, files, umask, date):
    """Packs a stage that is written in the order of `files`."""
    stage, libgit2 = scratch / "stage", scratch / "libgit2"
    for name in files:
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(f"{name}\n")
        os.utime(stage / name, (date, date))
    (stage / "share/pushguard/bare.sh").chmod(0o777 & ~umask)
    (stage / "bin").mkdir()
    shutil.copy(shutil.which("true"), stage / "bin/pushguard")
    libgit2.mkdir()
    (libgit2 / "version").write_text("1.2.3\n")
    # Debian's compiler, whatever else is on PATH: its version names its packages.
    done = subprocess.run([PACK, "--stage", stage, "--output", scratch / "made", "--version",
                           "7.8.9", "--compiler", "/usr/bin/g++", "--libgit2", libgit2,
                           "--sysroot="],
                          env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
                          preexec_fn=lambda: os.umask(umask), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {file.name: file.read_bytes() for file in (scratch / "made").iterdir()}


class PackTest(unittest.TestCase):
    def test_same_files_same_bytes(self):
        with tempfile.TemporaryDirectory() as one, \
                tempfile.TemporaryDirectory(prefix="a longer name ") as other:
            first = pack(pathlib.Path(one), FILES, 0o022, 1_600_000_000)
            second = pack(pathlib.Path(other), FILES[::-1], 0o077, 1_800_000_000)
        architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True,
                                      text=True).stdout.strip()
        self.assertEqual(sorted(first), [f"pushguard-7.8.9-linux-{architecture}.spdx.json",
                                         f"pushguard-7.8.9-linux-{architecture}.tar.gz",
                                         f"pushguard_7.8.9_{architecture}.deb"])
        for name, content in first.items():
            self.assertTrue(content == second[name], f"{name} differs")


if __name__ == "__main__":
    unittest.main()
