"""The building blocks: what they show, and that user text stays text."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines

from foundation import gallery
from foundation.templatetags import components

ROOT = Path(__file__).parent.parent.parent
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
BLOCKS = sorted(path.stem for path in (ROOT / "templates" / "components").glob("*.html"))


def render(source, **context):
    return engines["django"].from_string("{% load components %}" + source).render(context)


class Form(forms.Form):
    name = forms.CharField(label="Naam", help_text="Voluit")
    note = forms.CharField(label="Notitie", required=False, widget=forms.Textarea)
    nature = forms.ChoiceField(label="Hoe weet u dit?", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Akkoord", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


# --- complete -------------------------------------------------------------------------------------
def test_every_block_has_a_function_and_stands_in_the_gallery():
    examples = {example.name for _, group in gallery.GROUPS for example in group}
    assert set(BLOCKS) == set(components.register.tags), "one function, one template"
    assert set(BLOCKS) - examples == {"form_errors"}, "form_errors is shown with the form"


@pytest.mark.parametrize("example", [e for _, group in gallery.GROUPS for e in group], ids=lambda e: e.name)
def test_every_example_renders(example):
    assert example.html.strip()
    assert example.source


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    asked = set()
    for path in [*(ROOT / "templates").rglob("*.html"), *ROOT.glob("*/**/*.py")]:
        if ".venv" not in path.parts:
            asked |= set(re.findall(r"""(?:\bicon[= ]|"icon": )"([a-z][a-z0-9-]+)\"""", path.read_text()))
    assert asked
    assert asked - set(gallery.icon_names()) == set()


def test_no_file_of_ours_in_css_is_missing():
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        for url in re.findall(r'url\("(?!data:)([^"]+)"\)', sheet.read_text()):
            assert (sheet.parent / url).resolve().exists(), f"{sheet.name}: {url}"


# --- user text stays text -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "source",
    [
        "{% badge x %}",
        "{% badge 'a' x %}",
        "{% level_badge x x %}",
        "{% person_name x x %}",
        "{% key_hint x x %}",
        "{% icon 'x' x %}",
        "{% button_link x x %}",
        "{% submit x name=x value=x %}",
        "{% post_form x x confirm=x %}{{ x }}{% endpost_form %}",
        "{% page_heading x lead=x back_url=x back_label=x %}{{ x }}{% endpage_heading %}",
        "{% panel x note=x id=x actions=x %}{{ x }}{% endpanel %}",
        "{% callout 'info' x %}{{ x }}{% endcallout %}",
        "{% empty x x x x %}",
        "{% data_table x %}{{ x }}{% enddata_table %}",
        "{% figure x alt=x caption=x %}{{ x }}{% endfigure %}",
        "{% field_row %}{{ x }}{% endfield_row %}",
        "{% progress x 10 x %}",
        "{% save_status x %}{% save_status problem=x %}",
        "{% conflict x x field=x version=x by=x at=x %}",
        "{% description_list rows %}",
        "{% timeline entries %}",
        "{% stepper steps %}",
        "{% task_list steps %}",
        "{% pager page noun=x %}",
    ],
)
def test_hostile_text_is_escaped(source):
    entry = dict.fromkeys(("date", "title", "text", "source", "nature", "url"), HOSTILE)
    html = render(
        source,
        x=HOSTILE,
        rows=[(HOSTILE, HOSTILE)],
        entries=[{**entry, "badges": [(HOSTILE, HOSTILE)]}],
        steps=[{"label": HOSTILE, "state": HOSTILE, "url": HOSTILE, "title": HOSTILE, "text": HOSTILE}],
        page=SimpleNamespace(newer_url=HOSTILE, older_url=HOSTILE, count_text=HOSTILE),
    )
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert ESCAPED in html


def test_hostile_text_in_a_form_is_escaped():
    form = Form({"name": "", "note": HOSTILE})
    form.add_error("note", HOSTILE)
    form.fields["name"].label = form.fields["name"].help_text = HOSTILE
    html = render("{% form_errors form %}{{ form }}{% filter_bar form %}", form=form)
    assert "<script>" not in html
    assert "<img src=x" not in html


def test_a_slot_is_not_escaped_twice():
    html = render("{% panel 'Kop' %}<p>{{ x }}</p>{% endpanel %}", x="a & b")
    assert "<p>a &amp; b</p>" in html


def test_a_button_made_with_as_fits_in_actions():
    html = render("{% button_link '/x' 'Wijzig' as edit %}{% panel 'Kop' actions=edit %}{% endpanel %}")
    assert '<a class="button button--secondary" href="/x">' in html


# --- forms ----------------------------------------------------------------------------------------
def test_field_order_is_label_hint_error_input():
    html = render("{{ form.name.as_field_group }}", form=Form({}))
    places = [html.index(part) for part in ("<label", "id_name_helptext", "id_name_error", "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so_and_a_single_checkbox_does_not():
    form = Form()
    assert "(niet verplicht)" in render("{{ form.note.as_field_group }}", form=form)
    assert "(niet verplicht)" not in render("{{ form.name.as_field_group }}", form=form)
    assert "(niet verplicht)" not in render("{{ form.agreed.as_field_group }}", form=form)


def test_radios_are_a_group_with_a_legend():
    html = render("{{ form.nature.as_field_group }}", form=Form())
    assert "<fieldset" in html
    assert "<legend" in html


def test_error_summary_links_to_fields_that_exist():
    form = Form({"version": "x"})
    summary = render("{% form_errors form %}", form=form)
    page = render("{{ form }}", form=form)
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["id_name", "id_nature_0"]
    for target in targets:
        assert f'id="{target}"' in page
    assert "geheel getal" in summary, "an error of a hidden field is told too"


def test_no_error_summary_without_errors():
    assert render("{% form_errors form %}", form=Form()) == ""


def test_filter_offers_to_clear_only_when_it_filters():
    assert "Wis filters" not in render("{% filter_bar form %}", form=Form())
    assert "Wis filters" in render("{% filter_bar form %}", form=Form({"name": "x"}))


# --- behaviour of some blocks ---------------------------------------------------------------------
def test_post_form_carries_the_token_and_the_question():
    html = render(
        "{% post_form '/x' 'Sluit' confirm='Zeker?' %}<input name='v'>{% endpost_form %}", csrf_token="abc"
    )
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'data-confirm="Zeker?"' in html
    assert "<input name='v'>" in html


def test_progress_asks_again_until_it_is_done():
    assert 'hx-get="/werk"' in render("{% progress '/werk' 40 'Verslag' %}")
    assert "hx-get" not in render("{% progress '/werk' 100 'Klaar' %}")
    assert " value=" not in render("{% progress '/werk' percent 'Wacht' %}", percent=None)


def test_facts_are_written_in_words():
    rows = [
        ("a", date(2011, 4, 2)),
        ("b", True),
        ("c", ""),
        ("d", 0),
        ("e", datetime(2026, 7, 1, 8, tzinfo=UTC)),
    ]
    html = render("{% description_list rows %}", rows=rows)
    assert "2 april 2011" in html
    assert "<dd>ja</dd>" in html
    assert html.count("niet ingevuld") == 1
    assert "1 juli 2026, 10:00" in html


def test_empty_works_in_the_empty_part_of_a_loop():
    html = render(
        "{% for row in rows %}{{ row }}{% empty %}{% empty 'Niets' 'Nog niets.' %}{% endfor %}", rows=[]
    )
    assert "Niets" in html


def test_versions_are_not_written_with_thousands_points():
    assert 'data-conflict-version="12345"' in render("{% conflict 'a' 'b' version=v %}", v=12345)
