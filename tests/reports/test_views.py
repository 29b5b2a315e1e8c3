"""The page of figures, its charts, and asking for a summary."""

import re

import pytest
from django.urls import reverse

import reports.tasks  # noqa: F401 (says who makes summaries)
from jobs.models import Job, State
from jobs.operations import run
from reports.models import Summary
from reports.topics import TOPICS
from tests.factories.audit import logged
from tests.factories.reports import count, last_month, signals

PAGE = "/cijfers/"


@pytest.fixture
def seeded(db):
    """Last month: Heerlen 12, Kerkrade 3 (small), Landgraaf 6 (hides Kerkrade)."""
    signals(last_month(), heerlen=12, kerkrade=3, landgraaf=6)
    count(last_month())


def page_of(client, user, query=""):
    client.force_login(user)
    return client.get(f"{PAGE}{query}")


def cells(html, name):
    """The cells of a row of a table, as words."""
    (row,) = re.findall(rf'<th scope="row">{name}</th>(.*?)</tr>', html, re.DOTALL)
    return [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    ]


def test_management_sees_parkstad_and_its_own_municipality(client, manager, seeded):
    answer = page_of(client, manager)
    assert answer.status_code == 200
    assert cells(answer.text, "Ontvangen")[-1] == "21"
    assert cells(page_of(client, manager, "?gebied=heerlen").text, "Ontvangen")[-1] == "12"
    assert re.findall(r'<option value="([a-z]+)"', answer.text) == ["parkstad", "heerlen"]


@pytest.mark.parametrize("path", ["", "grafiek/signalen.svg"])
def test_another_municipality_is_not_there(client, manager, seeded, path):
    client.force_login(manager)
    assert client.get(f"{PAGE}{path}?gebied=kerkrade").status_code == 404
    assert client.post(reverse("reports:summary_make"), {"gebied": "kerkrade"}).status_code == 404


@pytest.mark.parametrize("who", ["regisseur", "pga", "lja_kerkrade", "fg"])
def test_regie_and_the_privacy_officer_see_every_municipality(request, client, seeded, who):
    assert page_of(client, request.getfixturevalue(who), "?gebied=brunssum").status_code == 200


@pytest.mark.parametrize("who", ["agent", "mentor", "beheerder", "coach_lja"])
def test_who_works_with_youths_only_sees_no_figures(request, client, who):
    assert page_of(client, request.getfixturevalue(who)).status_code == 403


def test_a_small_count_is_shown_nowhere(client, regisseur, seeded):
    """Nor is what would give it away: 21 in all, 12 in Heerlen, and then 6 in Landgraaf would leave 3."""
    for town in ("kerkrade", "landgraaf"):
        text = page_of(client, regisseur, f"?gebied={town}").text
        assert cells(text, "Ontvangen")[-1] == "*niet getoond"
        assert "Wat betekent * ?" in text
        assert "<dd>niet getoond</dd>" in text


def test_a_picture_does_not_depend_on_what_is_hidden(client, regisseur, seeded):
    """3 and 6 signals give the same picture, to the last point."""
    client.force_login(regisseur)
    kerkrade, landgraaf, heerlen = (
        client.get(f"{PAGE}grafiek/signalen.svg?gebied={town}").text
        for town in ("kerkrade", "landgraaf", "heerlen")
    )
    assert kerkrade == landgraaf != heerlen and ">*<" in kerkrade


def test_the_page_reads_no_protected_row_and_is_logged(client, manager, seeded):
    page_of(client, manager, "?gebied=heerlen&periode=12-maanden")
    (event,) = logged("figures.viewed")
    assert event.details == {"area": "heerlen", "period": "12-maanden"}
    assert event.youth_ids == [] and event.actor_id == manager.pk


@pytest.mark.parametrize("name", TOPICS)
@pytest.mark.parametrize("width", ["", "&breed=smal"])
def test_every_chart_is_a_picture_without_anything_that_runs(client, manager, seeded, name, width):
    client.force_login(manager)
    answer = client.get(reverse("reports:chart", kwargs={"name": name}) + f"?gebied=heerlen{width}")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "<script" not in answer.text and 'role="img"' in answer.text


@pytest.mark.parametrize(
    "path",
    ["grafiek/onbekend.svg", "?gebied=utrecht", "?periode=1999-k1", "?gebied=" + "x" * 5000],
)
def test_what_is_not_there(client, manager, db, path):
    client.force_login(manager)
    assert client.get(f"{PAGE}{path}").status_code == 404


def test_the_page_before_anything_was_counted(client, manager):
    text = page_of(client, manager).text
    assert "Er is nog niet geteld" in text and "Er is nog geen samenvatting" in text


def test_every_table_says_what_it_is_of(client, manager, seeded):
    text = page_of(client, manager).text
    assert text.count("<caption") >= len(TOPICS)
    assert all(
        alt.endswith("Dezelfde cijfers staan in de tabel.")
        for alt in re.findall(r'<img src="[^"]+" alt="([^"]+)"', text)
    )


# --- on paper -------------------------------------------------------------------------------------
def ask(client, user, **asked):
    client.force_login(user)
    return client.post(reverse("reports:summary_make"), asked)


def test_asking_shows_progress_and_then_the_summary(
    client, manager, seeded, django_capture_on_commit_callbacks
):
    answer = ask(client, manager, gebied="heerlen", periode="12-maanden")
    assert answer.status_code == 303
    assert answer["Location"] == "/cijfers/?gebied=heerlen&periode=12-maanden#samenvattingen"
    job = Job.objects.get()
    assert f"/taken/{job.uuid}/" in page_of(client, manager).text
    assert run(job.pk)
    text = page_of(client, manager).text
    summary = Summary.objects.get()
    assert reverse("reports:summary_download", kwargs={"uuid": summary.uuid}) in text
    assert f"/taken/{job.uuid}/" not in text


def test_asking_twice_is_asking_once(client, manager, seeded):
    ask(client, manager)
    ask(client, manager)
    assert Job.objects.count() == 1


def test_a_failed_summary_says_why(client, manager, seeded):
    from django.utils import timezone

    ask(client, manager)
    Job.objects.update(state=State.FAILED, problem="De PDF-maker start niet.", finished_at=timezone.now())
    assert "De PDF-maker start niet." in page_of(client, manager).text


@pytest.fixture
def summary(client, regisseur, seeded):
    """A summary of Kerkrade."""
    ask(client, regisseur, gebied="kerkrade")
    assert run(Job.objects.get().pk)
    return Summary.objects.get()


def test_download_is_logged_and_named_after_its_content(client, lja_kerkrade, summary):
    client.force_login(lja_kerkrade)
    answer = client.get(reverse("reports:summary_download", kwargs={"uuid": summary.uuid}))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith('attachment; filename="cijfers-kerkrade-')
    (event,) = logged("summary.downloaded")
    assert event.actor_id == lja_kerkrade.pk


def test_a_summary_of_another_municipality_is_not_there(client, manager, summary):
    client.force_login(manager)
    assert client.get(reverse("reports:summary_download", kwargs={"uuid": summary.uuid})).status_code == 404
    assert str(summary.uuid) not in client.get(PAGE).text


def test_a_constant_number_of_queries(client, manager, seeded, django_assert_max_num_queries):
    client.force_login(manager)
    client.get(PAGE)
    with django_assert_max_num_queries(26):
        client.get(PAGE)
