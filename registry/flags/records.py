"""Rules that look at the records of other registers, reports, rosters and visits.

Whom such a rule suspects is a set that is found from the records themselves, in one pass over
them; the figures are read for those few alone. So a rule costs a pass over its records, and not
a question for every society.
"""

import datetime as dt
from abc import abstractmethod
from typing import Any, ClassVar

from django.db.models import CharField, DateField, IntegerField, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable, Exists
from django.db.models.functions import Cast, Coalesce, JSONObject

from registry.choices import FeedSource, JobState
from registry.flags.rule import SUSPECT, UNKNOWN, Expressions, FlagRule, Limits, Societies
from registry.flags.sources import SourceCell
from registry.models import Cooperative, FeedDelivery, Statement
from registry.wording import value_in_words


class RecordRule(FlagRule):
    """A rule over records: whom they speak against, and of whom they say nothing."""

    data: ClassVar[str]
    fields = ()
    needs = ()

    @abstractmethod
    def hits(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition, over a society, that its records speak against it."""

    @abstractmethod
    def absent(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition, over a society, that its records do not tell."""

    @abstractmethod
    def figures_on(self, limits: Limits, as_of: dt.date) -> Expressions:
        """Return the evidence of a suspected society."""

    def reads(self) -> str:
        """Return in words what the rule looks at."""
        return self.data

    def wants(self) -> str:
        """Return in words what has to be there before the rule can judge."""
        return self.data

    def fails(self, limits: Limits, as_of: dt.date) -> Q:
        """Return the condition of the suspicion."""
        return self.hits(limits, as_of)

    def figures(self, limits: Limits) -> Expressions:
        """Return the thresholds; what was found on a day is in `figures_on`."""
        return {threshold.key: Value(limits[threshold.key]) for threshold in self.thresholds}

    def told(self, limits: Limits, as_of: dt.date) -> Expressions:
        """Return what the records say, and the thresholds."""
        return {**self.figures_on(limits, as_of), **self.figures(limits)}

    def suspects(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Suspected societies with `evidence`."""
        held = self.version_on(as_of).limits if limits is None else limits
        found = self.compared(as_of).filter(self.hits(held, as_of))
        return found.annotate(verdict=Value(SUSPECT), evidence=JSONObject(**self.told(held, as_of)))

    def unknowns(self, as_of: dt.date, limits: Limits | None = None) -> Societies:
        """Societies of which the records do not tell."""
        held = self.version_on(as_of).limits if limits is None else limits
        found = self.compared(as_of).filter(self.absent(held, as_of))
        return found.annotate(verdict=Value(UNKNOWN), evidence=JSONObject(**self.figures(held)))


def number_of(records: "QuerySet[Any, Any]", counted: Combinable) -> Combinable:
    """Return a whole number from the records of a society; 0 where it has none."""
    one = records.order_by().values("cooperative").annotate(figure=counted).values("figure")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)


def day_of(records: "QuerySet[Any, Any]", which: Combinable) -> Combinable:
    """Return a day from the records of a society, written as 2021-06-09."""
    one = records.order_by().values("cooperative").annotate(figure=which).values("figure")
    return Cast(Subquery(one, output_field=DateField()), CharField())


def never_sent(statements: "QuerySet[Any, Any]", *sources: FeedSource) -> Q:
    """Return the condition that no file of a register has ever come: then nobody can be judged.

    A society that a register's files leave out is a society of which the register has nothing
    to say; without any file nothing is known at all.
    """
    sent = FeedDelivery.objects.filter(
        source__in=(*sources, FeedSource.WORKBOOK), job__state=JobState.COMMITTED
    )
    return ~Q(Exists(sent.order_by())) & ~Q(Exists(statements.order_by()))


def cells_of(label: str, statements: "QuerySet[Any, Any]", *names: str) -> list[SourceCell]:
    """Return statements of another register as cells: what they say, and the row that says it."""
    return [
        SourceCell(label, _told(each, names), _where(each), row=each.row)
        for each in statements.select_related("row", "delivery")
    ]


def _told(statement: Statement, names: tuple[str, ...]) -> str:
    said = []
    for name in names:
        display = getattr(statement, f"get_{name}_display", None)
        value = display() if display else getattr(statement, name)
        if value is True or value is False:
            value = "是" if value else "否"
        word = str(statement._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        said.append(
            f"{word}：{value_in_words(name, value) if value not in {None, ''} else '未载明'}"
        )
    return "；".join(said)


def _where(statement: Statement) -> str:
    if statement.row is None:
        return str(statement.delivery) if statement.delivery else "没有对应的报送单元格"
    sheet = statement.row.sheet
    return f"{statement.delivery} {sheet}第{statement.row.number}行"


def of_society(model: type[Statement], society: Cooperative) -> "QuerySet[Any, Any]":
    """Return what a register holds for true of a society now."""
    known: QuerySet[Any, Any] = model._default_manager.known()  # type: ignore[attr-defined]
    return known.filter(cooperative=society)
