"""What unknown words of files mean: what has been decided, and its use in the next reading."""

from registry.models import WordMeaning


def known_words() -> dict[str, dict[str, str]]:
    """Return all meanings in force: key of a list → plain word → code."""
    found: dict[str, dict[str, str]] = {}
    in_force = WordMeaning.objects.in_force().values_list("key", "word", "code")
    for key, word, code in in_force:
        found.setdefault(key, {})[word] = code
    return found
