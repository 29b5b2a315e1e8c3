"""Logging in at a partner's own organisation, against a real provider in a process of its own."""

import re
import time
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from accounts import operations
from accounts.invitations import link_of
from accounts.models import User
from accounts.partner_login import LOGOUT, LoginRefused, read_token
from foundation.errors import NotPossible
from tests.factories.audit import logged
from tests.idp.running import PASSWORD, SECRET, free_port, running_idp

OURS = "http://localhost"
PEOPLE = ["agent-van-politie", "password-only", "long-ago", "onbekend"]
SUBJECT = {name: str(1000 + number) for number, name in enumerate(PEOPLE)}
KEY = uuid4()


@pytest.fixture(scope="module")
def idp(tmp_path_factory):
    """The provider of the police: it knows one client, us, and some people."""
    back = f"{OURS}/inloggen/organisatie/{KEY}/terug/"
    with running_idp(tmp_path_factory.mktemp("idp"), back=back, people=PEOPLE) as running:
        yield running


@pytest.fixture
def provider(idp, beheerder, partners, settings, monkeypatch):
    settings.BASE_URL, settings.DEMO_MODE = OURS, True
    monkeypatch.setenv("OIDC_SECRET_POLITIE", SECRET)
    return operations.providers.add(
        key=KEY,
        partner=partners["politie"],
        issuer=idp.issuer,
        client_id="ijap",
        secret_variable="OIDC_SECRET_POLITIE",
        amr_values="mfa hwk",
        acr_values="",
        by=beheerder,
    )


def linked(user, name, provider):
    SocialAccount.objects.create(user=user, provider=str(provider.uuid), uid=SUBJECT[name])
    return user


def walk(client, name, path=f"/inloggen/organisatie/{KEY}/"):
    """From our login page to theirs, log in there, and the address with which they send the browser back."""
    there = client.get(path)
    while there.status_code == 302 and there["Location"].startswith("/"):
        there = client.get(there["Location"])
    assert there.status_code == 302, there.content.decode()
    browser = requests.Session()
    page = browser.get(there["Location"])
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    sent = {"csrfmiddlewaretoken": token, "login": name, "password": PASSWORD}
    form = re.search(r'<input type="hidden" name="next" value="([^"]+)"', page.text)
    answer = browser.post(
        page.url, sent | ({"next": form[1].replace("&amp;", "&")} if form else {}), allow_redirects=False
    )
    while not answer.headers["Location"].startswith(f"{OURS}/"):
        answer = browser.get(
            requests.compat.urljoin(answer.url, answer.headers["Location"]), allow_redirects=False
        )
    return answer.headers["Location"].removeprefix(OURS)


def come_back(client, name, **more):
    return client.get(walk(client, name, **more), headers={"host": "localhost"})


def reasons():
    return [e.details["reason"] for e in logged("account.partner_login_refused")]


# --- who comes in ---------------------------------------------------------------------------------------
def test_who_is_linked_comes_in_with_a_second_step(provider, agent, fg):
    linked(agent, "agent-van-politie", provider)
    client = Client(headers={"host": "localhost"})
    assert "Politie" in client.get("/inloggen/").content.decode()
    answer = come_back(client, "agent-van-politie")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    (event,) = logged("account.logged_in")
    assert (event.actor_id, event.details["way"]) == (agent.pk, ["partner"])


def test_what_they_tell_about_a_person_is_not_kept(provider, agent):
    linked(agent, "agent-van-politie", provider)
    come_back(Client(headers={"host": "localhost"}), "agent-van-politie")
    kept = SocialAccount.objects.get(user=agent).extra_data
    assert set(kept) == {"iss", "amr", "auth_time"}


def test_somebody_unknown_gets_no_account(provider, fg):
    before = User.objects.count()
    client = Client(headers={"host": "localhost"})
    answer = come_back(client, "onbekend")
    assert (answer.status_code, "nog niet gekoppeld" in answer.content.decode()) == (403, True)
    assert (client.get("/").status_code, User.objects.count()) == (302, before)
    assert reasons() == ["unknown_subject"]


