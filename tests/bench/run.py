"""What a push costs with Pushguard. usage: tests/bench/run.py [BINARY]

Small: one commit of three loose objects; the hook's own wall time against a
program that does nothing, and its user-space instructions by valgrind.
Bulk: a history of many versions as one pack; the hook against `git index-pack`
on the same pack. Times are medians; quote the ratios, the machine may be noisy.
What was found is checked: the same run with one secret in it must be refused.
"""

import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
from support import tokens  # noqa: E402

BINARY = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/release/pushguard").resolve()
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-bench."))
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": str(SCRATCH), "GIT_CONFIG_NOSYSTEM": "1"}


def git(*words, input=None, cwd=SCRATCH):
    return subprocess.run(["git", *words], cwd=cwd, input=input, capture_output=True, check=True,
                          env=ENVIRONMENT).stdout


def history(commits, files, lines, secret=b""):
    """A fast-import stream: each commit changes a few lines of a few files."""
    generator = random.Random(commits)
    words = [b"%x" % generator.getrandbits(40) for _ in range(5000)]
    content = [[b" ".join(generator.choices(words, k=8)) for _ in range(lines)] for _ in range(files)]
    stream = []
    for commit in range(1, commits + 1):
        stream.append(b"commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata 2\nc\n" % (10 ** 9 + commit))
        for file in generator.sample(range(files), min(files, 3)):
            content[file][generator.randrange(lines)] = b" ".join(generator.choices(words, k=8))
            data = b"\n".join(content[file]) + (secret if commit == commits else b"")
            stream.append(b"M 100644 inline d%d/f%d\ndata %d\n%s\n" % (file % 20, file, len(data), data))
    return b"".join(stream)


def quarantine(name, stream, packed):
    repository = SCRATCH / name
    git("init", "-q", "--bare", str(repository))
    git("-c", "fastimport.unpackLimit=0" if packed else "fastimport.unpackLimit=100000",
        "fast-import", "--quiet", input=stream, cwd=repository)
    if packed:
        git("repack", "-adfq", "--depth=50", cwd=repository)
    return repository, git("rev-parse", "main", cwd=repository).decode().strip()


def hook(repository, tip, command=()):
    server = SCRATCH / "server.git"
    if not server.exists():
        git("init", "-q", "--bare", str(server))
    objects = repository / "objects"
    environment = {**ENVIRONMENT, "GIT_DIR": str(server), "GIT_QUARANTINE_PATH": str(objects),
                   "GIT_OBJECT_DIRECTORY": str(objects),
                   "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(server / "objects")}
    started = time.perf_counter()
    run = subprocess.run([*command, str(BINARY), "pre-receive"] if command != ["true"] else ["/bin/true"],
                         input=f"{'0' * 40} {tip} refs/heads/main\n".encode(), env=environment,
                         capture_output=True)
    return time.perf_counter() - started, run


def median(measure, runs):
    return statistics.median(measure() for _ in range(runs))


def main():
    small, tip = quarantine("small.git", history(1, 1, 20), packed=False)
    assert hook(small, tip)[1].returncode == 0
    bad, bad_tip = quarantine("bad.git", history(1, 1, 20, tokens.github().encode()), packed=False)
    assert hook(bad, bad_tip)[1].returncode == 1
    ours, nothing = median(lambda: hook(small, tip)[0], 101), median(lambda: hook(small, tip, ["true"])[0], 101)
    print(f"small: {ours * 1000:.2f} ms, a program that does nothing {nothing * 1000:.2f} ms, "
          f"difference {(ours - nothing) * 1000:.2f} ms")
    if shutil.which("valgrind"):
        run = hook(small, tip, ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"])[1]
        print("small: " + re.search(rb"Collected : (\d+)", run.stderr)[1].decode() + " instructions")

    bulk, tip = quarantine("bulk.git", history(6000, 400, 300), packed=True)
    [pack] = (bulk / "objects/pack").glob("*.pack")
    assert hook(bulk, tip)[1].returncode == 0
    worse, worse_tip = quarantine("worse.git", history(6000, 400, 300, tokens.github().encode()), packed=True)
    assert hook(worse, worse_tip)[1].returncode == 1

    def index_pack():
        started = time.perf_counter()
        git("index-pack", "-o", str(SCRATCH / "again.idx"), str(pack))
        return time.perf_counter() - started

    ours, theirs = median(lambda: hook(bulk, tip)[0], 3), median(index_pack, 3)
    count = git("count-objects", "-v", cwd=bulk).decode()
    print(f"bulk: pack of {pack.stat().st_size >> 20} MiB, {re.search('in-pack: (.*)', count)[1]} objects: "
          f"{ours:.2f} s, git index-pack {theirs:.2f} s, ratio {ours / theirs:.2f}")


try:
    main()
finally:
    shutil.rmtree(SCRATCH)
