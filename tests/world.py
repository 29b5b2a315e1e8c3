"""A small world with one of everything, made through the operations. Committed: use a database of its own."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from django.utils import timezone

from access import operations as access
from access.models import Ground, Participation
from accounts.models import Clearance, Partner, User
from accounts.roles import Level
from foundation.scope import acting_as
from tests import cast


def gather(before_documents=lambda: None):
    """One of everything. `before_documents` runs before the PDFs are made from it."""
    made = SimpleNamespace(
        partner=Partner.objects.get(short_name="JENS"), user=User.objects.get(username="agent")
    )
    add_ways_in(made)
    people = {name: User.objects.get(username=name) for name in cast.PEOPLE}
    add_cases(made, people)
    made.clearance = Clearance.objects.filter(user=people["agent"]).get()
    add_signals(made, people)
    add_requests(made, people)
    add_meetings(made, people)
    before_documents()
    make_documents(made, people)
    add_oversight(made, people)
    add_groups(made, people)
    add_corrections(made, people)
    add_mistakes(made, people)
    add_retention(made, people)
    return made


def add_ways_in(made):
    """Who speaks for the police, somebody who is invited, an organisation with a login of its own."""
    from accounts import operations

    keeper, partners = User.objects.get(username="beheerder"), cast.partners()
    made.police = partners["politie"]
    agent = User.objects.get(username="agent")
    operations.confirmations.choose_contact(partner=partners["politie"], user=agent, by=keeper)
    User.objects.filter(username="haltmedewerker").update(email="halt@example.nl")
    invited = User.objects.get(username="haltmedewerker")
    made.invitation = operations.invitations.invite(user=invited, by=keeper)
    made.provider = operations.providers.add(
        key=uuid4(),
        partner=partners["gemeente"],
        issuer="https://login.gemeente.example",
        client_id="ijap",
        secret_variable="OIDC_SECRET_GEMEENTE",
        amr_values="mfa hwk",
        acr_values="",
        by=keeper,
    )


def add_cases(made, people):
    from cases.operations import finding
    from tests.factories import cases as factory

    regisseur, partners = people["regisseur"], cast.partners()
    table = [partners["politie"], partners["jens"]]
    with acting_as(regisseur):
        made.case = factory.case(by=regisseur, partners=table, first_name="Sem", last_name="Fictief")
        made.hidden_case = factory.case(
            by=regisseur, partners=[partners["jens"]], first_name="Noor", last_name="Proef"
        )
        made.proposed_case = factory.case(by=regisseur, partners=table, first_name="Bo", last_name="Schets")
        made.closed_case = factory.case(by=regisseur, partners=table, first_name="Lot", last_name="Model")
        made.action = factory.action(by=regisseur, case=made.case, partner=partners["jens"])
        made.measure = factory.measure(by=regisseur, case=made.case, partner=partners["jens"])
        made.remark = factory.remark(by=regisseur, case=made.case)
        made.attachment = factory.attachment(by=regisseur, case=made.case)
        made.place = factory.place(by=regisseur, case=made.case)
        made.relative = factory.relative(by=regisseur, case=made.case)
        made.informing = factory.informing(by=regisseur, case=made.case, outcome="postponed")
        made.level_change = factory.proposal(by=regisseur, case=made.proposed_case)
        made.saved_view = finding.keep_view(name="Open bij de JPP", filters={"niveau": "1"}, by=regisseur)
        made.participation = Participation.objects.get(
            compartment=made.case.room_id, partner=partners["politie"]
        )
        made.grant = access.grant(
            compartment=made.case.room,
            user=people["mentor"],
            until=timezone.now() + timedelta(days=30),
            ground=Ground.SAFETY,
            reason="Gaat mee op huisbezoek",
            by=regisseur,
        )
        factory.close(by=regisseur, case=made.closed_case)
        moving = factory.case(by=regisseur, partners=table, first_name="Mik", last_name="Ontwerp")
        proposal = factory.proposal(by=regisseur, case=moving)
    with acting_as(people["lja_heerlen"]):
        made.plan_case = factory.at_lja(
            change=proposal, by=people["lja_heerlen"], partners=[partners["jens"]]
        )
        made.goal = factory.goal(by=people["lja_heerlen"], case=made.plan_case, partner=partners["jens"])
    with acting_as(regisseur):
        upward = factory.case(by=regisseur, partners=table, first_name="Pim", last_name="Verzonnen")
        proposal = factory.proposal(by=regisseur, case=upward, to=Level.PGA)
    with acting_as(people["pga"]):
        made.pga_case = factory.at_lja(change=proposal, by=people["pga"], partners=[partners["jens"]])
        made.advice = factory.advice(by=people["pga"], case=made.pga_case)


def add_signals(made, people):
    from cases.operations import secrets
    from tests.factories import cases as factory

    with acting_as(people["mentor"]):
        made.signal = factory.signal(by=people["mentor"])
        told = factory.signal(by=people["mentor"])
    with acting_as(people["wijkagent"]):
        made.draft = factory.signal(by=people["wijkagent"], submit=False)
    with acting_as(people["mentor"]):
        made.reporter = secrets.note_reporter(signal=made.signal, name="Buurvrouw", by=people["mentor"])
    with acting_as(people["regisseur"]):
        made.told_signal = factory.told(by=people["regisseur"], signal=told, case=made.case)
        assert made.told_signal.signal.pk == told.pk  # read here: outside a scope it cannot be asked for


def add_requests(made, people):
    from cases.models import Reveal, SecretAddress
    from cases.operations import access_requests, secrets
    from tests.factories import cases as factory

    with acting_as(people["regisseur"]):
        made.secret_address = secrets.note_address(
            case=made.case, address="Schuilplaats 1, Heerlen", by=people["regisseur"]
        )
        secrets.show(
            secret=made.secret_address, reason="Zus haalt spullen op bij haar", by=people["regisseur"]
        )
        made.reveal = Reveal.objects.get()
        youth = made.hidden_case.youth
        assert SecretAddress.objects.count() == 1
    with acting_as(people["agent"]):
        made.access_request = factory.access_request(by=people["agent"], youth=youth)
    with acting_as(people["haltmedewerker"]):
        made.break_glass = factory.access_request(by=people["haltmedewerker"], youth=youth, kind="acute")
        access_requests.open_now(request=made.break_glass, by=people["haltmedewerker"])


def add_meetings(made, people):
    from meetings.models import AgendaItem, Decision, Meeting, SeriesKind
    from meetings.operations import agenda, live, points
    from meetings.operations import series as rhythm
    from tests.factories import meetings as factory

    keeper, regisseur, table = people["beheerder"], people["regisseur"], cast.partners()
    seats = [table["politie"], table["jens"]]
    first_on = timezone.localdate() + timedelta(days=1)
    while first_on.weekday() > 4:
        first_on += timedelta(days=1)
    with acting_as(keeper):
        made.series = factory.series(by=keeper, first_on=first_on, seats=seats)
        made.seat = made.series.standing_participants.first()
        made.closing_day = factory.closing_day(by=keeper, on=date(timezone.localdate().year + 1, 4, 28))
        rhythm.plan_ahead(series=made.series, until=first_on + timedelta(weeks=20), by=keeper)
        # After all others: what is next at this table stays a meeting about youths.
        later = first_on + timedelta(weeks=24)
        factory.meeting(
            by=keeper, name="Partneroverleg", first_on=later, kind=SeriesKind.PARTNERS, seats=seats
        )
    coming = list(Meeting.objects.filter(series=made.series).order_by("starts_at")[:6])
    (
        made.meeting_draft,
        made.meeting_agreed,
        made.meeting_running,
        made.meeting_closed,
        made.meeting_planned,
        _,
    ) = coming
    with acting_as(regisseur):
        for meeting in coming[:4]:
            agenda.build_agenda(meeting=meeting, by=regisseur)
            for case in (made.case, made.hidden_case):
                if not AgendaItem.objects.visible_to(regisseur).filter(meeting=meeting, case=case).exists():
                    points.add(meeting=meeting, case=case, by=regisseur)
        for meeting in coming[1:4]:
            agenda.agree(meeting=meeting, by=regisseur)
        for meeting in coming[2:4]:
            live.start(meeting=meeting, by=regisseur)
            factory.decide_all(by=regisseur, meeting=meeting)
        live.close(meeting=made.meeting_closed, by=regisseur)
        items = AgendaItem.objects.visible_to(regisseur).select_related("case")
        made.draft_item = items.get(meeting=made.meeting_draft, case=made.case)
        made.item = items.get(meeting=made.meeting_running, case=made.case)
        made.agreed_item = items.get(meeting=made.meeting_agreed, case=made.case)
        made.confirmed_item = items.get(meeting=made.meeting_closed, case=made.case)
        with_partners = Meeting.objects.select_related("series").filter(series__kind=SeriesKind.PARTNERS)
        made.partners_meeting = with_partners.order_by("starts_at").first()
        made.topic = factory.topic(by=regisseur, meeting=made.partners_meeting)
        made.decision = Decision.objects.visible_to(regisseur).filter(item=made.item).first()
        made.agreed_action = made.item.agreed_actions.first()
    with acting_as(people["agent"]):
        made.contribution = factory.contribution(
            by=people["agent"], item=made.item, text="Alleen voor de regisseur", audience="regie"
        )


def make_documents(made, people):
    """Confirm the closed meeting and let the worker's own code make its PDFs."""
    from meetings.documents import items_of
    from meetings.models import Document
    from meetings.operations import corrections
    from reports.models import Summary
    from reports.operations import ask_summary
    from tests.factories import meetings as factory
    from tests.factories.jobs import finish

    regisseur, agent = people["regisseur"], people["agent"]
    with acting_as(agent):
        made.closed_item = items_of(made.meeting_closed, agent)[0]
        made.minutes_remark = corrections.remark(
            item=made.closed_item, text="Het was dinsdag", key=uuid4(), by=agent
        )
    with acting_as(regisseur):
        corrections.answer(remark=made.minutes_remark, is_taken=True, words="", by=regisseur)
        jobs = factory.confirm(meeting=made.meeting_closed, by=regisseur)
    made.job = jobs[0]
    with acting_as(people["manager"]):
        ask_summary(by=people["manager"])
    finish()
    with acting_as(regisseur):
        documents = Document.objects.visible_to(regisseur).filter(meeting=made.meeting_closed)
        made.document_whole = documents.get(partner=None)
        made.summary = Summary.objects.get()
        made.document_cut = documents.get(partner=cast.partners()["politie"])


