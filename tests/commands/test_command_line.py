# SPDX-License-Identifier: Apache-2.0
"""The command line: help, wrong words, the version, and output that goes nowhere."""

import os
import pathlib
import re
import signal
import subprocess
import unittest

PUSHGUARD = os.environ["PUSHGUARD"]
COMMANDS = ([], ["pre-receive"], ["scan"], ["config"], ["config", "check"], ["rules"],
            ["rules", "check"], ["rules", "import"], ["rules", "list"], ["rules", "pages"],
            ["rules", "show"], ["version"], ["help"])
RULES = str(sorted(pathlib.Path(__file__).parents[2].glob("rules/[a-s]*.toml"))[0])
PRINTING = (["--help"], ["--version"], ["version"], ["help"], ["help", "--man", "pushguard"],
            ["help", "--man", "pushguard.toml"], ["help", "--completion", "bash"],
            ["rules", "list"], ["rules", "pages"], ["rules", "check", RULES],
            ["rules", "show", "github-pat-classic"], ["config", "check"], ["scan", __file__],
            ["scan", "--format", "jsonl", __file__])


def run(*words, **options):
    environment = {name: value for name, value in os.environ.items() if name != "GIT_DIR"}
    return subprocess.run([PUSHGUARD, *words], stdin=subprocess.DEVNULL, text=True,
                          env={**environment, "PUSHGUARD_CONFIG": "/dev/null"},
                          **({"capture_output": True} if not options else options))


class CommandLine(unittest.TestCase):
    maxDiff = None

    def test_help_of_every_command_three_ways(self):
        for words in COMMANDS:
            shown = run(*words, "--help")
            self.assertEqual((shown.returncode, shown.stderr), (0, ""), words)
            for same in (run(*words, "-h"), run("help", *words)):
                self.assertEqual((same.returncode, same.stdout), (0, shown.stdout), words)
            name = " ".join(["pushguard", *words])
            self.assertTrue(shown.stdout.startswith(f"usage: {name} [OPTIONS]"), shown.stdout)
            for part in ("\nexamples:\n  ", "\nexit codes:\n  0", "/etc/pushguard/config.toml"):
                self.assertIn(part, shown.stdout)

    def test_help_of_one_command(self):
        self.assertEqual(run("rules", "show", "-h").stdout, """\
usage: pushguard rules show [OPTIONS] ID

all about one rule

arguments:
  ID  the rule's id

options:
  -h, --help  say how it is called, with examples

examples:
  pushguard rules show github-pat-classic
      say all about one rule

configuration:
  --config FILE, else $PUSHGUARD_CONFIG, else /etc/pushguard/config.toml, else
  the defaults

exit codes:
  0  it is done
  2  the call or a file is wrong, or the output is lost
""")

    def test_examples_name_commands_that_exist(self):
        for words in COMMANDS:
            shown = run(*words, "--help").stdout
            for call in re.findall(r"pushguard ((?:[a-z][a-z-]* ?)+)", shown):
                self.assertNotIn("error", run("help", *call.split()[:1]).stderr, call)

    def test_a_wrong_word_is_named_with_the_nearest(self):
        for words, message in (
                (["scna"], "error: 'scna' is no command; did you mean 'scan'?\n"
                           "hint: 'pushguard --help' says how it is called\n"),
                (["scna", "--help"], "error: 'scna' is no command; did you mean 'scan'?\n"
                                     "hint: 'pushguard --help' says how it is called\n"),
                (["refs/heads/main"], "error: 'refs/heads/main' is no command\n"
                                      "hint: 'pushguard --help' says how it is called\n"),
                (["rules", "lst"],
                 "error: 'lst' is no command of 'pushguard rules'; did you mean 'list'?\n"
                 "hint: 'pushguard rules --help' says how it is called\n"),
                (["scan", "--fromat", "jsonl", "."],
                 "error: '--fromat' is no option of 'pushguard scan'; did you mean '--format'?\n"
                 "hint: 'pushguard scan --help' says how it is called\n"),
                (["--verison"], "error: '--verison' is no option; did you mean '--version'?\n"
                                "hint: 'pushguard --help' says how it is called\n"),
                (["-x"], "error: '-x' is no option\n"
                         "hint: 'pushguard --help' says how it is called\n"),
                (["help", "scna"], "error: 'scna' is no command; did you mean 'scan'?\n"
                                   "hint: 'pushguard help' names all commands\n"),
                (["rules"], "error: 'pushguard rules' needs a command\n"
                            "hint: 'pushguard rules --help' says how it is called\n"),
                (["scan"], "error: PATH, --repository or --all is required\n"
                           "hint: 'pushguard scan --help' says how it is called\n")):
            result = run(*words)
            self.assertEqual((result.returncode, result.stdout, result.stderr), (2, "", message))

    def test_a_wrong_word_cannot_write_on_a_terminal(self):
        wrong = run("rules", "sh\x1b[31mow\n").stderr
        self.assertNotIn("\x1b", wrong)
        self.assertEqual(wrong.count("\n"), 2, wrong)

    def test_a_directory_is_no_configuration_file(self):
        result = run("config", "check", "--config", "/etc")
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("error: cannot read '/etc': it is a directory, not a file\n", result.stderr)

    def test_the_version_is_whole(self):
        result = run("version")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        rules = len(run("rules", "list").stdout.splitlines())
        self.assertRegex(result.stdout, (
            r"^pushguard [0-9]+\.[0-9]+\.[0-9]+\n"
            r"commit:    ([0-9a-f]{40}([0-9a-f]{24})?(-dirty)?|unknown)\n"
            rf"rules:     {rules}, digest [0-9a-f]{{64}}\n"
            r"processor: with(out)? AVX2\n$"))
        for flag in ("-V", "--version"):
            self.assertEqual(run(flag).stdout, result.stdout)

    def test_a_full_disk_is_an_error(self):
        for words in PRINTING:
            with open("/dev/full", "w") as full:
                result = run(*words, stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(result.returncode, 2, words)
            self.assertIn("error: cannot write to standard output: No space left on device\n",
                          result.stderr, words)

    def test_a_closed_pipe_is_silent(self):
        for words in PRINTING:
            read_end, write_end = os.pipe()
            os.close(read_end)
            result = run(*words, stdout=write_end, stderr=subprocess.PIPE)
            os.close(write_end)
            self.assertEqual(result.returncode, -signal.SIGPIPE, words)
            self.assertNotIn("error", result.stderr, words)


if __name__ == "__main__":
    unittest.main()
