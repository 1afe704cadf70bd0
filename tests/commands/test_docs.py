# SPDX-License-Identifier: Apache-2.0
"""Manual pages and completions, read by the programs that they are for."""

import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PUSHGUARD = os.environ["PUSHGUARD"]
PAGES = ("pushguard", "pushguard.toml")


def generated(*words):
    return subprocess.run([PUSHGUARD, "help", *words], capture_output=True, check=True).stdout


class ManPages(unittest.TestCase):
    def test_mandoc_finds_nothing_to_say(self):
        for page in PAGES:
            lint = subprocess.run(["mandoc", "-T", "lint", "-W", "warning"],
                                  input=generated("--man", page), capture_output=True)
            self.assertEqual((lint.returncode, lint.stdout.decode()), (0, ""), page)

    def test_every_command_and_key_is_in_them(self):
        def text(page):
            plain = subprocess.run(["mandoc", "-T", "ascii"], input=generated("--man", page),
                                   capture_output=True, check=True).stdout
            return re.sub(".\b", "", plain.decode())  # bold is a letter struck twice
        commands = text("pushguard")
        for name in ("pre-receive", "scan", "admit", "config check", "rules list", "rules show",
                     "audit verify", "help"):
            self.assertIn(f"pushguard {name} [OPTIONS]", commands)
        keys = text("pushguard.toml")
        for name in ("[policy.introduced]", "[[allow]]", "promoted_example = ", "threads = "):
            self.assertIn(name, keys)


class Completions(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-docs."))
        self.addCleanup(shutil.rmtree, self.scratch)
        shutil.copy(PUSHGUARD, self.scratch / "pushguard")
        (self.scratch / "some-file").write_text("")
        self.environment = {"PATH": f"{self.scratch}:{os.environ['PATH']}", "TERM": "dumb",
                            "HOME": str(self.scratch)}

    ASKED = ((["pushguard", "sc"], {"scan"}),
             (["pushguard", "rules", ""], {"check", "import", "list", "pages", "show"}),
             (["pushguard", "scan", "--fo"], {"--format"}),
             (["pushguard", "scan", "--format", ""], {"table", "jsonl"}),
             (["pushguard", "help", "ver"], {"version"}),
             (["pushguard", "scan", "some-"], {"some-file"}),
             (["pushguard", "scan", "--config", "some-"], {"some-file"}),
             (["pushguard", "rules", "show", "github-pat-c"], {"github-pat-classic"}))

    def test_bash(self):
        (self.scratch / "script").write_bytes(generated("--completion", "bash"))
        for words, expected in self.ASKED:
            ask = ("source ./script; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _pushguard; "
                   "printf '%s\\n' \"${COMPREPLY[@]}\"")
            said = subprocess.run(["bash", "--norc", "-c", ask, "ask", *words], cwd=self.scratch,
                                  env=self.environment, capture_output=True, text=True)
            self.assertEqual((set(said.stdout.split()), said.stderr), (expected, ""), words)

    def test_fish(self):
        (self.scratch / "script").write_bytes(generated("--completion", "fish"))
        for words, expected in self.ASKED:
            said = subprocess.run(
                ["fish", "--no-config", "-c", f"source ./script; complete -C '{' '.join(words)}'"],
                cwd=self.scratch, env=self.environment, capture_output=True, text=True)
            offered = {line.split("\t")[0] for line in said.stdout.splitlines()}
            self.assertEqual((offered, said.stderr), (expected, ""), words)

    def test_zsh(self):
        """zsh completes only at a terminal: each line is typed, and what it became is read."""
        (self.scratch / "functions").mkdir()
        (self.scratch / "functions/_pushguard").write_bytes(generated("--completion", "zsh"))
        (self.scratch / ".zshrc").write_text(
            "fpath=(~/functions $fpath); autoload -U compinit; compinit -u -D\n"
            "PS1='> '; unsetopt zle_bracketed_paste; setopt no_beep\n"
            "show() { print -r -- \"<$BUFFER>\"; BUFFER=; zle .accept-line }\n"
            # A line typed before zsh listens arrives with ^M for its end.
            "zle -N show; bindkey '^J' show; bindkey '^M' show; bindkey '^I' complete-word\n"
            "print ready\n")
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.scratch)
            os.execvpe("zsh", ["zsh", "-i"], {**self.environment, "TERM": "vt100"})
        self.addCleanup(os.close, terminal)

        def read_until(mark):
            said, end = b"", time.monotonic() + 60
            while mark not in said and time.monotonic() < end:
                if select.select([terminal], [], [], 1)[0]:
                    said += os.read(terminal, 65536)
            return said.decode("utf-8", "replace")
        read_until(b"ready")
        for words, expected in self.ASKED:
            if len(expected) > 1:
                continue
            os.write(terminal, (" ".join(words) + "\t\n").encode())
            line = " ".join([*words[:-1], *expected])
            self.assertIn(f"<{line}", read_until(b">\r\n"), words)
        os.kill(pid, signal.SIGKILL)  # at the wrong moment it takes no end of input
        os.waitpid(pid, 0)


if __name__ == "__main__":
    unittest.main()
