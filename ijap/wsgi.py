"""The door for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from ijap.start import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ijap.settings")

application = get_wsgi_application()
refuse_unsafe()

# What was made at start lives as long as the process: the collector need not look at it again.
# Without this a full collection now and then doubles the time of one request (p95).
gc.collect()
gc.freeze()
