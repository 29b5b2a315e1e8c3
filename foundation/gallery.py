"""What the page Componenten shows: every building block, live, with the template text that makes it.

Each example is a file in templates/components/examples/; this module names them and gives them sample data.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Engine, Template
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Example:
    """One building block on the page: its anchor, its Dutch name and when to use it."""

    name: str
    title: str
    use: str
    is_live: bool = True

    @property
    def source(self) -> str:
        """The template text, to copy."""
        return str(self._template().source).strip()

    @property
    def html(self) -> SafeString:
        """The same text, rendered."""
        return self._template().render(Context(sample()))

    def _template(self) -> Template:
        return Engine.get_default().get_template(f"components/examples/{self.name}.html")


GROUPS: list[tuple[str, list[Example]]] = [
    (
        "Pagina",
        [
            Example(
                "page_heading",
                "Paginakop",
                "De titel is de vraag of het onderwerp. Zie de kop van deze pagina.",
                False,
            ),
            Example("panel", "Paneel", "Een deel van een pagina met een eigen kop."),
            Example("callout", "Mededeling", "Iets om te weten voordat u verder leest."),
            Example("empty", "Niets te tonen", "Zegt waarom het leeg is en wat iemand nu kan doen."),
            Example(
                "message_area",
                "Berichten",
                "Staat al in base.html. Hier verschijnt ook een weigering.",
                False,
            ),
            Example("task_list", "Wat moet ik nu doen", "Voor de startpagina: één regel per soort werk."),
        ],
    ),
    (
        "Woorden en tekens",
        [
            Example("badge", "Stand", "De woorden dragen de betekenis. Nooit om jongeren te vergelijken."),
            Example("level_badge", "Niveau", "Alle niveaus zien er hetzelfde uit: geen is beter of erger."),
            Example(
                "person_name",
                "Naam",
                "Houdt een naam apart van de tekst eromheen, welke letters er ook staan.",
            ),
            Example("icon", "Pictogram", "Versiering zonder label, betekenis met label."),
            Example("key_hint", "Sneltoets", "Toont een toets. De toets zelf staat in data-key."),
        ],
    ),
    (
        "Knoppen",
        [
            Example("button_link", "Knop die ergens heen gaat", "Eén hoofdknop per pagina."),
            Example(
                "post_form",
                "Knop die iets wijzigt",
                "Een formulier met één knop; kan eerst om bevestiging vragen.",
            ),
            Example("submit", "Verstuurknop", "De knop van het formulier eromheen."),
        ],
    ),
    (
        "Feiten en lijsten",
        [
            Example("description_list", "Feiten", "Begrip en waarde. Leeg wordt: niet ingevuld."),
            Example("data_table", "Tabel", "Wordt kaarten op een telefoon: geef elke cel een data-label."),
            Example("pager", "Bladeren", "Nieuwer en ouder, zonder paginanummers."),
            Example("timeline", "Chronologie", "Wat er gebeurde, met bron en aard van de informatie."),
            Example(
                "reveal",
                "Afgeschermde tekst",
                "Voor strengere gegevens: pas te lezen na een klik, die in het logboek komt.",
                False,
            ),
            Example("stepper", "Stappen", "Waar u bent in een vaste volgorde."),
            Example("figure", "Grafiek", "Een afbeelding met dezelfde cijfers als tabel ernaast."),
        ],
    ),
    (
        "Formulieren en opslaan",
        [
            Example("form", "Formulier", "Label, uitleg, fout, veld. Fouten staan ook samen bovenaan."),
            Example("field_row", "Velden naast elkaar", "Alleen voor korte velden die bij elkaar horen."),
            Example("filter_bar", "Filter", "De antwoorden staan in het adres, zodat u ze kunt delen."),
            Example("progress", "Voortgang", "Lang werk. U kunt weggaan; het gaat door."),
            Example("save_status", "Opgeslagen of niet", "In woorden, met de tijd."),
            Example(
                "conflict",
                "Twee teksten",
                "Een verouderde tekst wordt niet opgeslagen en gaat niet verloren.",
            ),
        ],
    ),
]


class SampleForm(forms.Form):
    """One field of each kind, as a writer of a form would declare them."""

    name = forms.CharField(label="Naam van de jongere", max_length=120)
    born_on = forms.DateField(
        label="Geboortedatum",
        required=False,
        help_text="Weet u deze niet? Laat het veld leeg en beschrijf de jongere hieronder.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    municipality = forms.ChoiceField(
        label="Gemeente", choices=[("", "Kies een gemeente"), ("h", "Heerlen"), ("k", "Kerkrade")]
    )
    nature = forms.ChoiceField(
        label="Hoe weet u dit?",
        choices=[("eigen", "Eigen waarneming"), ("horen", "Van horen zeggen"), ("vermoeden", "Vermoeden")],
        widget=forms.RadioSelect,
    )
    seen = forms.CharField(
        label="Wat is er gezien?",
        help_text="Schrijf op wat er gebeurde. Laat weg wat niet nodig is.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    informed = forms.BooleanField(label="De jongere en de ouders weten van deze melding", required=False)


class SampleFilter(forms.Form):
    """A filter above a list."""

    words = forms.CharField(label="Zoek op naam", required=False)
    level = forms.ChoiceField(
        label="Niveau", required=False, choices=[("", "Alle niveaus"), ("JPP", "JPP"), ("LJA", "LJA")]
    )


FACTS = [
    ("Geboren", date(2011, 4, 2)),
    ("School", "Voorbeeldcollege"),
    ("Ouders ingelicht", True),
    ("Telefoon", ""),
]
TASKS = [
    {
        "count": 3,
        "title": "signalen wachten op triage",
        "text": "De oudste is van gisteren.",
        "url": "#task_list",
    },
    {"count": 0, "title": "acties zijn over tijd", "url": "#task_list"},
]
ENTRIES = [
    {
        "date": date(2026, 11, 18),
        "icon": "gavel",
        "title": "Besloten: jongerencoach voor acht weken",
        "text": "Begint op 23 november. Terug op het JPP van 13 januari.",
        "source": "JPP Parkstad",
    },
    {
        "date": date(2026, 11, 11),
        "icon": "inbox",
        "title": "Signaal van het Voorbeeldcollege",
        "text": "Drie keer niet op school geweest. De mentor sprak met moeder.",
        "source": "M. Testman, mentor",
        "nature": "eigen waarneming",
        "badges": [("Leerplicht", "neutral")],
    },
]
STEPS = [
    {"label": "Signaal", "state": "done"},
    {"label": "Agenda", "state": "current"},
    {"label": "Overleg", "state": "todo"},
    {"label": "Verslag", "state": "todo"},
]
CHART = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 180'%3E"
    "%3Cg fill='%230b5563'%3E%3Crect x='20' y='70' width='60' height='90'/%3E"
    "%3Crect x='120' y='40' width='60' height='120'/%3E%3Crect x='220' y='85' width='60' height='75'/%3E"
    "%3Crect x='320' y='55' width='60' height='105'/%3E%3C/g%3E%3Cpath d='M0 160.5h400' "
    "stroke='%2374838a'/%3E%3C/svg%3E"
)


def sample() -> dict[str, Any]:
    """Fictional values for the examples."""
    typed = {"name": "Noor Voorbeeld", "born_on": "2011-04-02", "seen": "Om elf uur op het plein."}
    return {
        "csrf_token": "voorbeeld",
        "facts": FACTS,
        "tasks": TASKS,
        "entries": ENTRIES,
        "steps": STEPS,
        "page": {"newer_url": "", "older_url": "#pager", "count_text": "1000+"},
        "sample_form": SampleForm(typed),
        "sample_filter": SampleFilter({"words": "Voorbeeld"}),
        "chart": CHART,
        "icons": icon_names(),
    }


def icon_names() -> list[str]:
    """Every icon in the sprite."""
    sprite = finders.find("icons.svg")
    return re.findall(r'<symbol id="([^"]+)"', Path(sprite).read_text()) if sprite else []


def context() -> dict[str, Any]:
    """What foundation/gallery.html needs."""
    return {"groups": GROUPS}


def meeting_context() -> dict[str, Any]:
    """What foundation/gallery_meeting.html needs: a fictional afternoon."""
    names = {
        "Heerlen": ["Noor Voorbeeld", "Şahin Testman", "Lotte Fictief", "Bram Denkbeeld"],
        "Kerkrade": ["Zoë Verzonnen", "Ayoub Nepnaam", "Łukasz Schijn"],
        "Landgraaf": ["Femke Proef", "Daan Zogenaamd"],
    }
    groups, number = [], 0
    for municipality, youths in names.items():
        items = []
        for name in youths:
            number += 1
            state = "besloten" if number < 3 else "nu" if number == 3 else ""
            items.append({"number": number, "name": name, "state": state})
        groups.append({"title": municipality, "items": items})
    return {"agenda": groups, "entries": ENTRIES, "total": number}
