"""The demo's funds and projects of two years, with inspections of the larger ones."""

import datetime as dt
from decimal import Decimal
from random import Random

from accounts.models import User
from common import clock
from demonstration.models import DemonstrationTitle
from liaison.models import SupportGrant, SupportInspection
from liaison.support_choices import FundLevel, InspectionResult, SupportKind
from registry.models import Cooperative

# (year, level, kind, project, number, first amount, only for titled societies)
PROJECTS = (
    (2020, "central", "facilities", "农产品产地冷藏保鲜设施", "川财农〔2020〕35号", 300_000, True),
    (2020, "provincial", "technology", "农业社会化服务", "川农计〔2020〕61号", 80_000, False),
    (2020, "district", "marketing", "品牌创建和产品认证补助", "通农发〔2020〕44号", 20_000, False),
    (2021, "central", "facilities", "合作社质量提升", "川财农〔2021〕18号", 200_000, True),
    (2021, "municipal", "talent", "新型职业农民领办补助", "达市农〔2021〕26号", 30_000, False),
    (2021, "district", "land", "土地规模流转奖补", "通农发〔2021〕12号", 50_000, False),
    (2021, "provincial", "finance", "合作社贷款贴息", "川财金〔2021〕9号", 15_000, False),
    (2021, "district", "insurance", "特色农业保险保费补贴", "通财农〔2021〕31号", 6_000, False),
    (2021, "district", "purchase", "政府购买统防统治服务", "通农发〔2021〕27号", 40_000, False),
)
EACH = 5
LARGE = Decimal(100_000)


def add_supports(known: dict[str, User], _random: Random) -> None:
    """Give each project to some titled societies, and inspect the large ones."""
    titled = DemonstrationTitle.objects.held().values("cooperative")
    societies = list(Cooperative.objects.living().filter(pk__in=titled).order_by("name", "pk"))
    if not societies:
        return
    made = SupportGrant.objects.bulk_create(
        SupportGrant(
            cooperative=societies[(place * EACH + turn) % len(societies)],
            year=year,
            level=FundLevel(level),
            kind=SupportKind(kind),
            project=project,
            document_number=number,
            amount=Decimal(first + turn * 1_500),
            needs_title=needs_title,
            entered_by=known["bureau"],
        )
        for place, (year, level, kind, project, number, first, needs_title) in enumerate(PROJECTS)
        for turn in range(EACH)
    )
    SupportInspection.objects.bulk_create(
        SupportInspection(
            support=support,
            inspected_on=dt.date(2021, 5, 11) + dt.timedelta(days=place),
            result=InspectionResult.CORRECT if place % 4 == 0 else InspectionResult.GOOD,
            finding="设备已到位，台账缺少验收单。"
            if place % 4 == 0
            else "设施建成投用，资金专账核算。",
            by=known["bureau"],
            at=clock.now(),
        )
        for place, support in enumerate(each for each in made if each.amount >= LARGE)
    )
