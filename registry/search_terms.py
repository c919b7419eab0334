"""What a person typed to find a society, read as a name, as letters, as a code, as a phone's end."""

import re
import unicodedata
from functools import cached_property
from itertools import islice
from typing import Final

from common.pinyin import KNOWN, reading_of

LONGEST: Final = 60
_FORMS: Final = ("农民专业合作社", "专业合作社", "合作联社", "联合社", "合作社")
_FORM_LETTERS: Final = ("nmzyhzs", "zyhzs", "hzs")
_LETTERS: Final = re.compile(r"[a-z]{2,40}")
_CODE: Final = re.compile(r"[0-9A-Z]{4,18}")
_PHONE_END: Final = re.compile(r"\d{4,11}")
_TONES: Final = 6  # the longest syllable, zhuang
_MOST_READINGS: Final = 8


class Term:
    """One search term. `parts` are looked for in this order, with anything between them."""

    def __init__(self, text: str) -> None:
        """Take the text as typed; full width and half width, capitals and small letters are one."""
        self.text = " ".join(unicodedata.normalize("NFKC", text).split())[:LONGEST]

    def __bool__(self) -> bool:
        """A single letter or figure finds everything and so nothing."""
        return len(self.text) > 1 or not self.text.isascii()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The words of a name; 回龙种植合作社 also finds 回龙种植专业合作社."""
        return tuple(part for word in self.text.split() for part in _split(word, _FORMS))

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The initials of a name, () when other things than letters were typed: hlzz, hzs."""
        typed = self.text.lower().replace(" ", "")
        return _split(typed, _FORM_LETTERS) if _LETTERS.fullmatch(typed) else ()

    @cached_property
    def code(self) -> str:
        """A whole code or its end, "" when it cannot be one. A code has a figure in its end."""
        typed = self.text.upper().replace(" ", "")
        has_figure = any(character.isdigit() for character in typed)
        return typed if _CODE.fullmatch(typed) and has_figure else ""

    @cached_property
    def phone_end(self) -> str:
        """The end of a telephone number, at least four figures."""
        return self.text if _PHONE_END.fullmatch(self.text) else ""

    @cached_property
    def person_begin(self) -> str:
        """The beginning of a person's name, "" for what is none: at least two characters."""
        return "" if self.text.isascii() or len(self.text) < 2 else self.text

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The initials of what may be whole pinyin: huilong → hl; () when it is none."""
        typed = self.text.lower().replace(" ", "").replace("'", "")
        if not self.letters:
            return ()
        found = (tuple(each) for each in _syllables(typed))
        initials = ("".join(part[0] for part in each) for each in islice(found, 50))
        shorter = (each for each in initials if 2 <= len(each) < len(typed))
        return tuple(islice(dict.fromkeys(shorter), _MOST_READINGS))

    def stands_for(self, person: str) -> bool:
        """Tell whether a person's name is meant by its initials or as pinyin: zgh, guanghua."""
        if not self.letters:
            return False
        typed = self.text.lower().replace(" ", "").replace("'", "")
        initials = "".join(_reading(character)[:1] for character in person)
        return initials.startswith(typed) or self.is_pinyin_of(person)

    def is_pinyin_of(self, name: str) -> bool:
        """Tell whether the term stands, as whole pinyin, at the beginning of a character of a name."""
        typed = self.text.lower().replace(" ", "").replace("'", "")
        read = [_reading(character) for character in name]
        return any("".join(read[at:]).startswith(typed) for at in range(len(read)))


def _split(word: str, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Part a word from the legal form at its end, of which people leave out the middle."""
    for form in forms:
        stem = word.removesuffix(form)
        if stem != word and len(stem) > 1:
            return (stem, form[-3:])
    return (word,)


_READINGS: dict[str, str] = {}


def _reading(character: str) -> str:
    if character not in _READINGS:
        _READINGS[character] = reading_of(character).replace("ü", "v")
    return _READINGS[character]


def _all_syllables() -> frozenset[str]:
    """Every syllable that a common character has."""
    common = (code for code in KNOWN if 0x4E00 <= code <= 0x9FFF)
    return frozenset(_reading(chr(code)) for code in islice(common, 21_000)) - {""}


_KNOWN: list[frozenset[str]] = []


def _syllables(typed: str) -> "list[list[str]]":
    """Return the ways to cut a text into syllables; the last one may be only begun."""
    if not _KNOWN:
        _KNOWN.append(_all_syllables())
    known = _KNOWN[0]
    whole: list[list[str]] = []

    def cut(at: int, taken: list[str]) -> None:
        if len(whole) >= 50:
            return
        if at == len(typed):
            whole.append(taken)
            return
        rest = typed[at:]
        for length in range(min(_TONES, len(rest)), 0, -1):
            piece = rest[:length]
            if piece in known:
                cut(at + length, [*taken, piece])
        if taken and len(rest) < _TONES and any(each.startswith(rest) for each in known):
            whole.append([*taken, rest])

    cut(0, [])
    return whole
