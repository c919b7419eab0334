"""What societies do and have (S-056 to S-065), counted by society; the plan names no number."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.policy import Action
from demonstration.choices import StrengthKind
from demonstration.models import SocietyStrength
from pilot.indicators.frame import AsOf, Indicator, Line
from pilot.indicators.populations import societies, society_line
from registry.cleanup.choices import RelationKind
from registry.models import Cooperative, Relation


class WithStrength(Indicator):
    """Societies that have at least one entry of a kind on the day."""

    kind: StrengthKind
    definition = (
        "统计日至少有一项该类内容（未停止、未过期，自报或经核实）的存续合作社，一家计一次。"
    )
    township, related = "township__code", ("township",)

    def rows(self, user: Any, when: AsOf) -> QuerySet[Cooperative]:
        lasting = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=when.on)
        valid = Q(valid_until__isnull=True) | Q(valid_until__gte=when.on)
        begun = Q(since__isnull=True) | Q(since__lte=when.on)
        entries = SocietyStrength.objects.filter(
            lasting, valid, begun, cooperative=OuterRef("pk"), kind=self.kind
        )
        return societies(user, when).filter(Exists(entries))

    def line(self, row: Cooperative) -> Line:
        return society_line(row)


class Serving(WithStrength):
    key, code, title, source = "serving", "K22", "开展社会化服务的合作社", "S-060"
    kind = StrengthKind.SERVICE


class WithFacilities(WithStrength):
    key, code, title, source = "with_facilities", "K23", "有仓储冷链等设施的合作社", "S-061"
    kind = StrengthKind.FACILITY


class Certified(WithStrength):
    key, code, title, source = "certified", "K24", "有“三品一标”认证的合作社", "S-065"
    kind = StrengthKind.CERTIFICATE


class Related(Indicator):
    """Relations of a kind that began within the programme."""

    kind: RelationKind
    unit = "件"
    definition = "试点期内登记的该类主体关系，按起始日期计。"
    left_out = "没有关联到本区合作社的不计。"

    def rows(self, user: Any, when: AsOf) -> QuerySet[Relation]:
        reach = Cooperative.objects.permitted(user, Action.VIEW_INDICATOR)
        return Relation.objects.filter(
            cooperative__in=reach, kind=self.kind, since__range=(when.since, when.last)
        )

    def line(self, row: Relation) -> Line:
        return society_line(row.cooperative, row.note) if row.cooperative else Line(str(row))


class Converted(Related):
    key, code, title, source = "converted", "K25", "社转场", "S-034"
    kind = RelationKind.CONVERSION


class FarmsJoined(Related):
    key, code, title, source = "farms_joined", "K26", "场入社", "S-050"
    kind = RelationKind.FARM_JOINS


class United(Related):
    key, code, title, source = "united", "K27", "社联合", "S-058"
    kind = RelationKind.UNITED
