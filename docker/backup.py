"""Encrypted backups of the database, and putting one back. Standard library, PostgreSQL's own tools and pyrage.

    backup.py base    --to DIR --recipient FILE            once a night: everything
    backup.py wal     --to DIR --recipient FILE            once a minute: what changed since
    backup.py restore --from DIR --identity FILE --data NEW [--until "2026-11-26 12:00:00+01:00"]

It pulls: run it on another machine than the database, with PGHOST, PGUSER and PGPASSFILE of a role that may
replicate. That machine knows only the recipient (a public key), so it cannot read what it keeps. The identity
(the private key) lies in a safe; `age-keygen` makes the pair, and `age` itself also reads these files.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pyrage

SLOT = "ijap_backup"  # PostgreSQL keeps what this slot has not fetched
MARK = "SELECT pg_logical_emit_message(true, 'ijap', 'backup')"
LONGEST = 600  # seconds; a line that hangs must not hold up the next minute for ever
STAMP = "%Y%m%dT%H%M%SZ"


class Failed(Exception):
    """Something did not work. The reason is in Dutch, for whoever reads the mail of cron."""


def tool(name: str) -> str:
    """One of PostgreSQL's programs; PG_BIN says where they stand when they are not on the path."""
    found = shutil.which(name, path=os.environ.get("PG_BIN") or None)
    if not found:
        raise Failed(f"{name} is er niet. Installeer de PostgreSQL-client of zet PG_BIN.")
    return found


def read_recipient(path: Path) -> pyrage.x25519.Recipient:
    lines = [line.strip() for line in path.read_text().splitlines() if line.strip().startswith("age1")]
    if not lines:
        raise Failed(f"In {path} staat geen publieke sleutel (age1…).")
    return pyrage.x25519.Recipient.from_str(lines[0])


