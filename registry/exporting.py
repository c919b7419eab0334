"""The register, and who has reported for a year, as exports: the columns of their lists."""

from typing import Any

from django.http import QueryDict

from accounts.exporting import NO_CONDITION, ONE_ROW, ONLY, Prepared
from accounts.nouns import UnreadableConditions
from accounts.policy import Action
from common import spreadsheet
from common.figures import whole_number
from common.keyset import in_order
from common.template_tags import moment
from registry.filters import CooperativeFilter
from registry.forms.reports import ReportFilter
from registry.kept_lists import REPORTS
from registry.listing import (
    NAME,
    ListColumn,
    all_columns,
    columns_for,
    order_in_words,
    order_of,
    rows_for,
)
from registry.models import Cooperative
from registry.reporting.owed import season_of
from registry.reporting.register import narrowed, reports_of, standing_word

PHONE = "contact_phone"


class RegisterExporter:
    """The register's list under its conditions; the contact telephone whole with right and reason."""

    kind, title = "cooperatives", "合作社名录"
    action = Action.EXPORT_COOPERATIVE
    unmask: Action | None = Action.UNMASK_CONTACT

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return the societies in reach as the page lists them."""
        reach = Cooperative.objects.permitted(user, self.action)
        if one := query.get(ONLY, ""):
            reach = reach.filter(pk=whole_number(one) or 0)
        chosen = CooperativeFilter(query, reach, user=user)
        if chosen.form.errors:
            raise UnreadableConditions(chosen.form.errors)
        columns = [NAME, *_columns(query, user, chosen.columns, personal=personal)]
        words = (
            ONE_ROW if one else "；".join(f"{label}：{word}" for label, word in chosen.in_words())
        )

        def cells(row: Any) -> list[Any]:
            return [
                row["contact_phone"] if personal and column.key == PHONE else column.value(row)
                for column in columns
            ]

        return Prepared(
            in_order(rows_for(chosen.qs, columns[1:]), order_of(chosen.sort)),
            [spreadsheet.Column(each.heading, each.kind, each.width) for each in columns],
            cells,
            words or NO_CONDITION,
            order_in_words(chosen.sort),
        )


def _columns(query: Any, user: Any, chosen: list[str], *, personal: bool) -> list[ListColumn]:
    """Return the columns that the list shows; a whole telephone is never asked for in vain."""
    if query.get("columns") == "all" or (personal and not chosen):
        return all_columns(user)
    return columns_for(user, [*chosen, PHONE] if personal else chosen)


# The column of the page that each stands in, and how it is written.
_OWING = (
    ("name_key", spreadsheet.Column("合作社", spreadsheet.TEXT, 30)),
    ("name_key", spreadsheet.Column("统一社会信用代码", spreadsheet.CODE, 22)),
    ("township", spreadsheet.Column("乡镇街道", spreadsheet.TEXT, 14)),
    ("standing", spreadsheet.Column("报送情况", spreadsheet.TEXT, 16)),
    ("submitted", spreadsheet.Column("提交时间", spreadsheet.TEXT, 20)),
    ("standing", spreadsheet.Column("本年度无经营", spreadsheet.TEXT, 14)),
    ("standing", spreadsheet.Column("逾期提交", spreadsheet.TEXT, 12)),
    ("standing", spreadsheet.Column("代填", spreadsheet.TEXT, 10)),
    ("counsellor", spreadsheet.Column("辅导员", spreadsheet.TEXT, 14)),
)


class OwingExporter:
    """Who owes a year's report and how far each is, under the conditions of that list."""

    kind, title = "report-standings", "年度报告报送情况"
    action = Action.VIEW_REPORT
    unmask: Action | None = None

    def prepare(self, query: QueryDict, user: Any, *, personal: bool) -> Prepared:
        """Return the societies in reach that owe the report of the year."""
        del personal
        form = ReportFilter(query, user=user)
        if not form.is_valid():
            raise UnreadableConditions(form.errors)
        season = season_of(form.chosen_year)
        reach = reports_of(form.chosen_year, Cooperative.objects.permitted(user, self.action))
        rows = narrowed(form.narrow(reach), form.chosen_standing)
        chosen = {each.key for each in REPORTS.chosen_columns(query) or REPORTS.headings}
        places = [place for place, (key, _) in enumerate(_OWING) if key in chosen]

        def cells(row: Any) -> list[Any]:
            filed = row.is_filed
            whole = [
                row.name,
                row.code,
                row.township.short_name if row.township else "待判定",
                standing_word(row.report_state, season, filed=filed)[0],
                moment(row.submitted_at) if row.submitted_at else "",
                *(
                    "是" if filed and each else ""
                    for each in (row.is_idle, row.is_late, row.is_helped)
                ),
                str(row.counsellor or ""),
            ]
            return [whole[place] for place in places]

        said = [f"年度：{form.chosen_year}"]
        for name in ("q", "standing", "township", "mine"):
            if name in form.fields and (value := form.cleaned_data[name]):
                words = dict(getattr(form.fields[name], "choices", ()))
                said.append(f"{form.fields[name].label}：{words.get(value, value)}")
        return Prepared(
            in_order(
                rows.select_related("township", "counsellor"),
                REPORTS.keys(query, Cooperative) or REPORTS.order,
            ),
            [_OWING[place][1] for place in places],
            cells,
            "；".join(said),
            REPORTS.order_in_words(query),
        )
