"""Locks around a process of ours that works on what comes from outside: no network, no orphans, limits."""

import contextlib
import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
# What a library needs to be found. No address of a database, no key.
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "PYTHONPATH")


def bare_environment() -> dict[str, str]:
    """The environment of such a process: without secrets."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)


def leave_the_network() -> None:
    """A second lock behind the fetcher: no network. A system that refuses leaves the fetcher alone."""
    if sys.platform == "linux" and libc().unshare(CLONE_NEWNET) != 0:
        libc().unshare(CLONE_NEWUSER | CLONE_NEWNET)


def die_with(parent: int, how: signal.Signals) -> None:
    """Leave no orphan: when the parent is killed, we get this signal."""
    if sys.platform == "linux":
        libc().prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os._exit(0)


def limit(what: int, value: int) -> None:
    """Lower a limit of this process; a system that does not know it does without."""
    with contextlib.suppress(ValueError, OSError):
        hard = resource.getrlimit(what)[1]
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(what, (value, hard))
