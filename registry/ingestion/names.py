"""What a cooperative's name tells: its kind, its normal form, its initials."""

import re
import unicodedata
from difflib import SequenceMatcher
from typing import Final

from common.pinyin import initial_of

COOPERATIVE = "cooperative"
UNION = "union"
BRANCH = "branch"

_UNION: Final = re.compile(r"(?:联合社|合作联社|合作社联社)$")
_BRANCH: Final = re.compile(
    r"合作(?:联)?社.*(?:分社|分店|门市|门市部|经营部|服务部|销售部|直销店|养殖场|种植场|加工厂|代办处|服务站|工作站)$"
)
BRANCH_TYPES: Final = ("分支机构", "分社")  # words of a type that only branches have
_BRANCH_TYPE: Final = re.compile("|".join(BRANCH_TYPES))
_BRACKETS: Final = str.maketrans("〔〕【】[]{}〈〉《》「」・•‧∙", "()()()()()()()····")
_SPACES: Final = re.compile(r"\s+")
_LONGEST_KEY: Final = 200
_BEYOND_RECOGNITION: Final = 0.34  # share of common text below which a name is another one
_TAIL: Final = ".。,，;；、"


def kind_of(name: str, entity_type: str = "") -> str:
    """Tell a society, a union and a branch apart; the code's prefix is the same for all three."""
    name = name.rstrip(_TAIL)
    if name.endswith("专业合作社"):
        return BRANCH if _BRANCH_TYPE.search(entity_type) else COOPERATIVE
    if _UNION.search(name) or "联合社" in entity_type:
        return UNION
    if _BRANCH.search(name) or _BRANCH_TYPE.search(entity_type):
        return BRANCH
    return COOPERATIVE


def key_of(name: str) -> str:
    """Return the form in which two spellings of one name are equal; never shown in its place."""
    if name.isalnum() and unicodedata.is_normalized("NFKC", name):
        return name.casefold()[:_LONGEST_KEY]
    key = _tighten(name)
    while (tighter := _tighten(key)) != key:  # a space taken out may let two characters combine
        key = tighter
    return key


def _tighten(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).translate(_BRACKETS)
    # One character may unfold into eighteen; the key has the length of the longest name.
    return _SPACES.sub("", plain).casefold()[:_LONGEST_KEY].rstrip(_TAIL)


def is_another_name(known: str, told: str) -> bool:
    """Tell whether two name keys have next to nothing in common, place and form left aside."""
    return SequenceMatcher(None, _stem(known), _stem(told)).ratio() < _BEYOND_RECOGNITION


def _stem(name: str) -> str:
    for common in ("达州市", "通川区", "农民", "专业", "合作社", "联合社"):
        name = name.replace(common, "")
    return name


def initials_of(key: str) -> str:
    """Return the pinyin initials of a name key: 达州蒲家 → dzpj."""
    return key.translate(_INITIALS)


class _Initials(dict[int, str]):
    """Looks a character up once and remembers it; `str.translate` does the rest."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _initial(chr(code))
        return letter


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    if not character.isalpha():
        return ""
    letter = initial_of(character)
    return letter.lower() if letter.isascii() else ""


_INITIALS: Final = _Initials()
