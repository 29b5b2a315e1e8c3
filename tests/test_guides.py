"""The guides and their pictures: each picture that is named is there, says in words what it shows, and is small."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"
FOLDER = DOCS / "beelden"
GUIDES = sorted(DOCS.glob("gids-*.md"))
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MOST_BYTES = 150 * 1024
PNG = b"\x89PNG\r\n\x1a\n"


def shown_in(guide):
    return SHOWN.findall(guide.read_text())


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_each_picture_is_there_and_says_in_words_what_it_shows(guide):
    shown = shown_in(guide)
    assert shown, "a guide without a picture"
    for words, address in shown:
        raw = (DOCS / address).read_bytes()
        assert raw.startswith(PNG) and len(raw) <= MOST_BYTES, f"{address}: {len(raw)} bytes"
        assert len(words) >= 40 and words.endswith("."), f"{address}: say what it shows"


def test_each_picture_is_used_once_and_made_by_a_scene():
    used = [Path(address).stem for guide in GUIDES for _, address in shown_in(guide)]
    scenes = (Path(__file__).parent / "journeys" / "test_pictures.py").read_text()
    made = re.findall(r'picture\(\w+, "([a-z-]+)"\)', scenes)
    assert sorted(used) == sorted(made) == sorted(path.stem for path in FOLDER.iterdir())
