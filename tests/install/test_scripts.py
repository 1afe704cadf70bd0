# SPDX-License-Identifier: Apache-2.0
"""What the scripts of install/ and tests/ do on machines that are not as they should be.
apt-get, cmake and ctest are stand-ins here; test_bare_machine.py runs the real ones."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]

CTEST = r"""#!/bin/sh
# ctest --test-dir DIRECTORY ...
mkdir -p "$2/Testing/Temporary"
{
  echo '1/2 Testing: push: encoded'
  echo "test_one (Encoded.test_one) ... skipped 'why'"
  echo '2/2 Testing: install: a bare machine'
  echo 'skip: not root'
} >"$2/Testing/Temporary/LastTest.log"
echo "ctest $*"
echo "    Start 1: push: encoded"
echo
echo "50% tests passed, 1 tests failed out of 2"
echo
echo "Total Test time (real) =   1.00 sec"
case "$2" in *dev) exit 8 ;; esac
"""


class Scripts(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        os.chmod(directory.name, 0o755)
        self.bin = pathlib.Path(directory.name, "bin")
        self.bin.mkdir()
        self.tree = pathlib.Path(directory.name, "a tree")
        for part in ("install", "tests"):
            (self.tree / part).mkdir(parents=True)
            for script in (CHECKOUT / part).glob("*.sh"):
                shutil.copy(script, self.tree / part)

    def program(self, name, text):
        file = self.bin / name if "/" not in name else self.tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n")
        file.chmod(0o755)

    def run_script(self, *command, code=0):
        done = subprocess.run(command, cwd=self.tree, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env={**os.environ, "PUSHGUARD_FUZZ_SECONDS": "",
                                   "PATH": f"{self.bin}:{os.environ['PATH']}"})
        self.assertEqual(done.returncode, code, done.stdout)
        return done.stdout

    def cmake_called(self):
        """What configure() asks of cmake."""
        self.program("cmake", 'echo "$@"')
        self.run_script("bash", "-euc", "source install/checkout.sh; need_build_directory; "
                        "configure release -DA=B")
        return (self.tree / "build/release.log").read_text()

    def test_a_build_directory_of_a_failed_run_or_another_place_is_made_afresh(self):
        self.assertEqual(self.cmake_called(), "--fresh --preset release -DA=B\n")
        build = self.tree / "build/release"
        build.mkdir()
        cache = build / "CMakeCache.txt"
        cache.write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={self.tree}\n")
        self.assertEqual(self.cmake_called(), "--fresh --preset release -DA=B\n")
        (build / "build.ninja").touch()
        self.assertEqual(self.cmake_called(), "--preset release -DA=B\n")
        cache.write_text(f"CMAKE_HOME_DIRECTORY:INTERNAL={self.tree}2\n")
        self.assertEqual(self.cmake_called(), "--fresh --preset release -DA=B\n")

    def test_a_checkout_that_cannot_be_written_is_named(self):
        as_user = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        self.tree.chmod(0o555)
        self.addCleanup(self.tree.chmod, 0o755)
        user = subprocess.run([*as_user, "id", "-un"], capture_output=True, text=True)
        name = user.stdout.strip()
        self.assertEqual(self.run_script(*as_user, "install/demo.sh", code=1),
                         f"error: '{self.tree}' cannot be written by '{name}', and the build "
                         "goes into its 'build'\n"
                         f"  work in a clone of your own: git clone '{self.tree}'\n")

    @unittest.skipIf(os.geteuid() != 0, "only root can give a checkout away")
    def test_a_checkout_of_another_user_is_one_that_git_reads(self):
        subprocess.run(["git", "init", "-q", self.tree], check=True)
        for file in (self.tree, self.tree / ".git"):
            os.chown(file, 65534, 65534)
        asked = "git rev-parse --is-inside-work-tree"
        self.assertIn("dubious ownership", self.run_script("sh", "-c", asked, code=128))
        self.assertEqual(self.run_script("bash", "-euc", f"source install/checkout.sh; {asked}"),
                         "true\n")

    def missing_catch2(self):
        self.program("dpkg-query", '[ "$4" != catch2 ] && echo "install ok installed"')
        self.program("sudo", '[ "$1" = -n ] || exec "$@"')
        self.program("sleep", ":")

    def test_another_apt_at_work_is_waited_for(self):
        self.missing_catch2()
        self.program("apt-get", f"""
            if mkdir {self.bin}/tried 2>/dev/null; then
              echo "E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7"
              exit 100
            fi
            for last; do :; done
            echo "apt-get got on: $last" """)
        self.assertEqual(self.run_script("install/packages.sh", "test"),
                         "installing 1 Debian package: catch2\n"
                         "waiting for another apt or dpkg: E: Could not get lock "
                         "/var/lib/apt/lists/lock. It is held by process 7\n"
                         "apt-get got on: update\n"
                         "apt-get got on: catch2\n")

    def test_what_apt_refuses_is_passed_on(self):
        self.missing_catch2()
        self.program("apt-get", 'echo "E: Unmet dependencies"; exit 100')
        self.assertEqual(self.run_script("install/packages.sh", "test", code=1),
                         "installing 1 Debian package: catch2\n"
                         "E: Unmet dependencies\nE: Unmet dependencies\n"
                         "error: apt-get did not install 1 Debian package; its own words are "
                         "above\n"
                         "  mend what it names, then run the same command again\n")

    def run_tests(self, *arguments, code):
        for name in ("install/packages.sh", "install/libgit2.sh", "install/re2_headers.sh",
                     "tests/fuzz/run.sh"):
            self.program(name, 'echo "$@"')
        self.program("cmake", """
            [ "$1" != --fresh ] || { mkdir -p build/$3 && touch build/$3/CTestTestfile.cmake; }
            echo "cmake $*" """)
        self.program("ctest", CTEST)
        return self.run_script("tests/run.sh", *arguments, code=code)

    def test_the_run_ends_with_skips_failed_steps_and_the_release_summary(self):
        ran = self.run_tests("-R", "push", code=1)
        self.assertIn("\n== fuzzers: 10 seconds each\n10\n", ran)
        self.assertIn("ctest --test-dir build/dev --output-on-failure --parallel "
                      f"{len(os.sched_getaffinity(0))} -R push --label-exclude ^all$\n", ran)
        self.assertEqual(ran[ran.index("skipped: release"):],
                         "skipped: release: push: encoded: test_one (Encoded.test_one): 'why'\n"
                         "skipped: release: install: a bare machine: not root\n"
                         "skipped: dev: push: encoded: test_one (Encoded.test_one): 'why'\n"
                         "skipped: dev: install: a bare machine: not root\n"
                         "4 skipped\n"
                         "failed: tests: dev\n"
                         "\n"
                         "50% tests passed, 1 tests failed out of 2\n"
                         "\n"
                         "Total Test time (real) =   1.00 sec\n")

    def test_the_quick_size_is_the_release_build_alone(self):
        ran = self.run_tests("--quick", "-LE", "net", code=0)
        self.assertNotIn("dev", ran)
        self.assertNotIn("fuzz", ran)
        self.assertIn("--label-exclude ^(all|slow)$|net\n", ran)

    def test_all_excludes_nothing(self):
        ran = self.run_tests("--all", code=1)
        self.assertIn("\n== fuzzers: 600 seconds each\n600\n", ran)
        self.assertIn("ctest --test-dir build/tsan --output-on-failure --parallel "
                      f"{len(os.sched_getaffinity(0))} --no-tests=error\n", ran)

    def test_an_unknown_option_is_named(self):
        self.assertEqual(self.run_script("tests/run.sh", "--quik", code=1),
                         "error: '--quik' is no option of tests/run.sh, and none of ctest that it "
                         "passes on\n"
                         "  tests/run.sh --help lists its own\n")
        self.assertFalse((self.tree / "build").exists())


if __name__ == "__main__":
    unittest.main()
