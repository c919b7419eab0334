"""The digest of a visit's words, the same on the phone and here."""

import hashlib
import json
from typing import Any


def digest(body: dict[str, Any]) -> str:
    """Return the SHA-256 over the canonical text of a body."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