def test_the_same_mail_address_opens_nothing(provider, agent, fg):
    """Theirs says it is verified; here the same address belongs to the agent."""
    User.objects.filter(pk=agent.pk).update(email="onbekend@partner.example")
    client = Client(headers={"host": "localhost"})
    assert come_back(client, "onbekend").status_code == 403
    assert client.get("/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_without_a_second_step_over_there_nobody_comes_in(provider, agent, fg):
    linked(agent, "password-only", provider)
    client = Client(headers={"host": "localhost"})
    answer = come_back(client, "password-only")
    assert (answer.status_code, "tweede stap" in answer.content.decode()) == (403, True)
    assert client.get("/").status_code == 302
    assert reasons() == ["no_second_step"]


def test_a_user_of_another_organisation_does_not_come_in_by_it(provider, mentor, fg):
    linked(mentor, "agent-van-politie", provider)
    client = Client(headers={"host": "localhost"})
    assert come_back(client, "agent-van-politie").status_code == 403
    assert client.get("/").status_code == 302
    assert reasons() == ["wrong_partner"]


def test_who_is_disabled_here_does_not_come_in_and_goes_out(provider, agent, beheerder, fg):
    linked(agent, "agent-van-politie", provider)
    client = Client(headers={"host": "localhost"})
    come_back(client, "agent-van-politie")
    operations.users.disable(user=agent, by=beheerder)
    assert client.get("/").status_code == 302
    assert come_back(client, "agent-van-politie").status_code == 403
    assert reasons() == ["disabled"]


def test_when_the_provider_is_stopped_its_sessions_end(provider, agent, beheerder):
    linked(agent, "agent-van-politie", provider)
    client = Client(headers={"host": "localhost"})
    come_back(client, "agent-van-politie")
    operations.providers.close(provider=provider, by=beheerder)
    assert client.get("/").status_code == 302
    assert client.get(f"/inloggen/organisatie/{KEY}/").status_code == 404


# --- linking by invitation ----------------------------------------------------------------------------------
def test_an_invitation_binds_the_login_once(provider, partners, beheerder, fg):
    user = User.objects.create(
        username="nieuw", partner=partners["politie"], email="x@example.nl", password="!"
    )
    invitation = operations.invitations.invite(user=user, by=beheerder)
    path = link_of(invitation).removeprefix(OURS)
    client = Client(headers={"host": "localhost"})
    assert "Log in bij" in client.get(path).content.decode()
    answer = come_back(client, "agent-van-politie", path=f"{path}?organisatie=1")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200
    assert SocialAccount.objects.get(user=user).uid == SUBJECT["agent-van-politie"]
    assert client.get(path).status_code == 404
    assert [e.subject_id for e in logged("account.identity_linked")] == [user.pk]


def test_an_invitation_of_another_organisation_binds_nothing(provider, mentor, beheerder, fg):
    from accounts.partner_login import INVITED

    User.objects.filter(pk=mentor.pk).update(email="x@example.nl")
    invitation = operations.invitations.invite(user=User.objects.get(pk=mentor.pk), by=beheerder)
    client = Client(headers={"host": "localhost"})
    session = client.session
    session[INVITED] = invitation.pk
    session.save()
    client.cookies["session"] = session.session_key
    assert come_back(client, "agent-van-politie").status_code == 403
    assert reasons() == ["not_linked"]
    assert not SocialAccount.objects.exists()


def test_a_login_that_belongs_to_somebody_is_not_bound_to_another(provider, agent, wijkagent, beheerder):
    linked(agent, "agent-van-politie", provider)
    User.objects.filter(pk=wijkagent.pk).update(email="x@example.nl")
    other = User.objects.get(pk=wijkagent.pk)
    invitation = operations.invitations.invite(user=other, by=beheerder)
    with pytest.raises(NotPossible, match="al gekoppeld"):
        operations.invitations.link(
            invitation=invitation, provider=provider, subject=SUBJECT["agent-van-politie"], by=other
        )


# --- the road ------------------------------------------------------------------------------------------------
def test_a_state_works_once_and_only_in_its_own_browser(provider, agent, fg):
    linked(agent, "agent-van-politie", provider)
    mine, other = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    back = walk(mine, "agent-van-politie")
    assert other.get(f"{back}&_redir").status_code == 403  # somebody else's address
    assert mine.get(back).status_code == 302
    mine.post("/uitloggen/")
    assert mine.get(f"{back}&_redir").status_code == 403
    assert reasons() == ["state", "state"]


def test_another_issuer_than_agreed_is_refused(provider, agent, idp, fg):
    """The provider answers, but calls itself something else than what stands in our table."""
    provider.issuer = idp.issuer.replace("localhost", "127.0.0.1")
    provider.save()
    client = Client(headers={"host": "localhost"})
    assert client.get(f"/inloggen/organisatie/{KEY}/").status_code == 403
    assert reasons() == ["issuer"]


def test_a_provider_that_does_not_answer_is_explained(provider, fg):
    provider.issuer = f"http://localhost:{free_port()}"
    provider.save()
    answer = Client(headers={"host": "localhost"}).get(f"/inloggen/organisatie/{KEY}/")
    assert (answer.status_code, "gaf geen antwoord" in answer.content.decode()) == (403, True)
    assert reasons() == ["provider"]


def test_once_more_asks_a_login_over_there_that_is_recent(provider, agent, fg):
    linked(agent, "long-ago", provider)
    client = Client(headers={"host": "localhost"})
    assert come_back(client, "long-ago").status_code == 302
    assert client.get("/account/passkey/")["Location"].startswith("/account/bevestigen/")  # in, but not fresh
    path = f"/inloggen/organisatie/{KEY}/?opnieuw=1"
    assert parse_qs(urlsplit(client.get(path)["Location"]).query)["max_age"] == ["0"]
    assert come_back(client, "long-ago", path=path).status_code == 403
    assert reasons() == ["not_recent"]


# --- the token -----------------------------------------------------------------------------------------------
def claims(idp, **changes):
    now = int(time.time())
    about = {"iss": idp.issuer, "sub": "1", "aud": "ijap", "exp": now + 60, "iat": now, "amr": ["mfa"]}
    return {k: v for k, v in (about | changes).items() if v is not None}


def config_of(idp):
    return requests.get(f"{idp.issuer}/.well-known/openid-configuration").json()


def signed(idp, config, private=None, alg="RS256", **changes):
    kid = requests.get(config["jwks_uri"]).json()["keys"][0]["kid"]
    return jwt.encode(claims(idp, **changes), private or idp.private, algorithm=alg, headers={"kid": kid})


def test_a_token_that_is_right_is_read(idp, db):
    config = config_of(idp)
    assert read_token(signed(idp, config), config=config, client_id="ijap")["sub"] == "1"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"iss": "https://elders.example"}, "issuer"),
        ({"aud": "een-ander"}, "signature"),
        ({"aud": ["ijap", "een-ander"]}, "signature"),
        ({"exp": int(time.time()) - 3600}, "signature"),
        ({"sub": None}, "signature"),
        ({"exp": None}, "signature"),
    ],
)
def test_a_token_that_is_not_for_us_is_refused(idp, db, changes, word):
    config = config_of(idp)
    with pytest.raises(LoginRefused) as refused:
        read_token(signed(idp, config, **changes), config=config, client_id="ijap")
    assert refused.value.word == word


