"""Doors of the figures."""

from tests.doors import Door

LEADERS = {"regisseur", "tweede_regisseur", "lja_heerlen", "lja_kerkrade", "pga"}
READERS = {*LEADERS, "manager", "fg"}


def _police(world):
    return {"uuid": world.police.uuid}


DOORS = {
    "reports:figure_list": Door(ok=READERS, otherwise=403),
    "reports:chart": Door(kwargs=lambda w: {"name": "signalen"}, ok=READERS, otherwise=403),
    "reports:summary_make": Door(ok=READERS, otherwise=403, method="POST", status=303),
    "reports:summary_download": Door(kwargs=lambda w: {"uuid": w.summary.uuid}, ok=READERS, otherwise=403),
    # The agent speaks for the police and is sent to that organisation.
    "reports:partner_list": Door(ok=LEADERS, also={"agent": 303}, otherwise=403),
    "reports:partner_detail": Door(kwargs=_police, ok={*LEADERS, "agent"}, otherwise=403),
    "reports:partner_chart": Door(kwargs=_police, ok={*LEADERS, "agent"}, otherwise=403),
}
