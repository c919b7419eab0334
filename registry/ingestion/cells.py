"""One reader per kind of cell.

A reader takes the cell as the file holds it and returns the canonical text of its value: what is
stored, hashed and compared. An empty string is "nothing there". A reader raises BadCell when the
value cannot be read, and returns Noted when it can but there is something to say.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from registry.ingestion.marks import JOINED, MISCOUNTED, NO_RESULT, UNNAMED_ERROR
from registry.ingestion.reasons import Finding, finding

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta


class BadCell(Exception):
    """The cell cannot be read."""

    def __init__(self, code: str, **details: object) -> None:
        self.finding = finding(code, **details)
        super().__init__(self.finding.sentence)


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that was read, and what there is to say about it."""

    value: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What readers need to know about the file around the cell.

    `words` are meanings that people have decided: key of a list → plain word → code.
    """

    today: str
    capital_unit: str = ""
    cell_chars: int = 4_000
    date1904: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Reader = Callable[[Cell, Setting], "str | Noted"]

# Full-width ASCII and the ideographic space only. NFKC would also turn ² into 2.
HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
NULL_WORDS: Final = frozenset(
    {
        "N/A",
        "n/a",
        "NA",
        "无",
        "暂无",
        "-",
        "--",
        "---",
        "—",
        "——",
        "－",
        "–",
        "/",
        "\\",
        "null",
        "NULL",
    }
)
# Printable, but never part of a text: what decoders leave in place of bytes they could not read,
# and the pictures by which we ourselves show control characters.
_NO_TEXT: Final = re.compile(r"[\u2400-\u2426\ufffd]")
_BROKEN: Final = "\u2426\ufffd"
_EDGES: Final = " \t\r\n\u3000\u00a0\ufeff"
_BOOLEANS: Final = frozenset({"TRUE", "FALSE"})
_UNUSUAL_START: Final = frozenset(" #-0123456789='")
# Exporters protect texts from office programs as ="0818" or '=A1; our own csv uses the latter.
_QUOTED: Final = re.compile(r'="(.*)"', re.DOTALL)
_PROTECTED: Final = re.compile(r"'(?=[=+\-@＝＋－＠\t\r\n])")
_ERROR: Final = re.compile(
    r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)"
    f"|{NO_RESULT}|{JOINED}|{UNNAMED_ERROR}"
)
PLAIN_NUMBER: Final = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_MOMENT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}(?: [\d:.]+)?|(?:-?\d+ days?, )?\d{1,2}:\d{2}:\d{2}(?:\.\d+)?"
)
_PERSONAL: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])"
)
_ELEVEN_DIGITS: Final = re.compile(r"\d{11}")
_CALLS_FOR_A_LOOK: Final = re.compile(rf"{_NO_TEXT.pattern}|{_ELEVEN_DIGITS.pattern}")
_NO_VALUE: Final = NULL_WORDS | _BOOLEANS


def as_text(cell: Cell) -> str:
    """Write a cell as the text a person would type for it."""
    if cell.__class__ is float:
        return _write_float(cell)  # nearly all that are no texts
    writer = _WRITERS.get(cell.__class__)
    return str(cell) if writer is None else writer(cell)


@lru_cache(maxsize=20_000)
def _write_float(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    written = repr(number)
    return f"{Decimal(written):f}" if "e-" in written else written


def _write_moment(moment: dt.datetime) -> str:
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(" ")


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: repr,
    float: _write_float,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.datetime: _write_moment,
}


def bare_text(cell: Cell, setting: Setting) -> str:
    """Return the trimmed text of a cell, or "" for a word that means nothing.

    Raises BadCell for errors, over-long text and characters that no reader can take.
    """
    text = (_unprotected(cell) if isinstance(cell, str) else as_text(cell)).strip(_EDGES)
    if not text or text in NULL_WORDS:
        return ""
    if text.startswith(MISCOUNTED):
        raise BadCell("STILL_MISCOUNTED")
    if _ERROR.fullmatch(text):
        raise BadCell("CELL_ERROR", error=text)
    if len(text) > setting.cell_chars:
        raise BadCell("CELL_TOO_LONG", length=len(text), limit=setting.cell_chars)
    if found := _NO_TEXT.search(text):
        if found[0] in _BROKEN:
            raise BadCell("BROKEN_CHAR")
        raise BadCell("CONTROL_CHAR", character=name_of(chr(ord(found[0]) - 0x2400)))
    if not text.isprintable():
        _refuse_unprintable(text)
    return text


def _unprotected(text: str) -> str:
    if quoted := _QUOTED.fullmatch(text):
        return quoted[1]
    return _PROTECTED.sub("", text, count=1) if _PROTECTED.match(text) else text


def _refuse_unprintable(text: str) -> None:
    for character in text:
        if not character.isprintable() and character not in "\t\n\r" and is_control(character):
            raise BadCell("CONTROL_CHAR", character=name_of(character))


def is_control(character: str) -> bool:
    """Tell control, direction, zero-width and non-characters from spaces and rare Chinese ones."""
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or (
        ord(character) & 0xFFFE == 0xFFFE
    )


def name_of(character: str) -> str:
    """Name a character in Chinese, for a message that must show what the eye cannot."""
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    scripts = (("CYRILLIC", "西里尔字母"), ("GREEK", "希腊字母"), ("ZERO WIDTH", "零宽字符"))
    for prefix, label in scripts:
        if name.startswith(prefix):
            shown = "" if label == "零宽字符" else f"“{character}”"
            return f"{label}{shown}（{code}）"
    if is_control(character):
        return f"控制字符（{code}）"
    if "A" <= character <= "Z":
        return f"字母“{character}”"
    return f"“{character}”（{code}）"


def text(limit: int, label: str, *, many_lines: bool = False) -> Reader:
    """Make a reader of free text of at most `limit` characters."""

    def read(cell: Cell, setting: Setting) -> str | Noted:
        if cell.__class__ is str and len(cell) <= limit and _is_plain(cell):
            return cell
        value = bare_text(cell, setting)
        if not value:
            return ""
        findings = _doubts_about_text(cell, value, label)
        if not value.isprintable():
            value, broken = _settle_lines(value, many_lines=many_lines)
            findings += broken
        if len(value) > limit:
            raise BadCell("TEXT_TOO_LONG", length=len(value), limit=limit)
        return Noted(value, findings) if findings else value

    return read


def _is_plain(value: str) -> bool:
    """The quick way to yes for the text that nearly all cells hold."""
    if value in _NO_VALUE:
        return False
    return value.isalpha() or (
        value.isprintable()
        and value[:1] not in _UNUSUAL_START
        and value[-1:] != " "
        and _CALLS_FOR_A_LOOK.search(value) is None
    )


def _doubts_about_text(cell: Cell, value: str, label: str) -> tuple[Finding, ...]:
    if isinstance(cell, bool) or value in _BOOLEANS:
        raise BadCell("BOOLEAN_IN_TEXT", value=value)
    if not isinstance(cell, str):
        found = "数字" if isinstance(cell, int | float) else "日期或时间"
        return (finding("WRONG_TYPE", found=found, value=value, field=label),)
    if PLAIN_NUMBER.fullmatch(value):
        return (finding("WRONG_TYPE", found="数字", value=value, field=label),)
    if _MOMENT.fullmatch(value):
        return (finding("WRONG_TYPE", found="日期或时间", value=value, field=label),)
    if _ELEVEN_DIGITS.search(value) and _PERSONAL.search(value):
        return (finding("PERSONAL_NUMBER"),)
    return ()


def _settle_lines(value: str, *, many_lines: bool) -> tuple[str, tuple[Finding, ...]]:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if many_lines or not ("\n" in value or "\t" in value):
        return value, ()
    return re.sub(r"[\t\n]+", " ", value), (finding("LINE_BREAK"),)


def label_text(limit: int) -> Reader:
    """Make a reader of short words where a number may be a legitimate code, such as 9100."""

    def read(cell: Cell, setting: Setting) -> str | Noted:
        value = bare_text(cell, setting)
        if isinstance(cell, bool):
            raise BadCell("BOOLEAN_IN_TEXT", value=value)
        value, findings = _settle_lines(value, many_lines=False)
        if len(value) > limit:
            raise BadCell("TEXT_TOO_LONG", length=len(value), limit=limit)
        return Noted(value, findings) if findings else value

    return read
