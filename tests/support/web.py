# SPDX-License-Identifier: Apache-2.0
"""git http-backend behind nginx and fcgiwrap on loopback for one test."""

import os
import pathlib
import signal
import subprocess

from support.sshd import free_port, wait_for_port

CONFIG = """
daemon off;
pid {directory}/nginx.pid;
error_log {directory}/error.log;
{user}
events {{}}
http {{
  access_log off;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  client_max_body_size 0;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      fastcgi_pass unix:{directory}/socket;
      fastcgi_param SCRIPT_FILENAME {backend};
      fastcgi_param GIT_PROJECT_ROOT {root};
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param PATH_INFO $uri;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      fastcgi_param REMOTE_USER webber;
      fastcgi_param REMOTE_ADDR $remote_addr;
    }}
  }}
}}
"""


class Web:
    def __init__(self, directory, root):
        directory = pathlib.Path(directory)
        directory.mkdir()
        self.port = free_port()
        git = subprocess.run(["git", "--exec-path"], capture_output=True, check=True, text=True)
        config = directory / "nginx.conf"
        config.write_text(CONFIG.format(
            directory=directory, root=root, port=self.port,
            user="user root;" if os.geteuid() == 0 else "",
            backend=pathlib.Path(git.stdout.strip()) / "git-http-backend"))
        environment = {"PATH": os.environ["PATH"], "HOME": str(directory),
                       "GIT_CONFIG_NOSYSTEM": "1"}
        # Runs in its own session, since fcgiwrap does not end its workers when it ends.
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL,
                 "stderr": subprocess.DEVNULL, "start_new_session": True}
        self.fcgiwrap = subprocess.Popen(
            ["/usr/sbin/fcgiwrap", "-c", "2", "-s", f"unix:{directory}/socket"],
            env=environment,
            **quiet)
        self.nginx = subprocess.Popen(["/usr/sbin/nginx", "-c", str(config)], **quiet)
        wait_for_port(self.port, self.nginx)

    def stop(self):
        for process in (self.nginx, self.fcgiwrap):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)
