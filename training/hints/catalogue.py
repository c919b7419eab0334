"""All hints; the codes are stored and never used again for another."""

from collections.abc import Callable

from training.hints import clocks, photos, texts, travel
from training.models import Visit

HINTS: dict[str, Callable[[Visit], str]] = {
    "same_photo": photos.same_photo,
    "old_photo": photos.old_photo,
    "same_text": texts.same_text,
    "too_fast": travel.too_fast,
    "crowded_day": travel.crowded_day,
    "wrong_clock": clocks.wrong_clock,
}
