"""The newest value of each source as one column of a query over the register.

Every figure is an expression over `Cooperative`, so that contradictions and the choice of what to
check next are each one statement for the whole register.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.expressions import Combinable

from registry.models import (
    AbnormalListing,
    AnnualReport,
    DeregistrationNotice,
    ReportPublication,
    RosterConfirmation,
    SiteFinding,
    TaxStanding,
)
from registry.statement_choices import AbnormalReason, ExitKind

_YUAN = DecimalField(max_digits=18, decimal_places=2)


def tax() -> QuerySet[Any, Any]:
    """Tax standings of the society in question, the newest quarter first."""
    return TaxStanding.objects.known().filter(cooperative=OuterRef("pk")).order_by("-as_of", "-pk")


def visits() -> QuerySet[Any, Any]:
    """What was seen there, the newest first."""
    standing = SiteFinding.objects.standing().filter(cooperative=OuterRef("pk"))
    return standing.order_by("-seen_on", "-pk")


def reports() -> QuerySet[Any, Any]:
    """Its own accepted annual reports, the newest year first."""
    own = AnnualReport.objects.filter(cooperative=OuterRef("pk"), standing__isnull=False)
    return own.order_by("-year")


def exits() -> QuerySet[Any, Any]:
    """Notices that it has ended or lost its licence, the newest first."""
    notices = DeregistrationNotice.objects.known().filter(cooperative=OuterRef("pk"))
    return notices.exclude(kind=ExitKind.ANNOUNCED).order_by("-happened_on", "-pk")


def publications() -> QuerySet[Any, Any]:
    """Its statutory reports, the newest year first."""
    known = ReportPublication.objects.known().filter(cooperative=OuterRef("pk"))
    return known.order_by("-report_year", "-pk")


def unreachable() -> QuerySet[Any, Any]:
    """Open listings because nobody was found at the domicile."""
    known = AbnormalListing.objects.known().open().filter(cooperative=OuterRef("pk"))
    return known.filter(reason=AbnormalReason.UNREACHABLE).order_by("-listed_on")


def _of(rows: Callable[[], QuerySet[Any, Any]], column: str) -> Callable[[], Combinable]:
    def newest() -> Combinable:
        return Subquery(rows().values(column)[:1])

    return newest


def confirmed() -> QuerySet[Any, Any]:
    """The confirmation of its roster that holds."""
    return RosterConfirmation.objects.standing().filter(cooperative=OuterRef("pk"))


def _in_report_year(summary: Any, field: Any) -> Combinable:
    """Sum up the tax standings of the year that the newest own report speaks of."""
    year = Subquery(
        AnnualReport.objects.filter(cooperative=OuterRef(OuterRef("pk")), standing__isnull=False)
        .order_by("-year")
        .values("year")[:1]
    )
    of_year = TaxStanding.objects.known().filter(cooperative=OuterRef("pk"), as_of__year=year)
    summed = of_year.order_by().values("cooperative").annotate(summed=summary).values("summed")
    return Subquery(summed, output_field=field)


def _tax_sales_of_year() -> Combinable:
    return _in_report_year(Sum("declared_sales"), _YUAN)


def _all_zero_in_year() -> Combinable:
    """1 when every quarter of the year that was declared was nil; 0 when one was not."""
    flag = Case(When(zero_declared=True, then=1), default=0, output_field=IntegerField())
    return _in_report_year(Min(flag), IntegerField())


def _listed_unreachable() -> Combinable:
    return Exists(unreachable())


FIGURES: dict[str, Callable[[], Combinable]] = {
    "tax_state": _of(tax, "state"),
    "tax_registered": _of(tax, "registered"),
    "tax_sales": _of(tax, "declared_sales"),
    "tax_sales_of_year": _tax_sales_of_year,
    "all_zero": _all_zero_in_year,
    "operating": _of(visits, "operating"),
    "at_address": _of(visits, "at_address"),
    "report_year": _of(reports, "year"),
    "report_idle": _of(reports, "standing__no_activity"),
    "report_income": _of(reports, "standing__operating_income"),
    "report_members": _of(reports, "standing__members_total"),
    "report_chair": _of(reports, "standing__chair"),
    "exit_kind": _of(exits, "kind"),
    "published_year": _of(publications, "report_year"),
    "published_state": _of(publications, "state"),
    "roster_total": _of(confirmed, "total"),
    "roster_farmers": _of(confirmed, "farmers"),
    "roster_units": _of(confirmed, "units"),
    "unreachable": _listed_unreachable,
}
