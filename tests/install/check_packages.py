# SPDX-License-Identifier: Apache-2.0
"""What install/package/release.sh made: sums and signature, contents, the list of what
is linked in, and the programs themselves where nothing of this machine helps them.
Called by test_package.sh, which sets the variables that are read here."""

import ctypes
import errno
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import unittest

from support import tokens
from support.server import PushTest

DIST = pathlib.Path(os.environ["PUSHGUARD_DIST"])
SIGNER = os.environ["PUSHGUARD_SIGNER"]  # the public key
ROOT = pathlib.Path(__file__).resolve().parents[2]
BARE = ROOT / "install" / "bare.sh"
ARCHITECTURES = os.environ["PUSHGUARD_ARCHITECTURES"].split()
QEMU = shutil.which("qemu-aarch64-static")


def run(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)


def version():
    name, = DIST.glob("pushguard_*_amd64.deb")
    return name.name.split("_")[1]


def unpack(architecture, directory):
    archive = DIST / f"pushguard-{version()}-linux-{architecture}.tar.gz"
    done = run("tar", "-C", directory, "--strip-components=1", "-xzf", archive)
    assert done.returncode == 0, done.stderr
    return pathlib.Path(directory) / "bin" / "pushguard"


class SumsTest(unittest.TestCase):
    """The two commands that install/README.md names, on files as they are and changed."""

    def setUp(self):
        self.dist = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory())) / "dist"
        shutil.copytree(DIST, self.dist)
        (self.dist / "signers").write_text(f"pushguard {SIGNER}\n")

    def signature_holds(self):
        with (self.dist / "SHA256SUMS").open() as sums:
            return run("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "pushguard", "-n",
                       "pushguard", "-s", "SHA256SUMS.sig", cwd=self.dist, stdin=sums)

    def sums_hold(self):
        return run("sha256sum", "--check", "SHA256SUMS", cwd=self.dist)

    def test_as_they_are(self):
        self.assertEqual(self.signature_holds().returncode, 0, self.signature_holds().stderr)
        sums = self.sums_hold()
        self.assertEqual(sums.returncode, 0, sums.stderr)
        self.assertEqual(len(sums.stdout.splitlines()), 3 * len(ARCHITECTURES))

    def test_changed_file(self):
        for file in self.dist.glob("*.tar.gz"):
            with file.open("r+b") as opened:
                opened.seek(1000)
                byte = opened.read(1)
                opened.seek(1000)
                opened.write(bytes([byte[0] ^ 1]))
            sums = self.sums_hold()
            self.assertEqual(sums.returncode, 1)
            self.assertIn(f"{file.name}: FAILED\n", sums.stdout)

    def test_changed_sums(self):
        sums = self.dist / "SHA256SUMS"
        sums.write_text(sums.read_text().replace("0", "1", 1))
        self.assertNotEqual(self.signature_holds().returncode, 0)

    def test_another_signer(self):
        made = run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.dist / "other")
        self.assertEqual(made.returncode, 0, made.stderr)
        (self.dist / "signers").write_text(f"pushguard {(self.dist / 'other.pub').read_text()}")
        self.assertNotEqual(self.signature_holds().returncode, 0)


class ContentTest(unittest.TestCase):
    def test_debian_packages_pass_lintian(self):
        for architecture in ARCHITECTURES:
            package = DIST / f"pushguard_{version()}_{architecture}.deb"
            words = ["--allow-root"] if os.geteuid() == 0 else []
            done = run("lintian", *words, "--fail-on", "error,warning", package)
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_tarball_and_package_have_the_same_program_and_the_rest(self):
        wanted = ["bin/pushguard", "share/pushguard/bare.sh", "share/pushguard/launcher.sh",
                  "share/pushguard/look.sh",
                  "share/pushguard/systemd/pushguard-checkpoint.service",
                  "share/bash-completion/completions/pushguard",
                  "share/zsh/vendor-completions/_pushguard",
                  "share/fish/vendor_completions.d/pushguard.fish"]
        for architecture in ARCHITECTURES:
            with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as debian:
                plain, debian = pathlib.Path(plain), pathlib.Path(debian)
                unpack(architecture, plain)
                done = run("dpkg-deb", "-x", DIST / f"pushguard_{version()}_{architecture}.deb",
                           debian)
                self.assertEqual(done.returncode, 0, done.stderr)
                for name in wanted:
                    self.assertEqual((plain / name).read_bytes(),
                                     (debian / "usr" / name).read_bytes(), name)
                for name in ("man1/pushguard.1", "man5/pushguard.toml.5"):
                    self.assertTrue((plain / "share/man" / name).is_file(), name)
                    self.assertTrue((debian / "usr/share/man" / f"{name}.gz").is_file(), name)
                for line in (debian / "etc/pushguard/config.toml").read_text().splitlines():
                    self.assertRegex(line, "^(#.*)?$")


