"""The register as an export: the columns of its list, masked as there."""

from typing import Any

from django.http import QueryDict

from accounts.exporting import ONLY, Prepared
from accounts.nouns import UnreadableConditions
from accounts.policy import Action
from common import spreadsheet
from common.keyset import in_order
from registry.filters import CooperativeFilter
from registry.listing import NAME, all_columns, columns_for, order_of, rows_for
from registry.models import Cooperative


class RegisterExporter:
    """The register's list under its conditions; the contact telephone whole with right and reason."""

    kind, title = "cooperatives", "合作社名录"
    action = Action.EXPORT_COOPERATIVE
    unmask: Action | None = Action.UNMASK_CONTACT

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return the societies in reach as the page lists them."""
        reach = Cooperative.objects.permitted(user, self.action)
        if one := query.get(ONLY, ""):
            reach = reach.filter(pk=one) if one.isdigit() else reach.none()
        chosen = CooperativeFilter(query, reach, user=user)
        if chosen.form.errors:
            raise UnreadableConditions(chosen.form.errors)
        whole = query.get("columns") == "all" or personal
        columns = [NAME, *(all_columns(user) if whole else columns_for(user, chosen.columns))]
        words = "；".join(f"{label}：{word}" for label, word in chosen.in_words())

        def cells(row: Any) -> list[Any]:
            return [
                row["contact_phone"]
                if personal and column.key == "contact_phone"
                else column.value(row)
                for column in columns
            ]

        return Prepared(
            in_order(rows_for(chosen.qs, columns[1:]), order_of(chosen.sort)),
            [spreadsheet.Column(each.heading, each.kind, each.width) for each in columns],
            cells,
            words or "无（全部）",
        )
