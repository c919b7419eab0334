"""Rules that compare societies with each other: who shares a person, a phone or an address.

Values that only one society has are set aside first, in one pass for each kind of value; the
counting of who shares what then looks at the few that are left.
"""

import datetime as dt
from abc import abstractmethod
from typing import ClassVar

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.functions import JSONObject

from registry.choices import ENDED_STATUSES
from registry.flags.rule import SUSPECT, UNKNOWN, FlagRule, Limits, Societies
from registry.flags.sharing import Likeness, crowded, joined, lengths, sharers
from registry.models import Cooperative

SOCIETIES = "societies"  # the threshold: how many must share


class ComparingRule(FlagRule):
    """A rule over what societies share. `likenesses`: the figure's name and what is shared.

    With `together`, only those count as alike who also have the same value there.
    """

    likenesses: ClassVar[dict[str, Likeness]]
    together: ClassVar[tuple[str, ...]] = ()
    together_in_words: ClassVar[str] = ""

    def compared(self, as_of: dt.date) -> Societies:
        """Return who counts as a partner, also those who are not judged themselves."""
        return self.applicable().exclude(status__in=ENDED_STATUSES)

    def prepare(self, societies: Societies, as_of: dt.date) -> Societies:
        """Add how many share each value; 0 where a value is unusable or a society is not judged."""
        judged = self.judged(as_of) & ~Q(*((f"{name}__isnull", True) for name in self.together))
        return societies.annotate(**lengths()).annotate(
            **{
                name: sharers(judged & likeness.usable, *self.together, likeness.key)
                for name, likeness in self.likenesses.items()
            }
        )

    def suspects(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Suspected societies with `evidence`."""
        held = self.version_on(as_of).limits if limits is None else limits
        everybody = self.compared(as_of)
        least = min(2, held[SOCIETIES])
        shared, keys = Q(), {}
        for name, likeness in self.likenesses.items():
            # Down to two, whatever the threshold: the evidence counts every kind of partner.
            keys[f"{name}_by"] = joined(*self.together, likeness.key)
            shared |= Q((f"{name}_by__in", crowded(everybody, likeness, least, *self.together)))
        few = everybody.annotate(**lengths()).annotate(**keys).filter(shared)
        # One expression, filtered as a whole: pieces of a condition would be pushed below the
        # windows, and hide partners from each other.
        verdict = Case(
            When(self.fails(held, as_of), then=Value(SUSPECT)),
            default=Value(""),
            output_field=CharField(),
        )
        evidence = JSONObject(**self.told(held, as_of))
        found = self.prepare(few, as_of).annotate(verdict=verdict, evidence=evidence)
        return found.filter(Q(("verdict", SUSPECT)))

    def unknowns(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Societies of which too little is told to compare them."""
        held = self.version_on(as_of).limits if limits is None else limits
        societies = self.compared(as_of).annotate(**lengths())
        found = societies.filter(self.judged(as_of), self.untold(held, as_of))
        evidence = JSONObject(**{key: Value(limit) for key, limit in held.items()})
        return found.annotate(verdict=Value(UNKNOWN), evidence=evidence)

    @abstractmethod
    def untold(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition, over a society that is judged, that too little is told of it."""

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition that enough share one of the values."""
        found = Q()
        for name in self.likenesses:
            found |= Q(**{f"{name}__gte": limits[SOCIETIES]})
        return found

    def partners(self, society: Cooperative) -> list[tuple[str, Societies]]:
        """Return who shares each value with a society."""
        others = self.compared(dt.date.max).exclude(pk=society.pk)
        others = others.filter(**{name: getattr(society, name) for name in self.together})
        return [
            (f"{self.together_in_words}{likeness.label}相同", likeness.same(others, society))
            for likeness in self.likenesses.values()
        ]
