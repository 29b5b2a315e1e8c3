"""What a password must be."""

import hashlib

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError

from accounts.passwords import BreachedPasswordValidator


def problems(password):
    try:
        validate_password(password)
    except ValidationError as refused:
        return refused.messages
    return []


def test_fifteen_characters_and_not_one_that_everybody_takes():
    assert problems("veertien-teken")
    assert problems("correct paard batterij nietje") == []
    assert problems("1qaz2wsx3edc4rfv")  # long, and on the common list


@pytest.mark.parametrize("length", [64, 128, 1000])
def test_a_long_one_is_taken_whole(length, client, mentor, settings):
    settings.MFA_REQUIRED = False
    password = ("een zin van vele woorden en tekens ëé€ " * 30)[:length]
    mentor.set_password(password)
    mentor.save()
    assert (
        client.post("/inloggen/", {"username": "mentor", "password": password[:-1] + "x"}).status_code == 400
    )
    assert client.post("/inloggen/", {"username": "mentor", "password": password}).status_code == 302


@pytest.mark.parametrize("ending", ["", ":7", ":12\r"])
@pytest.mark.parametrize("size", [1, 2, 3, 500])
def test_a_breached_password_is_found_in_the_file(tmp_path, size, ending):
    known = [f"uitgelekt wachtwoord {number}" for number in range(size)]
    lines = sorted(hashlib.sha1(p.encode()).hexdigest().upper() for p in known)
    path = tmp_path / "list.txt"
    path.write_bytes("".join(f"{line}{ending}\n" for line in lines).encode())
    validator = BreachedPasswordValidator(str(path))
    for password in known:
        with pytest.raises(ValidationError, match="uitgelekt"):
            validator.validate(password)
    for number in range(50):
        validator.validate(f"niet uitgelekt {number}")


def test_a_path_that_leads_nowhere_is_no_silent_pass(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="geen bestand"):
        BreachedPasswordValidator(str(tmp_path / "weg.txt"))


def test_an_empty_file_refuses_nothing(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    BreachedPasswordValidator(str(tmp_path / "empty.txt")).validate("wat dan ook")


def test_pasting_is_possible(client, db):
    page = client.get("/inloggen/").content.decode()
    assert "onpaste" not in page
    assert 'autocomplete="current-password"' in page
