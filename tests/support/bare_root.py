# SPDX-License-Identifier: Apache-2.0
"""A bare Debian 12 for a test: debootstrap's smallest, with git and ca-certificates.

Of this machine it has the address of the package archive with what apt needs to reach
it, and the user's compiler cache, so that a test costs minutes and not half an hour.
Each command mounts what it needs in a namespace of its own, so nothing is left to
unmount, whatever becomes of the test. What a test writes lies over the base, which
stays as it was. A container runtime was rejected: CI has none.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
STORE = CHECKOUT / "build" / "bare"  # the base and the downloaded packages, for the next run
SUITE = "bookworm"
PACKAGES = ["git", "ca-certificates"]
USER = "ann"
# Mounts and processes of a command end with it, and it ends with this test.
NAMESPACE = ["setpriv", "--pdeathsig", "KILL",
             "unshare", "--mount", "--pid", "--fork", "--kill-child"]

# What each command runs in. $1 is the base, $2 the test's own directory, $3 the compiler
# cache, $4 the downloaded packages, $5 the user; the rest is the command.
ENTER = r"""
set -eu
base=$1 own=$2 cache=$3 archives=$4 user=$5
shift 5
root=$own/root
mount -t overlay overlay "$root" -o "lowerdir=$base,upperdir=$own/upper,workdir=$own/work"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir -m 1777 "$root/dev/shm"
mkdir "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount --bind "$archives" "$root/var/cache/apt/archives"
if [ "$user" = root ]; then
  mkdir -p "$root/root/.cache/ccache"
  mount --bind "$cache" "$root/root/.cache/ccache"
else
  # The user reads the cache of this machine's root; what it adds stays here.
  mkdir -p "$own/cache" "$own/cache-work" "$root/home/$user/.cache/ccache"
  (cd "$cache" && find . -type d -print0) | (cd "$own/cache" && xargs -0 mkdir -p)
  mount -t overlay overlay "$root/home/$user/.cache/ccache" \
    -o "lowerdir=$cache,upperdir=$own/cache,workdir=$own/cache-work"
  chroot "$root" find "/home/$user/.cache" -type d -exec chown "$user:" {} +
fi
exec chroot --userspec="$user:" "$root" "$@"
"""


def why_not():
    """Why no bare root can be made here; None when one can."""
    if os.geteuid() != 0:
        return "a bare root is made by root, and this is another user"
    for program in ("debootstrap", "unshare", "setpriv", "chroot"):
        if not shutil.which(program):
            return f"{program} is not installed"
    STORE.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=STORE.parent) as place:
        for name in ("lower", "upper", "work", "root"):
            pathlib.Path(place, name).mkdir()
        tried = subprocess.run([*NAMESPACE, "mount", "-t", "overlay", "-o",
                                "lowerdir=lower,upperdir=upper,workdir=work", "overlay", "root"],
                               cwd=place, capture_output=True, text=True)
    if tried.returncode:
        return f"the kernel allows no mounts here: {tried.stderr.strip()}"
    if not archives():
        return f"the sources of apt on this machine name no archive of {SUITE}"
    return None


def archives():
    """(address, suite) for all that apt on this machine gets of the suite."""
    listed = subprocess.run(["apt-get", "indextargets", "--format",
                             "$(REPO_URI) $(RELEASE) $(COMPONENT)", "Created-By: Packages"],
                            capture_output=True, text=True, check=True).stdout
    found = {tuple(line.split()[:2]) for line in listed.splitlines()
             if re.fullmatch(rf"\S+ {SUITE}(-updates|-security)? main", line)}
    return sorted(found, key=lambda entry: entry[1])


def apt_settings():
    """Proxies, certificates and checks of dates, as this machine's apt has them."""
    dumped = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    wanted = (r'Acquire::(.*::)?(Proxy.*|CaInfo|CaPath|Verify-Peer|Verify-Host'
              r'|Check-Valid-Until|Check-Date) ".+";')
    lines = [line for line in dumped.stdout.splitlines()
             if re.fullmatch(wanted, line, re.IGNORECASE)]
    for scheme in ("http", "https"):
        if os.environ.get(f"{scheme}_proxy"):
            lines.append(f'Acquire::{scheme}::Proxy "{os.environ[f"{scheme}_proxy"]}";')
    return "\n".join(lines) + "\n"