def add_oversight(made, people):
    """A flag, a round of review, and the papers of the privacy officer."""
    from oversight import operations
    from oversight.models import Paper
    from tests.factories import oversight as factory

    fg = people["fg"]
    made.youth_number = made.case.youth_id
    made.flag = factory.flag(person=people["agent"])
    with acting_as(fg):
        made.review = operations.reviews.start(day=timezone.localdate(), by=fg)
        made.review_line = made.review.lines.get(user=people["agent"])
        operations.papers.ask_subject(youth_id=made.youth_number, withheld=[], ground=None, by=fg)
        operations.papers.ask_year(year=timezone.localdate().year, by=fg)
    factory.make_papers()
    with acting_as(fg):
        made.paper = Paper.objects.get(youth_id=made.youth_number)


def add_groups(made, people):
    """A group with a name that the table knows and one that it does not, and three youths who recur together."""
    from cases.operations import triage
    from meetings.operations import group_points
    from tests.factories import cases as signals
    from tests.factories import groups as factory

    regisseur, partners = people["regisseur"], cast.partners()
    seen_on = timezone.localdate() - timedelta(days=10)
    for number in range(2):
        with acting_as(people["mentor"]):
            sent = signals.signal(
                by=people["mentor"], observed_on=seen_on, location=f"Verzinselplein {number}"
            )
        with acting_as(regisseur):
            signals.told(by=regisseur, signal=sent, case=made.case)
            made.shared_signal = sent
            for case in (made.hidden_case, made.proposed_case):
                triage.tell(signal=sent, case=case, text="Was erbij", role="involved", by=regisseur)
    with acting_as(regisseur):
        table = [partners["politie"], partners["jens"]]
        made.quiet_group = factory.group(by=regisseur, name="De groep van het station")
        made.group = factory.naming(by=regisseur, partners=table)
        made.group_place = made.group.places.first()
        made.member = factory.member(
            by=regisseur, group=made.group, youth=made.case.youth, position="Neemt het woord"
        )
        factory.member(by=regisseur, group=made.group, youth=made.hidden_case.youth)
        made.group_goal = factory.goal(by=regisseur, group=made.group, partner=partners["jens"])
        made.group_point = group_points.put(
            meeting=made.meeting_draft, group=made.group, question="Lukt het?", minutes=10, by=regisseur
        )


