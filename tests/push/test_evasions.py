# SPDX-License-Identifier: Apache-2.0
"""Known ways to evade a secret scanner, by their numbers in a list of 36.

Other files test these: 1 test_refs.test_forced_update, 2 test_annotated_tag_message,
4 test_tag_of_a_blob and test_tag_of_a_tree, 5 test_evil_merge, 11
test_traps.test_objects_that_no_ref_reaches, 14 test_refs.test_notes, 22
test_deletion_and_secret_together, 24 test_secrecy.test_in_files, 26
test_refs.test_file_name_that_is_the_secret and the tests after it, 27 test_preexisting,
29 the examples of rules/*.toml, 34 unit/objects/hostile_test.cc.
README.md says that these are not detected: 10, 23 (concatenation), 25 (LFS), 30, 33, 36.
"""

import base64
import gzip
import re
import unittest
import zlib

from support import tokens
from support.server import PushTest


def github_of(body):
    """A token with a right checksum and this random part."""
    return "gh" + "p_" + body + tokens.base62(zlib.crc32(body.encode()), 6)


class Evasions(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def assert_finding(self, result, kind="file", **wanted):
        self.assert_refused(result)
        places = [
            place for finding in self.last_record()["findings"] for place in finding["places"]
        ]
        self.assertTrue(
            any(place["kind"] == kind and wanted.items() <= place.items() for place in places),
            places)

    def test_03_committer_mail(self):
        secret = tokens.github(3)
        self.git("commit", "-q", "--allow-empty", "-m", "x",
                 GIT_COMMITTER_EMAIL=f"{secret}@example.com")
        result = self.push()
        self.assert_finding(result, "commit", line=4)
        self.assert_nowhere(secret, result)

    def test_06_a_symlink_that_becomes_a_file(self):
        (self.clone / "link").symlink_to("readme.md")
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Link")
        (self.clone / "link").unlink()
        self.commit({"link": tokens.github(6)}, "File")
        self.assert_finding(self.push(), path="link")

    def test_07_utf_16(self):
        secret = tokens.github(7)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            with self.subTest(encoding):
                self.commit({"a.txt": f"name=x\r\ntoken={secret}\r\n".encode(encoding)}, encoding)
                self.assert_finding(self.push(), path="a.txt", line=2, column=7, encoding="UTF-16")

    def test_08_between_binary_bytes(self):
        for name, before, after in (("nul", b"\0\0", b"\0"), ("high", b"\xff\xfe", b"\xff"),
                                    ("mixed", b"\x89PNG\r\n", b"\x1a")):
            with self.subTest(name):
                self.commit({f"{name}.bin": before + tokens.github(name).encode() + after})
                self.assert_finding(self.push(), path=f"{name}.bin")

    def test_09_an_allowed_file_that_moves_and_changes_is_looked_at(self):
        self.configure('[[allow]]\npath = "tests/*"\nreason = "made up for tests"\n')
        secret = tokens.github(9)
        self.commit({"tests/a.txt": f"1\n{secret}\n"})
        self.assert_accepted(self.push())
        self.git("mv", "tests/a.txt", "a.txt")
        self.commit({"a.txt": f"2\n{secret}\n"}, "Move")
        self.assert_finding(self.push(), path="a.txt", origin="introduced")

    def test_12_a_replace_ref_that_is_pushed(self):
        blob = self.git("hash-object", "-w", "--stdin",
                        input=tokens.github(12).encode()).output.strip()
        old = self.rev("HEAD:readme.md")
        self.git("update-ref", f"refs/replace/{old}", blob)
        self.assert_finding(self.push("origin", f"refs/replace/{old}"), "object", object=blob)

    def test_13_grafts_of_the_server_cut_nothing(self):
        (self.server / "info").mkdir(exist_ok=True)
        culprit = self.commit({"a.txt": tokens.github(13)}, "Bad")
        tip = self.commit({"a.txt": "clean\n"}, "Clean")
        (self.server / "info/grafts").write_text(f"{tip}\n")
        self.assert_finding(self.push(), path="a.txt", commit=culprit)

    def test_15_attributes_of_the_server(self):
        (self.server / "info").mkdir(exist_ok=True)
        (self.server / "info/attributes").write_text("* -diff -text binary filter=hide\n")
        self.git("config", "attr.tree", "HEAD", cwd=self.server)
        self.commit({"a.txt": tokens.github(15)})
        self.assert_finding(self.push(), path="a.txt")

    def test_16_marks_and_files_of_the_pusher_excuse_nothing(self):
        allow = '[[allow]]\npath = "*"\nreason = "because I say so"\n'
        for mark in ("nosec", "noqa", "pushguard:allow", "pragma: allowlist secret"):
            with self.subTest(mark):
                self.commit({
                    "pushguard.toml": allow,
                    ".pushguard.toml": allow,
                    ".pushguardignore": "*\n",
                    "a.txt": f"{tokens.github(mark)}  # {mark}\n"
                })
                self.assert_finding(self.push(), path="a.txt")

    def test_17_no_path_is_left_out(self):
        paths = ("vendor/a.go", "node_modules/x/index.js", "package-lock.json", "a.docx",
                 "swagger-ui.js", "a.min.js", "a.svg", "a.lock", "test/fixtures/a.txt",
                 ".git-like/objects/a", "LICENSE")
        self.commit({path: tokens.github(path) + "\n" for path in paths})
        result = self.push()
        for path in paths:
            self.assert_finding(result, path=path)

    def test_18_words_within_a_secret_excuse_nothing(self):
        for word in ("false", "null", "true", "example", "test", "sample", "xxx", "0123"):
            for body in (word + tokens.random_text(tokens.BASE62, 30 - len(word), word),
                         tokens.random_text(tokens.BASE62, 30 - len(word), word) + word):
                with self.subTest(body=body):
                    self.commit({"a.txt": f"{github_of(body)}\n"})
                    self.assert_finding(self.push(), path="a.txt")

    def test_19_a_very_long_line(self):
        for at in (65530, 1 << 20, 5 << 20):
            with self.subTest(at=at):
                self.commit(
                    {"a.min.js": "x=1;" * (at // 4) + tokens.github(at) + ";" + "y=2;" * 100000})
                self.assert_finding(self.push(), path="a.min.js", line=1)

    def test_20_at_the_end_of_a_big_file_and_over_the_limit(self):
        content = ("a line of text\n" * 1400000) + tokens.github(20)
        self.commit({"big.txt": content})
        self.assert_finding(self.push(), path="big.txt", line=1400001)
        # A large blob is read in parts, so the limit for objects in memory does not apply.
        self.configure("[limits]\nobject_mib = 1\n")
        self.assert_finding(self.push(), path="big.txt", line=1400001)
        self.commit({"big.txt": "", "medium.txt": "a line of text\n" * 140000})
        self.configure("[limits]\nobject_mib = 1\n")
        result = self.assert_refused(self.push())
        self.assertIn("could not be checked for secrets", result.message)
        self.assertEqual([gap["why"] for gap in self.last_record()["unscanned"]], ["too-large"])

    def test_21_bait_for_every_rule_does_not_tire_it(self):
        bait = " ".join(["gh" "p_", "np" "m_", "xox" "b-", "AK" "IA", "://",
                         "-----BEGIN", "ey" "J", "token="])
        self.commit({"bait.txt": (bait + "\n") * 20000 + tokens.github(21)})
        self.assert_finding(self.push(), path="bait.txt", line=20001)

    def test_23_encoded_once_and_twice(self):
        base64_of = lambda content: base64.b64encode(content)
        secret = tokens.github(23).encode()
        text = b"name: x\ntoken: " + secret + b"\n"
        for encoding, content in (
                ("base64", base64_of(text)),
                ("base64", base64_of(b"x" + text)), ("base64", base64_of(b"xy" + text)),
                ("base64", base64.encodebytes(text * 3)),
                ("base64 in base64", base64_of(base64_of(text))),
                ("gzip in base64", base64_of(gzip.compress(text))),
                ("hex", text.hex().encode()),
                ("URL encoding", b"https://host/login?token=" + secret.replace(b"_", b"%5F")),
                ("base64 in URL encoding", b"?data="
                 + b"%".join([b"", *re.findall(b"..", base64_of(text).hex().encode())])),
                ("quoted-printable", b"x" * 50 + b" token=3D" + secret[:15] + b"=\n" + secret[15:]),
                ("escapes", "".join(f"\\u{byte:04x}" for byte in secret).encode())):
            with self.subTest(encoding):
                self.commit({"a.txt": content + b"\n"}, encoding)
                self.assert_finding(self.push(), path="a.txt", encoding=encoding)

    def test_25_addresses_of_submodules_with_a_password(self):
        address = f"https://deploy:{tokens.url_password(25)}@git.internal/lib.git"
        for path in (".gitmodules", ".lfsconfig"):
            with self.subTest(path):
                self.commit({path: f'[section "lib"]\n\turl = {address}\n'})
                self.assert_finding(self.push(), path=path)

    def test_28_skip_words_skip_nothing(self):
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)
        self.commit({"a.txt": tokens.github(28)},
                    "Add [skip secret push protection] [skip ci] [no scan]")
        for option in ("skip", "breakglass", "secret_push_protection.skip_all", "pushguard.skip",
                       "pushguard.allow=all because it is urgent"):
            with self.subTest(option):
                self.assert_finding(self.push("-o", option, "origin", "HEAD:refs/heads/main"),
                                    path="a.txt")

    def test_31_many_secrets_are_all_on_record(self):
        self.commit({f"{i}.txt": tokens.github(f"many{i}") for i in range(1200)})
        result = self.assert_refused(self.push(), "error: push refused: it contains 1200 secrets")
        self.assertIn("and 1100 more places", result.message)
        self.assertEqual(len(self.last_record()["findings"]), 1200)

    def test_32_commands_in_the_repository_s_configuration_do_not_run(self):
        ran = self.scratch / "ran"
        command = self.scratch / "command"
        command.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{ran}'\ncat\n")
        command.chmod(0o755)
        secret = tokens.github(32)
        self.commit({"old.txt": f"1\n{secret}\n"})
        (self.server / "hooks/pre-receive").rename(self.scratch / "aside")
        self.assert_accepted(self.push())
        (self.scratch / "aside").rename(self.server / "hooks/pre-receive")
        for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "core.editor",
                     "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.smudge",
                     "filter.x.process", "gpg.program", "uploadpack.packObjectsHook"):
            self.git("config", name, str(command), cwd=self.server)
        (self.server / "info").mkdir(exist_ok=True)
        (self.server / "info/attributes").write_text("* diff=x filter=x\n")
        self.commit({"old.txt": f"2\n{secret}\n", "new.txt": tokens.github("new")}, "Edit")
        self.assert_finding(self.push(), path="new.txt", origin="introduced")
        self.assertFalse(ran.exists(), ran.exists() and ran.read_text())

    def test_35_names_of_authors_excuse_nothing(self):
        self.write("a.txt", tokens.github(35))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Update", GIT_AUTHOR_NAME="renovate[bot]",
                 GIT_AUTHOR_EMAIL="29139614+renovate[bot]@users.noreply.github.com")
        self.assert_finding(self.push(), path="a.txt")


class EvasionsSha256(Evasions):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
