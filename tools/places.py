"""Where things stand: in `.local/` what stays, in a folder of its own (in memory, or /tmp) what is thrown away."""

import base64
import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.screen import Failed

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
PYTHON = str(ROOT / ".venv" / "bin" / "python")
IS_ROOT = os.geteuid() == 0
# PostgreSQL refuses to run as root, so it runs as the user that owns nothing.
DATABASE_USER = "nobody" if IS_ROOT else None
# Paths of sockets may have 107 characters, so they never stand in the checkout itself.
THROWN_AWAY = Path("/tmp")
# In memory, where there is plenty: a test's database is nine hundred small files, and on disk those took a second.
IN_MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 6 * 2**30
PREFIX = f"ijap-{os.geteuid()}-"


def lasting(name: str) -> Path:
    """A folder for a cluster that stays. Root's checkout may be closed to others, so root's stands outside."""
    if not IS_ROOT:
        return LOCAL / name
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    base = Path("/var/tmp") / f"ijap-{mark}"
    base.mkdir(mode=0o755, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != 0:
        raise Failed(f"{base} is van iemand anders. Verwijder die map.")
    return base / name


def give_to_database(path: Path) -> Path:
    """Make a folder that belongs to the user who runs the database, closed to everybody else."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if DATABASE_USER:
        account = pwd.getpwnam(DATABASE_USER)
        os.chown(path, account.pw_uid, account.pw_gid)
    return path


@contextmanager
def thrown_away() -> Iterator[Path]:
    """A folder that goes when we go. What a `kill -9` left behind is cleared by the next one."""
    sweep()
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM_IN_MEMORY
    path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=IN_MEMORY if roomy else THROWN_AWAY))
    path.chmod(0o711)
    with (path / "new").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        (path / "new").rename(path / "in-use")  # never without its lock, or another's sweep takes it
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def sweep() -> None:
    """Remove the folders whose owner is gone: nobody holds the lock any more."""
    for path in [*IN_MEMORY.glob(f"{PREFIX}*"), *THROWN_AWAY.glob(f"{PREFIX}*")]:
        with contextlib.suppress(OSError), (path / "in-use").open("r+") as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def only_one(name: str) -> Iterator[bool]:
    """Whether we are the only one. The lock falls open when its holder ends, also after `kill -9`."""
    LOCAL.mkdir(exist_ok=True)
    with (LOCAL / f"{name}.lock").open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def secret_key() -> str:
    """Made once; the sessions of the demo survive a restart."""
    return _kept("secret-key", lambda: secrets.token_urlsafe(48))


def field_key() -> str:
    """Made once; what the demo wrote encrypted can be read after a restart."""
    return _kept("field-key", lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def _kept(name: str, make: Callable[[], str]) -> str:
    LOCAL.mkdir(exist_ok=True)
    path = LOCAL / name
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(make())
        fresh.replace(path)
    return path.read_text()


def is_macos() -> bool:
    return sys.platform == "darwin"
