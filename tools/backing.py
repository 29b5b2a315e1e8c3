"""PostgreSQL and Redis together, and the environment in which our own commands find them."""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools.libraries import library_environment
from tools.places import LOCAL, PYTHON, ROOT, field_key, lasting, secret_key, thrown_away
from tools.postgres import Cluster
from tools.processes import run_quietly
from tools.redis import Redis
from tools.screen import step

RUNNING = LOCAL / "running.json"


def settings_without_services() -> dict[str, str]:
    """Enough for commands that look at the code only. What the person exported stays, but never wins."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "ijap.settings",
        "SECRET_KEY": secret_key(),
        "FIELD_ENCRYPTION_KEYS": field_key(),
        "DEMO_MODE": "1",
        "DATABASE_URL": "postgres://ijap_app@/ijap?host=/nonexistent",
        "DATABASE_OWNER_URL": "",
        "DATABASE_BULK_URL": "",
        "DATABASE_POOL": "false",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PYTHONUNBUFFERED": "1",
    }


class Backing:
    """A cluster and a doorbell that run, and what our commands must know to reach them."""

    def __init__(self, cluster: Cluster, redis: Redis, folder: Path, logs: Path) -> None:
        self.cluster, self.redis, self.folder, self.logs = cluster, redis, folder, logs
        self.static = folder / "static"
        self.base_url = "http://localhost:8000"  # for people
        self.probe_url = "http://127.0.0.1:8000"  # for us: needs no name to be looked up
        self.live_url = ""

    def for_web_and_worker(self) -> dict[str, str]:
        """They know one database role: the one that row security binds."""
        ours = {
            "DATABASE_URL": self.cluster.address("ijap_app"),
            "DATABASE_POOL": "true",
            "PLAIN_STATIC": "false",
            "REDIS_URL": self.redis.address,
            "STATIC_ROOT": str(self.static),
            "BASE_URL": self.base_url,
            "LIVE_URL": self.live_url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
        }
        return settings_without_services() | library_environment() | ours

    def for_live(self) -> dict[str, str]:
        """No key and no settings: it hears the database as one who may read nothing, and asks the web."""
        told = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME")}
        return told | {
            "LIVE_DATABASE_URL": self.cluster.address("ijap_live"),
            "LIVE_WEB_URL": self.probe_url,
            "BASE_URL": self.base_url,
            "PYTHONUNBUFFERED": "1",
        }

    def for_commands(self) -> dict[str, str]:
        """Commands at the keyboard also migrate and seed."""
        return self.for_web_and_worker() | {
            "DATABASE_OWNER_URL": self.cluster.address("ijap_owner"),
            "DATABASE_BULK_URL": self.cluster.address("ijap_bulk"),
        }

    def for_tests(self) -> dict[str, str]:
        """Tests make databases of their own, so they also get the superuser of this cluster."""
        return self.for_commands() | {
            "DATABASE_SUPERUSER_URL": self.cluster.address("postgres", "postgres"),
            "DATABASE_POOL": "false",
            "PLAIN_STATIC": "1",
        }

    def manage(self, *arguments: str) -> None:
        """A management command whose words go to the log."""
        log = self.logs / f"{arguments[0]}.log"
        run_quietly([PYTHON, str(ROOT / "manage.py"), *arguments], env=self.for_commands(), log=log)

    def tell_others(self) -> None:
        """While we run, `./run manage` in another window works on the same database."""
        fresh = RUNNING.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(self.for_commands()))
        fresh.replace(RUNNING)


def told_by_another() -> dict[str, str]:
    """The environment of the `./run` that is running."""
    known: dict[str, str] = json.loads(RUNNING.read_text()) if RUNNING.exists() else {}
    return known


@contextmanager
def backing(
    kind: str, settings: Mapping[str, str] | None = None, *, quiet: bool = False
) -> Iterator[Backing]:
    """Start both, stop both. `kind` is the name of what stays in `.local`; "" leaves nothing behind."""
    library_environment()  # installs what is missing, before anything runs
    with ExitStack() as stack:
        away = stack.enter_context(thrown_away())
        logs = LOCAL / "log" / kind if kind else away / "log"
        for old in logs.glob("*.log"):
            old.unlink()
        parent = lasting(kind) if kind else away
        cluster = Cluster(parent, away / "socket", logs / "postgres.log", settings or {})
        redis = Redis(logs / "redis.log")
        stack.callback(cluster.stop)
        stack.callback(redis.stop)
        what = "maken en starten" if cluster.is_new else "starten"
        with step(f"{cluster.name} {what}", quiet=quiet):
            cluster.start()
            cluster.prepare()
        with step(f"{redis.name} starten", quiet=quiet):
            redis.start()
        yield Backing(cluster, redis, LOCAL / kind if kind else away, logs)
