# SPDX-License-Identifier: Apache-2.0
"""Adds up the findings in packages. usage: count_alarms.py DIRECTORY FINDINGS

DIRECTORY has a file PACKAGE.jsonl for each package, the output of `pushguard scan
--format jsonl`. Findings that would block are written to FINDINGS, with the name of
the package. Findings that would warn are counted.
"""

import collections
import json
import pathlib
import sys


def main():
    blocked, warned = collections.Counter(), collections.Counter()
    secrets = collections.defaultdict(set)
    totals = collections.Counter()
    packages = sorted(pathlib.Path(sys.argv[1]).glob("*.jsonl"))
    with open(sys.argv[2], "w") as findings:
        for package in packages:
            for line in package.open():
                record = json.loads(line)
                if record["type"] == "summary":
                    totals.update({name: record[name] for name in
                                   ("files", "bytes", "blocked", "warned", "skipped")})
                elif record["type"] == "finding" and record["ruling"] == "warned":
                    warned[record["rule"]] += 1
                elif record["type"] == "finding" and record["ruling"] == "blocked":
                    blocked[record["rule"]] += 1
                    secrets[record["rule"]].add(record["fingerprint"])
                    findings.write(json.dumps({"package": package.stem, **record}) + "\n")
    if not totals["files"]:
        sys.exit("error: no file was scanned")
    share = 100000 / totals["files"]
    row = "{:<44} {:>9,} {:>17.2f} {:>9}".format
    for what, rules in (("would block", blocked), ("would warn", warned)):
        print(f"\n{what:<44} {'places':>9} {'per 100,000 files':>17} {'secrets':>9}")
        for rule, count in sorted(rules.items(), key=lambda pair: (-pair[1], pair[0])):
            distinct = f"{len(secrets[rule]):,}" if rules is blocked else ""
            print(row(rule, count, count * share, distinct))
        count = sum(rules.values())
        distinct = f"{len(set().union(*secrets.values())):,}" if rules is blocked else ""
        print(row("all", count, count * share, distinct))
    print(f"\n{len(packages)} packages, {totals['files']:,} files, {totals['bytes']:,} bytes;"
          f" {totals['skipped']:,} not looked at")


if __name__ == "__main__":
    main()
