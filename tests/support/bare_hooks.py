# SPDX-License-Identifier: Apache-2.0
"""A bare repository without a hook, and install/bare.sh to put one there."""

import pathlib
import shutil

from support import tokens
from support.server import HOOK, PushTest

BARE = pathlib.Path(__file__).resolve().parents[2] / "install" / "bare.sh"


class BareTest(PushTest):
    shell = "dash"

    def setUp(self):
        super().setUp()
        # Every character that a path may have, except a line break.
        folder = self.scratch / "it's \"an $odd\" `place` \\ "
        folder.mkdir()
        self.program = folder / "push guard"
        shutil.copy(HOOK, self.program)
        self.record = self.scratch / "state" / "repositories"
        self.hook = self.server / "hooks" / "pre-receive"
        self.hook.unlink()

    def bare(self, *words, code=0):
        result = self.run_command(self.shell, str(BARE), "--record", str(self.record), *words,
                                  check=False, cwd=self.scratch)
        self.assertEqual(result.code, code, result.output + result.errors)
        return result

    def install(self, *repositories, code=0):
        return self.bare("--install", "--binary", str(self.program),
                         *map(str, repositories or (self.server,)), code=code)

    def check(self, code, says):
        shown = self.bare("--check", str(self.server), code=code).output
        self.assertEqual(shown, f"'{self.server}': {says}\n")

    def push_secret(self):
        self.commit({"deploy.env": f"TOKEN={tokens.github()}\n"})
        return self.push()

    def push_clean(self):
        self.commit({"hello": "world\n"})
        return self.push()

    def assert_not_checked(self, result, why):
        self.assertEqual(result.code, 1)
        self.assertIn("pre-receive hook declined", result.errors)
        self.assertEqual(result.message, f"""\
error: push refused, as nothing could be checked: '{self.program}' {why}
hint: this is no fault of your commits; tell the server's administrator
hint: administrator: install pushguard again; 'hooks/pre-receive' in '{self.server}' calls it
""")
