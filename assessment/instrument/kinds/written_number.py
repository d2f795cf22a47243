"""A whole number as people write it: in digits of any script, grouped, with its unit behind it."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60
MOST_DIGITS = 9
SIGNS = str.maketrans(
    {"٪": "%", "﹪": "%", "％": "%", "−": "-", "－": "-", "，": ",", "．": ".", "’": "'", "٬": "'"}
)
DECIMAL_ONLY = "٫"
DIGITS = re.compile(r"[0-9]+")
GROUPED = re.compile(r"[0-9]{1,3}(?:([ '])[0-9]{3}(?:\1[0-9]{3})*|([.,])[0-9]{3}(?:\2[0-9]{3})+)")
WITH_DECIMALS = re.compile(
    r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)\.([0-9]+)"
    r"|([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]+),([0-9]+)"
)
UNCLEAR = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
ETHIOPIC = re.compile("(?:([፲-፺]?[፩-፱]?)(፻))?([፲-፺]?)([፩-፱]?)")


class NotWhole(ValueError):
    """No number, or none that is whole."""


class Between(NotWhole):
    """`12,5`, which lies between `below` and the next whole number."""

    def __init__(self, below: int) -> None:
        super().__init__(below)
        self.below = below


class Unclear(ValueError):
    """`1,234` is a thousand in one country and one and a bit in another."""


class TooLarge(ValueError):
    """More digits than any number that is asked for."""


def read_written_number(text: str, unit: str = "") -> int:
    """Raises NotWhole, Between, Unclear, TooLarge."""
    if len(text) > LONGEST:
        raise TooLarge
    written = _without_unit(_in_plain_signs(text), unit)
    negative = written.startswith("-")
    bare = written.removeprefix("-" if negative else "+").strip()
    try:
        return -_magnitude(bare) if negative else _magnitude(bare)
    except Between as error:
        raise Between(-error.below - 1 if negative else error.below) from error


def _in_plain_signs(text: str) -> str:
    """With 0 to 9 for the digits of every script, one kind of space, no marks of direction."""
    signs = text.translate(SIGNS)
    kept = (_plain_sign(c) for c in signs if unicodedata.category(c) != "Cf")
    return "".join(kept).strip()


def _plain_sign(character: str) -> str:
    if character.isspace():
        return " "
    return str(unicodedata.decimal(character, character))


def _without_unit(written: str, unit: str) -> str:
    bare = unit.strip().casefold()
    if bare and written.casefold().endswith(bare):
        return written[: -len(bare)].rstrip()
    return written


def _magnitude(written: str) -> int:
    if UNCLEAR.fullmatch(written):
        raise Unclear
    if DIGITS.fullmatch(written) or GROUPED.fullmatch(written):
        return _from_digits(written)
    decimals = WITH_DECIMALS.fullmatch(written.replace(DECIMAL_ONLY, ".").replace("'", " "))
    if decimals:
        whole, rest = decimals[1] or decimals[3], decimals[2] or decimals[4]
        if rest.strip("0"):
            raise Between(_from_digits(whole))
        return _from_digits(whole)
    return _from_ethiopic(written)


def _from_digits(written: str) -> int:
    digits = re.sub("[^0-9]", "", written).lstrip("0")
    if len(digits) > MOST_DIGITS:
        raise TooLarge
    return int(digits or "0")


def _from_ethiopic(written: str) -> int:
    """Ethiopic has signs for ten, twenty … and a hundred, and no zero."""
    found = ETHIOPIC.fullmatch(written)
    if not written or found is None:
        raise NotWhole
    hundreds, hundred, tens, ones = (_value(part or "") for part in found.groups())
    return (hundreds or 1) * hundred + tens + ones


def _value(signs: str) -> int:
    return sum(int(unicodedata.numeric(sign)) for sign in signs)
