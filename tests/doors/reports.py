"""Doors of the figures."""

from tests.doors import Door

READERS = {"regisseur", "tweede_regisseur", "lja_heerlen", "lja_kerkrade", "pga", "manager", "fg"}

DOORS = {
    "reports:figure_list": Door(ok=READERS, otherwise=403),
    "reports:chart": Door(kwargs=lambda w: {"name": "signalen"}, ok=READERS, otherwise=403),
    "reports:summary_make": Door(ok=READERS, otherwise=403, method="POST", status=303),
    "reports:summary_download": Door(kwargs=lambda w: {"uuid": w.summary.uuid}, ok=READERS, otherwise=403),
}
