"""The doors of the wiring."""

from tests import cast
from tests.doors import Door

DOORS = {"home": Door(ok=set(cast.PEOPLE))}
