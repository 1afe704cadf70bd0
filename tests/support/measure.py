# SPDX-License-Identifier: Apache-2.0
"""Runs a program and prints its exit code, its most memory in KiB, and the seconds of
processor time that it and its children took. usage: measure.py PROGRAM

A process inherits the memory of the one that starts it, in what the kernel counts, so it
is started by this small one."""

import os
import sys

child = os.fork()
if child == 0:
    os.execv(sys.argv[1], [sys.argv[1]])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, usage.ru_utime + usage.ru_stime)
