"""Photos that were seen before, or are older than the visit."""

import datetime as dt

from common.clock import SHANGHAI
from common.template_tags import day
from training.models import Visit, VisitPhoto

LIKE_BITS = 6  # of 64: a cut or a lighter copy of a photo stays below, another photo does not
COMPARED = 400  # newest photos of the same counsellor
OLD_DAYS = 2


def same_photo(visit: Visit) -> str:
    """Find a photo that came with another visit before, whole or with small changes."""
    mine = list(visit.photos.exclude(likeness=""))
    if not mine:
        return ""
    others = (
        VisitPhoto.objects.exclude(visit=visit)
        .exclude(likeness="")
        .filter(visit__counsellor=visit.counsellor_id)
        .select_related("visit__cooperative")
        .order_by("-pk")[:COMPARED]
    )
    for other in others:
        for photo in mine:
            if _distance(photo.likeness, other.likeness) <= LIKE_BITS:
                return f"有一张照片与{other.visit}的照片几乎相同。"
    return ""


def old_photo(visit: Visit) -> str:
    """Find a photo that was taken well before the visit."""
    first = dt.datetime.combine(visit.visited_on, dt.time(), SHANGHAI)
    limit = first - dt.timedelta(days=OLD_DAYS)
    old = visit.photos.filter(taken_at__lt=limit).order_by("taken_at").first()
    return f"有一张照片拍摄于{day(old.taken_at)}，早于走访日期。" if old else ""


def _distance(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()
