"""What this process is told, from its environment. No key, and a role of the database that may read nothing."""

import os

LISTEN_TO = os.environ.get("LIVE_DATABASE_URL", "")  # as ijap_live
WEB = os.environ.get("LIVE_WEB_URL", "http://127.0.0.1:8000")  # how this process reaches the web
BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")  # what stands in the address bar
MOST = int(os.environ.get("LIVE_MOST", "500"))  # browsers at once
ASK_AGAIN = float(
    os.environ.get("LIVE_ASK_SECONDS", "20")
)  # how often the web is asked whether somebody still may
