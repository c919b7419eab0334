"""Gaps in the net of counsellors: those that are open, and those that will open soon."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from accounts.models import OrganisationUnit
from accounts.policy import Action, Reach, reach_of
from common import clock
from common.template_tags import day as in_words
from training.models import Counsellor, PairingNeed

SOON_DAYS = 60


@dataclass(frozen=True)
class Gap:
    """One place without a counsellor: `opens_on` None means it is open now."""

    what: str
    why: str
    opens_on: dt.date | None

    @property
    def tone(self) -> str:
        return "warn" if self.opens_on else "bad"


def township_gaps(user: Any) -> list[Gap]:
    """Return units that have no counsellor now, or will have none within SOON_DAYS (plan S-068)."""
    today = clock.today()
    soon = today + dt.timedelta(days=SOON_DAYS)
    reach = Counsellor.objects.permitted(user, Action.VIEW_COUNSELLOR)
    ends: dict[int, list[dt.date | None]] = {}
    for home, end in reach.serving(today).values_list("user__unit", "until"):
        ends.setdefault(home, []).append(end)
    gaps = []
    for unit in units_in_reach(user):
        until = ends.get(unit.pk, [])
        if not until:
            gaps.append(Gap(unit.name, "目前没有在聘的辅导员，方案要求至少1名。", None))
        elif all(until) and (last := max(day for day in until if day)) <= soon:
            gaps.append(Gap(unit.name, f"现有辅导员的聘期到{in_words(last)}为止。", last))
    return gaps


def units_in_reach(user: Any) -> list[OrganisationUnit]:
    """Return the reporting units whose counsellors a person may see."""
    units = OrganisationUnit.objects.reporting()
    if reach_of(user, Action.VIEW_COUNSELLOR) != Reach.DISTRICT:
        units = units.filter(pk=user.unit_id)
    return list(units)


def pairing_gaps(user: Any) -> list[PairingNeed]:
    """Return the societies that must be paired with a counsellor and are not (plan S-067)."""
    reach = PairingNeed.objects.permitted(user, Action.VIEW_COUNSELLOR).on(clock.today())
    return list(reach.unmet().select_related("cooperative__township").order_by("basis", "pk"))


def waiting_by_unit(waiting: Any) -> list[dict[str, Any]]:
    """Return for each unit how many societies wait for a counsellor, and how many serve there."""
    numbers = dict(
        waiting.filter(township__isnull=False)
        .order_by()
        .values_list("township__code")
        .annotate(n=Count("pk"))
    )
    serving = dict(
        Counsellor.objects.serving(clock.today())
        .order_by()
        .values_list("user__unit__code")
        .annotate(n=Count("pk"))
    )
    units = OrganisationUnit.objects.reporting().filter(code__in=numbers)
    return [
        {"unit": unit, "number": numbers[unit.code], "serving": serving.get(unit.code, 0)}
        for unit in units
    ]
