"""The kinds of contradiction: which figures are compared, and when they cannot both be right.

A blank proves nothing: a kind looks only at societies of which both sources have spoken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast

from registry.choices import (
    FeedSource,
    JobState,
    OperatingState,
    RegistrationStatus,
    Seen,
)
from registry.models import FACTS, Cooperative, FeedRow, RosterConfirmation
from registry.models.cooperative import CooperativeQuerySet
from registry.side_choices import ContradictionKind
from registry.sides.figures import FIGURES
from registry.statement_choices import ExitKind, PublicationState, TaxpayerState

SAID = "said_"  # before the name of a fact: what the newest file says of it
K, T = ContradictionKind, TaxpayerState
_ALIVE = RegistrationStatus.ACTIVE
_UNTAXED = (T.NOT_REGISTERED, T.DEREGISTERED, T.ABNORMAL_CLOSED)
_AT_WORK = (OperatingState.YES, OperatingState.SEASONAL)


@dataclass(frozen=True)
class Kind:
    """One kind: the figures it needs, its condition, and what it shows beside them.

    `ended` asks for societies that the register holds for ended; `prepare` adds columns that no
    figure is. `cure` says what would close it, `hint` what to ask.
    """

    code: ContradictionKind
    figures: tuple[str, ...]
    facts: tuple[str, ...]
    differs: Q
    hint: str
    ended: bool = False
    prepare: Callable[[CooperativeQuerySet], CooperativeQuerySet] | None = None

    def found(self) -> CooperativeQuerySet:
        """Return the societies about which the sources contradict each other."""
        societies = Cooperative.objects.standing() if self.ended else Cooperative.objects.living()
        if self.prepare is not None:
            societies = self.prepare(societies)
        columns: dict[str, Any] = {name: FIGURES[name]() for name in self.figures}
        return societies.annotate(**columns).filter(self.differs)


def _with_latest_row(societies: CooperativeQuerySet) -> CooperativeQuerySet:
    """Add what the newest committed file says, for societies that a person has corrected."""
    rows = FeedRow.objects.filter(
        cooperative=OuterRef("pk"),
        delivery__job__state=JobState.COMMITTED,
        delivery__source__in=(FeedSource.REGISTRATION, FeedSource.WORKBOOK),
        registration__isnull=False,
    ).order_by("-delivery__quarter", "-pk")
    columns: dict[str, Any] = {
        SAID + name: Subquery(rows.values(f"registration__{name}")[:1]) for name in COMPARABLE
    }
    corrected = societies.exclude(corrected_fields=[])
    return corrected.annotate(corrected=Cast("corrected_fields", TextField()), **columns)


def _with_confirmed_roster(societies: CooperativeQuerySet) -> CooperativeQuerySet:
    """Narrow to those whose roster has been confirmed: the others have nothing to compare."""
    confirmed = RosterConfirmation.objects.standing().order_by()
    return societies.filter(pk__in=confirmed.values("cooperative"))


COMPARABLE = tuple(
    name for name in FACTS if name not in {"kind", "registration_no", "contact_phone"}
)


def _corrected_differs() -> Q:
    """A corrected value and a stated one of the newest file, which are not the same."""
    any_of = Q()
    for name in COMPARABLE:
        said = SAID + name
        plain = Cooperative._meta.get_field(name).get_internal_type() in {"CharField", "TextField"}
        stated = ~Q(**{said: ""}) if plain else Q(**{f"{said}__isnull": False})
        same = Q(**{said: F(name)})
        any_of |= Q(corrected__contains=f'"{name}"') & stated & ~same
    return any_of


# fmt: off
KINDS: tuple[Kind, ...] = (
    Kind(
        K.ACTIVE_UNTAXED, ("tax_state", "tax_registered"), ("status",),
        Q(status=_ALIVE) & (Q(tax_state__in=_UNTAXED) | Q(tax_registered=False)),
        "请税务部门确认是否从未办理或已注销，并核实是否还在经营。",
    ),
    Kind(
        K.ENDED_TAXED, ("tax_state",), ("status",),
        Q(status__in=(RegistrationStatus.DEREGISTERED, RegistrationStatus.REVOKED_DEREGISTERED,
                      RegistrationStatus.CANCELLED), tax_state=T.NORMAL),
        "请税务部门确认清税情况，请市场监管部门确认注销登记。", ended=True,
    ),
    Kind(
        K.EXIT_UNRECORDED, ("exit_kind",), ("status",),
        Q(status=_ALIVE, exit_kind__in=(ExitKind.REVOKED, ExitKind.DEREGISTERED,
                                        ExitKind.REVOKED_DEREGISTERED, ExitKind.CANCELLED)),
        "请市场监管部门确认现在的登记状态。",
    ),
    Kind(
        K.REVOKED_TRADING, ("tax_sales", "operating"), ("status",),
        Q(status=RegistrationStatus.REVOKED)
        & (Q(tax_sales__gt=0) | Q(operating__in=_AT_WORK)),
        "吊销后不得开展与清算无关的活动，请核实是否仍在经营。",
    ),
    Kind(
        K.ACTIVE_SHUT, ("operating",), ("status",),
        Q(status=_ALIVE, operating=OperatingState.NO),
        "请辅导员与合作社核实是停业、歇业还是已散伙，需要退出的引导办理注销。",
    ),
    Kind(
        K.NOT_AT_DOMICILE, ("at_address",), ("domicile",),
        Q(at_address=Seen.NO) & ~Q(domicile=""),
        "请核实现在的住所，提醒办理变更登记。",
    ),
    Kind(
        K.UNREACHABLE_SEEN, ("unreachable", "at_address"), ("domicile",),
        Q(unreachable=True, at_address=Seen.YES),
        "走访见其仍在登记住所，可提醒合作社向市场监管部门申请移出异常名录。",
    ),
    Kind(
        K.IDLE_WITH_SALES, ("report_year", "report_idle", "report_income", "tax_sales_of_year"), (),
        (Q(report_idle=True) | Q(report_income=0)) & Q(tax_sales_of_year__gt=0),
        "请合作社说明年报口径，必要时更正年报。",
    ),
    Kind(
        K.INCOME_UNTAXED, ("report_year", "report_income", "all_zero"), (),
        Q(report_income__gt=0, all_zero=1),
        "销售自产农产品可能免税但仍应申报，请合作社说明收入的来源。",
    ),
    Kind(
        K.MEMBERS_DIFFER, ("report_year", "report_members"), ("member_count",),
        Q(member_count__isnull=False, report_members__isnull=False)
        & ~Q(report_members=F("member_count")),
        "成员变动应在法定期限内备案，请核对成员名册，提醒办理变更备案。",
    ),
    Kind(
        K.CHAIR_DIFFERS, ("report_year", "report_chair"), ("legal_representative",),
        ~Q(legal_representative="") & Q(report_chair__isnull=False) & ~Q(report_chair="")
        & ~Q(report_chair=F("legal_representative")),
        "理事长为法定代表人，换届后应办理变更登记，请核实。",
    ),
    Kind(
        K.REPORT_UNPUBLISHED, ("report_year", "published_year", "published_state"), (),
        Q(report_year=F("published_year"),
          published_state__in=(PublicationState.NOT_FILED, PublicationState.FILED)),
        "本平台填报不替代法定公示，请提醒合作社到国家企业信用信息公示系统公示。",
    ),
    Kind(
        K.ROSTER_DIFFERS, ("roster_total", "roster_farmers", "roster_units"),
        ("member_count", "farmer_member_count", "unit_member_count"),
        ~Q(member_count=F("roster_total")) & Q(member_count__isnull=False)
        | ~Q(farmer_member_count=F("roster_farmers")) & Q(farmer_member_count__isnull=False)
        | ~Q(unit_member_count=F("roster_units")) & Q(unit_member_count__isnull=False),
        "名册已核对确认，规则按名册判断；成员变动应在法定期限内备案，提醒办理变更备案。",
        prepare=_with_confirmed_roster,
    ),
    Kind(
        K.CORRECTED_DIFFERS, (), ("corrected_fields", *(SAID + name for name in COMPARABLE)),
        _corrected_differs(),
        "人工更正过的内容不会被报送覆盖，请核对哪一处为准，并请报送部门更正。",
        prepare=_with_latest_row,
    ),
)
# fmt: on
KINDS_BY_CODE = {kind.code: kind for kind in KINDS}