def make_base(base):
    """debootstrap into `base`, which is there as a whole or not at all."""
    shutil.rmtree(STORE, ignore_errors=True)
    STORE.mkdir(parents=True)
    part = base.with_suffix(".part")
    log = STORE / "debootstrap.log"
    with log.open("w") as output:
        made = subprocess.run([*NAMESPACE, "debootstrap", "--variant=minbase",
                               f"--include={','.join(PACKAGES)}", SUITE, part, archives()[0][0]],
                              stdout=output, stderr=subprocess.STDOUT,
                              env={**os.environ, "LC_ALL": "C"})
    if made.returncode:
        raise RuntimeError(f"debootstrap failed:\n{log.read_text()}")
    (STORE / "archives" / "partial").mkdir(parents=True)
    for package in (part / "var/cache/apt/archives").glob("*.deb"):
        package.unlink()
    part.rename(base)


def compiler_cache():
    asked = shutil.which("ccache") and subprocess.run(
        ["ccache", "--get-config", "cache_dir"], capture_output=True, text=True).stdout.strip()
    cache = pathlib.Path(asked or pathlib.Path.home() / ".cache/ccache")
    cache.mkdir(parents=True, exist_ok=True)
    return cache


class BareRoot:
    """The base as it was made, whatever a test before did to it; see open_root()."""

    def __init__(self, base, own):
        self.base = base
        self.own = own
        self.cache = compiler_cache()
        for name in ("upper", "work", "root"):
            (own / name).mkdir()
        for name in ("resolv.conf", "hosts"):
            self.write(f"/etc/{name}", pathlib.Path("/etc", name).read_text())
        self.write("/etc/apt/sources.list",
                   "".join(f"deb {address} {suite} main\n" for address, suite in archives()))
        self.write("/etc/apt/apt.conf.d/80machine", apt_settings())
        self.write("/etc/dpkg/dpkg.cfg.d/fast", "force-unsafe-io\n")
        certificates = pathlib.Path("/usr/local/share/ca-certificates")
        if any(address.startswith("https:") for address, _ in archives()):
            shutil.copytree(certificates, own / "upper/usr/local/share/ca-certificates",
                            dirs_exist_ok=True)
            self.run("update-ca-certificates")
        self.run(f"useradd --create-home --shell /bin/bash {USER}")

    def write(self, name, text):
        file = self.own / "upper" / name.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def run(self, command, user="root", network=True, within="/", umask="022", **variables):
        """Runs a shell command, and gives the completed process: its output with errors."""
        home = "/root" if user == "root" else f"/home/{user}"
        path = "/usr/local/bin:/usr/bin:/bin"
        if user == "root":
            path = f"/usr/local/sbin:/usr/sbin:/sbin:{path}"
        environment = {"HOME": home, "PATH": path, "USER": user, **variables}
        entered = [*NAMESPACE]
        if not network:
            entered.append("--net")
        entered += ["sh", "-c", ENTER, "sh", self.base, self.own, self.cache,
                    STORE / "archives", user, "env", "-i"]
        entered += [f"{name}={value}" for name, value in environment.items() if value is not None]
        entered += ["bash", "-c", f"umask {umask}; cd '{within}' || exit; {command}"]
        return subprocess.run(entered, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)

    def copy_tree(self, directory, user="root"):
        """The committed tree of this checkout, as `user` gets it."""
        target = self.own / "upper" / directory.lstrip("/")
        target.mkdir(parents=True)
        archive = subprocess.run(["git", "-c", f"safe.directory={CHECKOUT}", "-C", CHECKOUT,
                                  "archive", "HEAD"], capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", target], input=archive.stdout, check=True)
        if user != "root":
            self.run(f"chown -R {user}: '{directory}'")


@contextlib.contextmanager
def open_root():
    """A BareRoot for the `with` block; one test at a time has one."""
    key = hashlib.sha256(repr((SUITE, PACKAGES, archives())).encode()).hexdigest()[:12]
    base = STORE / f"base-{key}"
    os.umask(0o022)
    STORE.parent.mkdir(exist_ok=True)
    with (STORE.parent / "bare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not base.exists():
            make_base(base)
        for left in STORE.glob("root-*"):
            shutil.rmtree(left)
        own = pathlib.Path(tempfile.mkdtemp(prefix="root-", dir=STORE))
        try:
            own.chmod(0o755)
            yield BareRoot(base, own)
        finally:
            shutil.rmtree(own)