def add_corrections(made, people):
    """A signal that its sender corrected, and one about several youths of which regie must find the words."""
    from cases.models import Correction, CorrectionTask
    from tests.factories import cases as factory

    mentor, regisseur = people["mentor"], people["regisseur"]
    with acting_as(mentor):
        sent = factory.signal(by=mentor)
    with acting_as(regisseur):
        factory.told(by=regisseur, signal=sent, case=made.case)
    with acting_as(mentor):
        for signal in (sent, made.shared_signal):
            factory.corrected(by=mentor, signal=signal)
    with acting_as(regisseur):
        made.correction_task = CorrectionTask.objects.select_related("correction").get(
            correction__told__signal=sent, partner=cast.partners()["politie"]
        )
        made.correction = Correction.objects.get(told__signal=made.shared_signal, case=made.case)


def add_mistakes(made, people):
    """A youth who stood here twice, and a signal that stood with the wrong one."""
    from cases.merge_queries import mark_of, side_of
    from cases.operations import merges, wrong_youths
    from tests.factories import cases as factory

    regisseur = people["regisseur"]
    with acting_as(people["mentor"]):
        signal = factory.signal(by=people["mentor"], first_name="Teun", last_name="Anders")
    with acting_as(regisseur):
        kept = made.closed_case.youth
        made.double = factory.youth(by=regisseur, first_name="Lotte", last_name="Modell")
        seen = mark_of((side_of(kept, regisseur), side_of(made.double, regisseur)))
        made.merge = merges.merge(
            kept=kept, absorbed=made.double, reason="Zelfde adres en zelfde moeder", seen=seen, by=regisseur
        )
        made.other_youth = made.hidden_case.youth
        told = factory.told(by=regisseur, signal=signal, case=made.case)
        made.wrong_youth = wrong_youths.unlink(
            told=told, reason="Gaat over een naamgenoot", papers=[], key=uuid4(), by=regisseur
        )


def add_retention(made, people):
    """Two rejected signals of long ago: one is proposed, of the other a certificate is left."""
    from cases.operations import triage
    from retention.models import Certificate
    from tests.factories import cases as factory
    from tests.factories import retention as over

    with acting_as(people["mentor"]):
        signals = [factory.signal(by=people["mentor"], first_name="Oud") for _ in range(2)]
    for signal in signals:
        with acting_as(people["regisseur"]):
            triage.reject(
                signal=signal,
                reason="own_chain",
                feedback="Dit hoort niet bij de JPP.",
                by=people["regisseur"],
            )
        over.long_ago("cases_signal", signal.pk, "decided_at", 8)
    made.proposal, done = over.propose()
    over.approve(done)
    over.work()
    with acting_as(people["fg"]):
        made.certificate = Certificate.objects.select_related("proposal").get()
