# SPDX-License-Identifier: Apache-2.0
"""What the README promises a stranger, on a bare Debian 12: install/demo.sh and the
lines of "Install it", as root and with sudo, in either order, twice. Where they cannot
work, the message is read as a whole."""

import pathlib
import re
import sys
import unittest

from support import bare_root, tokens

README = (bare_root.CHECKOUT / "README.md").read_text()
REPOSITORY = "/srv/git/team/web.git"


def install_lines():
    """The first indented block of "Install it", for a repository made here."""
    section = README.split("\n## Install it\n", 1)[1].split("\n## ", 1)[0]
    block = re.search(r"(?:^    .*\n)+", section, re.MULTILINE).group()
    lines = re.sub(r"^    ", "", block, flags=re.MULTILINE)
    assert "/srv/git/REPOSITORY.git" in lines
    return "set -e\n" + lines.replace("/srv/git/REPOSITORY.git", REPOSITORY)


def build_packages():
    """What install/packages.sh installs to build, less what the bare root has."""
    text = (bare_root.CHECKOUT / "install/packages.sh").read_text()
    names = re.search(r"^build=\((.*?)\)", text, re.DOTALL | re.MULTILINE).group(1).split()
    return [name for name in names if name not in bare_root.PACKAGES]


class OnBareRoot(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.root = self.enterContext(bare_root.open_root())

    def run_in(self, tree, command, code=0, **how):
        done = self.root.run(command, within=tree, **how)
        self.assertEqual(done.returncode, code, f"{command}\n{done.stdout}")
        return done.stdout

    def demonstrate(self, tree, **how):
        self.assertTrue(self.run_in(tree, "install/demo.sh", **how)
                        .endswith("\n== done: the secret never landed\n"))
        again = self.run_in(tree, "install/demo.sh", **how)
        self.assertTrue(again.endswith("\n== done: the secret never landed\n"))
        # With nothing changed, nothing is installed, fetched or compiled.
        self.assertRegex(again.split("\n== the admin installs it")[0], re.compile(
            r"\A\n== packages\n\n== libgit2\nlibgit2 \S+ is built already\n"
            r"\n== headers of RE2\nthe headers of re2 \S+ are there already\n"
            r"\n== build\n(\[0/2\] Re-checking globbed directories\.\.\.\n)?"
            r"(\[1/\d+\] Asking for the commit\n|ninja: no work to do\.\n)\Z"))

    def install(self, tree, **how):
        self.root.run(f"mkdir -p $(dirname {REPOSITORY}) && chown {how.get('user', 'root')}: "
                      f"$(dirname {REPOSITORY})")
        self.run_in("/", f"git init -q --bare -b main {REPOSITORY}", **how)
        self.run_in(tree, install_lines(), **how)
        again = self.run_in(tree, install_lines(), **how)
        self.assertRegex(again, r"\n(\[1/\d+\] Asking for the commit|ninja: no work to do\.)\n")
        self.assertNotRegex(
            again, r"(?m)^(Get:|installing|building|fetching|\[\d+/\d+\] (Building|Linking))")
        self.push(**how)

    def push(self, **how):
        """A clean push is accepted, and one with a token refused."""
        work = "/tmp/clone"
        identity = "-c user.name='Ann Dev' -c user.email=ann@example.com"
        self.run_in("/", f"git clone -q {REPOSITORY} {work} && cd {work} && "
                    "git switch -q -c main && echo hello >greeting && git add . && "
                    f"git {identity} commit -qm 'Say hello' && git push -q origin main", **how)
        refused = self.run_in(
            work, f"echo TOKEN={tokens.github(71)} >deploy.env && git add . && "
            f"git {identity} commit -qm 'Deploy' && git push -q origin main", 1, **how)
        self.assertTrue(re.sub(r"(?m)^remote: | +$", "", refused)
                        .startswith("error: push refused: it contains a secret\n"), refused)
        heads = self.run_in("/", f"git -C {REPOSITORY} log --format=%s main", **how)
        self.assertEqual(heads, "Say hello\n")


class BareMachine(OnBareRoot):
    def test_root_tries_it_then_installs_it(self):
        tree = "/opt/pushguard"
        self.root.copy_tree(tree)
        self.demonstrate(tree)
        self.install(tree)

    def test_without_a_network_the_message_says_so(self):
        tree = "/opt/pushguard"
        self.root.copy_tree(tree)
        refused = self.run_in(tree, "install/demo.sh", 1, network=False)
        self.assertEqual(refused[refused.index("error: "):],
                         "error: the package archive cannot be reached, and "
                         f"{len(build_packages())} Debian packages must be installed from it\n"
                         "  look at the network, and at the proxy and the sources of apt; then "
                         "run the same command again\n")

    def test_a_user_reads_what_to_ask_for_and_with_sudo_asks_nobody(self):
        # Blanks in the path, a locale that is not there, a strict umask and no HOME.
        tree = "/home/ann/my tools/push guard"
        how = {"user": bare_root.USER, "LANG": "de_DE.UTF-8", "HOME": None, "umask": "077"}
        self.root.copy_tree(tree, bare_root.USER)
        self.root.run(f"chown {bare_root.USER}: '/home/ann/my tools'")
        packages = build_packages()
        for command in ("install/demo.sh", install_lines()):
            refused = self.run_in(tree, command, 1, **how)
            self.assertEqual(refused[refused.index("error: "):],
                             f"error: {len(packages)} Debian packages must be installed, and "
                             "'ann' is not root and may not use sudo\n"
                             "  ask an administrator to run this line, then run the same command "
                             "again:\n"
                             "  apt-get update && apt-get install -y --no-install-recommends "
                             f"{' '.join(packages)}\n")
        self.run_in("/", "apt-get -q update && "
                    "apt-get -q install -y --no-install-recommends sudo && "
                    "echo 'ann ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/ann")
        self.install(tree, **how)
        self.demonstrate(tree, **how)

    def test_another_system_is_named(self):
        tree = "/opt/pushguard"
        self.root.copy_tree(tree)
        self.root.write(
            "/etc/os-release",
            'PRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nVERSION_ID="24.04"\n')
        refused = self.run_in(tree, "install/demo.sh", 1)
        self.assertEqual(refused, "\n== packages\n"
                         "error: this is 'Ubuntu 24.04 LTS', and Pushguard is built with the "
                         "packages of Debian 12\n"
                         "  build it in a container or chroot of Debian 12; the binary then runs "
                         "on any Linux\n")


class Tests(OnBareRoot):
    """tests/run.sh itself, which takes as long as its builds: not for every run."""

    def test_the_quick_tests_pass(self):
        tree = "/opt/pushguard"
        self.root.copy_tree(tree)
        self.run_in(tree, "git init -q && git add -A && "
                          "git -c user.name=A -c user.email=a@b commit -qm First")
        for _ in range(2):
            ran = self.run_in(tree, "tests/run.sh --quick")
            self.assertIn("\n100% tests passed, 0 tests failed out of ", ran)
        self.demonstrate(tree)


if __name__ == "__main__":
    reason = bare_root.why_not()
    if reason:
        print(f"skip: {reason}")
        sys.exit(77)
    unittest.main(verbosity=2, failfast=True)
