# SPDX-License-Identifier: Apache-2.0
"""The Debian package on a bare Debian 12: installed, it refuses a push; removed, it says
which repositories still call it, and they refuse; purged, it leaves nothing.
Called by test_package.sh, which sets PUSHGUARD_DIST."""

import os
import pathlib
import shutil
import sys
import unittest

from support import bare_root, tokens

DIST = pathlib.Path(os.environ["PUSHGUARD_DIST"])
REPOSITORY = "/srv/git/web.git"
IDENTITY = "-c user.name='Ann Dev' -c user.email=ann@example.com"
# All files but those of the kernel, of the test, and of dpkg's and apt's own books.
FILES = ("find / -xdev -not -path '/proc/*' -not -path '/dev/*' -not -path '/tmp/*' "
         "-not -path '/srv/*' -not -path '/var/lib/dpkg/*' -not -path '/var/log/*' "
         "-not -path '/var/cache/*' -not -path \"$HOME/*\" | sort")


class DebianPackage(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.root = self.enterContext(bare_root.open_root())
        package, = DIST.glob("pushguard_*_amd64.deb")
        target = self.root.own / "upper/tmp/pushguard.deb"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(package, target)

    def run_in(self, command, code=0, within="/"):
        done = self.root.run(command, within=within, network=False)
        self.assertEqual(done.returncode, code, f"{command}\n{done.stdout}")
        return done.stdout

    def push(self, name, content, code):
        self.run_in(f"echo '{content}' >{name} && git add . && git {IDENTITY} commit -qm Change",
                    within="/tmp/clone")
        return self.run_in("git push -q origin HEAD:main", code, "/tmp/clone")

    def test_installs_refuses_removes_and_purges(self):
        before = self.run_in(FILES)
        self.run_in("dpkg -i /tmp/pushguard.deb")
        self.run_in("pushguard config check && pushguard rules check")
        self.run_in(f"git init -q --bare -b main {REPOSITORY} && git clone -q {REPOSITORY} "
                    "/tmp/clone && sh /usr/share/pushguard/bare.sh --install /srv/git")
        self.assertEqual(self.run_in("sh /usr/share/pushguard/bare.sh --check /srv/git"),
                         f"'{REPOSITORY}': on\n")
        self.push("hello", "world", 0)
        refused = self.push("deploy.env", f"TOKEN={tokens.github(72)}", 1)
        self.assertIn("error: push refused: it contains a secret", refused)
        self.run_in("git reset -q --hard HEAD~1", within="/tmp/clone")

        # An upgrade is no removal, and says nothing.
        self.assertNotIn("warning: ", self.run_in("dpkg -i /tmp/pushguard.deb"))
        self.push("hello", "again", 0)

        removed = self.run_in("dpkg --remove pushguard")
        self.assertIn(f"""\
warning: these repositories still call pushguard, and will refuse every push:
  {REPOSITORY}
hint: install pushguard again, or delete hooks/pre-receive in each of them
""", removed)
        refused = self.push("hello", "once more", 1)
        self.assertIn("error: push refused, as nothing could be checked: '/usr/bin/pushguard' "
                      "does not exist", refused)
        self.run_in("test -f /etc/pushguard/config.toml")
        self.run_in("dpkg --purge pushguard")
        self.assertEqual(self.run_in(FILES), before)


if __name__ == "__main__":
    reason = bare_root.why_not()
    if reason:
        print(f"skip: {reason}")
        sys.exit(77)
    unittest.main(verbosity=2)
