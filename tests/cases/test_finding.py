"""Looking for words: only in what the asker may read, with the words marked, and none of them in log or address."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from access import operations as access
from access.models import Participation
from accounts.models import User
from accounts.roles import DataClass
from cases import text_queries
from cases.operations import finding as operations
from cases.operations import picture, plans, wrong_youths
from cases.rules.finding import HIT_ENDS, HIT_STARTS, check_words, pieces_of, query_of, words_of
from foundation.errors import NotAllowed, NotPossible
from foundation.scope import acting_as
from tests.factories import cases as make
from tests.factories import meetings as make_meetings
from tests.factories.audit import logged

URL = "/dossiers/zoeken/"


@pytest.fixture
def case(regisseur, partners):
    with acting_as(regisseur):
        return make.case(
            by=regisseur,
            partners=[partners["politie"], partners["jens"]],
            first_name="Sem",
            last_name="Fictief",
        )


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def asks(user, words, **more):
    answer = as_(user).post(URL, {"words": words} | more)
    assert answer.status_code == 200, answer.status_code
    return answer


def names(answer):
    return [one.case.youth.first_name for one in answer.context["result"].found]


def search(user, words, place=None):
    user = User.objects.get(pk=user.pk)
    with acting_as(user):
        return operations.search(words=words_of(words), place=place, by=user)


# --- what is found --------------------------------------------------------------------------------
def test_every_kind_of_text_is_looked_in(case, regisseur, agent, mentor, partners):
    with acting_as(mentor):
        sent = make.signal(by=mentor)
    with acting_as(regisseur):
        make.told(by=regisseur, signal=sent, case=case, text="Reed op een zeepkist door de gang")
        make.remark(by=regisseur, case=case, text="Bouwt thuis een zeepkist")
        make.action(by=regisseur, case=case, partner=partners["jens"], text="Haalt de zeepkist op")
    labels = {excerpt.label for one in search(agent, "zeepkist").found for excerpt in one.excerpts}
    assert labels == {"Signaal", "Beeld", "Actie"}


@pytest.mark.parametrize("says", [make.taken_back, make.corrected])
def test_what_its_source_took_back_or_corrected_is_not_found_by_its_old_words(
    says, case, regisseur, agent, mentor
):
    with acting_as(mentor):
        sent = make.signal(by=mentor)
    with acting_as(regisseur):
        make.told(by=regisseur, signal=sent, case=case, text="Reed op een zeepkist door de gang")
    assert search(agent, "zeepkist").count == 1
    with acting_as(mentor):
        says(by=mentor, signal=sent)
    assert search(agent, "zeepkist").count == 0


def test_what_stood_with_the_wrong_youth_is_not_found(case, regisseur, agent, mentor):
    with acting_as(mentor):
        sent = make.signal(by=mentor)
    with acting_as(regisseur):
        told = make.told(by=regisseur, signal=sent, case=case, text="Reed op een zeepkist door de gang")
        wrong_youths.unlink(told=told, reason="Een naamgenoot", papers=[], key=uuid4(), by=regisseur)
    assert search(agent, "zeepkist").count == search(regisseur, "zeepkist").count == 0


def test_a_goal_is_found_by_how_it_went(regisseur, lja_heerlen, partners):
    with acting_as(regisseur):
        change = make.proposal(by=regisseur, case=make.case(by=regisseur))
    with acting_as(lja_heerlen):
        case = make.at_lja(change=change, by=lja_heerlen, partners=[partners["jens"]])
        goal = make.goal(by=lja_heerlen, case=case, partner=partners["jens"])
        plans.evaluate(goal=goal, result="reached", evaluation="Gaat elke dag op de fiets", by=lja_heerlen)
    [found] = search(lja_heerlen, "fiets").found
    assert found.excerpts[0].label == "Doel"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fietst door rood", "fietsen"),
        ("Zat in het café", "cafe"),
        ("Zat in het cafe", "CAFÉ"),
        ("Scooterdiefstal op de markt", "scooter"),
        ("Neemt vaak een mes mee naar school", "school mes"),
        ("Rookt XTC en GHB", "ghb"),
    ],
)
def test_dutch_words_are_found_as_people_write_them(text, words, case, regisseur):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text=text)
    assert [one.case.pk for one in search(regisseur, words).found] == [case.pk]


def test_all_words_stand_in_one_text(case, regisseur):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een mes")
        make.remark(by=regisseur, case=case, text="Mist de school")
    assert search(regisseur, "mes school").found == []


def test_what_was_taken_back_is_not_found(case, regisseur):
    with acting_as(regisseur):
        remark = make.remark(by=regisseur, case=case, text="Draagt een mes")
        picture.withdraw_remark(remark=remark, reason="Bleek een ander te zijn", by=regisseur)
    assert search(regisseur, "mes").found == []


def test_the_newest_find_comes_first_and_the_next_page_goes_on(regisseur, monkeypatch):
    with acting_as(regisseur):
        for number in range(5):
            case = make.case(by=regisseur, first_name=f"Kind {number}", last_name=f"Num{number}")
            make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    monkeypatch.setattr(text_queries, "PER_PAGE", 2)
    seen, place = [], ""
    for _ in range(3):
        answer = asks(regisseur, "zakmes", na=place)
        seen += names(answer)
        place = answer.context["result"].next_place
    assert seen == [f"Kind {number}" for number in (4, 3, 2, 1, 0)]
    assert place == ""
    assert names(asks(regisseur, "zakmes", na="onzin|1")) == ["Kind 4", "Kind 3"]


def test_the_number_of_queries_does_not_grow(regisseur, django_assert_max_num_queries):
    def fill(count):
        with acting_as(regisseur):
            for number in range(count):
                case = make.case(by=regisseur, first_name="K", last_name=f"Num{number}{count}")
                make.remark(by=regisseur, case=case, text="Draagt een zakmes")

    fill(1)
    client = as_(regisseur)
    client.post(URL, {"words": "zakmes"})
    with django_assert_max_num_queries(60) as few:
        client.post(URL, {"words": "zakmes"})
    fill(6)
    with django_assert_max_num_queries(len(few)):
        assert len(client.post(URL, {"words": "zakmes"}).context["result"].found) == 7


# --- what a meeting wrote down --------------------------------------------------------------------
@pytest.fixture
def meeting(regisseur, partners):
    """A closed meeting at which police and JENS sat; at each point a note and a decision."""
    with acting_as(regisseur):
        table = [partners["politie"], partners["jens"]]
        return make_meetings.full_meeting(
            by=regisseur, partners=table, items=2, text="Heeft een bromfiets verkocht"
        )


def labels(person, words):
    return [excerpt.label for one in search(person, words).found for excerpt in one.excerpts]


def test_a_note_is_found_when_the_minutes_are_final(meeting, regisseur, agent):
    assert labels(regisseur, "bromfiets") == labels(agent, "bromfiets") == []
    with acting_as(regisseur):
        make_meetings.confirm(meeting=meeting, by=regisseur)
    assert set(labels(agent, "bromfiets")) == {"Verslag"}
    assert search(regisseur, "bromfiets").count == 2


def test_a_decision_is_found_by_who_sat_at_the_table(meeting, regisseur, agent, haltmedewerker, coach_lja):
    assert labels(regisseur, "halt vader") == ["Besluit"] * 2
    assert labels(agent, "halt vader")
    assert labels(haltmedewerker, "halt vader") == labels(coach_lja, "halt vader") == []


# --- who finds what -------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["haltmedewerker", "coach_lja", "lja_kerkrade", "lja_heerlen"])
def test_who_may_not_read_it_does_not_find_it(who, case, regisseur, request):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    stranger = request.getfixturevalue(who)
    answer = asks(stranger, "zakmes")
    assert answer.context["result"].found == [] and answer.context["result"].count == 0
    assert "Sem" not in answer.text


def test_an_answer_for_what_is_hidden_is_that_for_what_is_not_there(case, regisseur, haltmedewerker):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    hidden, absent = (asks(haltmedewerker, words).context["result"] for words in ("zakmes", "qwertz"))
    assert hidden == absent


@pytest.mark.parametrize("who", ["mentor", "manager", "beheerder", "fg", "privacycontact"])
def test_who_reads_no_cases_by_role_does_not_search(who, request, db):
    person = request.getfixturevalue(who)
    assert as_(person).post(URL, {"words": "zakmes"}).status_code == 403
    with acting_as(person), pytest.raises(NotAllowed):
        operations.search(words=["zakmes"], place=None, by=person)


def test_who_steps_out_no_longer_finds(case, regisseur, agent, partners):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    assert search(agent, "zakmes").found
    with acting_as(regisseur):
        seat = Participation.objects.get(compartment=case.room_id, partner=partners["politie"])
        access.end_participation(participation=seat, by=regisseur)
    assert search(agent, "zakmes").found == []


def test_the_function_itself_shows_only_what_the_keys_open(case, regisseur, agent, haltmedewerker):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    counts = {}
    for person in (regisseur, agent, haltmedewerker):
        with acting_as(person), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_find_text('zakmes', 10)")
            counts[person.username] = cursor.fetchone()[0]
    assert counts == {"regisseur": 1, "agent": 1, "haltmedewerker": 0}


@pytest.mark.parametrize("function", ["cases_find_text", "meetings_find_text"])
def test_without_a_scope_the_function_is_an_error(function, committed_db):
    with pytest.raises(DatabaseError, match="no access scope"), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {function}('niets', 10)")


def test_what_is_masked_is_neither_shown_nor_found_by_its_words(case, regisseur, agent, wijkagent):
    """The agent is cleared and may ask for it on the case page; that step is one that the log knows."""
    with acting_as(wijkagent):
        sent = make.signal(by=wijkagent)
    with acting_as(regisseur):
        told = make.told(
            by=regisseur, signal=sent, case=case, text="Zag een boksbeugel", summary="Er is een wapen gezien"
        )
        make.remark(by=regisseur, case=case, text="Kocht een boksbeugel", data_class=DataClass.WPG)
    assert told.is_masked
    for person in (regisseur, agent):
        result = search(person, "boksbeugel")
        assert result.found == [] and result.count == 0
        assert "boksbeugel" not in "".join(
            text for one in search(person, "wapen").found for e in one.excerpts for text, _ in e.pieces
        )


# --- what the page shows and the log keeps --------------------------------------------------------
def test_what_people_typed_stays_text_and_only_words_are_marked(case, regisseur):
    with acting_as(regisseur):
        make.remark(
            by=regisseur,
            case=case,
            text=f"<script>alert(1)</script> zakmes <b>{HIT_STARTS}nep{HIT_ENDS}</b> &amp; <img src=x onerror=y>",
        )
    shown = asks(regisseur, "zakmes").text
    assert "<mark>zakmes</mark>" in shown
    assert "<script>alert" not in shown and "<img src=x" not in shown and "<b>" not in shown
    assert "<mark>nep" not in shown
    # An excerpt begins and ends at a word; in between nothing is lost.
    assert "script&gt;alert(1)&lt;/script&gt; <mark>" in shown and "&lt;b&gt;nep&lt;/b&gt;" in shown


def test_the_log_knows_which_cases_were_shown_and_no_word(case, regisseur, agent):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    asks(agent, "zakmes Draagt")
    asks(agent, "draagt, zakmes!")
    first, second = logged("case.searched")
    assert (first.actor_id, first.youth_ids, first.details["cases"]) == (agent.pk, [case.youth_id], [case.pk])
    assert first.details["shown"] == 1
    assert first.details["term"] == second.details["term"]
    assert "zakmes" not in str([vars(first), vars(second)])


def test_no_word_comes_in_an_address(case, regisseur):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Draagt een zakmes")
    client = as_(regisseur)
    assert "result" in client.get(URL, {"words": "zakmes"}).context
    assert client.get(URL, {"words": "zakmes"}).context["result"] is None
    assert 'method="post"' in client.get(URL).text


@pytest.mark.parametrize("words", ["", "ab", "!!! ???", "een twee drie vier vijf zes zeven acht negen"])
def test_what_cannot_be_looked_for_says_so_and_keeps_the_text(words, regisseur):
    answer = as_(regisseur).post(URL, {"words": words})
    assert answer.status_code == 400
    assert not words or words in answer.text
    assert logged("case.searched") == []


def test_only_small_words_find_nothing(case, regisseur):
    with acting_as(regisseur):
        make.remark(by=regisseur, case=case, text="Dat is een van hen")
    assert search(regisseur, "een van").found == []


# --- the rules ------------------------------------------------------------------------------------
def test_words_are_letters_only():
    assert words_of("Mes, 'mes' & school | !x:*") == ["mes", "school", "x"]
    assert query_of(["mes", "x"]) == "'mes':* & 'x'"
    with pytest.raises(NotPossible):
        check_words(["x"])


def test_pieces_know_what_was_looked_for():
    text = f"een {HIT_STARTS}mes{HIT_ENDS} op {HIT_STARTS}school{HIT_ENDS}"
    assert pieces_of(text) == [("een ", False), ("mes", True), (" op ", False), ("school", True)]
