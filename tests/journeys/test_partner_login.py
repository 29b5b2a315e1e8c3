"""In by the login of one's own organisation, in a real browser, and from another site: cookies stay at home there."""

from uuid import uuid4

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts import operations
from accounts.invitations import link_of
from accounts.models import Partner, User
from tests.conftest import own_database
from tests.idp.running import FIRST_SUBJECT, PASSWORD, SECRET, running_idp
from tests.journeys.conftest import Site, run_axe

PEOPLE = ["agent-van-politie", "password-only-van-politie", "nieuw-van-politie"]


@pytest.fixture(scope="module")
def partner_site(django_db_setup, django_db_blocker, tmp_path_factory):
    """A site that asks a second factor, with one organisation that has a login of its own, at another host."""
    with own_database(django_db_blocker) as name:
        key, site = uuid4(), Site(name)
        back = f"{site.url}/inloggen/organisatie/{key}/terug/"
        site.env |= {"MFA_REQUIRED": "1", "OIDC_SECRET_POLITIE": SECRET}
        folder = tmp_path_factory.mktemp("idp")
        with running_idp(folder, back=back, people=PEOPLE, host="127.0.0.1") as idp:
            site.provider = operations.providers.add(
                key=key,
                partner=Partner.objects.get(short_name="Politie Heerlen"),
                issuer=idp.issuer,
                client_id="ijap",
                secret_variable="OIDC_SECRET_POLITIE",
                amr_values="mfa",
                acr_values="",
                by=User.objects.get(username="beheerder"),
            )
            try:
                site.start("web")
                site.wait_until_it_answers()
                yield site
            finally:
                for process in list(site.processes):
                    site.stop(process, 9)


@pytest.fixture
def page(chromium, partner_site):
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    yield context.new_page()
    context.close()


def link(username, name, site):
    subject = str(FIRST_SUBJECT + PEOPLE.index(name))
    user = User.objects.get(username=username)
    SocialAccount.objects.create(user=user, provider=str(site.provider.uuid), uid=subject)


def log_in_over_there(page, name):
    page.wait_for_url("http://127.0.0.1:*/accounts/login/**")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()


def test_who_is_linked_comes_in_and_stays_in(page, partner_site):
    link("agent", PEOPLE[0], partner_site)
    page.goto(f"{partner_site.url}/inloggen/?next=/dossiers/")
    assert run_axe(page) == []
    page.get_by_role("link", name="Politie Basisteam Heerlen").click()
    log_in_over_there(page, PEOPLE[0])
    page.wait_for_url(f"{partner_site.url}/dossiers/")
    assert page.get_by_role("heading", level=1).inner_text() == "Dossiers"
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Dossiers"


def test_without_a_second_step_over_there_a_page_says_why(page, partner_site):
    link("wijkagent", PEOPLE[1], partner_site)
    page.goto(f"{partner_site.url}/inloggen/")
    page.get_by_role("link", name="Politie Basisteam Heerlen").click()
    log_in_over_there(page, PEOPLE[1])
    page.wait_for_url(f"{partner_site.url}/**")
    page.get_by_text("tweede stap").first.wait_for()
    assert run_axe(page) == []
    page.goto(f"{partner_site.url}/")
    assert page.url.startswith(f"{partner_site.url}/inloggen/")


def test_an_invitation_binds_the_login(page, partner_site):
    keeper = User.objects.get(username="beheerder")
    police = Partner.objects.get(short_name="Politie Heerlen")
    user = User.objects.create(username="nieuw", partner=police, email="x@example.nl", password="!")
    invitation = operations.invitations.invite(user=user, by=keeper)
    page.goto(partner_site.url + "/" + link_of(invitation).split("/", 3)[3])
    page.get_by_role("link", name="Log in bij").click()
    log_in_over_there(page, PEOPLE[2])
    page.wait_for_url(f"{partner_site.url}/")
    assert SocialAccount.objects.get(user=user).uid == str(FIRST_SUBJECT + 2)
