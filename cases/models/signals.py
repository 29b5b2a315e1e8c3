"""Signals: what a professional saw, first in quarantine, then told at the table of a case."""

import uuid
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from access.models import ListedModel, ScopedModel, ScopedQuerySet
from accounts.models import Municipality, Partner, User
from accounts.roles import DataClass
from cases.models.cases import Case
from cases.models.names import full_name
from cases.models.youths import Youth


class SignalState(models.TextChoices):
    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "ingediend"
    MORE_ASKED = "more_asked", "aanvulling gevraagd"
    ACCEPTED = "accepted", "geaccepteerd"
    REFERRED = "referred", "doorverwezen"
    REJECTED = "rejected", "afgewezen"
    WITHDRAWN = "withdrawn", "ingetrokken"


class Nature(models.TextChoices):
    """Facts are told apart from opinion (Wpg art. 4, third paragraph)."""

    FACT = "fact", "Feit"
    OBSERVED = "observed", "Eigen waarneming"
    HEARSAY = "hearsay", "Van horen zeggen"
    OPINION = "opinion", "Professioneel oordeel"
    SUSPICION = "suspicion", "Vermoeden"


class Role(models.TextChoices):
    SUSPECT = "suspect", "Verdacht"
    VICTIM = "victim", "Slachtoffer"
    WITNESS = "witness", "Getuige"
    INVOLVED = "involved", "Betrokken"


class Theme(models.TextChoices):
    WEAPONS = "weapons", "Wapens"
    DRUGS = "drugs", "Drugs"
    ONLINE = "online", "Online"
    VIOLENCE = "violence", "Geweld"
    VANDALISM = "vandalism", "Vernieling en brand"
    NUISANCE = "nuisance", "Overlast"
    TRUANCY = "truancy", "Verzuim"
    SEXUAL = "sexual", "Seksueel grensoverschrijdend"
    TRAFFICKING = "trafficking", "Uitbuiting en mensenhandel"
    GROUP = "group", "Groep"
    HOME = "home", "Thuis"
    HEALTH = "health", "Gezondheid en middelen"


class Urgency(models.TextChoices):
    NORMAL = "normal", "Kan wachten tot het volgende overleg"
    SOON = "soon", "Deze week"
    TODAY = "today", "Vandaag: er is direct gevaar"


class SignalGround(models.TextChoices):
    PUBLIC_TASK = "public_task", "Publieke taak van mijn organisatie"
    WPG_20 = "wpg_20", "Politiegegevens volgens het besluit (Wpg art. 20)"
    LEGAL_DUTY = "legal_duty", "Wettelijke plicht of meldrecht"
    CONSENT = "consent", "Toestemming voor dit aanbod"


class Informed(models.TextChoices):
    YES = "yes", "Ja"
    NO = "no", "Nee"


class BoaCapacity(models.TextChoices):
    SUPERVISION = "supervision", "Toezicht"
    INVESTIGATION = "investigation", "Opsporing"


class SignalQuerySet(ScopedQuerySet):
    def sent_by(self, user: User) -> Self:
        return self.filter(sender=user)

    def awaiting_triage(self) -> Self:
        return self.filter(state=SignalState.SUBMITTED)

    def with_news(self) -> Self:
        """Something was said or decided that the sender has not seen yet."""
        unseen = models.Q(news_seen_at=None) | models.Q(news_seen_at__lt=models.F("news_at"))
        return self.filter(unseen, news_at__isnull=False)


