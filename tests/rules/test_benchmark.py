# SPDX-License-Identifier: Apache-2.0
"""The benchmark makes what it says, from its seed alone. Its figures are in README.md."""

import os
import unittest

from rules import benchmark, benchmark_files

SEEDS = range(1, 4)


def is_written(case):
    """Whether the value is in the text, plain, escaped or in base64."""
    return case.sample.value in case.text or case.file_kind in ("Kubernetes Secret", "notebook")


class Benchmark(unittest.TestCase):
    maxDiff = None

    def test_a_seed_makes_the_same_files_with_and_without_a_secret(self):
        made = list(benchmark.cases(SEEDS))
        self.assertEqual(made, list(benchmark.cases(SEEDS)))
        self.assertNotEqual(made, list(benchmark.cases(range(4, 7))))
        for kind in benchmark_files.KINDS:
            secrets = [case.sample.secret for case in made if case.file_kind == kind]
            self.assertEqual(secrets, [True, False] * len(SEEDS), kind)
        self.assertEqual([case.path for case in made if not is_written(case)], [])

    def test_a_third_of_the_kinds_is_held_back(self):
        held_back = sum(map(benchmark_files.is_held_back, benchmark_files.KINDS))
        self.assertTrue(1 / 4 < held_back / len(benchmark_files.KINDS) < 2 / 5, held_back)

    def test_tokens_that_their_prefix_tells_are_blocked_in_every_kind(self):
        judged = list(benchmark.judge(os.environ["PUSHGUARD"], SEEDS))
        tokens = [one for one in judged
                  if one.case.sample.secret and one.case.sample.kind == "vendor token"]
        self.assertGreater(len(tokens), 20)
        self.assertEqual([(one.case.file_kind, one.case.sample.service, one.rules)
                          for one in tokens if not one.blocked], [])

    def test_the_report_shows_of_what_is_held_back_its_sum_only(self):
        judged = list(benchmark.judge(os.environ["PUSHGUARD"], range(1, 2)))
        held_back = {kind for kind in benchmark_files.KINDS if benchmark_files.is_held_back(kind)}
        names = [line.split("|")[1].strip() for line in benchmark.report(judged, False) if line]
        self.assertEqual(held_back.intersection(names), set())
        self.assertIn("held back", names)
        shown = "\n".join(benchmark.report(judged, True))
        for kind in held_back:
            self.assertIn(f"| {kind} (held back) ", shown)


if __name__ == "__main__":
    unittest.main()
