"""Two places that cannot both have been reached, and days with very many visits."""

from math import asin, cos, radians, sin, sqrt

from common.quarter import Quarter
from training.models import Visit

EARTH_KM, FASTEST_KMH, LEAST_KM = 6371.0, 100.0, 5.0
CROWDED = 15


def too_fast(visit: Visit) -> str:
    """Find another visit of the same person whose place and time do not fit to this one's."""
    if visit.latitude is None or visit.device_time is None:
        return ""
    others = Visit.objects.standing().filter(
        counsellor=visit.counsellor_id,
        visited_on=visit.visited_on,
        latitude__isnull=False,
        device_time__isnull=False,
    )
    for other in others.exclude(pk=visit.pk).select_related("cooperative").order_by("pk"):
        if other.device_time is None:
            continue
        far = kilometres(visit, other)
        minutes = abs((visit.device_time - other.device_time).total_seconds()) / 60
        if far > LEAST_KM and far > FASTEST_KMH * minutes / 60:
            return f"与{other}相距约 {far:.0f} 公里，只隔 {minutes:.0f} 分钟。"
    return ""


def crowded_day(visit: Visit) -> str:
    """Notice very many visits on the last day of a quarter."""
    if visit.visited_on != Quarter.of(visit.visited_on).last_day:
        return ""
    same_day = Visit.objects.standing().filter(
        counsellor=visit.counsellor_id, visited_on=visit.visited_on
    )
    number = same_day.count()
    return f"季度最后一天记了 {number} 次走访。" if number >= CROWDED else ""


def kilometres(one: Visit, other: Visit) -> float:
    """Return the distance of two places on the globe."""
    a, b = (float(v.latitude or 0) for v in (one, other))
    c, d = (float(v.longitude or 0) for v in (one, other))
    half = sin(radians(b - a) / 2) ** 2
    half += cos(radians(a)) * cos(radians(b)) * sin(radians(d - c) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
