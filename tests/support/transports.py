# SPDX-License-Identifier: Apache-2.0
"""How a PushTest reaches its server: connect() has origin lead there over ssh or HTTP."""

import getpass

from support.sshd import Sshd
from support.web import Web


class OverSsh:
    def connect(self):
        sshd = Sshd(self.scratch)
        self.addCleanup(sshd.stop)
        self.environment["GIT_SSH_COMMAND"] = sshd.command
        self.git("remote", "set-url", "origin",
                 f"ssh://{getpass.getuser()}@127.0.0.1:{sshd.port}{self.server}")


class OverHttp:
    def connect(self):
        web = Web(self.scratch / "web", self.scratch)
        self.addCleanup(web.stop)
        self.git("config", "http.postBuffer", "4096")  # a larger push is sent in chunks
        self.git("remote", "set-url", "origin", f"http://127.0.0.1:{web.port}/server.git")
