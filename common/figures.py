"""Reading a number out of an address, a form or a stored word, whatever somebody put there."""

_MOST_FIGURES = 18  # fits into every column of keys


def whole_number(text: str) -> int | None:
    """Return the number that plain figures spell; None for anything else, or one too long.

    Python's own test of digits lets "²" through, which it then cannot read.
    """
    usable = text.isascii() and text.isdigit() and len(text) <= _MOST_FIGURES
    return int(text) if usable else None
