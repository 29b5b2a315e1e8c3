"""The building blocks of every page: one function here, one file in templates/components/.

Each is shown with its usage on the page /componenten/. Values are escaped by the templates; a slot (the
content of a block tag) is template output already. Words carry the meaning; colour only repeats it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from django import template
from django.forms import BaseForm
from django.template import Context
from django.template.defaultfilters import date as format_date
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import is_aware, localtime

register = template.Library()

MESSAGE_KINDS = {"success": "positive", "warning": "warning", "error": "negative"}
KIND_ICONS = {
    "info": "info",
    "positive": "circle-check",
    "warning": "triangle-alert",
    "negative": "circle-alert",
    "neutral": "info",
}


class Page(Protocol):
    """What the pager needs of a page of a long list."""

    newer_url: str
    older_url: str
    count_text: str


def part(template_name: str, /, **context: Any) -> SafeString:
    """One building block, from its own template."""
    return render_to_string(f"components/{template_name}.html", context)


def shown(value: Any) -> Any:
    """A value as people write it: days and moments in Dutch, yes and no in words, the rest as it is."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return format_date(localtime(value) if is_aware(value) else value, "j F Y, H:i")
    if isinstance(value, date):
        return format_date(value, "j F Y")
    return value


# --- words, signs, buttons ------------------------------------------------------------------------
@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration and screen readers skip it."""
    return part("icon", name=name, label=label)


@register.simple_tag
def badge(text: Any, kind: str = "neutral") -> SafeString:
    """A short state: neutral, info, positive, warning or negative. Never use it to rank people."""
    return part("badge", text=text, kind=kind)


@register.simple_tag
def level_badge(level: str, label: str = "") -> SafeString:
    """The code of a level in a plain frame: all levels look alike, because none is better or worse."""
    return part("level_badge", level=str(level), label=label or getattr(level, "label", ""))


@register.simple_tag
def person_name(name: str, detail: str = "") -> SafeString:
    """A name, kept apart from the text around it whatever letters it holds, with an optional detail."""
    return part("person_name", name=name, detail=detail)


@register.simple_tag
def key_hint(key: str, label: str = "") -> SafeString:
    """Shows a shortcut; the key itself is set by data-key on the link, button or field."""
    return part("key_hint", key=key, label=label)


@register.simple_tag
def button_link(url: str, label: str, icon: str = "", kind: str = "secondary", key: str = "") -> SafeString:
    """A link that looks like a button: primary (one per page), secondary, subtle or danger."""
    return part("button_link", url=url, label=label, icon=icon, kind=kind, key=key)


@register.simple_tag
def submit(
    label: str, kind: str = "primary", icon: str = "", key: str = "", name: str = "", value: str = ""
) -> SafeString:
    """The button that sends the form around it."""
    return part("submit", label=label, kind=kind, icon=icon, key=key, name=name, value=value)


@register.simple_block_tag(takes_context=True)
def post_form(
    context: Context,
    content: str,
    url: str,
    label: str,
    kind: str = "secondary",
    confirm: str = "",
    icon: str = "",
    key: str = "",
) -> SafeString:
    """One button that changes something. The slot may hold hidden fields; `confirm` asks before sending."""
    values = {"url": url, "label": label, "kind": kind, "confirm": confirm, "icon": icon, "key": key}
    return part("post_form", content=content, csrf_token=context.get("csrf_token"), **values)


# --- the parts of a page ---------------------------------------------------------------------------
@register.simple_block_tag
def page_heading(
    content: str, title: str, lead: str = "", back_url: str = "", back_label: str = "Terug"
) -> SafeString:
    """The h1: the question or the subject of the page. The slot holds its actions."""
    values = {"title": title, "lead": lead, "back_url": back_url, "back_label": back_label}
    # strip() gives back plain text; the slot was escaped by the template it came from.
    return part("page_heading", content=SafeString(content.strip()), **values)


@register.simple_block_tag
def panel(
    content: str, title: str, note: str = "", level: int = 2, id: str = "", actions: str = ""
) -> SafeString:
    """A framed part of a page with its own heading. `actions` takes a button made with `as`."""
    values = {"title": title, "note": note, "level": str(level), "id": id, "actions": actions}
    return part("panel", content=content, **values)


@register.simple_block_tag
def callout(content: str, kind: str = "info", title: str = "") -> SafeString:
    """Something to know before reading on: info, positive, warning, negative or neutral."""
    return part("callout", content=content, kind=kind, title=title, icon=KIND_ICONS.get(kind, "info"))


@register.simple_tag
def empty(title: str, text: str = "", action_url: str = "", action_label: str = "") -> SafeString:
    """What to say when there is nothing, and what to do next. (In a for loop: only after its own empty.)"""
    return part("empty", title=title, text=text, action_url=action_url, action_label=action_label)


@register.simple_tag(takes_context=True)
def message_area(context: Context) -> SafeString:
    """Django's messages, and the place where refusals of htmx requests are shown. One per page."""
    messages = [
        {"text": message, "kind": MESSAGE_KINDS.get(message.level_tag, "info")}
        for message in context.get("messages") or []
    ]
    return part("message_area", messages=messages)