class ListTest(unittest.TestCase):
    """The SPDX document: whole, and nothing that is linked is missing from it."""

    def documents(self):
        for architecture in ARCHITECTURES:
            file = DIST / f"pushguard-{version()}-linux-{architecture}.spdx.json"
            yield architecture, file, json.loads(file.read_text())

    def test_has_what_spdx_asks_for(self):
        for _, file, document in self.documents():
            self.assertEqual(document["spdxVersion"], "SPDX-2.3")
            self.assertEqual(document["dataLicense"], "CC0-1.0")
            self.assertRegex(document["documentNamespace"], "^https://[^#]+-[0-9a-f]{64}$")
            self.assertRegex(document["creationInfo"]["created"], r"^\d{4}(-\d\d){2}T[\d:]{8}Z$")
            known = {"SPDXRef-DOCUMENT"} | {package["SPDXID"] for package in document["packages"]}
            self.assertEqual(len(known), len(document["packages"]) + 1)
            for package in document["packages"]:
                self.assertRegex(package["SPDXID"], "^SPDXRef-[A-Za-z0-9.-]+$")
                for key in ("name", "versionInfo", "downloadLocation", "licenseConcluded"):
                    self.assertTrue(package[key], key)
            for relation in document["relationships"]:
                self.assertIn(relation["spdxElementId"], known)
                self.assertIn(relation["relatedSpdxElement"], known)
            try:
                from spdx_tools.spdx.parser.parse_anything import parse_file
                from spdx_tools.spdx.validation import document_validator
            except ImportError:
                continue  # the checks above are all that can be done without it
            parsed = parse_file(str(file))
            self.assertEqual(document_validator.validate_full_spdx_document(parsed), [])

    def test_names_the_program_by_its_digest(self):
        for architecture, _, document in self.documents():
            with tempfile.TemporaryDirectory() as directory:
                program = unpack(architecture, directory)
                digest = run("sha256sum", program).stdout.split()[0]
            self.assertEqual(document["packages"][0]["checksums"][0]["checksumValue"], digest)

    def test_names_every_library_of_the_link_and_of_the_headers(self):
        _, _, document = next(self.documents())
        names = {package["name"].lower() for package in document["packages"]}
        sources = " ".join(reference["referenceLocator"] for package in document["packages"]
                           for reference in package.get("externalRefs", []))
        ninja = (ROOT / "build/release/build.ninja").read_text()
        link = ninja.split("build pushguard: ", 1)[1].split("\n\n", 1)[0]
        archives = set(re.findall(r"(/\S+/lib\w+\.a)\b", link))
        self.assertGreaterEqual(len(archives), 5, link)
        for archive in archives:
            if "libgit2" in archive:
                self.assertIn("libgit2", names)
                continue
            package = run("dpkg", "-S", archive).stdout.split(":")[0]
            self.assertIn(f"/{package}@", sources, archive)
        included = set()
        for file in ROOT.glob("hook/**/*.[ch]*"):
            included |= set(re.findall(r"^#include <([\w+]+)/", file.read_text(), re.M))
        # git2: of the archive above. The kernel's and the C library's own need no name.
        for folder in included - {"git2", "sys", "linux"}:
            package = run("dpkg", "-S", f"/usr/include/{folder}").stdout.split(":")[0]
            self.assertIn(f"/{package}@", sources, folder)


