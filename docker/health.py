"""Is this container well? Exit code 0 or 1. Standard library and the database driver only."""

import os
import sys
import urllib.request

OLDEST_BEAT = 60  # seconds; the clock beats every five


def web() -> bool:
    """The web process answers and reaches its database. It stands behind a proxy that speaks https."""
    question = urllib.request.Request("http://localhost:8000/gereed/", headers={"X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(question, timeout=4) as answer:
        return bool(answer.status == 200)


def live() -> bool:
    """The process that says that a meeting changed answers."""
    with urllib.request.urlopen("http://localhost:8001/live/leeft/", timeout=4) as answer:
        return bool(answer.status == 200)


def chain() -> bool:
    """The clock rang, a worker heard it and could write it down."""
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=4) as connection:
        found = connection.execute(
            "SELECT clock_timestamp() - beat_at < make_interval(secs => %s) FROM jobs_heartbeat",
            [OLDEST_BEAT],
        ).fetchone()
    return bool(found and found[0])


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "live": live, "chain": chain}[sys.argv[1]]() else 1)