@register.simple_tag
def task_list(items: Iterable[Mapping[str, Any]]) -> SafeString:
    """What needs doing now, for the start page: count, title, text, url per item."""
    return part("task_list", items=items)


# --- facts and lists -------------------------------------------------------------------------------
@register.simple_tag
def description_list(rows: Iterable[tuple[str, Any]]) -> SafeString:
    """Facts as (term, value). An empty value is shown as "niet ingevuld"."""
    return part("description_list", rows=[(term, shown(value)) for term, value in rows])


@register.simple_block_tag
def data_table(content: str, caption: str, caption_hidden: bool = False, cards: bool = True) -> SafeString:
    """A table that becomes cards on a phone (narrow tables of figures: cards=False).

    The slot holds thead and tbody; each td has data-label.
    """
    return part("data_table", content=content, caption=caption, caption_hidden=caption_hidden, cards=cards)


@register.simple_tag
def timeline(entries: Iterable[Mapping[str, Any]], wide: bool = False) -> SafeString:
    """A chronology. Per entry: date, title; if any: icon, text, source, nature, url, badges (text, kind).

    An entry that is kept strictly has a `reveal_url` instead of a text.
    """
    rows = [{**entry, "date_text": shown(entry["date"])} for entry in entries]
    return part("timeline", entries=rows, wide=wide)


@register.simple_tag
def reveal(url: str) -> SafeString:
    """A text that shows itself only when somebody asks for it; the page behind the address writes that down."""
    return part("reveal", url=url)


# What there is one of, for under a list.
ONE_OF = {
    "dossiers": "dossier",
    "exports": "export",
    "gebeurtenissen": "gebeurtenis",
    "gebruikers": "gebruiker",
    "groepen": "groep",
    "regels": "regel",
    "samenvattingen": "samenvatting",
    "signalen": "signaal",
    "verzoeken": "verzoek",
    "vlaggen": "vlag",
}


@register.simple_tag
def pager(
    page: Page, noun: str = "in totaal", newer_label: str = "Nieuwer", older_label: str = "Ouder"
) -> SafeString:
    """Links to the parts of a long list before and after this one, and how much there is ("1000+")."""
    labels = {"noun": noun, "one": ONE_OF.get(noun, noun)}
    return part("pager", page=page, newer_label=newer_label, older_label=older_label, **labels)


@register.simple_block_tag
def figure(
    content: str, src: str, alt: str, caption: str, narrow_src: str = "", wide: bool = False
) -> SafeString:
    """A chart as an image, with the same figures as a table in the slot: beside it, or under it (`wide`).

    `narrow_src` is the chart for a phone.
    """
    values = {"src": src, "alt": alt, "caption": caption, "narrow_src": narrow_src, "wide": wide}
    return part("figure", content=content, **values)


@register.simple_tag
def stepper(steps: Iterable[Mapping[str, Any]], row: bool = False) -> SafeString:
    """Where you are in a fixed order. Per step: label, state (done, current, todo) and optionally url."""
    return part("stepper", steps=steps, row=row)


# --- forms and saving ------------------------------------------------------------------------------
@register.simple_tag
def form_errors(form: BaseForm) -> SafeString:
    """All errors of a form together, each a link to its field. Nothing when there are none."""
    if not form.is_bound or not form.errors:
        return SafeString("")
    rows = [
        {"target": bound.id_for_label or f"{bound.auto_id}_0", "label": bound.label.rstrip(":"), "text": text}
        for bound in form.visible_fields()
        for text in bound.errors
    ]
    hidden = [text for bound in form.hidden_fields() for text in bound.errors]
    return part("form_errors", rows=rows, general=[*form.non_field_errors(), *hidden])


@register.simple_block_tag
def field_row(content: str) -> SafeString:
    """Fields beside each other on a wide screen: {{ form.name.as_field_group }} for each."""
    return part("field_row", content=content)


@register.simple_tag
def filter_bar(form: BaseForm, label: str = "Filteren") -> SafeString:
    """A form whose answers stand in the address (GET), above the list it narrows."""
    is_active = form.is_bound and any(form.data.get(form.add_prefix(name)) for name in form.fields)
    return part("filter_bar", form=form, label=label, is_active=is_active)


@register.simple_tag
def progress(job_url: str, percent: int | None, label: str) -> SafeString:
    """How far long work is; asks `job_url` for itself every two seconds until percent is 100."""
    percent_text = "" if percent is None else str(min(max(percent, 0), 100))
    return part("progress", job_url=job_url, percent=percent_text, label=label)


@register.simple_tag
def save_status(saved_at: Any = "", problem: str = "") -> SafeString:
    """The place where autosave.js tells whether the text is stored; in words, with the time."""
    return part("save_status", saved_at=saved_at, problem=problem)


@register.simple_tag
def conflict(
    mine: str,
    theirs: str,
    field: str = "",
    version: Any = "",
    by: str = "",
    at: Any = "",
    label: str = "",
    value: str | None = None,
) -> SafeString:
    """Two texts side by side when a stale save was refused; neither is lost. `version` is the newest.

    Several in one form: give each its label. For a choice, `value` is what the browser sends for it.
    """
    values = {
        "field": field, "version": str(version), "by": by, "at": shown(at), "label": label, "value": value
    }  # fmt: skip
    return part("conflict", mine=mine, theirs=theirs, **values)
