# SPDX-License-Identifier: Apache-2.0
"""A real sshd on loopback for one test."""

import os
import pathlib
import socket
import subprocess


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    """Waits until the server listens; fails when it ends instead."""
    for _ in range(400):
        if process.poll() is not None:
            raise AssertionError(f"the server exited {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            try:
                process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                pass
    raise AssertionError("the server does not listen")


class Sshd:
    def __init__(self, directory):
        directory = pathlib.Path(directory)
        self.port = free_port()
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                 str(directory / name)],
                check=True)
        (directory / "authorized").write_text((directory / "user.pub").read_text())
        config = directory / "sshd_config"
        config.write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nHostKey {directory}/host\n"
            f"AuthorizedKeysFile {directory}/authorized\nStrictModes no\nUsePAM no\n"
            f"PasswordAuthentication no\nPidFile {directory}/sshd.pid\nPermitRootLogin yes\n")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.log = open(directory / "sshd.log", "wb")
        self.process = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", str(config)],
                                        stdout=self.log, stderr=self.log)
        wait_for_port(self.port, self.process)
        self.command = (f"ssh -F none -i {directory}/user -o IdentitiesOnly=yes -o LogLevel=ERROR "
                        f"-o StrictHostKeyChecking=no -o UserKnownHostsFile={directory}/known")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.log.close()
