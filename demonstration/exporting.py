"""The societies that support goes to first, as an export: one row each, with its groups."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from accounts.exporting import NO_CONDITION, Prepared
from accounts.policy import Action
from common import clock, spreadsheet
from demonstration.priority import priority_groups
from registry.models import Cooperative

_WHO = (
    spreadsheet.Column("统一社会信用代码", spreadsheet.CODE, 22),
    spreadsheet.Column("合作社", spreadsheet.TEXT, 30),
    spreadsheet.Column("乡镇街道", spreadsheet.TEXT, 14),
)


class PriorityExporter:
    """The four groups of the page; a society of several stands in one row."""

    kind, title = "priority", "重点扶持对象"
    action = Action.VIEW_STANDING
    unmask: Action | None = None

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return the societies in reach that are of a group."""
        del query, personal
        reach = Cooperative.objects.permitted(user, self.action)
        groups = priority_groups(reach, clock.today())
        marks = {
            f"group_{place}": Exists(group.societies.filter(pk=OuterRef("pk")))
            for place, group in enumerate(groups)
        }
        of_any = Q(*((mark, True) for mark in marks), _connector=Q.OR)
        rows = reach.annotate(**marks).filter(of_any).select_related("township")

        def cells(row: Any) -> list[Any]:
            township = row.township.short_name if row.township else "待判定"
            return [row.code, row.name, township, *(_yes(getattr(row, mark)) for mark in marks)]

        columns = [spreadsheet.Column(group.name, spreadsheet.TEXT, 20) for group in groups]
        return Prepared(rows.order_by("name", "pk"), [*_WHO, *columns], cells, NO_CONDITION)


def _yes(value: bool) -> str:
    return "是" if value else ""
