"""The frame of a flag rule: what it says about itself, and the one query it asks.

A rule looks at the whole register at once. Missing data is unknown, never a suspicion; a
suspicion is a lead until a person has verified it, and changes nothing by itself.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import BigIntegerField, Case, CharField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject

from registry.choices import (
    ENDED_STATUSES,
    CooperativeKind,
    FlagLabel,
    RegistrationStatus,
    RuleAuthority,
    Severity,
)
from registry.flags.legal import IN_FORCE, Citation
from registry.flags.sources import SourceCell
from registry.models import Cooperative, RuleVersion
from registry.wording import label_of

Evidence = Mapping[str, Any]
Limits = Mapping[str, int]
Societies = QuerySet[Cooperative]
Expressions = dict[str, Combinable]

UNKNOWN, SUSPECT = "unknown", "suspect"
EXEMPT_STATUSES = (
    RegistrationStatus.SUSPENDED,
    RegistrationStatus.LIQUIDATING,
    *ENDED_STATUSES,
)


@dataclass(frozen=True)
class Threshold:
    """A number that a rule compares with: the default, until a dated version says otherwise."""

    key: str
    title: str
    default: int
    unit: str


@dataclass(frozen=True)
class InForce:
    """The version of a rule that applies on a day."""

    number: int
    effective_from: dt.date
    limits: Limits
    authority: str
    note: str = ""


class FlagRule(ABC):
    """One fault, one class, one file. Codes R1 to R20 are never reused.

    `suspects`, `unknowns` and `exempt` return societies of the whole register. A rule may compare
    societies with each other, so narrow the answer to a reader's reach from outside
    (`permitted(…).filter(pk__in=rule.suspects(day).values("pk"))`), never by `.filter()` on it.
    Only whether a rule can judge (`unknowns`) is asked of each society alone, and may be narrowed.

    `passing` names figures that are no facts of the society: derived from a threshold, or growing
    by themselves with time. What is left (`facts`) tells whether a suspicion that a person has
    dismissed is the same one again.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    points_to: ClassVar[tuple[FlagLabel, ...]]
    severity: ClassVar[Severity]
    basis: ClassVar[tuple[Citation, ...]]
    authority: ClassVar[RuleAuthority] = RuleAuthority.STATUTE
    thresholds: ClassVar[tuple[Threshold, ...]]
    period: ClassVar[str] = "按最近一次入库的登记信息计算"
    kinds: ClassVar[tuple[CooperativeKind, ...]] = (CooperativeKind.COOPERATIVE,)
    fields: ClassVar[tuple[str, ...]]
    needs: ClassVar[tuple[str, ...]]
    exempt_in_founding_year: ClassVar[bool] = False
    passing: ClassVar[tuple[str, ...]] = ()
    # What the verifier looks at, and what the society is asked: words without rule or label.
    look_at: ClassVar[tuple[str, ...]]
    question: ClassVar[str]

    # -- what a rule says in its own words -------------------------------------------------------

    @abstractmethod
    def measured(self, limits: Limits) -> str:
        """Return the condition with its figures, in one sentence."""

    @abstractmethod
    def clears_when(self, limits: Limits) -> str:
        """Return what would end the suspicion, in one sentence."""

    @abstractmethod
    def explain(self, evidence: Evidence) -> list[str]:
        """Return sentences with every figure that is needed to recompute by hand."""

    @abstractmethod
    def cured(self, limits: Limits) -> Combinable:
        """Return the words, over a society, for the note of a suspicion that has ended."""

    # -- what a rule asks the register ---------------------------------------------------------

    @abstractmethod
    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition of the suspicion, over a prepared society with all it needs."""

    @abstractmethod
    def figures(self, limits: Limits) -> Expressions:
        """Return the evidence: names and expressions, the threshold among them."""

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        """Add what `fails`, `missing` and `figures` look at beyond the registered facts."""
        return societies

    def reads(self) -> str:
        """Return in words what the rule looks at."""
        return "、".join(label_of(name) for name in self.fields)

    def wants(self) -> str:
        """Return in words what has to be there before the rule can judge."""
        return "、".join(label_of(name) for name in self.needs)

    def records(self, society: Cooperative, as_of: dt.date) -> list[SourceCell]:
        """Return the rows of other registers behind the figures, with where each stands."""
        return []

    def missing(self, limits: Limits) -> Q:
        """Return the condition that a fact is absent; blank and zero are different things."""
        absent = Q()
        for name in self.needs:
            absent |= Q(**{f"{name}__isnull": True})
            if Cooperative._meta.get_field(name).get_internal_type() in {"CharField", "TextField"}:
                absent |= Q(**{name: ""})
        return absent

    def judged(self, as_of: dt.date) -> Q:
        """Return the condition that a society is not exempt."""
        judged = ~Q(status__in=EXEMPT_STATUSES)
        return judged & ~self._newborn(as_of) if self.exempt_in_founding_year else judged

    def ended(self, as_of: dt.date) -> Societies:
        """Return the societies with all that `cured` looks at."""
        return self.applicable()

    def compared(self, as_of: dt.date) -> Societies:
        """Return the societies that the query looks at: those judged, unless partners count too."""
        return self.applicable().filter(self.judged(as_of))

    def partners(self, society: Cooperative) -> list[tuple[str, Societies]]:
        """Return with whom a society is compared: what they share in words, and the others."""
        return []

    # -- the answers ---------------------------------------------------------------------------

    def version_on(self, day: dt.date) -> InForce:
        """Return the thresholds in force on a day; without a dated row, the defaults."""
        limits = {threshold.key: threshold.default for threshold in self.thresholds}
        row = RuleVersion.objects.in_force(self.code, day)
        if row is None:
            return InForce(1, IN_FORCE, limits, self.authority)
        known = {key: int(value) for key, value in row.thresholds.items() if key in limits}
        return InForce(row.number, row.effective_from, limits | known, row.authority, row.note)

    def applicable(self) -> Societies:
        """Societies of the kinds that this rule speaks of."""
        return Cooperative.objects.standing().filter(kind__in=self.kinds)

    def findings(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Societies with `verdict` (suspect or unknown), `evidence` and `facts`: one query for all.

        `limits` are those in force on the day, unless a rehearsal brings its own.
        """
        held = self.version_on(as_of).limits if limits is None else limits
        # One expression, filtered as a whole: pieces of a condition would be pushed below the
        # windows of a comparing rule, and hide partners from each other.
        verdict = Case(
            When(self.missing(held), then=Value(UNKNOWN)),
            When(self.fails(held, as_of), then=Value(SUSPECT)),
            default=Value(""),
            output_field=CharField(),
        )
        prepared = self.prepare(self.compared(as_of), as_of)
        evidence = JSONObject(**self.told(held, as_of))
        return prepared.annotate(verdict=verdict, evidence=evidence).filter(
            Q(("verdict__in", [SUSPECT, UNKNOWN]))
        )

    def told(self, limits: Limits, as_of: dt.date) -> Expressions:
        """Return all that the evidence tells: names and expressions over a prepared society."""
        return self.figures(limits)

    def no_facts(self, as_of: dt.date, limits: Limits) -> tuple[str, ...]:
        """Return what of the evidence is no fact of the society: thresholds, and what passes."""
        keys = {threshold.key for threshold in self.thresholds}
        told = self.told(limits, as_of)
        return tuple(
            name
            for name, figure in told.items()
            if name in self.passing or (name in keys and isinstance(figure, Value))
        )

    def suspects(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Suspected societies with `evidence`."""
        return self.findings(as_of, limits).filter(Q(("verdict", SUSPECT)))

    def unknowns(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Societies that the rule cannot judge because a fact is missing."""
        return self.findings(as_of, limits).filter(Q(("verdict", UNKNOWN)))

    def exempted(self, as_of: dt.date) -> Q:
        """Return the condition that the rule leaves a society of its kinds alone."""
        left = Q(status__in=EXEMPT_STATUSES)
        return left | self._newborn(as_of) if self.exempt_in_founding_year else left

    def exempt(self, as_of: dt.date) -> Societies:
        """Societies that the rule leaves alone, with `reason`."""
        by_status = [
            When(status=status, then=Value(f"登记状态为“{status.label}”"))
            for status in EXEMPT_STATUSES
        ]
        reason = Case(
            *by_status,
            default=Value(f"{as_of.year}年当年成立"),
            output_field=CharField(),
        )
        return self.applicable().filter(self.exempted(as_of)).annotate(reason=reason)

    def _newborn(self, as_of: dt.date) -> Q:
        return Q(established_on__isnull=False, established_on__gte=dt.date(as_of.year, 1, 1))


def times(field: str, factor: int) -> Combinable:
    """Return a count times a whole number, wide enough for absurd counts: shares need no floats."""
    return Cast(field, BigIntegerField()) * Value(factor)
