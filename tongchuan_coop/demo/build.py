"""Build the demo district: people first, then six quarters through the real intake."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from random import Random

from django.db import transaction

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from common import clock
from common.quarter import Quarter
from registry.choices import RowDecision, RowOutcome
from registry.models import Cooperative, CooperativeAgent, FeedRow
from registry.operations.deliveries import (
    decide_row,
)
from registry.operations.flags import recompute_flags
from tongchuan_coop.demo import (
    cleanup,
    clearing,
    contacts,
    demonstration,
    events,
    exemplars,
    facts,
    figures,
    files,
    flags,
    help_requests,
    innovations,
    interface,
    library,
    meetings,
    notices,
    papers,
    people,
    programme,
    reports,
    rosters,
    saved_views,
    societies,
    sponsorships,
    supports,
    training,
    upward,
    visits,
    watches,
    work_plan,
)
from tongchuan_coop.demo.quarters import QuarterFile, write_quarter
from tongchuan_coop.demo.statements import write_statements
from tongchuan_coop.demo.taking import take_in

FIRST, LAST = Quarter(2020, 1), Quarter(2021, 2)
ASKED_ON = dt.date(2021, 7, 12)
AT_THE_START, NEW_EACH_QUARTER = 640, 12
# Two townships whose internal notes carry a mark, so that a leak across townships can be seen.
MARKS = {people.HOME_UNIT: "甲乡标记", "511702108": "乙乡标记"}
Say = Callable[[str], None]
# What each part of the house adds to the register, in this order.
PARTS: tuple[Callable[[dict[str, User], Random], None], ...] = (
    *cleanup.PARTS,
    clearing.clear_one,
    rosters.add_rosters,
    rosters.add_upload,
    reports.add_reports,
    training.add_counsellors,
    files.add_files,
    *facts.PARTS,
    visits.add_visits,
    events.add_events,
    notices.add_notices,
    *flags.PARTS,
    *demonstration.PARTS,
    innovations.add_innovations,
    training.add_pairs,
    meetings.add_meetings,
    papers.add_papers,
    sponsorships.add_sponsorships,
    supports.add_supports,
    help_requests.add_help_requests,
    watches.add_watches,
    library.add_library,
    exemplars.add_exemplars,
    contacts.add_contacts,
    upward.add_upward,
    saved_views.add_saved_views,
    *programme.PARTS,
    *figures.PARTS,  # before the check, which speaks of the targets
    *work_plan.PARTS,
    *interface.PARTS,
)


def is_empty() -> bool:
    """Tell whether the database holds nothing that a demo could get in the way of."""
    return (
        not Cooperative.objects.exists() and not User.objects.exclude(username="machine").exists()
    )


def build(seed: int, say: Say, number: int = AT_THE_START) -> None:
    """Fill an empty database; the same seed and number of societies give the same content.

    With 0 societies there are the people and their units only, as on the portal's first day.
    """
    random = Random(seed)
    with transaction.atomic():
        known = people.add_people(random)
    if not number:
        return
    district = societies.District(seed)
    current = list(
        societies.blemish(district.found(number, societies.FIRST_DAY, societies.LAST_DAY), random)
    )
    current += district.register_twice(current)
    quarter, sent = FIRST, current
    while quarter <= LAST:
        sent_on = quarter.last_day + dt.timedelta(days=9)
        take_in(write_quarter(quarter, sent_on, current, random), known)
        for stated in write_statements(quarter, sent, current, last=quarter == LAST):
            take_in(stated.file, known, source=stated.source, sender=stated.sender)
        say(f"{quarter.label}：{len(current)} 家")
        quarter, sent = quarter.next(), current
        current = societies.live_a_quarter(current, random, quarter.last_day)
        current += district.found(NEW_EACH_QUARTER, quarter.first_day, quarter.last_day)
    _accept_what_was_checked(known["bureau"])
    _leave_work(sent, random, known)
    _know_each_other(known)
    recompute_flags(by=None)
    for add in PARTS:
        add(known, random)


def _accept_what_was_checked(bureau: User) -> None:
    """Take in the societies whose extraordinary contribution the bureau has asked about."""
    doubtful = FeedRow.objects.filter(
        delivery__quarter=str(LAST),
        outcome=RowOutcome.DOUBTFUL,
        cooperative__isnull=True,
        registration__isnull=False,
    ).exclude(registration__division__startswith="511703")
    with clock.on_day(ASKED_ON):
        for row in doubtful.order_by("ordinal"):
            if row.registration.total_contribution and row.registration.total_contribution > 10**8:
                decide_row(
                    row, RowDecision.ACCEPTED, reason="已核对营业执照，待进一步核实", by=bureau
                )


def _leave_work(sent: list[societies.Society], random: Random, known: dict[str, User]) -> None:
    """Leave the bureau something to do: a second file for the last quarter, and one sent back."""
    page = "<html><table><tr><td>统一社会信用代码</td></tr></table></html>".encode()
    spoilt = QuarterFile(LAST, dt.date(2021, 7, 14), "合作社登记信息导出.xls", page)
    take_in(spoilt, known, commit=False)
    corrected = [
        replace(society, chair=societies.make_name(random)) if place % 60 == 5 else society
        for place, society in enumerate(sent)
        if place % 200 != 7
    ]
    again = write_quarter(LAST, dt.date(2021, 7, 16), corrected, random)
    take_in(again, known, commit=False)


def _know_each_other(known: dict[str, User]) -> None:
    """Give the known people their societies, and the two townships their marks."""
    for code, mark in MARKS.items():
        Cooperative.objects.filter(township__code=code).update(
            internal_note=f"{mark}：仅供内部查看"
        )
    home = Cooperative.objects.filter(township__code=people.HOME_UNIT).living().order_by("uscc")
    chair = known["cooperative"]
    chair.full_name = home[0].legal_representative  # by law the chair is the legal representative
    chair.save(update_fields=["full_name"])
    CooperativeAgent.objects.create(cooperative=home[0], user=chair, since=dt.date(2020, 6, 1))
    for unit in OrganisationUnit.objects.reporting():
        counsellor = unit.people.filter(role=Role.COUNSELLOR).order_by("pk").first()
        if counsellor is not None:
            Cooperative.objects.filter(township=unit).update(counsellor=counsellor)
