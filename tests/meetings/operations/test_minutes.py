"""Documents are made of what is final, once, and each holds only what its reader may know."""

import hashlib
import io

import pikepdf
import pypdf
import pytest
from django.db import transaction

import meetings.tasks  # noqa: F401  (the work registers itself)
from access import operations as access
from access.models import Participation
from cases.operations import levels
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from jobs import operations as jobs
from jobs.models import Job, State
from meetings.models import AgendaItem, Document, MeetingState
from meetings.operations import desk, minutes
from tests.factories import cases
from tests.factories import meetings as factory


@pytest.fixture
def table(partners):
    return [partners["politie"], partners["jens"]]


@pytest.fixture
def closed(regisseur, table):
    """Points 1 and 3 with the police, point 1 with JENS as well, and a canary in every note."""
    with acting_as(regisseur):
        meeting = factory.running_meeting(by=regisseur, partners=table, items=4)
        factory.decide_all(by=regisseur, meeting=meeting)
        for number, item in enumerate(_items(meeting), start=1):
            desk.save_note(item=item, text=f"Notitie KANARIE{number}", version=1, by=regisseur)
        return factory.live.close(meeting=meeting, by=regisseur)


def _items(meeting):
    return AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related("case", "meeting__series")


def _run_all(made):
    return [jobs.run(job.pk) for job in made]


def _documents(by):
    with acting_as(by):
        return {d.partner and d.partner.short_name: d for d in Document.objects.visible_to(by)}


