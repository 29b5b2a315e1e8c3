"""Wiring: the only place that knows every floor."""

from ijap.celery import app as celery_app

__all__ = ["celery_app"]
