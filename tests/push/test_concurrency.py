# SPDX-License-Identifier: Apache-2.0
"""200 concurrent pushes into 20 repositories with one log for the whole site."""

import collections
import json
import stat
import threading
import unittest

from support import tokens
from support.server import PushTest

PUSHES = 200
REPOSITORIES = 20


def is_bad(n):
    """The pushes alternate within each repository and between repositories."""
    return (n + n // REPOSITORIES) % 2 == 1


class Concurrency(PushTest):
    def setUp(self):
        super().setUp()
        self.directory = self.scratch / "site"
        self.configure(f'[audit]\ndirectory = "{self.directory}"\n')
        self.servers = [self.new_server(f"server{i}.git") for i in range(REPOSITORIES)]
        self.shared = tokens.github("shared")
        self.commits = self.prepare_commits()

    def content(self, n):
        if not is_bad(n):
            return f"clean {n}\n"
        return f"{self.shared}\n{tokens.github(n)}\n"

    def prepare_commits(self):
        """Commit n has no parent and one file."""
        stream = []
        for n in range(PUSHES):
            content, message = self.content(n), f"Push {n}"
            stream.append(f"commit refs/heads/p{n}\n"
                          "committer Ann Dev <ann@example.com> 1760000000 +0000\n"
                          f"data {len(message)}\n{message}\n"
                          f"M 100644 inline f{n}.txt\ndata {len(content)}\n{content}\n")
        self.git("fast-import", "--quiet", input="".join(stream).encode())
        listed = self.git("for-each-ref", "--format=%(refname:lstrip=2) %(objectname)",
                          "refs/heads")
        commits = dict(line.split() for line in listed.output.splitlines())
        return [commits[f"p{n}"] for n in range(PUSHES)]

    def push_all_at_once(self):
        results = [None] * PUSHES
        start = threading.Barrier(PUSHES)

        def push(n):
            start.wait()
            results[n] = self.push(str(self.servers[n % REPOSITORIES]),
                                   f"{self.commits[n]}:refs/heads/r{n}")

        threads = [threading.Thread(target=push, args=(n,)) for n in range(PUSHES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def test_every_push_has_its_line_and_its_verdict(self):
        results = self.push_all_at_once()
        lines = (self.directory / "audit.jsonl").read_text().splitlines()
        records = [json.loads(line) for line in lines]
        self.assertEqual(len(records), PUSHES)
        by_ref = {record["refs"][0]["ref"]: record for record in records}
        self.assertEqual(len(by_ref), PUSHES)
        self.assertEqual(len({record["pid"] for record in records}), PUSHES)
        self.assertEqual([record["seq"] for record in records], list(range(PUSHES)))

        fingerprints = collections.Counter()
        for n, result in enumerate(results):
            with self.subTest(push=n):
                record, server = by_ref[f"refs/heads/r{n}"], self.servers[n % REPOSITORIES]
                self.assertEqual(record["git_dir"], str(server.resolve()))
                self.assertEqual(record["refs"][0]["new"], self.commits[n])
                self.assertEqual(record["unscanned"], [])
                self.assertNotIn("torn_bytes_before", record)
                self.assertNotIn("error", record)
                if not is_bad(n):
                    self.assert_accepted(result)
                    self.assertEqual((record["verdict"], record["findings"]), ("accepted", []))
                    continue
                self.assert_refused(result, "error: push refused: it contains 2 secrets")
                self.assertEqual(record["verdict"], "refused")
                found = {finding["places"][0]["line"]: finding for finding in record["findings"]}
                self.assertEqual(sorted(found), [1, 2])
                fingerprints.update(finding["fingerprint"] for finding in found.values())
        # One secret is in every push; each other secret is in one push only.
        bad = sum(map(is_bad, range(PUSHES)))
        self.assertEqual(sorted(fingerprints.values()), [1] * bad + [bad])

        for i, server in enumerate(self.servers):
            refs = self.git("for-each-ref", "--format=%(refname)", cwd=server).output.split()
            self.assertEqual(set(refs), {f"refs/heads/r{n}" for n in range(i, PUSHES, REPOSITORIES)
                                         if not is_bad(n)})
            self.assertFalse((server / "pushguard").exists())

    def test_one_key_for_all_that_come_first(self):
        self.push_all_at_once()
        self.assertEqual(sorted(file.name for file in self.directory.iterdir()),
                         ["audit.jsonl", "audit.tree", "key", "releases"])
        for name in ("key", "audit.jsonl", "audit.tree", "releases"):
            self.assertEqual(stat.S_IMODE((self.directory / name).stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.directory.stat().st_mode), 0o700)


if __name__ == "__main__":
    unittest.main()
