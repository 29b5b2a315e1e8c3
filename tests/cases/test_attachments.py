"""Files at a case and at a signal: who reads them, what becomes of them, and when nobody opens them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import DataClass
from cases.models import Attachment, AttachmentState
from cases.operations import attachments
from cases.tasks import check_attachments
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from foundation.virus import ScannerSilent
from jobs.models import Job, State
from jobs.operations import run
from tests.factories import cases as make
from tests.factories.audit import logged
from tests.factories.files import PHOTO, SECRET, paper


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, name, uuid, raw=PHOTO, **changes):
    fields = {"title": "Brief van school", "source": "mentor", "key": str(uuid4()), "data_class": "0"}
    file = SimpleUploadedFile("Sem Fictief.exe", raw)
    return client.post(reverse(f"cases:{name}", args=[uuid]), fields | {"file": file} | changes)


def only(by):
    return Attachment.objects.visible_to(by).get()


def test_sent_looked_at_and_saved_by_who_takes_part(case, agent, jongerenwerker, haltmedewerker):
    sent = send(as_(agent), "attachment_add", case.uuid)
    assert sent.status_code == 303
    with acting_as(jongerenwerker):
        waits = only(jongerenwerker)
    opening = reverse("cases:attachment_open", args=[waits.uuid])
    assert as_(jongerenwerker).get(opening).status_code == 409  # nobody opens what was not looked at
    assert run(Job.objects.get(kind=attachments.KIND).pk)
    answer = as_(jongerenwerker).get(opening)
    assert answer["Content-Disposition"] == f'attachment; filename="bijlage-{str(waits.uuid)[:8]}.jpg"'
    assert answer["Content-Type"] == "image/jpeg" and "sandbox" in answer["Content-Security-Policy"]
    assert SECRET.encode() not in answer.content and answer.content[:3] == b"\xff\xd8\xff"
    assert as_(haltmedewerker).get(opening).status_code == 404
    with acting_as(agent):
        kept = only(agent)
        assert (kept.state, bytes(kept.received), kept.partner) == (AttachmentState.READY, b"", agent.partner)


def test_opening_is_in_the_log_with_its_ground(case, agent, jongerenwerker):
    with acting_as(agent):
        file = make.attachment(by=agent, case=case)
    as_(jongerenwerker).get(reverse("cases:attachment_open", args=[file.uuid]))
    (row,) = logged("attachment_file.viewed")
    assert row.case_id == case.pk and row.ground == "convenant"
    assert [len(logged(f"attachment.{what}")) for what in ("added", "checked")] == [1, 1]


def test_sending_twice_is_one_file(case, agent):
    key = str(uuid4())
    for _ in range(2):
        assert send(as_(agent), "attachment_add", case.uuid, key=key).status_code == 303
    assert Job.objects.filter(kind=attachments.KIND).count() == 1
    with acting_as(agent):
        only(agent)


@pytest.mark.parametrize(
    ("raw", "says"), [(b"MZ\x90", "PDF, JPG en PNG"), (b"", "leeg"), (b"<svg/>", "PDF, JPG en PNG")]
)
def test_the_wrong_kind_is_said_at_once(case, agent, raw, says):
    answer = send(as_(agent), "attachment_add", case.uuid, raw)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert "Brief van school" in answer.content.decode()  # what was typed stays


def test_too_large_is_said_and_a_file_sent_elsewhere_falls_away(case, agent, settings):
    settings.FILE_BYTES = 2000
    assert send(as_(agent), "attachment_add", case.uuid, PHOTO[:3] + b"x" * 2001).status_code == 409
    assert send(as_(agent), "attachment_add", case.uuid, PHOTO + b"x" * 200_000).status_code == 413
    elsewhere = as_(agent).post(
        reverse("cases:remark_add", args=[case.uuid]), {"file": SimpleUploadedFile("x", PHOTO)}
    )
    assert elsewhere.status_code == 400 and not elsewhere.wsgi_request.FILES


def test_what_is_refused_leaves_no_bytes_and_says_why(case, agent):
    def attach(pdf):
        pdf.attachments["x.docm"] = b"macro"

    send(as_(agent), "attachment_add", case.uuid, paper(attach))
    run(Job.objects.get(kind=attachments.KIND).pk)
    with acting_as(agent):
        kept = only(agent)
        assert (kept.state, bytes(kept.received), bytes(kept.content)) == (AttachmentState.REFUSED, b"", b"")
    page = as_(agent).get(reverse("cases:attachment_list", args=[case.uuid])).content.decode()
    assert "niet aangenomen" in page and "andere bestanden" in page
    assert logged("attachment.refused")[0].details["virus"] is False


def test_a_virus_is_refused_and_logged_as_such(case, agent, monkeypatch):
    monkeypatch.setattr(attachments, "virus_in", lambda raw: "Eicar")
    send(as_(agent), "attachment_add", case.uuid)
    run(Job.objects.get(kind=attachments.KIND).pk)
    with acting_as(agent):
        assert only(agent).state == AttachmentState.REFUSED
    assert logged("attachment.refused")[0].details["virus"] is True


def test_while_the_scanner_is_silent_it_waits_and_then_goes_on(case, agent, monkeypatch):
    def silent(raw):
        raise ScannerSilent("no answer")

    monkeypatch.setattr(attachments, "virus_in", silent)
    send(as_(agent), "attachment_add", case.uuid)
    job = Job.objects.get(kind=attachments.KIND)
    for _ in range(6):
        assert not run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED
    with acting_as(agent):
        assert only(agent).state == AttachmentState.WAITING
    monkeypatch.undo()
    check_attachments()
    assert run(job.pk)
    with acting_as(agent):
        assert only(agent).state == AttachmentState.READY


def test_looked_at_twice_is_once(case, agent):
    with acting_as(agent):
        job = attachments.add_to_case(
            case=case, raw=PHOTO, data_class=DataClass.BASIS, key=uuid4(), by=agent, title="x", source="y"
        )
        work = attachments.AttachmentWork()
        made = work.make(PHOTO, lambda done, total: None)
        work.store(job, PHOTO, made)
        work.store(job, b"", attachments.FileRefused("te laat"))
        assert only(agent).state == AttachmentState.READY


def test_strictly_kept_is_for_who_is_cleared(case, regisseur, jongerenwerker):
    with acting_as(regisseur):
        file = make.attachment(by=regisseur, case=case, data_class=DataClass.WPG, title="Proces-verbaal")
    page = as_(regisseur).get(reverse("cases:attachment_list", args=[case.uuid])).content.decode()
    assert "Proces-verbaal" not in page and "politiegegevens" in page
    assert as_(jongerenwerker).get(reverse("cases:attachment_detail", args=[file.uuid])).status_code == 404


def test_nobody_keeps_what_they_may_not_read(case, jongerenwerker):
    with acting_as(jongerenwerker), pytest.raises(NotPossible, match="bevoegdheid"):
        make.attachment(by=jongerenwerker, case=case, data_class=DataClass.WPG)


def test_taken_back_is_closed_for_everybody_and_stays_to_be_seen(case, agent, jongerenwerker, regisseur):
    with acting_as(agent):
        file = make.attachment(by=agent, case=case)
    with acting_as(jongerenwerker), pytest.raises(NotAllowed):
        attachments.withdraw(attachment=file, reason="Wil ik niet", by=jongerenwerker)
    address = reverse("cases:attachment_withdraw", args=[file.uuid])
    assert as_(agent).post(address, {"reason": ""}).status_code == 400
    for _ in range(2):
        assert as_(agent).post(address, {"reason": "Andere jongere"}).status_code == 303
    assert as_(agent).get(reverse("cases:attachment_open", args=[file.uuid])).status_code == 409
    page = as_(regisseur).get(reverse("cases:attachment_detail", args=[file.uuid])).content.decode()
    assert "Andere jongere" in page
    with acting_as(regisseur), pytest.raises(NotPossible, match="al teruggenomen"):
        attachments.withdraw(attachment=file, reason="Nog eens", by=regisseur)


def test_at_a_signal_it_is_read_by_sender_and_regie_and_does_not_go_to_the_table(
    case, mentor, regisseur, agent
):
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    assert send(as_(mentor), "signal_attachment_add", signal.uuid).status_code == 303
    run(Job.objects.get(kind=attachments.KIND).pk)
    with acting_as(mentor):
        file = only(mentor)
    opening = reverse("cases:attachment_open", args=[file.uuid])
    assert [as_(who).get(opening).status_code for who in (mentor, regisseur, agent)] == [200, 200, 404]
    with acting_as(regisseur):
        make.told(by=regisseur, signal=signal, case=case)
    assert as_(agent).get(opening).status_code == 404
    assert (
        send(as_(mentor), "signal_attachment_add", signal.uuid).status_code == 409
    )  # judged: no file any more
    assert send(as_(regisseur), "signal_attachment_add", signal.uuid).status_code == 403


def test_twenty_is_enough(case, agent, monkeypatch):
    monkeypatch.setattr("cases.rules.attachments.MOST", 1)
    with acting_as(agent):
        make.attachment(by=agent, case=case, checked=False)
        with pytest.raises(NotPossible, match="al 1"):
            make.attachment(by=agent, case=case, checked=False)


def test_it_stands_in_the_story_without_its_bytes(case, agent):
    with acting_as(agent):
        make.attachment(by=agent, case=case, title="Foto van de schade")
        listed = Attachment.objects.visible_to(agent).get()
        assert listed.get_deferred_fields() >= {"received", "content"}
    page = as_(agent).get(reverse("cases:case_detail", args=[case.uuid]) + "?sinds=alles").content.decode()
    assert "Foto van de schade" in page and "Bijlage toegevoegd" in page
