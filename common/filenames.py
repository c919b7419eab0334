"""Names of files that people send: fit to be shown, never used as a path."""

import unicodedata

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
LONGEST = 200


def clean_filename(name: str) -> str:
    """Return a name fit to be shown: no folders, no invisible or turning characters, 200 long."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c for c in name if unicodedata.category(c) not in _UNSEEN).strip()
    if len(kept) > LONGEST:
        stem, dot, ending = kept.rpartition(".")
        fits = len(ending) < 10
        kept = f"{stem[: LONGEST - 1 - len(ending)]}{dot}{ending}" if fits else kept[:LONGEST]
    return kept or "未命名文件"
