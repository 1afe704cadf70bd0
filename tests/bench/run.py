# SPDX-License-Identifier: Apache-2.0
"""Measures what a push costs with Pushguard. usage: run.py BUILD_DIRECTORY [REPOSITORY...]

run.sh calls it and says more. Times are medians of several runs. Quote the ratios
and the instruction counts: the machine may be noisy.
"""

import json
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
from bench import commits  # noqa: E402
from support import tokens  # noqa: E402

BUILD = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(__file__).parents[2]
REPOSITORIES = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="pushguard-bench."))
HOOK = SCRATCH / "pre-receive"  # the name by which git calls it
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": str(SCRATCH), "GIT_CONFIG_NOSYSTEM": "1"}
THREADS = os.cpu_count() or 1


def git(*words, input=None, cwd=SCRATCH):
    return subprocess.run(["git", *words], cwd=cwd, input=input, capture_output=True, check=True,
                          env=ENVIRONMENT).stdout


def history(commits, files, lines, secrets=()):
    """A fast-import stream: each commit changes a few lines of a few files."""
    generator = random.Random(commits)
    words = [b"%x" % generator.getrandbits(40) for _ in range(5000)]
    content = [[b" ".join(generator.choices(words, k=8)) for _ in range(lines)]
               for _ in range(files)]
    stream = []
    for commit in range(1, commits + 1):
        stream.append(b"commit refs/heads/main\ncommitter A <a@b> %d +0000\ndata 2\nc\n" %
                      (10 ** 9 + commit))
        for file in generator.sample(range(files), min(files, 3)):
            content[file][generator.randrange(lines)] = b" ".join(generator.choices(words, k=8))
            data = b"\n".join(content[file])
            stream.append(b"M 100644 inline d%d/f%d\ndata %d\n%s\n" %
                          (file % 20, file, len(data), data))
        if commit <= len(secrets):
            stream.append(b"M 100644 inline s%d\ndata %d\n%s\n" %
                          (commit, len(secrets[commit - 1]), secrets[commit - 1]))
    return b"".join(stream)


def quarantine(name, stream, packed):
    repository = SCRATCH / name
    git("init", "-q", "--bare", str(repository))
    git("-c", "fastimport.unpackLimit=0" if packed else "fastimport.unpackLimit=100000",
        "fast-import", "--quiet", input=stream, cwd=repository)
    if packed:
        git("repack", "-adfq", "--depth=50", cwd=repository)
    return repository / "objects", git("rev-parse", "main", cwd=repository).decode().strip()


def server(name):
    path = SCRATCH / name
    if not path.exists():
        git("init", "-q", "--bare", str(path))
    return path


