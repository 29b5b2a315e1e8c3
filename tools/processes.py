"""Processes that never outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.places import ROOT
from tools.screen import Failed

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C, kill, or a closed terminal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_on_signals() -> None:
    """Let a request to stop pass through every `with` and `finally` on its way out."""

    def stop(number: int, frame: object) -> None:
        ignore_signals()  # stopping is under way; a second Ctrl-C must not leave anything behind
        raise Stopped(number)

    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, stop)


def ignore_signals() -> None:
    for wanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, signal.SIG_IGN)


def dies_with_us(number: int) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends this signal to the child when we are gone, however we went.

    It runs after the change of user, which would make the kernel forget it. macOS has no such thing.
    """
    parent = os.getpid()

    def prepare() -> None:
        for changed in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(changed, signal.SIG_DFL)
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)

    return prepare


class Child:
    """One long-running process with a log file, in a session of its own: Ctrl-C does not reach it."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str],
        user: str | None = None,
        stop_with: signal.Signals = signal.SIGTERM,
        dies_with: signal.Signals | None = None,
        spoken: bytes = b"",
    ) -> None:
        self.name, self.command, self.log = name, list(command), log
        self.env, self.user, self.stop_with, self.spoken = dict(env), user, stop_with, spoken
        self.dies_with = dies_with or stop_with
        self.process: subprocess.Popen[bytes] | None = None
        self.starts: list[float] = []

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.starts.append(time.monotonic())
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT if self.user is None else "/",
                env=self.env,
                stdin=subprocess.PIPE if self.spoken else subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=dies_with_us(self.dies_with),
                **identity(self.user),
            )
        if self.process.stdin:  # what others may not read in the list of processes
            self.process.stdin.write(self.spoken)
            self.process.stdin.close()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self.process.returncode if self.process else None

    def ask_to_stop(self) -> None:
        if self.process and self.is_alive:
            self.process.send_signal(self.stop_with)

    def stop(self, seconds: float = 10) -> None:
        """Ask, wait, and then insist. Whoever it started goes too."""
        if self.process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines: int = 15) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])

    def wait_until(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Wait for the first sign of life; a process that ends or stays silent is a failure."""
        limit = time.monotonic() + seconds
        while not is_ready():
            if not self.is_alive or time.monotonic() > limit:
                raise Failed(f"{self.name} start niet. Het einde van {self.log}:\n{self.last_words()}")
            time.sleep(0.05)


def identity(user: str | None) -> dict[str, Any]:
    """The part of Popen's arguments that makes a process somebody else's. Only root can."""
    if user is None:
        return {}
    import pwd

    account = pwd.getpwnam(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def run_quietly(
    command: Sequence[str], *, env: Mapping[str, str], log: Path, user: str | None = None
) -> None:
    """Run a command to its end. Its words go to the log; they are shown when it fails."""
    child = Child(Path(command[0]).name, command, log=log, env=env, user=user)
    child.start()
    assert child.process
    try:
        if child.process.wait() != 0:
            shown = " ".join(command[-3:])
            raise Failed(f"Dit ging mis: {shown}. Het einde van {log}:\n{child.last_words(25)}")
    finally:
        child.stop()


def run_in_front(command: Sequence[str], *, env: Mapping[str, str]) -> int:
    """Run a command at the keyboard: it gets Ctrl-C itself, and we wait for how it ends."""
    process = subprocess.Popen(command, cwd=ROOT, env=dict(env), preexec_fn=dies_with_us(signal.SIGTERM))

    def pass_on(number: int, frame: object) -> None:
        process.send_signal(number)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, pass_on)
    signal.signal(signal.SIGHUP, pass_on)
    try:
        code = process.wait()
    finally:
        stop_on_signals()
    return code if code >= 0 else 128 - code
