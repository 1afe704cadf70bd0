# SPDX-License-Identifier: Apache-2.0
"""How much of what people and code assistants write is found, blocked, and wrongly so.

usage, in tests/:
  PYTHONPATH=. python3 -B -m rules.benchmark PUSHGUARD [--seeds FIRST-LAST] [--held-back]
      [--misses KIND] [--alarms KIND]

Each seed makes for each kind of file (benchmark_files.py) one file with a secret and one with
a placeholder. A third of the kinds is held back from tuning: only their sums are printed
unless --held-back is given, and --misses and --alarms never show them. `clean` are the files
with a placeholder: what is found in them is a false alarm.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

from rules import benchmark_files, benchmark_values

Case = collections.namedtuple("Case", "file_kind sample path text")
Judged = collections.namedtuple("Judged", "case found blocked rules")


def cases(seeds):
    for seed in seeds:
        for name, write in benchmark_files.KINDS.items():
            for secret in (True, False):
                generator = random.Random(f"{seed} {name} {secret}")
                sample = benchmark_values.sample(generator, secret)
                yield Case(name, sample, *write(generator, sample))


def put(case, directory):
    file = directory / case.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(case.text)


def scan(pushguard, directory):
    """The findings of each case: the first part of a path is its number."""
    run = subprocess.run([pushguard, "scan", "--format", "jsonl", "."], cwd=directory,
                         env={**os.environ, "PUSHGUARD_CONFIG": "/dev/null"}, capture_output=True)
    if run.returncode not in (0, 1):
        sys.exit(f"the scan ended with {run.returncode}: {run.stderr.decode()}")
    found = collections.defaultdict(list)
    for line in run.stdout.splitlines():
        record = json.loads(line)
        # What stands in a real environment file is told of as an example, which is wanted.
        if record["type"] == "finding" and "promoted example" not in record["why"]:
            found[int(record["path"].split("/")[0])].append(record)
    return found


def judge(pushguard, seeds):
    """One scan for all: a value that two cases share is one secret, but few are drawn twice."""
    made = list(cases(seeds))
    with tempfile.TemporaryDirectory(prefix="pushguard-benchmark.") as scratch:
        for number, case in enumerate(made):
            put(case, pathlib.Path(scratch) / str(number))
        found = scan(pushguard, scratch)
    for number, case in enumerate(made):
        records = found[number]
        if case.sample.secret:  # what stands beside it is another finding
            records = [record for record in records if is_of(case, record)]
        yield Judged(case, bool(records), any(r["ruling"] == "blocked" for r in records),
                     sorted({r["rule"] for r in records}))


def is_of(case, record):
    """Whether the finding is in a line with the value, or in one that encodes it."""
    lines = case.text.split("\n")
    line = lines[record["line"] - 1] if record["line"] else ""
    return case.sample.value in line or json.dumps(case.sample.value)[1:-1] in line \
        or bool(record["encoding"]) or case.file_kind == "Kubernetes Secret"


class Count:
    def __init__(self):
        self.secrets = self.found = self.blocked = self.clean = self.reported = self.wrong = 0

    def add(self, judged):
        if judged.case.sample.secret:
            self.secrets += 1
            self.found += judged.found
            self.blocked += judged.blocked
        else:
            self.clean += 1
            self.reported += judged.found
            self.wrong += judged.blocked

    def row(self, name):
        def share(part, whole):
            return f"{100 * part / whole:5.1f} %" if whole else "     - "
        per_100k = 100_000 * self.wrong / self.clean if self.clean else 0
        return (f"| {name:<30} | {self.secrets:5} | {share(self.found, self.secrets)} |"
                f" {share(self.blocked, self.secrets)} | {self.clean:5} |"
                f" {share(self.reported, self.clean)} | {per_100k:8,.0f} |")


def table(counts):
    yield (f"| {'':<30} | {'cases':5} | {'found':>7} | {'blocked':>7} | {'clean':5} |"
           f" {'reported':>7} | wrong blocks in 100,000 |")
    yield "|---|---|---|---|---|---|---|"
    for name, count in counts.items():
        yield count.row(name)


def report(judged, show_held_back):
    by_part, by_value, by_file = {}, {}, {}
    for one in judged:
        held_back = benchmark_files.is_held_back(one.case.file_kind)
        part = "held back" if held_back else "open"
        names = [(by_part, "all"), (by_part, part)]
        if not held_back or show_held_back:
            mark = " (held back)" if held_back else ""
            names += [(by_value, one.case.sample.kind), (by_file, one.case.file_kind + mark)]
        for counts, name in names:
            counts.setdefault(name, Count()).add(one)
    for counts in (by_part, by_value, by_file):
        yield from table(counts)
        yield ""


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("pushguard")
    parser.add_argument("--seeds", default="1-20")
    parser.add_argument("--held-back", action="store_true")
    parser.add_argument("--misses", metavar="KIND")
    parser.add_argument("--alarms", metavar="KIND")
    options = parser.parse_args()
    first, _, last = options.seeds.partition("-")
    judged = list(judge(os.path.abspath(options.pushguard),
                        range(int(first), int(last or first) + 1)))
    print("\n".join(report(judged, options.held_back)))
    for one in judged:
        case = one.case
        if benchmark_files.is_held_back(case.file_kind):
            continue
        names = (case.file_kind, case.sample.kind, "all")
        if case.sample.secret and options.misses in names and not one.blocked:
            print("warned" if one.found else "missed", one.rules, case.path, case.text, sep="\n")
        if not case.sample.secret and options.alarms in names and one.found:
            print("blocked" if one.blocked else "warned", one.rules, case.path, case.text, sep="\n")


if __name__ == "__main__":
    main()
