"""What other registers, a visit and the society itself say."""

import datetime as dt
import uuid

import factory

from common import clock
from registry.choices import OperatingState, ReportState, Seen
from registry.models import (
    AbnormalListing,
    AnnualReport,
    Contradiction,
    DeregistrationNotice,
    ReportPublication,
    ReportVersion,
    SiteFinding,
    TaxStanding,
)
from registry.side_choices import ContradictionKind
from registry.statement_choices import (
    AbnormalReason,
    ExitKind,
    PublicationState,
    TaxpayerState,
)


class TaxFactory(factory.django.DjangoModelFactory[TaxStanding]):
    """A taxpayer in good order at the end of a quarter."""

    class Meta:
        model = TaxStanding

    quarter = "2021Q2"
    as_of = dt.date(2021, 6, 30)
    known_from = factory.LazyFunction(clock.now)
    registered = True
    state = TaxpayerState.NORMAL


class ListingFactory(factory.django.DjangoModelFactory[AbnormalListing]):
    """An open listing because nobody was found at the domicile."""

    class Meta:
        model = AbnormalListing

    quarter = "2021Q2"
    known_from = factory.LazyFunction(clock.now)
    reason = AbnormalReason.UNREACHABLE
    listed_on = dt.date(2021, 3, 1)


class ExitFactory(factory.django.DjangoModelFactory[DeregistrationNotice]):
    """A notice that a society was deregistered."""

    class Meta:
        model = DeregistrationNotice

    quarter = "2021Q2"
    known_from = factory.LazyFunction(clock.now)
    kind = ExitKind.DEREGISTERED
    happened_on = dt.date(2021, 5, 1)


class PublicationFactory(factory.django.DjangoModelFactory[ReportPublication]):
    """A statutory report that was not filed."""

    class Meta:
        model = ReportPublication

    quarter = "2021Q2"
    known_from = factory.LazyFunction(clock.now)
    report_year = 2020
    state = PublicationState.NOT_FILED


class FindingFactory(factory.django.DjangoModelFactory[SiteFinding]):
    """A visit that found all in order; `seen_by` is asked for."""

    class Meta:
        model = SiteFinding

    visit_key = factory.LazyFunction(lambda: str(uuid.uuid4()))
    seen_on = dt.date(2021, 6, 9)
    at_address = Seen.YES
    operating = OperatingState.YES


class ContradictionFactory(factory.django.DjangoModelFactory[Contradiction]):
    """An open contradiction."""

    class Meta:
        model = Contradiction

    kind = ContradictionKind.ACTIVE_SHUT
    evidence = factory.LazyFunction(lambda: {"status": "active", "operating": "no"})


def accepted_report(cooperative, year: int = 2020, **figures: object) -> AnnualReport:
    """Return an annual report of a society that was accepted, with these figures."""
    report = AnnualReport.objects.create(
        cooperative=cooperative, year=year, state=ReportState.ACCEPTED
    )
    version = ReportVersion.objects.create(
        report=report,
        number=1,
        sha256="0" * 64,
        society_name=cooperative.name,
        society_code=cooperative.code,
        submitted_at=clock.now(),
        due_on=dt.date(year + 1, 6, 30),
        typed_by_name="王会计",
        confirmation="account",
        confirmed_by_name="理事长",
        **figures,
    )
    report.latest = report.standing = version
    report.save(update_fields=["latest", "standing"])
    return report
