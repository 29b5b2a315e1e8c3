"""The wiring as an app of its own, for its management commands."""

from django.apps import AppConfig


class IjapConfig(AppConfig):
    name = "ijap"

    def ready(self) -> None:
        import ijap.schedule  # noqa: F401  (the timetable, once all floors are there)