def _text(document):
    pages = pypdf.PdfReader(io.BytesIO(bytes(document.content))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


@pytest.fixture
def made(regisseur, closed):
    with acting_as(regisseur):
        asked = factory.confirm(meeting=closed, by=regisseur)
    assert _run_all(asked) == [True] * len(asked)
    return _documents(regisseur)


def test_documents_are_made_of_confirmed_minutes_only(regisseur, closed):
    with acting_as(regisseur), pytest.raises(NotPossible, match="Stel eerst het verslag vast"):
        minutes.ask_documents(meeting=closed, by=regisseur)


def test_confirming_twice_asks_once(regisseur, tweede_regisseur, closed):
    with acting_as(regisseur):
        first = factory.confirm(meeting=closed, by=regisseur)
    with acting_as(tweede_regisseur):
        again = minutes.confirm(meeting=closed, by=tweede_regisseur)
    assert {job.key for job in first} == {job.key for job in again}
    closed.refresh_from_db()
    assert (closed.state, closed.confirmed_by) == (MeetingState.CONFIRMED, regisseur)


def test_a_participant_does_not_confirm(agent, closed):
    with acting_as(agent), pytest.raises(NotAllowed):
        minutes.confirm(meeting=closed, by=agent)


def test_the_whole_is_for_regie_and_a_part_holds_only_its_own(made):
    whole, police, jens = (_text(made[name]) for name in (None, "Politie Heerlen", "JENS"))
    assert [n for n in range(1, 5) if f"KANARIE{n}" in whole] == [1, 2, 3, 4]
    assert [n for n in range(1, 5) if f"KANARIE{n}" in police] == [1, 2, 3]
    assert [n for n in range(1, 5) if f"KANARIE{n}" in jens] == [1, 4]
    assert "Çağla Öztürk" in whole and "Çağla Öztürk" not in police
    assert "deel voor JENS" in jens


def test_names_from_everywhere_stay_whole(made):
    whole = _text(made[None])
    for name in ("Łukasz Voorbeeld 1", "Şahin Fictief 2", "Zoë Żółtowski 3", "Çağla Öztürk 4"):
        assert name in whole


def test_only_who_may_sees_a_document(
    made, regisseur, tweede_regisseur, agent, jongerenwerker, wijkagent, pga, manager
):
    assert set(_documents(tweede_regisseur)) == {None, "Politie Heerlen", "JENS"}
    assert set(_documents(agent)) == {"Politie Heerlen"}
    assert set(_documents(jongerenwerker)) == {"JENS"}
    for stranger in (wijkagent, pga, manager):
        assert _documents(stranger) == {}


def test_what_is_stored_has_its_hash_and_its_marks(made):
    for document in made.values():
        content = bytes(document.content)
        assert hashlib.sha256(content).hexdigest() == document.sha256
        assert len(pypdf.PdfReader(io.BytesIO(content)).pages) == document.pages > 0
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "nl"
            assert "/StructTreeRoot" in pdf.Root and pdf.Root.ViewerPreferences.DisplayDocTitle
            assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_the_numbers_of_points_are_the_same_in_every_part(made):
    assert "4. Çağla Öztürk 4" in _text(made["JENS"])


def test_asking_again_makes_nothing_new(regisseur, closed, made):
    before = {d.pk: d.sha256 for d in made.values()}
    with acting_as(regisseur):
        assert minutes.ask_documents(meeting=closed, by=regisseur) == []
    Job.objects.update(state=State.WAITING, tries=0)  # somebody rings the bell again
    assert all(_run_all(Job.objects.all()))
    assert {d.pk: d.sha256 for d in _documents(regisseur).values()} == before


def test_killed_between_making_and_storing_leaves_nothing_half(regisseur, closed, monkeypatch):
    with acting_as(regisseur):
        asked = factory.confirm(meeting=closed, by=regisseur)

    class Killed(BaseException):
        pass

    def die(**anything):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(minutes, "add_participation", die)  # halfway through storing a part
        for job in asked[1:]:
            with pytest.raises(Killed), transaction.atomic():
                jobs.run(job.pk)
    assert _documents(regisseur) == {}
    Job.objects.update(state=State.WAITING, lease_until=None)  # the lease ran out
    assert all(_run_all(asked))
    assert len(_documents(regisseur)) == 3


# --- a name that slips in -------------------------------------------------------------------------
def _name_at_first_point(closed, by, text):
    with acting_as(by):
        item = _items(closed).first()
        desk.save_note(item=item, text=text, version=item.note_version, by=by)


def test_a_name_that_others_may_not_see_stops_the_confirming(regisseur, closed):
    # Point 1 is read by both; point 4 only by JENS.
    _name_at_first_point(closed, regisseur, "Was samen met OZTURK 4, Cagla op het plein")
    with (
        acting_as(regisseur),
        pytest.raises(NotPossible, match="Bij punt 1 .* van punt 4. Politie Heerlen mag"),
    ):
        factory.confirm(meeting=closed, by=regisseur)


def test_a_name_that_all_readers_know_does_not(regisseur, closed):
    with acting_as(regisseur):
        item = _items(closed)[3]  # read by JENS, who also reads point 1
        desk.save_note(
            item=item, text="Vriend van Łukasz Voorbeeld 1", version=item.note_version, by=regisseur
        )
        assert factory.confirm(meeting=closed, by=regisseur)


def test_the_second_lock_fails_the_job_in_words(regisseur, closed, monkeypatch):
    _name_at_first_point(closed, regisseur, "Was samen met Çağla Öztürk 4")
    monkeypatch.setattr(minutes, "slips_in", lambda *anything: [])  # as if the first lock were forgotten
    with acting_as(regisseur):
        asked = factory.confirm(meeting=closed, by=regisseur)
    _run_all(asked)
    failed = Job.objects.get(state=State.FAILED)
    assert failed.problem == "Bij punt 1 staat de naam van een jongere die deze organisatie niet mag zien."
    assert set(_documents(regisseur)) == {None, "JENS"}


def test_hostile_text_is_text(regisseur, table):
    hostile = (
        '<script>alert(1)</script> <img src="http://127.0.0.1:9/x.png"> '
        '<a href="javascript:alert(1)">klik</a> {{ meeting }} </p></div></body>'
    )
    with acting_as(regisseur):
        meeting = factory.full_meeting(by=regisseur, partners=table, items=1, text=hostile)
        asked = factory.confirm(meeting=meeting, by=regisseur)
    _run_all(asked)
    whole = _documents(regisseur)[None]
    assert "<script>alert(1)</script>" in _text(whole) and "{{ meeting }}" in _text(whole)
    with pikepdf.open(io.BytesIO(bytes(whole.content))) as pdf:
        assert all("/Annots" not in page for page in pdf.pages)


def test_who_left_the_case_gets_no_part_and_the_words_stay(regisseur, table):
    """What was agreed stays with the item, whatever becomes of the room of the case."""
    with acting_as(regisseur):
        meeting = factory.full_meeting(by=regisseur, partners=table, items=1)
        room = _items(meeting).get().case.room_id
        leaving = Participation.objects.get(compartment=room, partner=table[1], ended_at=None)
        access.end_participation(participation=leaving, by=regisseur)
        asked = factory.confirm(meeting=meeting, by=regisseur)
    assert _run_all(asked) == [True] * 2
    made = _documents(regisseur)
    assert set(made) == {None, "Politie Heerlen"}
    assert all("Gaat op huisbezoek" in _text(document) for document in made.values())


def test_a_part_is_not_kept_when_its_reader_leaves_while_it_is_made(regisseur, table):
    with acting_as(regisseur):
        meeting = factory.full_meeting(by=regisseur, partners=table, items=3)
        asked = factory.confirm(meeting=meeting, by=regisseur)
        leaving = Participation.objects.filter(compartment=_items(meeting)[0].case.room_id, partner=table[0])
    work, job = minutes.MinutesWork(), next(j for j in asked if j.key.endswith(f":{table[0].pk}"))
    read = work.read(job, lambda *progress: None)
    paper = work.make(read, lambda *progress: None)
    with acting_as(regisseur):
        access.end_participation(participation=leaving.get(), by=regisseur)
    with acting_as(regisseur), pytest.raises(minutes.Outdated):
        work.store(job, read, paper)
    assert _documents(regisseur) == {}
    assert jobs.run(job.pk)  # made again, of what is open now
    assert _documents(regisseur)["Politie Heerlen"].youth_ids == read.youth_ids[1:]


def test_a_case_that_moved_up_meanwhile_still_has_its_minutes(regisseur, lja_heerlen, table):
    with acting_as(regisseur):
        meeting = factory.full_meeting(by=regisseur, partners=table, items=1)
        change = cases.proposal(by=regisseur, case=_items(meeting).get().case)
    with acting_as(lja_heerlen):
        levels.accept(change=change, answer="Wij nemen het over", by=lja_heerlen)
    with acting_as(regisseur):
        asked = factory.confirm(meeting=meeting, by=regisseur)
    assert _run_all(asked) == [True] * 3
    assert all("Gaat op huisbezoek" in _text(document) for document in _documents(regisseur).values())
    assert _documents(lja_heerlen) == {}