def test_a_token_that_nobody_or_somebody_else_signed_is_refused(idp, db):
    config = config_of(idp)
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = requests.get(config["jwks_uri"]).json()["keys"][0]["kid"]
    forged = [
        signed(idp, config, private=stranger),
        jwt.encode(claims(idp), None, algorithm="none", headers={"kid": kid}),
        jwt.encode(claims(idp), "x" * 32, algorithm="HS256", headers={"kid": kid}),
        jwt.encode(claims(idp), idp.private, algorithm="RS256", headers={"kid": "onbekend"}),
        jwt.encode(claims(idp), idp.private, algorithm="RS256"),
        "geen.token.dus",
    ]
    for token in forged:
        with pytest.raises(LoginRefused, match="signature"):
            read_token(token, config=config, client_id="ijap")


# --- out over there is out here ------------------------------------------------------------------------------
def told(idp, private=None, typ="logout+jwt", **changes):
    """A logout token as the provider would sign it."""
    kid = requests.get(config_of(idp)["jwks_uri"]).json()["keys"][0]["kid"]
    about = {"sub": SUBJECT["agent-van-politie"], "amr": None, "jti": str(uuid4()), "events": {LOGOUT: {}}}
    headers = {"kid": kid, "typ": typ}
    body = claims(idp, **(about | changes))
    return jwt.encode(body, private or idp.private, algorithm="RS256", headers=headers)


def tell(token):
    """Their server calls ours: no cookie, no token of a form."""
    server = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    return server.post(f"/inloggen/organisatie/{KEY}/uitgelogd/", {"logout_token": token})


