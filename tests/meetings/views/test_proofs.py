"""Anybody who holds a paper may ask whether it is real, and hears nothing of what stands in it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pyhanko.pdf_utils.reader import PdfFileReader

from foundation.scope import acting_as
from meetings.documents import items_of
from meetings.models import Document
from meetings.proofs import check_paper
from meetings.views import proofs
from tests.factories import meetings as factory
from tests.factories.audit import logged
from tests.factories.certificates import certificate

CODE = "7KQM-3XRD-9TPW"


@pytest.fixture(scope="session")
def original():
    from foundation.pdf import render_pdf

    return render_pdf("<html><body><h1>Verslag</h1><p>Tekst</p></body></html>", title="Verslag")


@pytest.fixture
def paper(regisseur, partners, original):
    with acting_as(regisseur):
        return factory.stored_paper(by=regisseur, partner=partners["politie"], content=original, items=2)


def ask(client, code=CODE):
    return client.get(reverse("meetings:proof", args=[code]))


def compare(client, content, code=CODE):
    file = SimpleUploadedFile("wat-dan-ook.pdf", content)
    return client.post(reverse("meetings:proof_compare", args=[code]), {"file": file})


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_without_a_login_one_hears_of_which_meeting_and_day_it_is(client, paper):
    answer = ask(client)
    assert answer.status_code == 200 and "Er is een verslag met deze code" in words(answer)
    assert f"JPP-{paper.meeting.starts_at.astimezone():%Y-%m-%d}" in words(answer)


def test_nothing_is_told_of_what_stands_in_it_or_whose_it_is(client, paper, regisseur, original):
    """Neither a name, nor the organisation, nor the level of detail that two papers of one meeting would differ in."""
    with acting_as(regisseur):
        names = [str(item.case.youth) for item in items_of(paper.meeting, regisseur)]
    for answer in (ask(client), compare(client, original), compare(client, b"iets anders")):
        page = answer.content.decode()
        for secret in (*names, "Politie", str(regisseur), paper.sha256, str(paper.uuid), "bladzijde"):
            assert secret not in page


def test_the_original_is_real_and_another_file_is_not(client, paper, original):
    assert "Uw bestand is precies zoals wij het maakten" in words(compare(client, original))
    assert "Niet echt" in words(compare(client, original + b"\n"))
    assert "Niet echt" in words(compare(client, b"iets anders"))


def test_a_copy_that_somebody_got_is_real_too(client, paper, agent):
    client.force_login(agent)
    first, second = (client.get(reverse("meetings:document", args=[paper.uuid])).content for _ in range(2))
    client.logout()
    for copy in (first, second):
        assert "Uw bestand is precies" in words(compare(client, copy))
    assert "Niet echt" in words(compare(client, first.replace(b"%PDF-1.7", b"%PDF-1.6")))


def test_a_signed_copy_is_real_too_and_carries_its_own_proof(client, paper, agent, settings):
    settings.SIGNING_CERTIFICATE, settings.SIGNING_KEY = certificate()
    client.force_login(agent)
    copy = client.get(reverse("meetings:document", args=[paper.uuid])).content
    client.logout()
    assert "Uw bestand is precies" in words(compare(client, copy))
    [signature] = PdfFileReader(io.BytesIO(copy)).embedded_signatures
    signature.compute_integrity_info()
    assert signature.coverage.name == "ENTIRE_FILE"


def test_a_fingerprint_alone_is_enough(client, paper):
    """What a browser with scripts sends: the file stays where it is."""
    url = reverse("meetings:proof_compare", args=[CODE])
    assert "Uw bestand is precies" in words(client.post(url, {"fingerprint": paper.sha256.upper()}))
    assert "Niet echt" in words(client.post(url, {"fingerprint": "0" * 64}))
    assert client.post(url, {"fingerprint": "geen"}).status_code == 400
    assert "Kies een bestand." in words(client.post(url, {}))


def test_a_copy_of_one_paper_is_not_another(client, paper, regisseur, agent, partners, original):
    other = "0000-1111-2222"
    with acting_as(regisseur):
        factory.stored_paper(by=regisseur, partner=partners["jens"], content=b"%PDF-x", code=other)
    client.force_login(agent)
    copy = client.get(reverse("meetings:document", args=[paper.uuid])).content
    client.logout()
    assert "Uw bestand is precies" in words(compare(client, copy))
    for content in (original, copy):
        assert "Niet echt" in words(compare(client, content, code=other))


def test_a_code_that_we_never_gave(client, paper):
    for code in ("0000-0000-0000", "geen-code", "1"):
        answer = ask(client, code)
        assert answer.status_code == 404 and "Niet echt" in words(answer)
    assert logged("document.checked")[-1].outcome == "not_found"


def test_a_code_is_typed_as_one_likes_and_found(client, paper):
    answer = client.get(reverse("meetings:proof_find"), {"code": "7kqm 3xrd 9tpw"})
    assert answer.status_code == 303 and answer["Location"] == reverse("meetings:proof", args=[CODE])
    assert client.get(reverse("meetings:proof_find"), {"code": "7kqm"}).status_code == 400


def test_what_was_destroyed_says_only_that(client, paper, regisseur, original):
    with acting_as(regisseur):
        Document.objects.visible_to(regisseur).filter(pk=paper.pk).update(content=b"")
    for answer in (ask(client), compare(client, original)):
        assert "Dit verslag bestaat niet meer" in words(answer)
        assert "Echt" not in words(answer) and "precies" not in words(answer)
    assert not check_paper(CODE, paper.sha256).is_same  # and the database does not compare it any more


def test_each_question_is_in_the_log_without_a_person(client, paper, original):
    compare(client, original)
    row = logged("document.checked")[-1]
    assert (row.actor_id, row.subject_id, row.youth_ids) == (None, paper.pk, [])
    assert row.details == {"compared": True, "same": True}


def test_who_tries_codes_is_stopped(client, paper, monkeypatch):
    monkeypatch.setattr(proofs, "MOST", 3)
    answers = [ask(client, f"0000-0000-000{n}").status_code for n in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert ask(client).status_code == 429
    assert client.get(reverse("meetings:proof", args=[CODE]), REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_file_that_is_too_large_is_refused_unread(client, paper, settings):
    settings.FILE_BYTES = 1000
    assert compare(client, b"x" * 200_000).status_code == 413