class Signal(ListedModel):
    """What was sent in. Read by the sender and by regie only; it stays here, also after triage.

    A draft may be incomplete; `rules.signals.missing_for_submit` says what lacks. `version` guards
    against two tabs saving over each other.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField("staat", max_length=12, choices=SignalState, default=SignalState.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    sender = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="melder")
    sender_partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="organisatie")

    first_name = models.CharField("voornaam", max_length=60, blank=True)
    prefix = models.CharField("tussenvoegsel", max_length=20, blank=True)
    last_name = models.CharField("achternaam", max_length=80, blank=True)
    birth_on = models.DateField("geboortedatum", null=True, blank=True)
    is_birth_unknown = models.BooleanField("geboortedatum onbekend", default=False)
    description = models.CharField("omschrijving van de jongere", max_length=300, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="woongemeente"
    )
    school = models.CharField("school", max_length=120, blank=True)

    observed = models.TextField("wat is er gezien of gehoord", max_length=20_000, blank=True)
    observed_on = models.DateField("wanneer", null=True, blank=True)
    location = models.CharField("plaats", max_length=120, blank=True, default="", db_default="")
    nature = models.CharField("aard van de informatie", max_length=10, choices=Nature, blank=True)
    role = models.CharField("rol van de jongere", max_length=10, choices=Role, blank=True)
    themes = ArrayField(
        models.CharField(max_length=12, choices=Theme), verbose_name="thema's", default=list, blank=True
    )
    urgency = models.CharField("spoed", max_length=10, choices=Urgency, default=Urgency.NORMAL)
    ground = models.CharField("grondslag", max_length=12, choices=SignalGround, blank=True)
    purpose = models.TextField("doel: wat moet het overleg bereiken", max_length=2000, blank=True)
    youth_informed = models.CharField("weet de jongere hiervan", max_length=3, choices=Informed, blank=True)
    parents_informed = models.CharField("weten de ouders hiervan", max_length=3, choices=Informed, blank=True)
    not_informed_because = models.CharField("waarom niet", max_length=300, blank=True)
    boa_capacity = models.CharField("vanuit", max_length=14, choices=BoaCapacity, blank=True)

    made_at = models.DateTimeField("begonnen op", db_default=Now())
    saved_at = models.DateTimeField("opgeslagen op", db_default=Now())
    submitted_at = models.DateTimeField("ingediend op", null=True)
    decided_at = models.DateTimeField("beoordeeld op", null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    referred_to = models.CharField("doorverwezen naar", max_length=120, blank=True)
    corrected = models.TextField("zo is het wel", max_length=20_000, blank=True, default="", db_default="")
    taken_back_at = models.DateTimeField("teruggenomen op", null=True)
    youth = models.ForeignKey(Youth, models.PROTECT, null=True, related_name="signals")
    news_at = models.DateTimeField("nieuws sinds", null=True)
    news_seen_at = models.DateTimeField("nieuws gezien op", null=True)

    objects = SignalQuerySet.as_manager()

    class Meta(ListedModel.Meta):
        verbose_name = "signaal"
        verbose_name_plural = "signalen"
        constraints = (
            models.CheckConstraint(
                name="signal_decided_pair",
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="signal_accepted_has_youth",
                condition=~models.Q(state=SignalState.ACCEPTED) | models.Q(youth__isnull=False),
            ),
        )
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["sender", "-id"], name="cases_signal_sender"),
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(state=SignalState.SUBMITTED),
                name="cases_signal_triage",
            ),
        )

    @property
    def youth_name(self) -> str:
        return full_name(self.first_name, self.prefix, self.last_name) or "naam onbekend"

    @property
    def has_news(self) -> bool:
        return self.news_at is not None and (self.news_seen_at is None or self.news_seen_at < self.news_at)

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.youth_id] if self.youth_id else []


class SignalNoteKind(models.TextChoices):
    QUESTION = "question", "Vraag van de regisseur"
    ANSWER = "answer", "Antwoord van de melder"
    FEEDBACK = "feedback", "Terugkoppeling"
    WITHDRAWN = "withdrawn", "Teruggenomen door de bron"
    CORRECTED = "corrected", "Verbeterd door de bron"


class SignalNote(ScopedModel):
    """What sender and regie said to each other about a signal."""

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="notes")
    kind = models.CharField("soort", max_length=10, choices=SignalNoteKind)
    text = models.TextField("tekst", max_length=4000)
    written_at = models.DateTimeField("geschreven op", db_default=Now())
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "bericht bij een signaal"
        verbose_name_plural = "berichten bij een signaal"
        ordering = ("written_at", "pk")

    @property
    def logged_youth_ids(self) -> list[int]:
        return self.signal.logged_youth_ids


class ToldSignalQuerySet(ScopedQuerySet):
    """What was told about the wrong youth is read by nobody any more; row security says the same."""

    def visible_to(self, user: User) -> Self:
        return super().visible_to(user).filter(unlinked_at=None)

    def readable_with(self, keys: list[int]) -> Self:
        return super().readable_with(keys).filter(unlinked_at=None)

    def standing(self) -> Self:
        """Not taken back by its source."""
        return self.exclude(corrections__kind="withdrawn")


class ToldSignal(ListedModel):
    """A signal as it was told at the table of a case. A signal about several youths is told once per youth.

    It is a row of its own: the regisseur leaves out what the table does not need. Only regie reads the
    signal behind it. Told about the wrong youth, it is taken away: see `WrongYouth`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="told_signals")
    signal = models.ForeignKey(Signal, models.PROTECT, related_name="tellings")
    source = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name="bron")
    text = models.TextField("tekst", max_length=20_000)
    observed_on = models.DateField("wanneer", null=True)
    location = models.CharField("plaats", max_length=120, blank=True, default="", db_default="")
    nature = models.CharField("aard van de informatie", max_length=10, choices=Nature)
    role = models.CharField("rol van de jongere", max_length=10, choices=Role)
    themes = ArrayField(models.CharField(max_length=12, choices=Theme), verbose_name="thema's", default=list)
    need = models.CharField(
        "waarom is de eigen keten niet genoeg", max_length=500, blank=True, default="", db_default=""
    )
    exception = models.CharField(
        "waarom ook al woont de jongere elders", max_length=300, blank=True, default="", db_default=""
    )
    told_at = models.DateTimeField("ingebracht op", db_default=Now())
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    unlinked_at = models.DateTimeField("losgemaakt op", null=True, editable=False)

    objects = ToldSignalQuerySet.as_manager()

    all_corrections: list[Any]  # the newest first; set by queries.with_corrections

    class Meta(ListedModel.Meta):
        verbose_name = "ingebracht signaal"
        verbose_name_plural = "ingebrachte signalen"
        indexes = (
            *ListedModel.Meta.indexes,
            models.Index(fields=["-told_at", "-id"], name="cases_toldsignal_newest"),
            models.Index(fields=["observed_on"], name="cases_toldsignal_observed"),
        )

    @property
    def logged_case_id(self) -> int:
        return self.case_id

    @property
    def logged_youth_ids(self) -> list[int]:
        return [self.case.youth_id]

    @property
    def is_masked(self) -> bool:
        """What is kept strictly shows itself only when somebody asks for it; that it was asked is logged."""
        return self.data_class != DataClass.BASIS
