"""Each organisation hears once that its part is there, and regie sees who opened it."""

import pytest
from django.core import mail
from django.urls import reverse

from access import operations as access
from access.models import Participation
from accounts.models import RoleAssignment, User
from accounts.roles import Level, Role
from foundation.scope import acting_as
from meetings import tasks
from meetings.copy_queries import who_opened
from tests.factories import meetings as factory
from tests.factories.audit import logged


@pytest.fixture(autouse=True)
def addresses(db):
    for person in User.objects.all():
        person.email = f"{person.username}@example.nl"
        person.save(update_fields=["email"])


@pytest.fixture
def part(regisseur, partners):
    with acting_as(regisseur):
        return factory.stored_paper(by=regisseur, partner=partners["politie"], items=2)


def told():
    return sorted(to for one in mail.outbox for to in one.to)


def leave(part, partner, by):
    with acting_as(by):
        seat = Participation.objects.get(compartment=part.compartment_id, partner=partner)
        access.end_participation(participation=seat, by=by)


def test_who_has_a_seat_gets_one_mail_with_a_link_and_no_name(part, regisseur):
    tasks.send_minutes()
    assert told() == ["agent@example.nl"]  # not the melder of the police, not who has no part
    body = mail.outbox[0].body
    assert reverse("meetings:minutes", args=[part.meeting.uuid]) in body
    for secret in ("Voorbeeld", "Łukasz", "Politie", str(part.uuid), part.code):
        assert secret not in body + mail.outbox[0].subject
    assert not mail.outbox[0].attachments


def test_twice_is_once(part, regisseur):
    for _ in range(2):
        tasks.send_minutes()
    assert len(mail.outbox) == 1
    row = logged("document.told")[-1]
    assert row.recipients == [part.partner_id] and row.details == {"people": 1}


def test_the_whole_is_told_to_nobody(regisseur, partners):
    with acting_as(regisseur):
        factory.stored_paper(by=regisseur, partner=partners["politie"], is_whole=True)
    tasks.send_minutes()
    assert mail.outbox == []


def test_it_is_marked_before_it_is_sent(part, regisseur, monkeypatch):
    """A crash in between loses a mail and never sends one twice."""
    monkeypatch.setattr(tasks, "_send", lambda letters: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        tasks.send_minutes()
    monkeypatch.undo()
    tasks.send_minutes()
    assert mail.outbox == []


def test_a_mail_that_fails_keeps_no_other_back(part, regisseur, agent, monkeypatch):
    colleague = User.objects.create(
        username="collega", partner=agent.partner, first_name="Kim", last_name="Test", email="kim@example.nl"
    )
    RoleAssignment.objects.create(user=colleague, role=Role.DEELNEMER, level=Level.JPP)
    sent = tasks.EmailMessage.send

    def fail_once(self, *args, **kwargs):
        if self.to == ["agent@example.nl"]:
            raise OSError
        return sent(self, *args, **kwargs)

    monkeypatch.setattr(tasks.EmailMessage, "send", fail_once)
    tasks.send_minutes()
    assert told() == ["kim@example.nl"]


def test_who_can_no_longer_open_it_is_not_mailed(part, regisseur, partners):
    leave(part, partners["politie"], regisseur)
    tasks.send_minutes()
    assert mail.outbox == []


def test_a_right_that_ends_closes_the_link(part, regisseur, partners, agent, client):
    tasks.send_minutes()
    client.force_login(agent)
    pages = [
        reverse("meetings:minutes", args=[part.meeting.uuid]),
        reverse("meetings:document", args=[part.uuid]),
    ]
    leave(part, partners["politie"], regisseur)
    assert [client.get(page).status_code for page in pages] == [404, 404]


@pytest.fixture
def copied(part, monkeypatch):
    """Opening without a printer."""
    from meetings import sheets

    monkeypatch.setattr(sheets, "stamp", lambda pdf, **words: pdf + words["line"].encode())
    return part


def open_part(client, person, part):
    client.force_login(person)
    assert client.get(reverse("meetings:document", args=[part.uuid])).status_code == 200


def test_regie_sees_who_of_each_organisation_opened_its_part_and_when(copied, regisseur, agent, client):
    def seen():
        with acting_as(regisseur):
            [opened] = who_opened(copied.meeting, regisseur)
        return opened

    assert seen().people == [] and seen().told_at is None
    open_part(client, regisseur, copied)  # regie looks too; that is no opening by the organisation
    assert seen().people == []
    tasks.send_minutes()
    open_part(client, agent, copied)
    first = seen().people
    open_part(client, agent, copied)
    assert [person for person, _ in first] == [agent] and seen().people == first and seen().told_at
    client.force_login(regisseur)
    page = client.get(reverse("meetings:minutes", args=[copied.meeting.uuid])).content.decode()
    assert "Wie opende zijn deel" in page and str(agent) in page


def test_another_organisation_does_not_see_who_opened_it(copied, regisseur, agent, jongerenwerker, client):
    open_part(client, agent, copied)
    with acting_as(jongerenwerker):
        assert who_opened(copied.meeting, jongerenwerker) == []
