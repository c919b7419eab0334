"""The four groups that support goes to first (S-018 to S-021), as querysets of societies."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from demonstration.choices import Level, NamedList
from demonstration.models import DemonstrationTitle, NamedListEntry, Undertaking
from demonstration.operations.titles import years_after

PILOT_FROM, PILOT_UNTIL = dt.date(2020, 3, 1), dt.date(2021, 12, 31)  # S-022
RUNNING_YEARS = 2


@dataclass(frozen=True)
class Group:
    """One group: its name, the rule in words, and its societies."""

    name: str
    rule: str
    societies: Any


def priority_groups(societies: Any, day: dt.date) -> list[Group]:
    """Return the four groups among the given societies, as they stand on a day."""
    titles = DemonstrationTitle.objects.held().filter(cooperative=OuterRef("pk"))
    national = titles.filter(level=Level.NATIONAL)
    provincial = titles.filter(
        level=Level.PROVINCIAL, recognised_on__range=(PILOT_FROM, PILOT_UNTIL)
    )
    credit = Undertaking.objects.filter(cooperative=OuterRef("pk"), credit_cooperation=True)
    promising = NamedListEntry.objects.current().filter(
        cooperative=OuterRef("pk"), name=NamedList.PROMISING
    )
    living = societies.living()
    return [
        Group(
            "运行两年以上的国家级示范社",
            "持有国家级称号，且成立满两年",
            living.filter(Exists(national), established_on__lte=years_after(day, -RUNNING_YEARS)),
        ),
        Group(
            "新评定的省级示范社",
            "2020年3月至2021年12月认定的省级称号",
            living.filter(Exists(provincial)),
        ),
        Group("开展信用合作的合作社", "经营情况中填报开展信用合作", living.filter(Exists(credit))),
        Group(
            "带动能力强、有发展后劲的示范社",
            "由区农业农村局判断并写明理由",
            living.filter(Exists(promising)),
        ),
    ]
