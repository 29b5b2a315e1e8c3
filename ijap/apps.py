"""The wiring as an app of its own, for its management commands."""

from django.apps import AppConfig


class IjapConfig(AppConfig):
    name = "ijap"
