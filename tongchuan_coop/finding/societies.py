"""Finding cooperatives, and their reports by the society or the number of a receipt."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.policy import Action
from registry.choices import RegistrationStatus
from registry.models import AnnualReport, CleanupCase, ReportVersion
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list


def _societies(asked: Asked) -> Iterator[Hit]:
    for found in asked.societies(Action.VIEW_COOPERATIVE):
        status = str(RegistrationStatus(found.status).label)
        notes = (found.because, found.township, status, found.code)
        yield Hit(
            title=found.name,
            note=" · ".join(note for note in notes if note),
            url=page("registry:cooperative-detail", uscc=found.code),
        )


def _reports(asked: Asked) -> Iterator[Hit]:
    reach = AnnualReport.objects.permitted(asked.user, Action.VIEW_REPORT)
    by_receipt = ReportVersion.objects.filter(pk__in=asked.numbered(ReportVersion))
    fitting = Q(cooperative__in=asked.keys(Action.VIEW_REPORT))
    found = reach.filter(fitting | Q(pk__in=list(by_receipt.values_list("report", flat=True))))
    for report in found.select_related("cooperative").order_by("-year", "pk")[: asked.most + 1]:
        yield Hit(
            title=f"{report.cooperative}{report.year}年度报告",
            note=report.get_state_display(),
            url=page("reports:report", uscc=report.cooperative.code, year=report.year),
        )


def _cases(asked: Asked) -> Iterator[Hit]:
    reach = CleanupCase.objects.permitted(asked.user, Action.VIEW_CLEANUP)
    # One condition inside the reach: two reaches joined by "or" would each be looked up whole.
    fitting = Q(number__iendswith=asked.term.text)
    fitting |= Q(cooperative__in=asked.keys(Action.VIEW_CLEANUP))
    found = reach.filter(fitting).select_related("cooperative").order_by("-opened_on", "-pk")
    for case in found[: asked.most + 1]:
        yield Hit(
            title=f"{case.cooperative}清理案件",
            note=f"{case.number} · {case.get_route_display()} · {case.get_state_display()}",
            url=page("registry:cleanup-detail", case=case.pk),
        )


FINDERS = (
    Finder(
        "合作社",
        "register",
        Action.VIEW_COOPERATIVE,
        _societies,
        in_list("registry:cooperative-list"),
    ),
    Finder("年度报告", "report", Action.VIEW_REPORT, _reports),
    Finder("清理案件", "cleanup", Action.VIEW_CLEANUP, _cases, in_list("registry:cleanup-list")),
)
