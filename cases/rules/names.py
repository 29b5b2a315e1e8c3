"""Which two names may be one name: spellings, short forms, prefixes, swapped order. Knows no database.

PostgreSQL finds with trigrams and with the keys of `sound_keys`; what it finds is judged here.
"""

import re
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from cases.models.names import search_form

SAME = 0.95  # from here on two words are one name, differently written
PREFIXES = frozenset({
    "van", "de", "der", "den", "vd", "vdr", "vande", "vander", "vanden", "het", "t", "s", "ten", "ter", "te", "op",
    "in", "aan", "el", "al", "ait", "ou", "abu", "da", "dos", "di", "la", "le", "von", "zu", "bin",
})  # fmt: skip
# Names of one word that are one name. The first of a line is the key under which all of it is found.
VARIANTS = """
mohamed muhammed mohammed mohammad muhammad muhammet mohamet mo moh moes mohand mehmet mehmed memet
ahmed achmed ahmet amed
abdel abdul abdu abd
youssef joesoef yusuf yoesoef jusuf yousef youssouf joseph
hassan hasan
hussein huseyin hoseyin hossein hoessein
omar omer oemer umar
said saied sait
ibrahim brahim abraham
ismail ismael
othman otmane osman utman
noureddine nordin nourdine noureddin nuredin
redouan redwan ridouan redouane ridwan
abdelkader abdelkadir
fatima fatma fatiha
chaima chaimae shaima chaimaa
khadija khadisha hadija khadijah
aisha ayse aysche aische aicha
zeynep zeyneb seynep zineb
djamal jamal
djamila jamila
cem djem
cemal jemal
mariam meryem maryam
michael michal mick mike michiel miguel mihail
lukas lukasz lucas luc luuk luca lukasch
sara saar sarah
jacob jakub jacub jakob jaap kuba koos jacobus jacques sjaak
thomas tomasz tomas tom tomek
bartholomeus bartosz bartos bartek bart
alexander aleksander lex sander alex xander
alexandra aleksandra ola sandra
catharina katarzyna katarzina kasia katrien karin trijn
margaretha malgorzata gosia greet
christoffel krzysztof krzystof kristof christophe
simon szymon schimon
joris sjors george jurgen
sebastiaan bas bastiaan sebastian
hendrik henk rik hein
cornelis kees cor
antonius anton antoon toon ton teun antonie
elisabeth bep lies els betty liesbeth elizabeth
maria mieke marie mia riet
johannes jo hans johan jan joannes
nicolaas nick klaas nico niels
pieter piet peter petrus pjotr piotr
willem wim wil
gijsbert gijs
albert bert ab
maximiliaan max maximilian
timotheus tim
xavier javier
victoria wiktoria
quincy kwincy
quinten kwinten
wojciech woiciech
"""
# Ways to write one sound, in Dutch and in names from elsewhere. Longer ones first.
SOUNDS = (
    ("tsch", "c"), ("sch", "s"), ("rz", "s"), ("sz", "s"), ("cz", "c"), ("sj", "s"), ("sh", "s"), ("dj", "i"),
    ("quae", "kwa"), ("qua", "kwa"), ("qu", "kw"), ("kh", "g"), ("gh", "g"), ("ch", "g"), ("ckx", "ks"), ("ck", "k"),
    ("ph", "f"), ("th", "t"), ("dt", "t"), ("eij", "i"), ("ij", "i"), ("ei", "i"), ("uij", "ui"), ("uy", "ui"),
    ("oe", "u"), ("oo", "o"), ("aou", "aw"), ("eou", "ew"), ("iou", "iw"), ("ouw", "u"), ("ou", "u"), ("au", "u"), ("ae", "a"),
    ("y", "i"), ("q", "k"), ("c", "k"), ("x", "ks"), ("j", "i"), ("w", "f"), ("v", "f"), ("z", "s"),
)  # fmt: skip
VOWELS = "aeiou"


@cache
def _canonical() -> dict[str, str]:
    lines = [line.split() for line in VARIANTS.strip().splitlines()]
    return {word: line[0] for line in lines for word in line}


def words(name: str) -> list[str]:
    """The words of a name that tell people apart; prefixes only when there is nothing else."""
    found = [word for word in re.split(r"[^\w]+", search_form(name)) if word]
    return [word for word in found if word not in PREFIXES] or found


@lru_cache(maxsize=4096)
def sounds(word: str) -> tuple[str, ...]:
    """How it sounds, roughly: one letter for a sound, no doubled letters, no silent end.

    Two readings where ch is a Dutch g or a sh, and c before e or i a k or an s.
    """
    soft = re.sub(r"c(?=[ei])", "s", re.sub(r"ch|ckh", "s", word.replace("sch", "s")))
    return tuple(dict.fromkeys((_heard(word), _heard(soft))))


