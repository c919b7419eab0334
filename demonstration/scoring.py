"""What the sheets of a round add up to: who is missing, who disagrees, who comes first.

Totals are means over the sheets of an application; all figures are points of the criteria.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet, Sum

from demonstration.choices import ApplicationState, SheetState
from demonstration.interests import known_interests
from demonstration.models import (
    InterestDeclaration,
    RatingApplication,
    RatingRound,
    Reviewer,
    Score,
    ScoreSheet,
)
from demonstration.models.application import TO_BE_SCORED

CENT = Decimal("0.01")
TIE_RULE = "总分相同的，依次比较标准中前面方面的得分；仍相同的并列，由联席会议决定。"


@dataclass(frozen=True)
class Placed:
    """One line of the ranking: place (ties share one), total, and the mean of each section."""

    application: RatingApplication
    place: int
    total: Decimal
    sections: dict[str, Decimal]
    tied: bool
    within_quota: bool


def owed_sheets(reviewers: QuerySet[Reviewer]) -> set[tuple[int, int]]:
    """Return the (reviewer, application) pairs whose sheets are still owed.

    Who has declared an interest, or is known to have one, owes nothing.
    """
    people = {each.pk: each for each in reviewers}
    applications = RatingApplication.objects.filter(
        round__in={each.round_id for each in people.values()}, state__in=TO_BE_SCORED
    )
    known = known_interests([each.user_id for each in people.values()])
    owed = {
        (reviewer.pk, application)
        for application, round_, society in applications.values_list("pk", "round", "cooperative")
        for reviewer in people.values()
        if reviewer.round_id == round_ and society not in known[reviewer.user_id]
    }
    excused = InterestDeclaration.objects.filter(reviewer__in=people, has_interest=True)
    handed_in = ScoreSheet.objects.filter(reviewer__in=people, state=SheetState.SUBMITTED)
    return (
        owed
        - set(excused.values_list("reviewer", "application"))
        - set(handed_in.values_list("reviewer", "application"))
    )


def unfinished_sheets(round_: RatingRound) -> int:
    """Return how many sheets of a round are still owed."""
    return len(owed_sheets(round_.reviewers.all()))


def all_in(round_: RatingRound) -> bool:
    """Tell whether every owed sheet is in: from then on reviewers see each other's."""
    return not unfinished_sheets(round_)


def wide_spreads(round_: RatingRound) -> list[RatingApplication]:
    """Return the applications whose sheets lie further apart than allowed and lack a note."""
    sums: dict[int, list[Decimal]] = defaultdict(list)
    sheets = ScoreSheet.objects.filter(
        application__round=round_, application__state__in=TO_BE_SCORED, state=SheetState.SUBMITTED
    )
    totals = sheets.values_list("pk", "application").annotate(Sum("scores__points"))
    for _, application, total in totals:
        sums[application].append(total or Decimal(0))
    apart = [
        application
        for application, given in sums.items()
        if max(given) - min(given) > round_.spread_limit
    ]
    return list(
        RatingApplication.objects.filter(pk__in=apart, spread_note="").select_related("cooperative")
    )


def ranking(round_: RatingRound) -> list[Placed]:
    """Return the order of a round by the means of its submitted sheets.

    Ties at equal total are broken by the sections in their order; who is equal there too shares
    a place. Those before the quota line are marked; a tie across the line leaves nobody out.
    """
    applications = {
        each.pk: each
        for each in round_.applications.exclude(state=ApplicationState.DRAFT).select_related(
            "cooperative__township"
        )
    }
    order = list(
        dict.fromkeys(
            round_.criteria.items.filter(kind="scored")
            .order_by("position")
            .values_list("section", flat=True)
        )
    )
    means = _means(round_)
    lines = sorted(
        ((pk, sections) for pk, sections in means.items() if pk in applications),
        key=lambda line: ([-part for part in _mark(line[1], order)], line[0]),
    )
    placed: list[Placed] = []
    marks = [_mark(sections, order) for _, sections in lines]
    for index, (pk, sections) in enumerate(lines):
        first = marks.index(marks[index])
        placed.append(
            Placed(
                application=applications[pk],
                place=first + 1,
                total=_rounded(sum(sections.values(), Decimal(0))),
                sections={name: _rounded(sections.get(name, Decimal(0))) for name in order},
                tied=marks.count(marks[index]) > 1,
                within_quota=first < round_.quota,
            )
        )
    return placed


def _means(round_: RatingRound) -> dict[int, dict[str, Decimal]]:
    sheets = dict(
        ScoreSheet.objects.filter(
            application__round=round_, state=SheetState.SUBMITTED
        ).values_list("pk", "application")
    )
    numbers: dict[int, int] = defaultdict(int)
    for application in sheets.values():
        numbers[application] += 1
    sums: dict[int, dict[str, Decimal]] = {pk: defaultdict(Decimal) for pk in numbers}
    rows = Score.objects.filter(sheet__in=list(sheets)).values_list(
        "sheet", "item__section", "points"
    )
    for sheet, section, points in rows:
        application = sheets[sheet]
        sums[application][section] += points / numbers[application]
    return sums


def _mark(sections: dict[str, Decimal], order: list[str]) -> tuple[Decimal, ...]:
    total = _rounded(sum(sections.values(), Decimal(0)))
    return (total, *(_rounded(sections.get(name, Decimal(0))) for name in order))


def _rounded(value: Decimal) -> Decimal:
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)