def environment(objects, into):
    return {**ENVIRONMENT, "GIT_DIR": str(into), "GIT_QUARANTINE_PATH": str(objects),
            "GIT_OBJECT_DIRECTORY": str(objects),
            "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(into / "objects")}


def hook(objects, tip, into, command=(HOOK,)):
    """Returns seconds, exit code and output."""
    started = time.perf_counter()
    run = subprocess.run([*map(str, command)],
                         input=f"{'0' * len(tip)} {tip} refs/heads/main\n".encode(),
                         stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT,
                         env=environment(objects, into))
    return time.perf_counter() - started, run.returncode, run.stdout


def page_faults(objects, tip, into, command):
    """Pages that the program touched, of itself and of the memory it asked for."""
    update = SCRATCH / "update"
    update.write_text(f"{'0' * len(tip)} {tip} refs/heads/main\n")
    with update.open() as input:
        run = subprocess.Popen([str(command)], stdin=input, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, env=environment(objects, into))
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 0
    return usage.ru_minflt


def memory_of_hook(objects, tip, into):
    """Returns seconds, exit code, and the most anonymous memory at any time, in KiB."""
    started = time.perf_counter()
    run = subprocess.Popen([str(HOOK)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, env=environment(objects, into))
    run.stdin.write(f"{'0' * len(tip)} {tip} refs/heads/main\n".encode())
    run.stdin.close()
    memory = 0
    while run.poll() is None:
        found = re.search(r"RssAnon:\s+(\d+)", pathlib.Path(f"/proc/{run.pid}/status").read_text())
        memory = max(memory, int(found[1]) if found else 0)
        time.sleep(0.005)
    return time.perf_counter() - started, run.returncode, memory


def instructions(objects, tip, into):
    _, code, output = hook(objects, tip, into,
                           ("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", HOOK))
    assert code == 0, output
    return int(re.search(rb"Collected : (\d+)", output)[1])


def median(measure, runs):
    return statistics.median(measure() for _ in range(runs))


RESULTS = []


def target(number, what, holds, figure):
    RESULTS.append((number, what, holds, figure))
    print(f"{number}. {what}: {figure}: {'holds' if holds else 'DOES NOT HOLD'}", flush=True)


def small_and_flat():
    empty = server("empty.git")
    objects, tip = quarantine("small", history(1, 1, 20), packed=False)
    bad, bad_tip = quarantine("bad", history(1, 1, 20, [tokens.github().encode()]), packed=False)
    assert hook(objects, tip, empty)[1] == 0
    assert hook(bad, bad_tip, empty)[1] == 1
    source = SCRATCH / "nothing.c"
    source.write_text("int main(void) { return 0; }\n")
    subprocess.run(["cc", "-O2", "-static", "-o", str(SCRATCH / "nothing"), str(source)],
                   check=True)
    count = instructions(objects, tip, empty)
    ours = median(lambda: hook(objects, tip, empty)[0], 201)
    nothing = median(lambda: hook(objects, tip, empty, (SCRATCH / "nothing",))[0], 201)
    over = 1000 * (ours - nothing)
    faults, bare = (median(lambda: page_faults(objects, tip, empty, command), 21)
                    for command in (HOOK, SCRATCH / "nothing"))
    print(f"   page faults of a small push: {faults:.0f}, "
          f"of a program that does nothing: {bare:.0f}")
    target(2,
           "small push, at most 500,000 instructions and 0.5 ms over a program that does nothing",
           count <= 500000 and over <= 0.5, f"{count:,} instructions, {over:.2f} ms over")

    full = server("full.git")
    blobs = b"".join(b"blob\ndata 8\n%08d\n" % i for i in range(1000000))
    commit = b"commit refs/heads/main\ncommitter A <a@b> 1 +0000\ndata 1\nc\n"
    git("-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--force",
        input=blobs + commit, cwd=full)
    for i in range(49):
        git("-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", "--force",
            input=b"blob\ndata 9\n%09d\n" % i, cwd=full)
    head = git("rev-parse", "main", cwd=full).decode().strip()
    refs = "# pack-refs with: peeled fully-peeled sorted \n" + "".join(
        f"{head} refs/heads/b{i:06}\n" for i in range(100000))
    (full / "packed-refs").write_text(refs)
    packs = len(list((full / "objects/pack").glob("*.pack")))
    flat = instructions(objects, tip, full)
    target(3, f"the same into 100,000 refs, 1,000,050 objects, {packs} packs: within 5 %",
           abs(flat / count - 1) <= 0.05, f"{100 * (flat / count - 1):+.2f} % instructions")


def bulk():
    if REPOSITORIES:
        first = REPOSITORIES[0]
        objects = first / (".git/objects" if (first / ".git").exists() else "objects")
        tip = git("rev-parse", "HEAD", cwd=first).decode().strip()
        name = "the repository that was named first"
    else:
        objects, tip = quarantine("bulk", history(6000, 400, 300), packed=True)
        name = "a made-up history"
    pack = max((objects / "pack").glob("*.pack"), key=lambda path: path.stat().st_size)
    steps = json.loads(subprocess.run([BUILD / "tests/bench/bulk_bench", pack, str(THREADS)],
                                      capture_output=True, check=True).stdout)
    print(f"   {name}: pack of {pack.stat().st_size >> 20} MiB: {json.dumps(steps)}")
    started = time.perf_counter()
    git("index-pack", f"--threads={THREADS}", "-o", str(SCRATCH / "again.idx"), str(pack))
    index_pack = time.perf_counter() - started
    config = SCRATCH / "bulk.toml"
    config.write_text("[limits]\nseconds = 3600\n")
    ENVIRONMENT["PUSHGUARD_CONFIG"] = str(config)
    into = server("bulk-server.git")
    whole, code, memory = memory_of_hook(objects, tip, into)
    whole = min(whole, hook(objects, tip, into)[0])
    del ENVIRONMENT["PUSHGUARD_CONFIG"]
    scan = steps[f"scan_{THREADS}"] + steps["open"]
    floor = steps["limit"]
    found = "its findings placed" if code else "nothing found"
    target(
        1, "bulk push, at most 10 % of git index-pack on the same cores", whole <= 0.1 * index_pack,
        f"{100 * whole / index_pack:.1f} %, {whole:.2f} s to {index_pack:.2f} s, {found}; "
        f"to scan it {100 * scan / index_pack:.1f} %, {scan:.2f} s; against inflating once: "
        f"{(steps['scan_1'] + steps['open']) / floor:.2f} on one thread (aim 1.5), "
        f"{scan / floor:.2f} on {THREADS} (aim below 1)")
    target(4, "at most 64 MB of anonymous memory for it", 1024 * memory <= 64_000_000,
           f"{1024 * memory / 1e6:.1f} MB")


def findings():
    secrets = [tokens.github(seed).encode() + b"\n" for seed in range(1000)]
    clean, clean_tip = quarantine(
        "clean", history(1000, 50, 100, [b"no secret %d\n" % i for i in range(1000)]), True)
    leaky, leaky_tip = quarantine("leaky", history(1000, 50, 100, secrets), True)
    into = server("findings.git")
    assert hook(clean, clean_tip, into)[1] == 0
    assert hook(leaky, leaky_tip, into)[1] == 1
    record = json.loads((into / "pushguard/audit.jsonl").read_text().splitlines()[-1])
    places = {place["path"] for finding in record["findings"] for place in finding["places"]}
    assert len(record["findings"]) == 1000 and places == {f"s{i}" for i in range(1, 1001)}
    more = median(lambda: hook(leaky, leaky_tip, into)[0], 3) - median(
        lambda: hook(clean, clean_tip, into)[0], 3)
    target(5, "1,000 secrets in 1,000 commits, at most 1 s more than without", more <= 1,
           f"{more:.2f} s more, all found")


def real_commits():
    """Pushes of single commits, drawn from the named repositories and from this one."""
    drawn = {"named repositories": REPOSITORIES, "this repository": [ROOT]}
    for where, repositories in drawn.items():
        if not repositories:
            continue
        measured = commits.costs(HOOK, repositories, 200)
        median, most, worst = commits.summary(measured)
        target(7, f"{len(measured)} commits of {where}, over 500,000 instructions + 10 a byte: at "
               "most 1.5 at the median, 4 for 90 in 100, 20 at worst",
               median <= 1.5 and most <= 4 and worst <= 20,
               f"{median:.2f}, {most:.2f}, {worst:.2f}")


def keyword_pass():
    files = sorted(pathlib.Path("/usr/include").rglob("*.h"))
    files += sorted(pathlib.Path(sys.prefix, "lib").rglob("*.py"))
    text = SCRATCH / "source.txt"
    with text.open("wb") as out:
        for file in files:
            if out.tell() < 64 << 20 and file.is_file():
                out.write(file.read_bytes())
    figures = json.loads(subprocess.run([BUILD / "tests/bench/keyword_bench", text],
                                        capture_output=True, check=True).stdout)
    print(f"   source text: {json.dumps(figures)}")
    target(6, "keyword pass, at least 3 GB/s a core", figures["pass_gb_s"] >= 3,
           f"{figures['pass_gb_s']:.2f} GB/s")


try:
    shutil.copy(BUILD / "pushguard", HOOK)
    small_and_flat()
    findings()
    real_commits()
    keyword_pass()
    bulk()
    print(f"{sum(holds for _, _, holds, _ in RESULTS)} of {len(RESULTS)} targets hold")
finally:
    shutil.rmtree(SCRATCH)