def read_identity(path: Path) -> pyrage.x25519.Identity:
    lines = [line.strip() for line in path.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
    if not lines:
        raise Failed(f"In {path} staat geen geheime sleutel (AGE-SECRET-KEY-…).")
    return pyrage.x25519.Identity.from_str(lines[0])


# --- making ---------------------------------------------------------------------------------------
def base(to: Path, recipient: pyrage.x25519.Recipient) -> Path:
    """Everything as it stands now, straight from the database through the encryption into one file."""
    to.mkdir(parents=True, exist_ok=True)
    target = to / f"base-{datetime.now(UTC).strftime(STAMP)}.tar.gz.age"
    command = [
        tool("pg_basebackup"),
        "--pgdata=-",
        "--format=tar",
        "--gzip",
        "--wal-method=fetch",
        "--checkpoint=fast",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as source, whole(target) as out:
        assert source.stdout
        pyrage.encrypt_io(source.stdout, out, [recipient])
        if source.wait() != 0:
            raise Failed("pg_basebackup is mislukt; er is geen bestand bewaard.")
    return target


def wal(to: Path, recipient: pyrage.x25519.Recipient) -> list[Path]:
    """What changed since the last time. The slot remembers how far we were, so nothing plain has to stay here."""
    keep = to / "wal"
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to) as name:
        spool = Path(name)
        fetch(spool)
        pieces = sorted(p for p in spool.iterdir() if len(p.name) == 24 or p.suffix == ".history")
        made = [keep / f"{piece.name}.gz.age" for piece in pieces]
        for piece, target in zip(pieces, made, strict=True):
            with whole(target) as out:
                out.write(pyrage.encrypt(gzip.compress(piece.read_bytes(), 6), [recipient]))
    return made


def fetch(spool: Path) -> None:
    """Every piece that is full. First the present one is closed, and something is put after its end."""
    receive = [tool("pg_receivewal"), f"--directory={spool}", f"--slot={SLOT}", "--no-loop"]
    subprocess.run([*receive, "--create-slot", "--if-not-exists"], check=True)
    psql(MARK)
    psql("SELECT pg_switch_wal()")
    end = psql("SELECT pg_current_wal_lsn()")
    psql(MARK)
    subprocess.run([*receive, f"--endpos={end}", "--synchronous"], check=True, timeout=LONGEST)


def psql(question: str) -> str:
    command = [tool("psql"), "-X", "-A", "-t", "-d", "postgres", "-c", question]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


class whole:  # noqa: N801 (used as a word: `with whole(path) as out`)
    """A file that is there completely or not at all, also after a power cut."""

    def __init__(self, path: Path) -> None:
        self.path, self.part = path, path.with_suffix(".part")

    def __enter__(self) -> IO[bytes]:
        self.out = self.part.open("wb")
        return self.out

    def __exit__(self, kind: object, *rest: object) -> None:
        if kind is None:
            self.out.flush()
            os.fsync(self.out.fileno())
        self.out.close()
        if kind is None:
            self.part.replace(self.path)
        else:
            self.part.unlink()


# --- putting back ---------------------------------------------------------------------------------
def restore(source: Path, identity: pyrage.x25519.Identity, data: Path, until: datetime | None) -> Path:
    """The newest backup from before that moment, with what came after it up to then. The server is not started."""
    chosen = newest(source, until)
    if data.exists() and any(data.iterdir()):
        raise Failed(f"{data} is niet leeg. Zet nooit een back-up terug over gegevens heen.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as plain:
        with chosen.open("rb") as locked:
            pyrage.decrypt_io(locked, plain, [identity])
        plain.seek(0)
        with tarfile.open(fileobj=plain, mode="r:gz") as parts:
            parts.extractall(data, filter="tar")
    subprocess.run([tool("pg_verifybackup"), "--no-parse-wal", "--quiet", str(data)], check=True)
    pieces = data / "restored-wal"
    pieces.mkdir(mode=0o700)
    for locked_piece in sorted((source / "wal").glob("*.gz.age")):
        content = gzip.decompress(pyrage.decrypt(locked_piece.read_bytes(), [identity]))
        (pieces / locked_piece.name.removesuffix(".gz.age")).write_bytes(content)
    settings = [f'restore_command = \'cp "{pieces}/%f" "%p"\'', "recovery_target_action = 'promote'"]
    if until:
        settings.append(f"recovery_target_time = '{until.isoformat()}'")
    with (data / "postgresql.auto.conf").open("a") as out:
        out.write("\n".join([*settings, ""]))
    (data / "recovery.signal").touch()
    return chosen


def newest(source: Path, until: datetime | None) -> Path:
    """A backup is named after the moment it began, so it holds nothing of later than it says."""
    limit = (until or datetime.now(UTC)).astimezone(UTC).strftime(STAMP)
    found = [path for path in source.glob("base-*.tar.gz.age") if path.name[5:21] <= limit]
    if not found:
        raise Failed(f"In {source} staat geen back-up van voor dat moment.")
    return max(found)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Versleutelde back-up van de database.")
    commands = parser.add_subparsers(dest="what", required=True)
    for name in ("base", "wal"):
        command = commands.add_parser(name)
        command.add_argument("--to", type=Path, required=True)
        command.add_argument("--recipient", type=Path, required=True)
    command = commands.add_parser("restore")
    command.add_argument("--from", type=Path, required=True, dest="source")
    command.add_argument("--identity", type=Path, required=True)
    command.add_argument("--data", type=Path, required=True)
    command.add_argument("--until", type=datetime.fromisoformat, help="met tijdzone")
    asked = parser.parse_args(arguments)
    os.umask(0o077)
    try:
        if asked.what == "restore":
            if asked.until and asked.until.tzinfo is None:
                raise Failed("Geef bij --until ook de tijdzone, zoals +01:00.")
            chosen = restore(asked.source, read_identity(asked.identity), asked.data, asked.until)
            print(f"Teruggezet uit {chosen.name}. Start PostgreSQL nu op {asked.data}.")
        else:
            recipient = read_recipient(asked.recipient)
            made = [base(asked.to, recipient)] if asked.what == "base" else wal(asked.to, recipient)
            print(f"Bewaard: {', '.join(path.name for path in made) or 'niets nieuws'}.")
    except (Failed, OSError, subprocess.SubprocessError, pyrage.DecryptError) as failure:
        print(f"MISLUKT: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
