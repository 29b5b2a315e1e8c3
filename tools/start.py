"""`./run`: the site on this machine, until Ctrl-C."""

import time

from tools.backing import RUNNING, backing
from tools.places import only_one
from tools.processes import Stopped
from tools.screen import Failed, say, seconds_since
from tools.site import demo_accounts, keep_alive, make_documents, print_accounts, shown, site

KIND = "demo"


def start(arguments: list[str]) -> int:
    """Start everything, tell where it is, and stop everything when asked."""
    if arguments:
        raise Failed("`./run` zonder opdracht kent geen opties. Zie `./run help`.")
    begin = time.monotonic()
    with only_one(KIND) as free:
        if not free:
            raise Failed("In deze map draait al een `./run`. Stop die eerst met Ctrl-C.")
        try:
            with backing(KIND) as here, site(here, first_port=8000) as running:
                here.tell_others()
                print_accounts(demo_accounts(here))
                say(f"\n  Gereed na {seconds_since(begin)}: {here.base_url}")
                say(f"  Logboeken: {shown(here.logs)}/    Stoppen: Ctrl-C\n")
                make_documents(here)
                running.start_work()
                servers = [s for s in (here.cluster.server, here.redis.server) if s]
                keep_alive([*servers, *running.children])
        except Stopped:
            say("\n  Alles is gestopt.")
        finally:
            RUNNING.unlink(missing_ok=True)
    return 0
