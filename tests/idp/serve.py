"""Fills the provider with one client and some people, and serves it: `python -m tests.idp.serve <port>`."""

import json
import os
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

from tests.idp.running import FIRST_SUBJECT, PASSWORD

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.idp.settings"


class Quiet(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def fill(client_id, secret, redirect_uri, people):
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    Client.objects.create(
        id=client_id,
        name="IJAP",
        secret=make_password(secret),
        scopes="openid",
        redirect_uris="\n".join(redirect_uri),
        skip_consent=True,
    )
    for pk, name in enumerate(people, start=FIRST_SUBJECT):
        User.objects.create_user(name, f"{name}@partner.example", PASSWORD, pk=pk)


def main():
    import django
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    django.setup()
    call_command("migrate", verbosity=0)
    fill(**json.loads(os.environ["IDP_CONTENT"]))
    server = make_server("localhost", int(sys.argv[1]), get_wsgi_application(), handler_class=Quiet)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
