"""What a source takes back or corrects reaches everybody who read it, at once and as a task (Wpg art. 4, fourth paragraph)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from access import operations as access
from access.models import Participation
from accounts.models import User
from cases import group_queries
from cases.models import Case, Correction, CorrectionTask, Signal, SignalNote, ToldSignal
from cases.operations import corrections, triage, wrong_youths
from cases.queries import situations_of
from cases.tasks import tell_of_corrections
from foundation.errors import NotAllowed, NotPossible, Stale
from foundation.scope import acting_as
from meetings.operations import candidates
from tests.factories import access as give
from tests.factories import cases as make
from tests.factories import meetings as make_meetings
from tests.factories.audit import logged

WRONG = "Toonde een zakmes. Het mes is afgegeven."  # as it was told
RIGHT = "Het mes was van een ander."
BECAUSE = "Het was niet van deze jongere."


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(by=regisseur, partners=[partners["politie"], partners["jens"]])


@pytest.fixture
def told(case, mentor, regisseur):
    """A signal of the school, that reads no case itself, told at the table."""
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    with acting_as(regisseur):
        made = make.told(by=regisseur, signal=signal, case=case)
        assert made.signal.pk == signal.pk  # read here: outside a scope it cannot be asked for
        return made


def as_(user):
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def to(name, *args):
    return reverse(f"cases:{name}", args=args)


def text(user, address):
    answer = as_(user).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.text


def correct(mentor, told, **words):
    with acting_as(mentor):
        return make.corrected(by=mentor, signal=told.signal, **words)


def take_back(mentor, told):
    with acting_as(mentor):
        return make.taken_back(by=mentor, signal=told.signal)


def tasks(user, **only):
    with acting_as(user):
        return list(
            CorrectionTask.objects.visible_to(user).filter(**only).select_related("partner", "correction")
        )


# --- the source says it -------------------------------------------------------------------------------
def test_taking_back_shows_at_once_to_who_read_it(case, told, mentor, regisseur, agent, jongerenwerker):
    take_back(mentor, told)
    for who in (regisseur, agent, jongerenwerker):
        shown = text(who, to("case_detail", case.uuid))
        assert "Teruggenomen door de bron" in shown
        assert "Het ging over iemand anders." in shown
        assert f"<s>{WRONG}</s>" in shown
    assert [(e.actor_id, sorted(e.recipients)) for e in logged("signal.taken_back")] == [
        (mentor.pk, sorted({agent.partner_id, jongerenwerker.partner_id}))
    ]


def test_correcting_shows_the_right_text_and_what_stood_there(case, told, mentor, agent):
    correct(mentor, told)
    for address in (
        to("case_detail", case.uuid),
        to("told_signal_detail", told.uuid),
        to("told_signal_list"),
    ):
        shown = text(agent, address)
        assert RIGHT in shown
        assert f"<s>{WRONG}</s>" in shown
        assert "Verbeterd door de bron" in shown
    assert BECAUSE in text(agent, to("told_signal_detail", told.uuid))


def test_every_organisation_that_reads_it_gets_one_task(case, told, mentor, regisseur, agent, jongerenwerker):
    correct(mentor, told)
    assert {t.partner_id for t in tasks(regisseur)} == {agent.partner_id, jongerenwerker.partner_id}
    assert len(tasks(regisseur)) == 2


def test_the_source_gets_no_task_of_its_own(case, agent, regisseur, jongerenwerker, partners):
    with acting_as(jongerenwerker):
        signal = make.signal(by=jongerenwerker)
    with acting_as(regisseur):
        made = make.told(by=regisseur, signal=signal, case=case)
    take_back(jongerenwerker, made)
    assert [t.partner_id for t in tasks(regisseur)] == [agent.partner_id]


def test_who_left_before_gets_no_task(case, told, mentor, regisseur, agent, jongerenwerker):
    with acting_as(regisseur):
        left = Participation.objects.get(compartment=case.room_id, partner=agent.partner_id)
        access.end_participation(participation=left, by=regisseur)
    correct(mentor, told)
    assert [t.partner_id for t in tasks(regisseur)] == [jongerenwerker.partner_id]


def test_a_partner_added_later_has_no_task_and_reads_only_what_is_right(
    case, told, mentor, regisseur, haltmedewerker, partners
):
    correct(mentor, told)
    with acting_as(regisseur):
        give.take_part(case.room, partners["halt"], by=regisseur)
    for address in (
        to("case_detail", case.uuid),
        to("told_signal_detail", told.uuid),
        to("told_signal_list"),
    ):
        shown = text(haltmedewerker, address)
        assert RIGHT in shown
        assert WRONG not in shown
        assert "Verwerk de verbetering" not in shown
    assert tasks(haltmedewerker, partner=partners["halt"]) == []


def test_what_was_not_accepted_is_withdrawn_as_before(mentor, client):
    with acting_as(mentor):
        signal = make.signal(by=mentor)
    browser = as_(mentor)
    assert "Klopte het toch niet?" not in browser.get(to("signal_detail", signal.uuid)).text
    assert browser.get(to("signal_take_back", signal.uuid)).status_code == 409
    assert browser.post(to("signal_withdraw", signal.uuid)).status_code == 303
    with acting_as(mentor), pytest.raises(NotPossible):
        make.taken_back(by=mentor, signal=signal)


def test_only_the_sender_corrects(told, regisseur, agent, wijkagent, mentor):
    for who in (regisseur, agent, wijkagent):
        assert as_(who).get(to("signal_correct", told.signal.uuid)).status_code == 404
        assert as_(who).post(to("signal_take_back", told.signal.uuid), {"reason": "x"}).status_code == 404
    with acting_as(regisseur), pytest.raises(NotAllowed):
        make.corrected(by=regisseur, signal=told.signal)
    assert tasks(regisseur) == []


def test_the_database_listens_to_the_sender_only(told, regisseur, agent, mentor):
    for who in (regisseur, agent):
        with acting_as(who), pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute("SELECT cases_correct(%s, 'withdrawn', '', 'x')", [told.signal_id])
    take_back(mentor, told)
    with acting_as(mentor), pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute("SELECT cases_correct(%s, 'corrected', 'x', 'x')", [told.signal_id])


def test_twice_is_once(told, mentor, regisseur):
    browser = as_(mentor)
    page = browser.get(to("signal_correct", told.signal.uuid))
    sent = {"version": page.context["form"]["version"].value(), "text": RIGHT, "reason": BECAUSE}
    for _ in range(2):
        assert browser.post(to("signal_correct", told.signal.uuid), sent).status_code == 303
    page = browser.get(to("signal_take_back", told.signal.uuid))
    sent = {"version": page.context["form"]["version"].value(), "reason": "Toch niet"}
    for _ in range(2):
        assert browser.post(to("signal_take_back", told.signal.uuid), sent).status_code == 303
    with acting_as(regisseur):
        assert Correction.objects.visible_to(regisseur).count() == 2
        assert (
            SignalNote.objects.visible_to(regisseur).filter(kind__in=["corrected", "withdrawn"]).count() == 2
        )


def test_an_old_page_is_refused_and_keeps_the_text(told, mentor):
    browser = as_(mentor)
    old = browser.get(to("signal_correct", told.signal.uuid)).context["form"]["version"].value()
    correct(mentor, told)
    answer = browser.post(
        to("signal_correct", told.signal.uuid), {"version": old, "text": "Anders", "reason": "Nog iets"}
    )
    assert answer.status_code == 409
    assert "Anders" in answer.text
    assert "Nog iets" in answer.text
    assert answer.context["form"]["version"].value() == str(int(old) + 1)
    with acting_as(mentor), pytest.raises(Stale):
        corrections.take_back(
            signal=Signal.objects.get(pk=told.signal_id), reason="Nee", version=int(old), by=mentor
        )


@pytest.mark.parametrize("sent", [{"text": "", "reason": "x"}, {"text": "x", "reason": " "}])
def test_an_empty_answer_is_refused(sent, told, mentor, regisseur):
    answer = as_(mentor).post(to("signal_correct", told.signal.uuid), {"version": 2, **sent})
    assert answer.status_code == 400
    assert tasks(regisseur) == []


def test_what_was_taken_back_stays_so(told, mentor, regisseur, case):
    take_back(mentor, told)
    with acting_as(mentor), pytest.raises(NotPossible):
        make.corrected(by=mentor, signal=told.signal)
    with acting_as(regisseur):
        other = make.case(by=regisseur, first_name="Ander")
        with pytest.raises(NotPossible, match="nam dit signaal terug"):
            triage.tell(
                signal=Signal.objects.get(pk=told.signal_id),
                case=other,
                text="x",
                role="involved",
                by=regisseur,
            )
    assert "U nam dit signaal terug" in text(mentor, to("signal_detail", told.signal.uuid))
    assert "De bron nam dit signaal terug" in text(regisseur, to("triage_detail", told.signal.uuid))


def test_a_newer_correction_replaces_the_task(case, told, mentor, regisseur, agent):
    correct(mentor, told)
    (first,) = tasks(agent, partner=agent.partner)
    correct(mentor, told, text="Er was helemaal geen mes.", reason="Nog eens gevraagd.")
    with acting_as(regisseur):
        pending = CorrectionTask.objects.visible_to(regisseur).pending()
        assert pending.count() == 2
        assert first.pk not in pending.values_list("pk", flat=True)
    with acting_as(agent), pytest.raises(NotPossible):
        corrections.process(task=first, by=agent)
    shown = text(agent, to("told_signal_detail", told.uuid))
    assert "Er was helemaal geen mes." in shown
    assert f"<s>{WRONG}</s>" in shown


def test_the_database_keeps_one_standing(told, mentor, regisseur):
    correct(mentor, told)
    with acting_as(regisseur):
        standing = Correction.objects.get(told=told)
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.create(
                case_id=standing.case_id, told=told, compartment_id=standing.compartment_id, kind="withdrawn",
                source_id=standing.source_id, made_by=regisseur,
            )  # fmt: skip


# --- stricter data, and more than one youth -----------------------------------------------------------
@pytest.fixture
def kept(case, wijkagent, regisseur, partners):
    """A signal of the police with a summary for the whole table."""
    with acting_as(wijkagent):
        signal = make.signal(by=wijkagent)
    with acting_as(regisseur):
        told = make.told(by=regisseur, signal=signal, case=case, summary="Er is zorg over een voorwerp.")
        give.take_part(told.compartment, partners["halt"], by=regisseur)
        give.take_part(case.room, partners["halt"], by=regisseur)
        return told


def test_words_of_the_police_stay_in_their_own_room(case, kept, wijkagent, jongerenwerker, regisseur):
    correct(wijkagent, kept, text="Geheim woord", reason="Andere getuige")
    shown = text(jongerenwerker, to("case_detail", case.uuid))
    assert "Verbeterd door de bron" in shown
    assert "De juiste tekst volgt van de regisseur" in shown
    assert "Geheim woord" not in shown
    assert "Andere getuige" not in shown
    assert "Geheim woord" not in text(regisseur, to("case_detail", case.uuid))  # masked, until asked for
    assert "Geheim woord" in text(regisseur, to("told_signal_detail", kept.uuid))


def test_regie_gives_the_right_text_and_who_was_ready_starts_anew(
    case, kept, wijkagent, jongerenwerker, regisseur
):
    correct(wijkagent, kept, text="Het voorwerp lag daar al voor de jongere er zelf die middag langs kwam")
    (task,) = tasks(jongerenwerker, partner=jongerenwerker.partner)
    with acting_as(jongerenwerker):
        corrections.process(task=task, by=jongerenwerker)
    page = to("correction_word", task.correction.uuid)
    assert "Wacht op uw tekst" in text(regisseur, to("correction_list"))
    assert as_(jongerenwerker).get(page).status_code == 403
    quoted = as_(regisseur).post(
        page, {"text": "Het voorwerp lag daar al voor de jongere er zelf die middag langs kwam"}
    )
    assert quoted.status_code == 409
    assert "eigen woorden" in quoted.text
    for _ in range(2):
        assert as_(regisseur).post(page, {"text": "Het was niet van de jongere."}).status_code == 303
    assert as_(regisseur).get(page).status_code == 409
    shown = text(jongerenwerker, to("case_detail", case.uuid))
    assert "Het was niet van de jongere." in shown
    assert "Verwerk de verbetering" in shown
    assert len(logged("correction.worded")) == 1


def test_a_signal_about_two_youths_waits_for_the_words_of_regie(
    case, told, mentor, regisseur, agent, partners
):
    with acting_as(regisseur):
        other = make.case(by=regisseur, partners=[partners["politie"]], first_name="Ander")
        triage.tell(
            signal=Signal.objects.get(pk=told.signal_id),
            case=other,
            text="Was erbij.",
            role="involved",
            by=regisseur,
        )
    correct(mentor, told, text="Ander had het mes", reason="Verwisseld")
    for one in (case, other):
        shown = text(agent, to("case_detail", one.uuid))
        assert "De juiste tekst volgt van de regisseur" in shown
        assert "Ander had het mes" not in shown
        assert "Verwisseld" not in shown
    assert len(tasks(agent, partner=agent.partner)) == 2


def test_regie_tells_it_again_in_the_right_words(told, mentor, regisseur):
    correct(mentor, told)
    page = as_(regisseur).get(to("triage_tell", told.signal.uuid))
    assert page.context["form"]["text"].value() == RIGHT


# --- who read it processes it -------------------------------------------------------------------------
def test_an_organisation_processes_it_and_regie_sees_who_did_not(
    case, told, mentor, regisseur, agent, jongerenwerker
):
    correct(mentor, told)
    (task,) = tasks(agent, partner=agent.partner)
    assert "Verwerk de verbetering" in text(agent, to("case_detail", case.uuid))
    assert "Wij hebben dit verwerkt" in text(agent, to("told_signal_detail", told.uuid))
    for _ in range(2):
        assert as_(agent).post(to("correction_process", task.uuid)).status_code == 303
    (task,) = tasks(agent, partner=agent.partner)
    assert (task.done_by_id, task.done_at is not None) == (agent.pk, True)
    assert len(logged("correction_task.done")) == 1
    assert "Verwerk de verbetering" not in text(agent, to("case_detail", case.uuid))
    shown = text(regisseur, to("told_signal_detail", told.uuid))
    assert "door Agent Test" in shown
    assert "Nog niet verwerkt" in shown
    assert (
        "JENS"
        in text(regisseur, to("case_detail", case.uuid)).partition("Nog niet door iedereen verwerkt")[2]
    )
    listed = as_(regisseur).get(to("correction_list"))
    assert [t.partner_id for t in listed.context["page"].rows] == [jongerenwerker.partner_id]


def test_who_is_not_asked_cannot_say_it_is_done(
    told, mentor, regisseur, agent, jongerenwerker, haltmedewerker, fg
):
    correct(mentor, told)
    (task,) = tasks(agent, partner=agent.partner)
    page = to("correction_process", task.uuid)
    for who, status in (
        (regisseur, 403),
        (jongerenwerker, 403),
        (haltmedewerker, 404),
        (mentor, 404),
        (fg, 404),
    ):
        assert as_(who).post(page).status_code == status, who
    shown = text(jongerenwerker, to("told_signal_detail", told.uuid)).partition("Wie dit verwerkt")[2]
    assert "JENS" in shown
    assert "Politie" not in shown  # how far others are is for regie
    (task,) = tasks(agent, partner=agent.partner)
    assert task.done_at is None


def test_home_counts_it(told, mentor, regisseur, agent, haltmedewerker):
    correct(mentor, told)

    def counted(who):
        return {t["title"]: t["count"] for t in as_(who).get("/").context["tasks"]}

    assert counted(agent)["verbetering te verwerken"] == 1
    assert counted(haltmedewerker)["verbeteringen te verwerken"] == 0
    assert counted(regisseur)["verbeteringen nog niet verwerkt"] == 2


def test_one_mail_without_a_name(told, mentor, regisseur, agent, jongerenwerker):
    User.objects.filter(pk__in=[agent.pk, jongerenwerker.pk, regisseur.pk]).update(email="a@example.nl")
    correct(mentor, told)
    for _ in range(2):
        tell_of_corrections()
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        assert "Voorbeeld" not in sent.subject + sent.body
        assert str(told.case.uuid) not in sent.body
        assert to("correction_list") in sent.body


def test_who_may_not_read_the_class_is_not_mailed(kept, wijkagent, agent, haltmedewerker, jongerenwerker):
    User.objects.filter(pk__in=[haltmedewerker.pk, jongerenwerker.pk]).update(email="a@example.nl")
    with acting_as(wijkagent):
        make.taken_back(by=wijkagent, signal=kept.signal)
    with acting_as(User.objects.get(username="robot-herinnering")):
        CorrectionTask.objects.filter(data_class=0).update(done_at="2026-01-01T10:00Z", done_by=agent)
    tell_of_corrections()
    assert mail.outbox == []  # HALT takes part in the room of the police; this person is not cleared


# --- where it comes back ------------------------------------------------------------------------------
def test_it_stands_in_what_changed_since_the_previous_meeting(case, told, mentor, regisseur):
    with acting_as(regisseur):
        Case.objects.filter(pk=case.pk).update(discussed_at=timezone.now())
    before = text(regisseur, to("case_detail", case.uuid))
    assert "Signaal ingebracht" not in before.partition('id="verloop"')[2]
    correct(mentor, told)
    after = text(regisseur, to("case_detail", case.uuid)).partition('id="verloop"')[2]
    assert "Signaal verbeterd door de bron" in after


def test_what_was_taken_back_weighs_no_more(case, told, mentor, regisseur, beheerder):
    """No reason for the agenda, and no role that brings a warning."""
    meeting = make_meetings.meeting(by=beheerder)

    def weighs():
        with acting_as(regisseur):
            found = candidates.gather(meeting=meeting, by=regisseur).candidates
            return situations_of([case], regisseur, [])[case.pk].roles, [c.case_id for c in found]

    assert weighs() == ({"involved"}, [case.pk])
    take_back(mentor, told)
    assert weighs() == (set(), [])


def test_what_was_taken_back_ties_nobody(case, mentor, regisseur):
    with acting_as(regisseur):
        other = make.case(by=regisseur, first_name="Ander")
    sent = []
    for days in (10, 40):
        with acting_as(mentor):
            on = timezone.localdate() - timedelta(days=days)
            sent.append(make.signal(by=mentor, observed_on=on, location="Verzinselplein"))
        with acting_as(regisseur):
            make.told(by=regisseur, signal=sent[-1], case=case)
            triage.tell(signal=sent[-1], case=other, text="Was erbij", role="involved", by=regisseur)

    def tied():
        with acting_as(regisseur):
            return len(list(group_queries.ties()))

    assert tied() == 1
    with acting_as(mentor):
        make.taken_back(by=mentor, signal=sent[0])
    assert tied() == 0


def test_pages_ask_the_database_equally_often_however_many(case, told, mentor, regisseur, agent):
    correct(mentor, told)
    pages = [to("case_detail", case.uuid), to("correction_list"), to("told_signal_list"), "/"]

    def costs():
        found = []
        for page in pages:
            for who in (regisseur, agent):
                browser = as_(who)
                browser.get(page)
                with CaptureQueriesContext(connection) as asked:
                    browser.get(page)
                found.append(len(asked))
        return found

    before = costs()
    for number in range(4):
        with acting_as(mentor):
            signal = make.signal(by=mentor, first_name=f"Kind{number}")
        with acting_as(regisseur):
            more = make.told(by=regisseur, signal=signal, case=case)
        correct(mentor, more)
    assert costs() == before


def test_nothing_of_it_shows_without_a_row_in_the_log(told, mentor, agent):
    correct(mentor, told)
    text(agent, to("correction_list"))
    (row,) = logged("correction_task.listed")
    with acting_as(agent):
        youth = ToldSignal.objects.select_related("case").get(pk=told.pk).case.youth_id
    assert row.youth_ids == [youth]


def test_what_stood_with_the_wrong_youth_is_not_corrected_there(case, mentor, regisseur, partners):
    with acting_as(mentor):
        sent = make.signal(by=mentor)
    with acting_as(regisseur):
        wrong = make.told(by=regisseur, signal=sent, case=case)
        wrong_youths.unlink(told=wrong, reason="Een naamgenoot", papers=[], key=uuid4(), by=regisseur)
        right = make.case(by=regisseur, partners=[partners["jens"]], first_name="Ander")
        told_right = make.told(by=regisseur, signal=Signal.objects.get(pk=sent.pk), case=right)
    with acting_as(mentor):
        make.corrected(by=mentor, signal=sent)
    with acting_as(regisseur):
        assert [one.told_id for one in Correction.objects.visible_to(regisseur)] == [told_right.pk]
