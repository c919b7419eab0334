"""Personal numbers in the cells of a file are covered on pages; codes of societies are not."""

import re

from common.template_tags import masked_phone

# An identity number of 18 or 15 digits, a mobile number, a fixed line with its area code.
_PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:\d{17}[0-9Xx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?![0-9A-Za-z])"
)
_A_NUMBER = range(7, 16)  # shorter is no number at all, longer a sentence or several numbers
_OPEN_FIELDS = frozenset({"uscc", "registration_no"})


def masked(text: str) -> str:
    """Cover the personal numbers in a text, keeping the first three and last two digits."""
    return _PERSONAL.sub(lambda found: masked_phone(found[0]), text)


def masked_cell(text: str, field: str | None) -> str:
    """Cover what a cell may not show, by the fact that its column holds."""
    if field in _OPEN_FIELDS:
        return text
    if field == "contact_phone" and len(text) in _A_NUMBER:
        return masked_phone(text)
    return masked(text)
