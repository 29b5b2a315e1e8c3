"""The door of the log."""

from tests.doors import Door

DOORS = {"audit:event_list": Door(ok={"fg", "privacycontact"}, otherwise=403)}
