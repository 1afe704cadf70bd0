# SPDX-License-Identifier: Apache-2.0
"""No secret is shown anywhere, whatever its rule and its place."""

import base64
import json
import os
import subprocess
import unittest

from support import tokens
from support.server import PushTest

KINDS = {"github": tokens.github, "npm": tokens.npm, "digitalocean": tokens.digitalocean,
         "slack": tokens.slack, "aws": tokens.aws_key_id}


class Secrecy(PushTest):
    def setUp(self):
        super().setUp()
        self.git("config", "receive.advertisePushOptions", "true", cwd=self.server)

    def test_in_files(self):
        secrets = {name: make("file") for name, make in KINDS.items()}
        secrets["url"] = tokens.url_password("file")
        key = tokens.ed25519_pem("file")
        self.commit({
            **{f"{name}.txt": f'{name} = "{secret}"\n' for name, secret in secrets.items()},
            "url.txt": f"postgres://app:{secrets['url']}@db.internal/x\n",
            "key.pem": key
        })
        result = self.assert_refused(self.push())
        self.assertEqual(len(self.last_record()["findings"]), 7)
        for secret in [*secrets.values(), key.split("\n")[1]]:
            self.assert_nowhere(secret, result)

    def test_in_everything_else_that_a_push_brings(self):
        for name in ("github", "npm", "digitalocean", "slack"):
            secret = KINDS[name]("else")
            with self.subTest(name):
                self.write("dir/" + secret, "x\n")
                self.git("add", "-A")
                self.git("commit",
                         "-q",
                         "-m",
                         f"Subject {secret}\n\nBody {secret}",
                         GIT_AUTHOR_NAME=secret,
                         GIT_AUTHOR_EMAIL=f"{secret}@example.com")
                self.git("tag", "-f", "-a", "v1", "-m", f"Tag {secret}")
                result = self.push("-o", f"note={secret}", "-o",
                                   f"pushguard.allow=0123456789abcdef {secret}", "origin",
                                   f"HEAD:refs/heads/{secret}", "v1")
                self.assert_refused(result)
                self.assertNotIn(secret, result.message)
                self.assertNotIn(secret, (self.server / "pushguard/audit.jsonl").read_text())
                kinds = {place["kind"] for finding in self.last_record()["findings"]
                         for place in finding["places"]}
                self.assertLessEqual({"commit", "tag", "file-name", "ref-name", "push-option"},
                                     kinds)

    def test_secrets_of_findings_that_are_not_kept(self):
        """A secret in a path, behind more findings than are kept."""
        many = "".join(f"{tokens.digitalocean(i)}\n" for i in range(10050))
        blob = self.git("hash-object", "-w", "--stdin", input=many.encode()).output.strip()
        for number in range(64):  # until the tree comes after the blob
            secret = tokens.npm(f"path{number}")
            inner = self.git("mktree", input=f"100644 blob {blob}\tf\n".encode()).output.strip()
            outer = self.git("mktree", input=f"040000 tree {inner}\t{secret}\n".encode())
            if outer.output.strip() > blob:
                break
        commit = self.git("commit-tree", "-m", "Many", outer.output.strip()).output.strip()
        result = self.assert_refused(self.push("origin", f"{commit}:refs/heads/main"))
        self.assert_nowhere(secret, result)

    def test_control_characters_reach_no_terminal(self):
        self.commit({"a\x1b[31mb\x07.txt": tokens.github("control")}, "Subject \x1b[2J")
        result = self.assert_refused(self.push())
        self.assertIn("a?[31mb?.txt:1:1", result.message)
        self.assertNotIn("\x1b[31m", result.errors)


def encodings(secret):
    """The secret itself, in hex, and in base64 at each of the three alignments."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + secret).rstrip(b"=")
        yield whole[(0, 2, 3)[before]:-1]  # without digits that depend on adjacent bytes


class EveryRule(PushTest):
    BATCH = 40

    def examples(self):
        printer = os.environ.get("PUSHGUARD_EXAMPLES", "")
        self.assertTrue(printer, "set PUSHGUARD_EXAMPLES to the program print_examples")
        lines = subprocess.run([printer], capture_output=True, check=True).stdout.splitlines()
        examples = [json.loads(line) for line in lines]
        for example in examples:
            example["text"] = bytes.fromhex(example["text"])
            example["secret"] = bytes.fromhex(example["secret"])
        return examples

    @staticmethod
    def path_of(example):
        globs = example["paths"] or ["example.txt"]
        directory = f"{example['rule']}/{example['number']}"
        for glob in globs:  # one for a whole path, if there is any
            if glob.startswith("*/"):
                return directory + glob[1:].replace("*", "x")
        return directory + "/" + globs[0].replace("*", "x").replace("?", "x")

    @staticmethod
    def content_of(example):
        # Some rules about certain files match the whole file.
        return example["text"] + (b"" if example["paths"] else b"\n")

    def test_no_secret_of_any_rule_is_told(self):
        self.configure("[policy]\nintroduced = { possible = 'block' }\n")
        examples = self.examples()
        self.assertGreater(len({example["rule"] for example in examples}), 200)
        for start in range(0, len(examples), self.BATCH):
            batch = examples[start:start + self.BATCH]
            self.git("checkout", "-q", "--orphan", f"batch-{start}")
            self.git("rm", "-r", "-q", "-f", "--ignore-unmatch", ".")
            self.commit({self.path_of(example): self.content_of(example) for example in batch})
            result = self.assert_refused(self.push())
            self.assert_each_is_on_record(batch)
            self.assert_told_nowhere(batch, result)

    def assert_each_is_on_record(self, batch):
        found = {}
        for finding in self.last_record()["findings"]:
            # A partner of a secret is part of the secret's finding.
            for one in [finding, *finding.get("used_with", [])]:
                for place in one["places"]:
                    found.setdefault(place.get("path"), set()).add(one["rule"])
        for example in batch:
            with self.subTest(rule=example["rule"], number=example["number"]):
                self.assertTrue(example["secret"])
                # The finding may be that of a surer rule.
                self.assertTrue(found.get(self.path_of(example)))

    def assert_told_nowhere(self, batch, result):
        texts = {"the message": result.errors.encode(), "the output": result.output.encode()}
        for file in self.server.rglob("*"):
            if file.is_file() and not file.is_symlink():
                texts[file] = file.read_bytes()
        told = []
        for example in batch:
            lines = example["secret"].splitlines()
            if len(lines) > 1:  # every line except short ones and the markers of a key
                lines = [
                    line for line in lines if len(line) >= 16 and not line.startswith(b"-----")
                ]
                lines = lines or [example["secret"]]
            self.assertTrue(lines)
            for line in lines:
                for form in encodings(line):
                    told += [(example["rule"], str(where))
                             for where, text in texts.items()
                             if form in text]
        self.assertEqual(told, [])


if __name__ == "__main__":
    unittest.main()
