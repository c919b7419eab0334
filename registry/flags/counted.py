"""Rules that count members: by the roster where it has been confirmed, else as registered."""

import datetime as dt
from typing import ClassVar

from django.db.models import Case, CharField, F, FilteredRelation, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from common.template_tags import day
from registry.flags.rule import Evidence, FlagRule, Limits, Societies
from registry.flags.sources import SourceCell
from registry.models import Cooperative, RosterConfirmation
from registry.models.roster_confirmation import held_on

BY_ROSTER, BY_REGISTER = "roster", "register"
TOTAL, FARMERS, UNITS = "counted_total", "counted_farmers", "counted_units"
WHICH = "名册经核对确认的，按名册人数；没有确认的，按登记人数。"


class CountedRule(FlagRule):
    """A rule over how many members there are (domain: roster first). `counts` names what it needs.

    One join to the confirmations that held on the day: a society has at most one of them.
    """

    counts: ClassVar[tuple[str, ...]]

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        """Add the counts, and by which source they are."""
        joined = FilteredRelation(
            "roster_confirmations", condition=held_on(as_of, "roster_confirmations__")
        )
        confirmed = societies.annotate(confirmed_roster=joined)
        return confirmed.annotate(
            counted_total=Coalesce("confirmed_roster__total", "member_count"),
            counted_farmers=Coalesce("confirmed_roster__farmers", "farmer_member_count"),
            counted_units=Coalesce("confirmed_roster__units", "unit_member_count"),
            counted_by=Case(
                When(confirmed_roster__total__isnull=False, then=Value(BY_ROSTER)),
                default=Value(BY_REGISTER),
                output_field=CharField(),
            ),
        )

    def ended(self, as_of: dt.date) -> Societies:
        """Return the societies with the counts that the note of an ended suspicion tells."""
        return self.prepare(self.applicable(), as_of)

    def missing(self, limits: Limits) -> Q:
        """Neither source has the count."""
        absent = Q()
        for name in self.counts:
            absent |= Q((f"{name}__isnull", True))
        return absent

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        """Return the confirmation by which a society is judged, if there is one."""
        return [
            SourceCell(
                "经确认的成员名册",
                f"成员{each.total}名，农民成员{each.farmers}名，单位成员{each.units}个",
                f"{each.confirmed_by}于{day(each.confirmed_on)}核对确认：{each.basis}",
            )
            for each in RosterConfirmation.objects.filter(held_on(as_of), cooperative=society)
            .select_related("confirmed_by")
            .order_by("-pk")
        ]


def counted_by(evidence: Evidence) -> str:
    """Return whose counts a suspicion tells, in words."""
    roster = evidence.get("counted_by") == BY_ROSTER
    return "经确认的成员名册所载" if roster else "登记的"


def by_words() -> Combinable:
    """Return whose counts a society is judged by, in words, over a prepared society."""
    return Case(
        When(counted_by=BY_ROSTER, then=Value("经确认的成员名册所载")),
        default=Value("登记的"),
        output_field=CharField(),
    )


def told(*pieces: str) -> Combinable:
    """Return a sentence over a prepared society: whose counts, then words and names of counts."""
    names = {TOTAL, FARMERS, UNITS}
    said = [Cast(F(each), CharField()) if each in names else Value(each) for each in pieces]
    return Concat(by_words(), *said, output_field=CharField())
