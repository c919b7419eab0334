"""What can be read from the facts of a society under cultivation (S-052)."""

from dataclasses import dataclass
from decimal import Decimal

from common import clock
from demonstration.measures import MEASURES, only
from registry.models import Cooperative

TYPICAL_SCALE_MEMBERS = 20
TYPICAL_INCOME = Decimal(1_000_000)


@dataclass(frozen=True)
class Progress:
    """One aim of the plan with what the facts say now; `reached` None is unknown."""

    aim: str
    now: str
    source: str
    reached: bool | None


def typical_progress(society: Cooperative) -> list[Progress]:
    """Return how far a society is from a typical demonstration society: members and income."""
    undertaking = getattr(society, "undertaking", None)
    scale = undertaking.scale_members if undertaking else None
    members = Progress(
        f"规模生产成员数 {TYPICAL_SCALE_MEMBERS} 个以上",
        "没有填报" if scale is None else f"{scale} 个",
        undertaking.get_verification_display() if undertaking else "",
        None if scale is None else scale >= TYPICAL_SCALE_MEMBERS,
    )
    read = MEASURES["operating_income"].read(only(society), clock.today()).get(society.pk)
    income = Progress(
        "年经营收入 100 万元以上",
        read.words if read else "没有年度报告",
        read.source if read else "",
        read.value >= TYPICAL_INCOME if read else None,
    )
    return [members, income]
