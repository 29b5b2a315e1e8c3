"""Every template can be read by Django: no unknown tag, no block that is left open."""

from pathlib import Path

import pytest
from django.template.loader import get_template

FOLDER = Path(__file__).parent.parent.parent / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_the_template_can_be_read(name):
    assert get_template(name)
