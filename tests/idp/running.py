"""The provider as a process: started with one client and some people, and stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tools.processes import dies_with_us

SECRET = "geheim-van-de-proef"
PASSWORD = "wachtwoord-van-de-partner"
FIRST_SUBJECT = 1000


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def running_idp(folder, *, back, people, host="localhost"):
    """`back` is our address to which it sends people back; the first of them is subject 1000, and so on."""
    port, private = free_port(), rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(pem)
    content = {"client_id": "ijap", "secret": SECRET, "redirect_uri": [back], "people": people}
    env = {
        "PATH": os.environ["PATH"],
        "IDP_DATABASE": str(folder / "idp.sqlite3"),
        "IDP_ISSUER": f"http://{host}:{port}",
        "IDP_KEY": str(folder / "key.pem"),
        "IDP_CONTENT": json.dumps(content),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.idp.serve", str(port)],
        env=env,
        stdout=subprocess.PIPE,
        preexec_fn=dies_with_us(signal.SIGTERM),
    )
    try:
        assert process.stdout.readline() == b"ready\n"
        yield SimpleNamespace(issuer=env["IDP_ISSUER"], private=pem)
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stdout.close()