@pytest.fixture
def inside(provider, agent, fg):
    """The agent, logged in over there and therefore here."""
    linked(agent, "agent-van-politie", provider)
    client = Client(headers={"host": "localhost"})
    come_back(client, "agent-van-politie")
    assert client.get("/").status_code == 200
    return client


def test_who_is_out_over_there_is_out_here_at_the_next_request(inside, idp, agent):
    answer = tell(told(idp))
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"", "no-store")
    assert inside.get("/")["Location"].startswith("/inloggen/")
    (event,) = logged("account.sessions_ended")
    assert (event.subject_id, event.details["reason"]) == (agent.pk, "by_partner")


def test_a_logout_works_once_and_nobody_unknown_is_anybody(inside, idp):
    token = told(idp)
    tell(token)
    come_back(inside, "agent-van-politie")
    for again in (token, told(idp, sub="9999")):
        assert tell(again).status_code == 200
        assert inside.get("/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"typ": "JWT"}, "kind"),
        ({"events": None}, "no_logout"),
        ({"events": {"https://elders.example/event": {}}}, "no_logout"),
        ({"events": [LOGOUT]}, "no_logout"),
        ({"nonce": "x"}, "no_logout"),
        ({"iat": int(time.time()) - 600}, "not_recent"),
        ({"jti": None}, "signature"),
        ({"sub": None}, "signature"),
        ({"aud": "een-ander"}, "signature"),
        ({"exp": int(time.time()) - 60}, "signature"),
        ({"iss": "https://elders.example"}, "issuer"),
        ({"private": rsa.generate_private_key(public_exponent=65537, key_size=2048)}, "signature"),
    ],
)
def test_what_is_no_logout_of_theirs_ends_nothing(inside, idp, changes, word):
    answer = tell(told(idp, **changes))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})
    assert inside.get("/").status_code == 200
    assert [e.details["reason"] for e in logged("account.partner_logout_refused")] == [word]


def test_a_login_is_no_logout_and_a_logout_is_no_login(inside, idp):
    config = config_of(idp)
    assert tell(signed(idp, config, sub=SUBJECT["agent-van-politie"])).status_code == 400
    with pytest.raises(LoginRefused, match="kind"):
        read_token(told(idp), config=config, client_id="ijap")
    assert inside.get("/").status_code == 200


def test_a_provider_that_is_stopped_ends_nothing_more(inside, provider, idp, beheerder):
    assert tell("").status_code == 400
    operations.providers.close(provider=provider, by=beheerder)
    assert tell(told(idp)).status_code == 404


# --- beheer ----------------------------------------------------------------------------------------------------
def test_the_beheerder_names_the_place_of_the_secret_and_never_sees_it(
    client, beheerder, partners, monkeypatch
):
    client.force_login(beheerder)
    sent = {
        "key": str(uuid4()), "partner": str(partners["halt"].uuid), "issuer": "https://login.halt.example/",
        "client_id": "ijap", "secret_variable": "OIDC_SECRET_HALT", "amr_values": " mfa  hwk ", "acr_values": "",
    }  # fmt: skip
    path = "/beheer/inlogdiensten/toevoegen/"
    assert "geen geheim" in client.post(path, sent).content.decode()
    monkeypatch.setenv("OIDC_SECRET_HALT", "heel-geheim")
    for wrong in (
        {"secret_variable": "SECRET_KEY"},
        {"issuer": "http://login.halt.example"},
        {"amr_values": ""},
    ):
        assert client.post(path, sent | wrong).status_code == 400, wrong
    answer = client.post(path, sent)
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert "heel-geheim" not in page
    assert "/terug/" in page and "/uitgelogd/" in page
    assert client.post(path, sent | {"key": str(uuid4())}).status_code == 400  # one per organisation


def test_the_addresses_of_allauth_itself_are_not_there(client, db):
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/email/", "/accounts/password/reset/",
                 "/accounts/3rdparty/", "/accounts/2fa/", "/accounts/sessions/"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_one_does_not_ask_for_more_or_connect_by_changing_the_address(provider, client):
    there = client.get(f"/inloggen/organisatie/{KEY}/?" + urlencode({"process": "connect", "scope": "email"}))
    asked = parse_qs(urlsplit(there["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    states = client.session["socialaccount_states"]
    assert next(iter(states.values()))[0]["process"] == "login"
