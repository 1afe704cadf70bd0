# SPDX-License-Identifier: Apache-2.0
"""What pushes of single real commits cost. usage: commits.py HOOK COUNT REPOSITORY...

Draws COUNT commits from the histories, the same at each call. Each is pushed to a server that
has its parents: the hook is called as git calls it, under callgrind. A cost is the number of
instructions, child processes included, over 500,000 + 10 for each byte of the objects pushed.
Prints each, the dearest last.
"""

import concurrent.futures
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

UNPACK_LIMIT = 100  # objects: git keeps the pack of a push that has as many


def git(*words, input=None, cwd=None):
    return subprocess.run(["git", *map(str, words)], cwd=cwd, input=input, capture_output=True,
                          check=True).stdout


def draw(repositories, count):
    """Commits that have parents, as pairs of repository and id, as many of each repository."""
    drawn = []
    for number, repository in enumerate(repositories):
        commits = git("rev-list", "--min-parents=1", "HEAD", cwd=repository).decode().split()
        share = (count + len(repositories) - 1 - number) // len(repositories)
        drawn += [(repository, commit)
                  for commit in random.Random(share).sample(commits, min(share, len(commits)))]
    return drawn


def push(hook, repository, commit, scratch):
    """Returns instructions and the bytes of the objects; exit codes are the hook's verdicts."""
    server, quarantine = scratch / "server.git", scratch / "quarantine.git"
    for path in (server, quarantine):
        git("init", "-q", "--bare", path)
    source = pathlib.Path(git("rev-parse", "--path-format=absolute", "--git-path", "objects",
                              cwd=repository).decode().strip())
    (server / "objects/info/alternates").write_text(f"{source}\n")
    parents = git("rev-parse", f"{commit}^@", cwd=repository).decode().split()
    objects = git("rev-list", "--objects", commit, "--not", *parents, cwd=repository)
    ids = b"".join(line.split()[0] + b"\n" for line in objects.splitlines())
    pack = git("pack-objects", "-q", "--stdout", input=ids, cwd=repository)
    if ids.count(b"\n") < UNPACK_LIMIT:
        git("unpack-objects", "-q", input=pack, cwd=quarantine)
    else:
        git("index-pack", "--stdin", input=pack, cwd=quarantine)
    run = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--trace-children=yes",
         str(hook)],
        input=f"{parents[0]} {commit} refs/heads/main\n".encode(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": os.environ["PATH"], "HOME": str(scratch), "GIT_CONFIG_NOSYSTEM": "1",
             "GIT_DIR": str(server), "GIT_QUARANTINE_PATH": str(quarantine / "objects"),
             "GIT_OBJECT_DIRECTORY": str(quarantine / "objects"),
             "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(server / "objects")})
    assert run.returncode in (0, 1), run.stdout.decode()
    record = json.loads((server / "pushguard/audit.jsonl").read_text().splitlines()[-1])
    counts = re.findall(rb"Collected : (\d+)", run.stdout)
    return sum(map(int, counts)), record["objects"]["bytes"]


def cost_of(hook, repository, commit):
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-commit."))
    try:
        count, size = push(hook, repository, commit, scratch)
        return count / (500_000 + 10 * size), count, size, repository, commit
    finally:
        shutil.rmtree(scratch)


def costs(hook, repositories, count):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return sorted(pool.map(lambda drawn: cost_of(hook, *drawn), draw(repositories, count)))


def summary(measured):
    """The cost at the median, of 90 in 100, and the worst."""
    ratios = [one[0] for one in measured]
    return ratios[len(ratios) // 2], ratios[len(ratios) * 9 // 10], ratios[-1]


if __name__ == "__main__":
    measured = costs(pathlib.Path(sys.argv[1]).resolve(), sys.argv[3:], int(sys.argv[2]))
    for ratio, count, size, repository, commit in measured:
        print(f"{ratio:8.2f} {count:14,} {size:12,}  {commit[:12]} {repository}")
    print("median {:.2f}, 90 in 100 {:.2f}, worst {:.2f}".format(*summary(measured)))
    print(f"instructions together: {sum(one[1] for one in measured):,}")