def _heard(word: str) -> str:
    word = re.sub(r"ou(?=[aei])", "w", word)
    for written, heard in SOUNDS:
        word = word.replace(written, heard)
    word = re.sub(r"(?<!^)h", "", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"d$", "t", word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _letter_cost(one: str, other: str) -> float:
    """How far apart two sounds are: a vowel counts for half, a first consonant for two."""
    if one == other:
        return 0
    cost = 0.0
    for edit in Levenshtein.editops(one, other):
        taken = one[edit.src_pos] if edit.tag != "insert" else ""
        put = other[edit.dest_pos] if edit.tag != "delete" else ""
        is_vowel = all(letter in VOWELS for letter in taken + put)
        is_first = edit.src_pos == 0 and edit.dest_pos == 0
        cost += 0.5 if is_vowel else 2 if is_first else 1
    return cost


def word_likeness(one: str, other: str, *, is_given: bool) -> float:
    """From 0 (two names) to 1 (the same letters)."""
    if one == other:
        return 1.0
    variants = _canonical()
    if variants.get(one, one) == variants.get(other, other):
        return SAME
    if min(len(one), len(other)) == 1:
        return 0.8 if one[0] == other[0] else 0.0
    if is_given and _end(one) + _end(other) in ("a-", "-a"):
        return 0.0  # Karim and Karima are brother and sister
    return max(_heard_alike(*readings) for readings in product(sounds(one), sounds(other)))


def _end(word: str) -> str:
    """The last letter when that is a vowel."""
    return word[-1] if word[-1] in VOWELS else "-"


def _heard_alike(one: str, other: str) -> float:
    if one == other:
        return SAME
    longest = max(len(one), len(other))
    allowed = 0.5 if longest < 6 else 1 if longest < 9 else 2
    cost = _letter_cost(one, other)
    return 0.94 - 0.1 * cost if cost <= allowed else 0.0


def part_likeness(one: str, other: str, *, is_given: bool) -> float:
    """Two given names, or two family names: each word of the shorter beside its best partner, or all as one word."""
    shorter, longer = sorted((words(one), words(other)), key=len)
    if not shorter:
        return 0.0
    apart = sum(
        max(word_likeness(word, partner, is_given=is_given) for partner in longer) for word in shorter
    )
    best = apart / len(shorter)
    for joined in _joined(one):
        for joined_too in _joined(other):
            best = max(best, word_likeness(joined, joined_too, is_given=is_given))
    return best


def _joined(name: str) -> set[str]:
    """Written as one word, with its prefixes and without: Vandermeer, Benali, Opdenkamp."""
    found = [word for word in re.split(r"[^\w]+", search_form(name)) if word]
    return {"".join(found), "".join(words(name))} - {""}


def likeness(one: tuple[str, str, str], other: tuple[str, str, str]) -> float:
    """Of two whole names (first name, prefix, last name), whatever the order of first and last."""
    given, family = one[0], f"{one[1]} {one[2]}"
    given_too, family_too = other[0], f"{other[1]} {other[2]}"
    if not (words(given) and words(one[2]) and words(given_too) and words(other[2])):
        # Only half a name is known: it cannot say more than half.
        return 0.75 * part_likeness(f"{given} {family}", f"{given_too} {family_too}", is_given=False)
    straight = _both(
        part_likeness(given, given_too, is_given=True), part_likeness(family, family_too, is_given=False)
    )
    swapped = _both(
        part_likeness(given, family_too, is_given=False), part_likeness(family, given_too, is_given=False)
    )
    return max(straight, 0.98 * swapped)


def _both(given: float, family: float) -> float:
    return 0.45 * given + 0.55 * family


def sound_keys(first_name: str, prefix: str, last_name: str) -> list[str]:
    """Under which this name is found, whatever its spelling: a given and a family name, each by its consonants."""
    given = {*words(first_name), "".join(words(first_name))} - {""}
    family = {*words(f"{prefix} {last_name}"), *_joined(f"{prefix} {last_name}")} - {""}
    pairs = product(_skeletons(given), _skeletons(family))
    return sorted({"|".join(sorted(pair)) for pair in pairs})


def _skeletons(names: set[str]) -> set[str]:
    heard = {reading for name in names for reading in sounds(_canonical().get(name, name))}
    return {("a" if one[0] in VOWELS else one[0]) + re.sub("[aeiou]", "", one[1:]) for one in heard if one}
