"""The Celery app. Its tasks carry ids only; the truth about waiting work stands in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijap.settings")

app = Celery("ijap")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
