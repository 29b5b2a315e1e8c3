"""Values nobody should send, and names of fields nobody may fill in."""

import json
from uuid import UUID

from django import forms

from tests.test_house import OURS

NOT_THERE = UUID(int=7)
SCRIPT = (
    "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}{% debug %}</textarea><svg/onload=x>"
)

# One by one in every field.
BAD = {
    "long": "lang " * 6000,
    "nul": "a\x00b\x00",
    "invisible": "\u202eabc\u200b\u2066\ufeff",
    "script": SCRIPT,
    "negative": "-5",
    "huge": "1" + "0" * 30,
    "first day": "0001-01-01",
    "far day": "99999-12-31",
    "last day": "9999-12-31",
    "no day": "31-02-2026",
    "surrogate": b"\xed\xa0\x80 \xff\xfe",  # what a lone surrogate looks like on the wire
    "none": "None",
    "empty": "",
    "json": '{"a": [1, null]}',
    "list": ["1", "2", "x"],
    "uuid": str(NOT_THERE),
    "word": "nan",
    "digits": "²٣",  # digits by isdigit(), not by everybody
}


# Addresses: what may stand after the question mark.
def place(*values):
    """A place in a list as our pager writes it, with what it would never write."""
    import base64

    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


PLACES = {
    "two numbers": place(1, 2),
    "three numbers": place(1, 2, 3),
    "one number": place(1),
    "negative": place(-(2**62), -(2**62)),
    "too large": place(2**63, 2**70),
    "moments": place("2026-01-01T10:00:00+00:00", "2026-01-01T10:00:00+00:00"),
    "one moment": place("2026-01-01T10:00:00+00:00"),
    "naive": place("2026-01-01", 3),
    "naive moment": place("2026-01-01T10:00:00", 3),
    "first": place("0001-01-01T00:00:00+14:00", 3),
    "last": place("9999-12-31T23:59:59-12:00", 3),
    "three last": place(1, "9999-12-31T23:59:59-12:00", 3),
    "three": place("2026-01-01T10:00:00+00:00", 3, "2026-01-01T10:00:00+00:00"),
    "truth": place(True, False),
    "nothing": place(None, None),
    "lists": place([1], {"a": 1}),
    "deep": "W1tb" * 20_000,
    "not json": "YWJj",
    "not base64": "€€€!!",
    "nul": "a\x00b",
    "empty": "",
}

# Parts of records that no form may change.
MODEL_FIELDS = sorted({f.name for m in OURS for f in m._meta.concrete_fields} | {"pk", "is_staff"})


def _all_forms(form=forms.Form):
    for inner in form.__subclasses__():
        if not inner.__module__.startswith("tests."):
            yield inner
        yield from _all_forms(inner)


FORM_FIELDS = sorted(
    {name for form in _all_forms() for name in form.base_fields}
    | {"action", "besproken", "van", "partner", "on", "jaar", "row", "next", "uuid", "case", "key"}
)
