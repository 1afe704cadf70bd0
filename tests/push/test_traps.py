# SPDX-License-Identifier: Apache-2.0
"""The pitfalls of the hook protocol, each with the hook run as git or a host runs it."""

import os
import signal
import struct
import subprocess
import unittest
import zlib
import hashlib

from support import tokens
from support.server import HOOK, PushTest, clean_environment


class Traps(PushTest):
    def setUp(self):
        super().setUp()
        self.base = self.commit({"readme.md": "hello\n"}, "First")
        self.assert_accepted(self.push())

    def quarantine_of(self, files, message="Change"):
        """A commit whose objects are in a separate directory, as in a quarantine."""
        quarantine = self.server / "objects" / "incoming-test"
        quarantine.mkdir()
        environment = {"GIT_OBJECT_DIRECTORY": str(quarantine),
                       "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(self.server / "objects")}
        index = {
            **environment, "GIT_DIR": str(self.server),
            "GIT_INDEX_FILE": str(self.scratch / "index")
        }
        for path, content in files.items():
            blob = self.git("hash-object", "-w", "--stdin", input=content.encode(),
                            **index).output.strip()
            self.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", **index)
        tree = self.git("write-tree", **index).output.strip()
        commit = self.git("commit-tree", "-p", self.base, "-m", message, tree,
                          **index).output.strip()
        return commit, environment

    def hook(self, lines, check=False, arguments=None, cwd=None, **variables):
        environment = {**clean_environment(self.scratch), "GIT_DIR": ".", **variables}
        run = subprocess.run(arguments or [str(self.server / "hooks/pre-receive")],
                             input=lines.encode(),
                             cwd=cwd or self.server,
                             env=environment,
                             capture_output=True,
                             timeout=120)
        return run.returncode, run.stderr.decode()

    def test_no_quarantine_path_as_gitaly_runs_hooks(self):
        commit, environment = self.quarantine_of({"a.txt": tokens.github()})
        environment["GIT_DIR"] = str(self.server)
        code, errors = self.hook(f"{self.base} {commit} refs/heads/main\n", cwd="/", **environment)
        self.assertEqual(code, 1, errors)

    def test_empty_input_is_not_a_pass(self):
        code, errors = self.hook("", GIT_QUARANTINE_PATH=str(self.server / "objects"))
        self.assertEqual(code, 2)
        self.assertIn("no ref updates on standard input (did another hook", errors)

    def test_input_that_is_no_ref_update_is_named(self):
        zero = "0" * 40
        for line, what in ((f"{zero} {zero}\n", "expected '<old-id> <new-id> <ref>'"),
                           (f"{zero[1:]} {zero} refs/heads/x\n",
                            "an object id must be 40 or 64 hex digits"),
                           (f"{zero} {'0' * 64} refs/heads/x\n", "object ids of two sizes"),
                           (f"{zero} {zero} \n", "the ref has no name")):
            code, errors = self.hook(line)
            self.assertEqual(code, 2)
            self.assertIn(f"standard input, line 1: {what}", " ".join(errors.split()))

    def test_without_git_dir_it_says_so(self):
        code, errors = self.hook(f"{self.base} {self.base} refs/heads/main\n", GIT_DIR="")
        self.assertEqual(code, 2)
        self.assertIn("GIT_DIR is not set: git did not start this as a hook", errors)

    def test_by_subcommand_and_in_a_directory_of_hooks(self):
        commit, environment = self.quarantine_of({"a.txt": tokens.github()})
        line = f"{self.base} {commit} refs/heads/main\n"
        self.assertEqual(self.hook(line, arguments=[HOOK, "pre-receive"], **environment)[0], 1)
        directory = self.server / "hooks/pre-receive.d"
        directory.mkdir()
        os.symlink(HOOK, directory / "50-secrets")
        self.assertEqual(
            self.hook(line, arguments=[str(directory / "50-secrets")], **environment)[0], 1)

    def test_sigpipe_does_not_kill_it_before_the_record(self):
        commit, environment = self.quarantine_of({"a.txt": tokens.github()})
        before = len(self.log())
        read_end, write_end = os.pipe()
        os.close(read_end)
        process = subprocess.Popen([str(self.server / "hooks/pre-receive")],
                                   stdin=subprocess.PIPE,
                                   stderr=write_end,
                                   cwd=self.server,
                                   env={
                                       **clean_environment(self.scratch), "GIT_DIR": ".",
                                       **environment
                                   },
                                   preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL))
        os.close(write_end)
        process.communicate(f"{self.base} {commit} refs/heads/main\n".encode(), timeout=60)
        self.assertEqual(process.returncode, 1)
        self.assertEqual(len(self.log()), before + 1)

    def test_many_findings_fit_the_pipe_of_a_client_that_went_away(self):
        self.commit({f"f{i}.txt": "\n".join(tokens.digitalocean(f"{i}.{j}") for j in range(20))
                     for i in range(100)})
        # Nobody reads or closes the pipe: writing more than fits into it would block for ever.
        self.git("push", "-q", str(self.new_server("plain.git", hook=False)),
                 "HEAD:refs/heads/main")
        quarantine = self.scratch / "plain.git" / "objects"
        read_end, write_end = os.pipe()
        process = subprocess.Popen(
            [str(self.server / "hooks/pre-receive")],
            stdin=subprocess.PIPE,
            stderr=write_end,
            cwd=self.server,
            env={
                **clean_environment(self.scratch), "GIT_DIR": ".",
                "GIT_QUARANTINE_PATH": str(quarantine),
                "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(self.server / "objects")
            })
        os.close(write_end)
        process.communicate(f"{self.base} {self.rev()} refs/heads/main\n".encode(), timeout=120)
        said = os.read(read_end, 1 << 20).decode()
        os.close(read_end)
        self.assertEqual(process.returncode, 1)
        self.assertLessEqual(len(said), 48 << 10)
        self.assertIn("  and 1900 more places\n", said)
        record = self.last_record()
        self.assertEqual(len(record["findings"]), 2000)

    def test_full_pipe_is_given_up(self):
        commit, environment = self.quarantine_of({"a.txt": tokens.github()})
        read_end, write_end = os.pipe()
        os.set_blocking(write_end, False)
        try:
            while True:
                os.write(write_end, b"x" * 4096)
        except BlockingIOError:
            pass
        os.set_blocking(write_end, True)
        process = subprocess.Popen([str(self.server / "hooks/pre-receive")],
                                   stdin=subprocess.PIPE,
                                   stderr=write_end,
                                   cwd=self.server,
                                   env={
                                       **clean_environment(self.scratch), "GIT_DIR": ".",
                                       **environment
                                   })
        process.communicate(f"{self.base} {commit} refs/heads/main\n".encode(), timeout=60)
        self.assertEqual(process.returncode, 1)
        os.close(read_end)
        os.close(write_end)

    def test_objects_that_no_ref_reaches(self):
        hidden = tokens.github("hidden")
        objects = [(3, f"{hidden}\n".encode())]
        pack = b"PACK" + struct.pack(">II", 2, len(objects))
        for kind, content in objects:
            size = len(content)
            head = [(kind << 4) | (size & 15)]
            size >>= 4
            while size:
                head[-1] |= 0x80
                head.append(size & 0x7F)
                size >>= 7
            pack += bytes(head) + zlib.compress(content)
        pack += hashlib.sha1(pack).digest()
        line = f"{'0' * 40} {self.base} refs/heads/new\0report-status"
        body = f"{len(line) + 4:04x}{line}0000".encode() + pack
        result = self.run_command("git", "receive-pack", "--stateless-rpc", str(self.server),
                                  input=body, check=False)
        self.assertFalse(self.server_has("refs/heads/new"), result.errors)
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["kind"], place["ref"]), ("object", ""))
        self.assert_nowhere(hidden, result)
        self.assertIn("no pushed ref reaches one of the objects", result.errors)

    def test_replace_refs_do_not_hide(self):
        secret = self.commit({"a.txt": tokens.github("replaced") + "\n"})
        blob = self.rev("HEAD:a.txt")
        clean = self.git("hash-object", "-w", "--stdin", input=b"clean\n").output.strip()
        self.git("update-ref", f"refs/replace/{blob}", clean)
        self.assert_accepted(self.push("origin", f"refs/replace/{blob}"))
        self.assert_refused(self.push("origin", f"{secret}:refs/heads/main"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["path"], place["object"]), ("a.txt", blob))

    def test_shallow_clone_pushes(self):
        self.commit({"more.txt": "x\n"}, "More")
        self.assert_accepted(self.push())
        shallow = self.scratch / "shallow"
        self.git("clone",
                 "-q",
                 "--depth=1",
                 f"file://{self.server}",
                 str(shallow),
                 cwd=self.scratch)
        self.clone = shallow
        self.commit({"b.txt": "clean\n"}, "On top")
        self.assert_accepted(self.push())
        self.commit({"b.txt": tokens.github("shallow")}, "Bad")
        self.assert_refused(self.push())

    def test_shallow_history_is_judged_where_the_server_takes_it(self):
        self.git("config", "receive.shallowUpdate", "true", cwd=self.server)
        other = self.scratch / "other"
        self.git("init", "-q", str(other), cwd=self.scratch)
        home, self.clone = self.clone, other
        for i in range(3):
            self.commit({
                "s.txt": f"{i}\n",
                "k.txt": tokens.github("deep") if i == 1 else f"{i}"
            }, f"c{i}")
        self.clone = self.scratch / "cut"
        self.git("clone", "-q", "--depth=2", f"file://{other}", str(self.clone), cwd=self.scratch)
        self.git("remote", "set-url", "origin", str(self.server))
        self.assert_refused(self.push("origin", "HEAD:refs/heads/cut"))
        [place] = self.last_record()["findings"][0]["places"]
        self.assertEqual((place["path"], place["commit"]), ("k.txt", self.rev("HEAD^")))

    def test_a_client_that_goes_away_is_on_record(self):
        # The hook waits until its client is dead; git does not stop it.
        os.remove(self.server / "hooks/pre-receive")
        gate, started, done = (self.scratch / name for name in ("gate", "started", "done"))
        for fifo in (gate, started, done):
            os.mkfifo(fifo)
        hook = self.server / "hooks/pre-receive"
        hook.write_text(f"#!/bin/sh\necho >'{started}'\nread go <'{gate}'\n"
                        f"'{HOOK}' pre-receive\ncode=$?\necho >'{done}'\nexit $code\n")
        hook.chmod(0o755)
        self.commit({f"f{i}.txt": "\n".join(tokens.digitalocean(f"{i}.{j}") for j in range(20))
                     for i in range(30)})
        before = len(self.log())
        client = subprocess.Popen(
            ["git", "push", "-q", f"ext::git-receive-pack {self.server}", "HEAD:refs/heads/gone"],
            cwd=self.clone,
            stderr=subprocess.DEVNULL,
            env={
                **self.environment, "GIT_ALLOW_PROTOCOL": "ext:file"
            })
        with open(started) as waiting:
            waiting.read()
        client.kill()
        client.wait()
        with open(gate, "w") as go:
            go.write("go\n")
        with open(done) as waiting:
            waiting.read()
        self.assertEqual(self.last_record()["verdict"], "refused")
        self.assertEqual(len(self.log()), before + 1)
        self.assertFalse(self.server_has("refs/heads/gone"))


class OddPath(PushTest):
    """A server in a path with a colon and a quote, which git quotes."""

    def new_server(self, name, hook=True):
        odd = 'co:lon "quoted" \t tab'
        (self.scratch / odd).mkdir(exist_ok=True)
        return super().new_server(f"{odd}/{name}", hook)

    def test_preexisting_is_seen_through_quoted_alternates(self):
        os.remove(self.server / "hooks/pre-receive")
        text = "some text that stays the same\n" * 100
        self.commit({"a.txt": text + tokens.github("odd")})
        self.assert_accepted(self.push())
        os.symlink(HOOK, self.server / "hooks/pre-receive")
        self.commit({"a.txt": "new\n" + text + tokens.github("odd")})
        self.assert_accepted(self.push())
        self.assertEqual(self.last_record()["findings"][0]["origin"], "preexisting")
        self.commit({"b.txt": tokens.github("new")})
        self.assert_refused(self.push())


class OddPathSha256(OddPath):
    object_format = "sha256"


if __name__ == "__main__":
    unittest.main()