def only_calls_of_linux_4_18():
    """From here on this process and its children have only the system calls of that
    kernel, the one of RHEL 8: those with a later number are unknown (ENOSYS)."""
    first_later = 424  # pidfd_send_signal of Linux 5.1, on every architecture
    load_number, if_at_least, give = 0x20, 0x35, 0x06
    program = [(load_number, 0, 0, 0), (if_at_least, 0, 1, first_later),
               (give, 0, 0, 0x50000 | errno.ENOSYS), (give, 0, 0, 0x7FFF0000)]
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code)
    filter_ = ctypes.create_string_buffer(struct.pack("HP", len(program),
                                                      ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, filter_, 0, 0):
        raise OSError(ctypes.get_errno(), "the filter of system calls cannot be set")


class StrangeMachineTest(PushTest):
    def setUp(self):
        super().setUp()
        self.hook = self.server / "hooks" / "pre-receive"
        self.hook.unlink()
        self.place = self.scratch / "unpacked"
        self.place.mkdir()

    def install(self, program):
        done = run("sh", self.place / "share/pushguard/bare.sh", "--record",
                   self.scratch / "record", "--install", *program, self.server)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(done.stdout, f"'{self.server}': installed\n")

    def push_with(self, **options):
        words = ["git", "push", "origin", "HEAD:refs/heads/main"]
        done = subprocess.run(words, cwd=self.clone, env=self.environment, capture_output=True,
                              text=True, timeout=600, **options)
        return done.returncode, done.stderr

    def assert_judges(self, **options):
        self.commit({"hello": "world\n"})
        code, errors = self.push_with(**options)
        self.assertEqual(code, 0, errors)
        self.commit({"deploy.env": f"TOKEN={tokens.github()}\n"})
        code, errors = self.push_with(**options)
        self.assertEqual(code, 1, errors)
        self.assertIn("error: push refused: it contains a secret", errors)

    def test_unpacked_tarball_on_a_kernel_of_rhel_8(self):
        program = unpack("amd64", self.place)
        note = run("readelf", "--notes", program).stdout
        oldest = re.search(r"OS: Linux, ABI: (\d+)\.(\d+)", note)
        self.assertLessEqual(tuple(map(int, oldest.groups())), (4, 18), note)
        self.install([])
        self.assert_judges(preexec_fn=only_calls_of_linux_4_18)

    def test_the_filter_of_system_calls_works(self):
        script = ("import ctypes; print(ctypes.CDLL(None, use_errno=True).syscall(436, 999, 999, 0)"
                  ", ctypes.get_errno())")
        done = run("python3", "-c", script, preexec_fn=only_calls_of_linux_4_18)
        self.assertEqual(done.stdout, f"-1 {errno.ENOSYS}\n", done.stderr)

    def test_empty_container(self):
        """A root with the program and nothing else: no C library, no shell, no /proc."""
        program = unpack("amd64", self.place)
        root = self.scratch / "root"
        root.mkdir()
        shutil.copy(program, root / "pushguard")
        (root / "deploy.env").write_text(f"TOKEN={tokens.github()}\n")
        inside = ["unshare", "-r", "chroot", root, "/pushguard"]
        shown = run(*inside, "--version")
        if "unshare" in shown.stderr:
            self.skipTest("this machine lets nobody have a root: " + shown.stderr.strip())
        self.assertEqual(shown.returncode, 0, shown.stderr)
        self.assertIn(version(), shown.stdout)
        found = run(*inside, "scan", "/deploy.env")
        self.assertEqual(found.returncode, 1, found.stderr)
        self.assertIn("deploy.env", found.stdout)

    @unittest.skipUnless("arm64" in ARCHITECTURES, "test_package.sh was called without --all")
    def test_arm64(self):
        program = unpack("arm64", self.place)
        emulated = self.scratch / "pushguard"
        emulated.write_text(f"#!/bin/sh\nexec {QEMU} '{program}' \"$@\"\n")
        emulated.chmod(0o755)
        self.install(["--binary", emulated])
        self.assert_judges()


if __name__ == "__main__":
    unittest.main(verbosity=2)
