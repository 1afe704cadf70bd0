# SPDX-License-Identifier: Apache-2.0
"""`pushguard scan`: files, with the rules, the policy and the key of the hook."""

import base64
import json
import os
import pty

from support import tokens
from support.server import HOOK, PushTest

NO_KEY = "no site key is configured; name one with --key"


class Scan(PushTest):
    def setUp(self):
        super().setUp()
        self.files = self.scratch / "files"
        self.files.mkdir()
        self.environment["PUSHGUARD_CONFIG"] = "/dev/null"

    def put(self, path, content):
        file = self.files / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def scan(self, *words, cwd=None, input=None):
        return self.run_command(HOOK, "scan", *words, cwd=cwd or self.files, check=False,
                                input=input)

    def records(self, result):
        return [json.loads(line) for line in result.output.splitlines()]

    def findings(self, *words, **options):
        result = self.scan("--format", "jsonl", *words, **options)
        return [record for record in self.records(result) if record["type"] == "finding"]

    def test_a_table_names_places_and_shows_no_secret(self):
        self.put("src/deploy.env", f"A=1\n  TOKEN={tokens.github()}\n")
        self.put("id.txt", f"key id {tokens.aws_key_id()}\n")
        self.put("clean.txt", "nothing\n")
        key = self.scratch / "key"
        key.write_bytes(bytes(range(32)))
        result = self.scan("--key", str(key), ".")
        rows = [line.split() for line in result.output.splitlines()]
        ids = [row[-1] for row in rows[1:3]]
        self.assertEqual(result.output, (
            "PLACE               RULING   RULE                CONFIDENCE  VALUE         ID\n"
            f"id.txt:1:8          warned   aws-access-key-id   possible    AKIA********  {ids[0]}\n"
            f"src/deploy.env:2:9  blocked  github-pat-classic  confirmed   ghp_********  {ids[1]}\n"
            "\n3 files, 89 bytes: 1 would block a push, 1 would warn\n"))
        self.assertEqual(result.errors, "")
        self.assertEqual(result.code, 1)
        self.assertTrue(all(len(text) == 16 for text in ids))

    def test_nothing_found_is_one_line_and_no_error(self):
        self.put("clean.txt", "nothing\n")
        result = self.scan("clean.txt")
        self.assertEqual((result.code, result.output, result.errors),
                         (0, "1 file, 8 bytes: 0 would block a push, 0 would warn\n", ""))

    def test_the_environment_asks_for_json(self):
        self.put("a.env", f"TOKEN={tokens.github()}\n")
        self.environment["PUSHGUARD_FORMAT"] = "json"
        self.assertEqual([record["type"] for record in self.records(self.scan("."))],
                         ["finding", "summary"])
        self.assertTrue(self.scan("--format", "table", ".").output.startswith("PLACE"))

    def test_json_lines_hold_everything_but_the_secret(self):
        secret = tokens.github()
        self.put("a.env", f"TOKEN={secret}\n")
        result = self.scan("--format", "jsonl", ".")
        self.assertEqual(self.records(result), [{
            "type": "finding",
            "path": "a.env",
            "in": "content",
            "line": 1,
            "column": 7,
            "entry": "",
            "encoding": "",
            "rule": "github-pat-classic",
            "description": "GitHub personal access token (classic)",
            "confidence": "confirmed",
            "validation": "checksum is valid",
            "fingerprint": None,
            "preview": "ghp_********",
            "ruling": "blocked",
            "why": "policy: introduced, confirmed"
        }, {
            "type": "summary",
            "files": 1,
            "bytes": 47,
            "blocked": 1,
            "warned": 0,
            "allowed": 0,
            "ignored": 0,
            "skipped": 0,
            "fingerprints": f"none: {NO_KEY}"
        }])
        self.assertNotIn(secret[8:], result.output)
        self.assertEqual(result.code, 1)

    def test_a_push_and_a_scan_have_one_verdict_and_one_fingerprint(self):
        self.configure(f"[audit]\ndirectory = \"{self.scratch}/site\"\n")
        self.commit({"a.env": f"TOKEN={tokens.github()}\nB={tokens.digitalocean()}\n",
                     "b.txt": tokens.aws_key_id()})
        self.assert_refused(self.push())
        fields = ("rule", "confidence", "ruling", "fingerprint")
        pushed = {tuple(finding[field] for field in fields)
                  for finding in self.log(self.scratch / "site")[-1]["findings"]}
        scanned = {tuple(finding[field] for field in fields)
                   for finding in self.findings(".", cwd=self.clone)}
        self.assertEqual(len(pushed), 3)
        self.assertEqual(scanned, pushed)

    def test_without_a_key_it_says_that_there_are_no_ids(self):
        self.put("a.env", f"TOKEN={tokens.github()}\n")
        self.assertTrue(self.scan(".").output.endswith(f"\nno ids are shown: {NO_KEY}\n"))
        self.configure(f"[audit]\ndirectory = \"{self.scratch}/none\"\n"
                       "[[allow]]\nfingerprint = \"0123456789abcdef\"\nreason = \"made up\"\n")
        why = f"the site key: cannot read '{self.scratch}/none/key': No such file or directory"
        result = self.scan(".")
        self.assertTrue(result.output.endswith(f"\nno ids are shown: {why}\n"), result.output)
        self.assertEqual(result.errors,
                         f"note: allow entries by fingerprint match nothing here: {why}\n")
        self.assertFalse((self.scratch / "none").exists())

    def test_a_named_key_that_is_none_ends_the_scan(self):
        self.put("short", b"1")
        result = self.scan("--key", "short", ".")
        self.assertEqual((result.code, result.errors),
                         (2, "error: 'short' is not a key of 32 bytes\n"))

    def test_allow_entries_count_from_the_top_of_the_repository(self):
        self.configure("[[allow]]\npath = \"tests/*\"\nreason = \"made up\"\n")
        self.write("tests/deep/a", tokens.github())
        for directory, path in ((self.clone, "."), (self.clone, "tests"),
                                (self.clone / "tests/deep", "a"), (self.scratch, str(self.clone))):
            result = self.scan("--format", "jsonl", path, cwd=directory)
            found = self.records(result)[:-1]
            self.assertEqual([(record["ruling"], record["why"]) for record in found],
                             [("allowed", "made up")])
            self.assertEqual(result.code, 0)

    def test_a_secret_in_two_places_is_excused_only_where_both_are(self):
        self.configure("[[allow]]\npath = \"tests/*\"\nreason = \"made up\"\n")
        self.write("tests/a", tokens.github())
        self.write("src/a", tokens.github())
        self.assertEqual([finding["ruling"] for finding in self.findings(".", cwd=self.clone)],
                         ["blocked", "blocked"])

    def test_extra_rules_and_rules_about_certain_files(self):
        rules = self.scratch / "rules.toml"
        rules.write_text('''provider = "Acme"
[[rule]]
id = "acme-key"
description = "Acme key"
regex = "acme_[a-z]{20}"
keywords = ["acme_"]
confidence = "likely"
privilege = "read"
lifetime = "unknown"
rotate = "acme.example"
paths = ["*.cfg"]
examples = ["acme_{lower:20}"]
''')
        self.configure(f"[rules]\nextra = [\"{rules}\"]\n")
        text = "acme_" + tokens.random_text("bcdfghjklmnpqrstvwxz", 20, 1)
        self.put("a.cfg", text)
        self.put("a.txt", text)
        self.assertEqual([(finding["path"], finding["rule"]) for finding in self.findings(".")],
                         [("a.cfg", "acme-key")])

    def test_a_secret_that_two_rules_find_in_one_place_is_one_row(self):
        self.put(".pgpass", f"db.corp.net:5432:app:joe:{tokens.github()}\n")
        self.assertEqual([(finding["line"], finding["column"], finding["rule"])
                          for finding in self.findings(".")], [(1, 26, "github-pat-classic")])
        self.assertIn(": 1 would block a push, 0 would warn", self.scan(".").output)

    def test_examples_in_an_environment_file_are_told_where_they_stand(self):
        first, second = "ghp" + "_" + "0" * 36, "dop" + "_v1_" + "0" * 64
        self.put(".env.production", f"A=1\nB={second} C={first}\n{second} {first}\n")
        self.assertEqual([(finding["line"], finding["column"], finding["rule"], finding["why"])
                          for finding in self.findings(".")],
                         [(line, column, rule, "policy: introduced, promoted example")
                          for line, column, rule in ((2, 3, "digitalocean-pat"),
                                                     (2, 77, "github-pat-classic"),
                                                     (3, 1, "digitalocean-pat"),
                                                     (3, 73, "github-pat-classic"))])

    def test_a_private_key_in_base64_has_the_id_of_the_key(self):
        pem = tokens.ed25519_pem()
        self.put("a.pem", pem)
        self.put("b.yaml", f"tls.key: {base64.b64encode(pem.encode()).decode()}\n")
        (self.scratch / "key").write_bytes(bytes(32))
        found = self.findings("--key", str(self.scratch / "key"), ".")
        self.assertEqual([(finding["path"], finding["rule"], finding["encoding"])
                          for finding in found],
                         [("a.pem", "private-key-pkcs8", ""),
                          ("b.yaml", "private-key-pkcs8", "base64")])
        self.assertEqual(found[0]["fingerprint"], found[1]["fingerprint"])

    def test_standard_input(self):
        result = self.scan("-", input=f"x {tokens.github()}".encode())
        self.assertEqual(result.output.splitlines()[1].split()[:3],
                         ["-:1:3", "blocked", "github-pat-classic"])
        self.assertEqual(result.code, 1)

    def test_a_secret_in_a_name_is_found_and_not_shown(self):
        secret = tokens.github()
        self.put(f"dir/{secret}.txt", "nothing")
        result = self.scan("--format", "jsonl", ".")
        finding = self.records(result)[0]
        self.assertEqual((finding["path"], finding["in"], finding["line"]),
                         ("dir/ghp_********.txt", "name", 0))
        self.assertNotIn(secret[8:], result.output + self.scan(".").output)

    def test_the_order_is_that_of_names_whatever_the_threads(self):
        for number in range(40):
            self.put(f"{number % 7}/{number:02}", f"{tokens.github(number)}\n" * (1 + number % 3))
        one = self.scan("--threads", "1", "--format", "jsonl", ".").output
        paths = [record["path"] for record in map(json.loads, one.splitlines()[:-1])]
        self.assertEqual(paths, sorted(paths))
        for _ in range(5):
            self.assertEqual(self.scan("--threads", "8", "--format", "jsonl", ".").output, one)

    def test_links_are_not_followed_and_git_is_not_entered(self):
        outside = self.scratch / "outside"
        outside.mkdir()
        (outside / "a").write_text(tokens.github())
        os.symlink(outside, self.files / "link")
        os.symlink(f"/tmp/{tokens.github(1)}", self.files / "dangling")
        self.put(".git/config", tokens.github(2))
        self.put("sub/.git", tokens.github(3))
        self.assertEqual([(finding["path"], finding["column"]) for finding in self.findings(".")],
                         [("dangling", 6)])
        self.assertEqual(len(self.findings("link")), 1)
        self.assertEqual(len(self.findings(".git")), 1)

    def test_what_cannot_be_read_is_named_and_ends_with_2(self):
        self.put("a.txt", "nothing")
        result = self.scan("missing", "a.txt")
        self.assertEqual(result.errors, "error: cannot read 'missing': No such file or directory\n")
        self.assertEqual(result.output, "1 file, 7 bytes: 0 would block a push, 0 would warn, "
                                        "1 not looked at\n")
        self.assertEqual(result.code, 2)
        skipped = self.records(self.scan("--format", "jsonl", "missing"))[0]
        self.assertEqual(skipped, {"type": "skipped", "path": "missing", "why": "unreadable",
                                   "detail": "No such file or directory", "refused": True})

    def test_a_secret_counts_for_more_than_what_cannot_be_read(self):
        self.put("a.env", f"TOKEN={tokens.github()}\n")
        result = self.scan("missing", "a.env")
        self.assertEqual((result.code, result.errors),
                         (1, "error: cannot read 'missing': No such file or directory\n"))

    def test_what_is_too_large_is_named_and_the_policy_decides(self):
        self.put("big", b"\n" * (1 << 20) + b"\n")
        self.configure("[limits]\nobject_mib = 1\n")
        result = self.scan("big")
        told = ("'big' was not looked at: 1048577 bytes or more, over the limit of 1048576 for one "
                "object\n")
        self.assertEqual((result.code, result.errors), (2, "error: " + told))
        self.configure("[limits]\nobject_mib = 1\n[failures]\ntoo-large = \"accept\"\n")
        result = self.scan("big")
        self.assertEqual((result.code, result.errors), (0, "note: " + told))

    def test_what_git_does_not_store_is_named_and_no_error(self):
        os.mkfifo(self.files / "pipe")
        named = self.scan("pipe")
        self.assertEqual((named.code, named.errors),
                         (2, "error: cannot read 'pipe': neither a file nor a directory; '-' reads "
                             "standard input\n"))
        result = self.scan(".")
        self.assertEqual((result.code, result.errors), (0, (
            "note: 'pipe' was not looked at: neither a file, a directory nor a link; "
            "git stores no such thing\n")))

    def test_a_wrong_configuration_ends_with_2(self):
        self.configure("[policy]\nintroduced = 1\n")
        self.assertEqual(self.scan(".").code, 2)
        self.assertEqual(self.scan().code, 2)
        self.assertEqual(self.scan("--format", "xml", ".").code, 2)

    def test_a_terminal_sees_progress_and_a_pipe_does_not(self):
        self.put("a.txt", "nothing")
        parent, child = pty.openpty()
        words = [HOOK, "scan", str(self.files / "a.txt")]
        run = os.posix_spawn(HOOK, words, {"PUSHGUARD_CONFIG": "/dev/null"},
                             file_actions=[(os.POSIX_SPAWN_DUP2, child, 2)])
        os.waitpid(run, 0)
        shown = os.read(parent, 4096).decode()
        os.close(parent)
        os.close(child)
        self.assertIn("[########################] 100%", shown)
        self.assertIn("1 of 1 files", shown)
        self.assertTrue(shown.endswith("\r\033[K"), repr(shown))
        self.assertNotIn("\033", self.scan("a.txt").errors)
