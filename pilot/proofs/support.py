"""What departments do for societies: sponsorships, funds and projects."""

from collections.abc import Sequence

from accounts.policy import Action
from common.spreadsheet import DAY, NUMBER, TEXT
from liaison.models import SponsorFollowUp, Sponsorship, SupportGrant
from liaison.support_choices import SupportKind
from pilot.proofs.frame import CODE_OF, SOCIETY, TOWNSHIP, Proof, Shown

_SUPPORT: Sequence[Shown] = (
    SOCIETY,
    CODE_OF,
    TOWNSHIP,
    ("年度", "year", NUMBER, 8),
    ("资金级别", "level", TEXT, 10),
    ("类别", "kind", TEXT, 16),
    ("资金或项目名称", "project", TEXT, 34),
    ("下达文号", "document_number", TEXT, 24),
    ("金额（元）", "amount", TEXT, 14),
)
_INSURED = (SupportKind.FINANCE, SupportKind.INSURANCE)
_POLICIES = (
    SupportKind.FACILITIES,
    SupportKind.MARKETING,
    SupportKind.TALENT,
    SupportKind.TECHNOLOGY,
    SupportKind.LAND,
)

PROOFS: tuple[Proof, ...] = (
    Proof(
        "sponsorships",
        "部门挂包",
        Sponsorship.objects.all,
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("挂包部门", "department.name", TEXT, 24),
            ("挂包责任人", "person", TEXT, 12),
            ("挂包任务", "task", TEXT, 50),
            ("起", "since", DAY, 16),
            ("止", "until", DAY, 16),
        ),
        "liaison:sponsorship-list",
        Action.VIEW_SPONSORSHIP,
        related=("cooperative__township", "department"),
        query="state=all",
    ),
    Proof(
        "follow_ups",
        "挂包跟踪",
        SponsorFollowUp.objects.all,
        (
            ("合作社", "sponsorship.cooperative.name", TEXT, 34),
            ("挂包部门", "sponsorship.department.name", TEXT, 24),
            ("日期", "happened_on", DAY, 16),
        ),
        "liaison:sponsorship-list",
        Action.VIEW_SPONSORSHIP,
        related=("sponsorship__cooperative", "sponsorship__department"),
        query="state=all",
    ),
    Proof(
        "supports",
        "扶持资金和项目",
        SupportGrant.objects.standing,
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "finance_supports",
        "金融和保险支持",
        lambda: SupportGrant.objects.standing().filter(kind__in=_INSURED),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "policy_supports",
        "五类政策支持",
        lambda: SupportGrant.objects.standing().filter(kind__in=_POLICIES),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
    Proof(
        "purchased_services",
        "政府购买服务",
        lambda: SupportGrant.objects.standing().filter(kind=SupportKind.PURCHASE),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
        query=f"kind={SupportKind.PURCHASE.value}",
    ),
    Proof(
        "titled_supports",
        "示范社专项扶持",
        lambda: SupportGrant.objects.standing().filter(needs_title=True),
        _SUPPORT,
        "liaison:support-list",
        Action.VIEW_SUPPORT,
    ),
)
