"""The wiring as an app of its own, for its management commands."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class IjapConfig(AppConfig):
    name = "ijap"

    def ready(self) -> None:
        import ijap.checks
        import ijap.schedule  # noqa: F401  (the timetable, once all floors are there)

        # Every floor's tasks, now: there they say what a kind of job does, and commands and tests run jobs too.
        autodiscover_modules("tasks")
