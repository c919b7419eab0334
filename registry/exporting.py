"""The register, and who has reported for a year, as exports: the columns of their lists."""

from typing import Any

from django.http import QueryDict

from accounts.exporting import ONLY, Prepared
from accounts.nouns import UnreadableConditions
from accounts.policy import Action
from common import spreadsheet
from common.figures import whole_number
from common.keyset import in_order
from common.template_tags import moment
from registry.filters import CooperativeFilter
from registry.forms.reports import ReportFilter
from registry.listing import NAME, all_columns, columns_for, order_of, rows_for
from registry.models import Cooperative
from registry.reporting.owed import season_of
from registry.reporting.register import narrowed, reports_of, standing_word


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


_OWING = (
    ("合作社", spreadsheet.TEXT, 30),
    ("统一社会信用代码", spreadsheet.CODE, 22),
    ("乡镇街道", spreadsheet.TEXT, 14),
    ("报送情况", spreadsheet.TEXT, 16),
    ("提交时间", spreadsheet.TEXT, 20),
    ("本年度无经营", spreadsheet.TEXT, 14),
    ("逾期提交", spreadsheet.TEXT, 12),
    ("代填", spreadsheet.TEXT, 10),
    ("辅导员", spreadsheet.TEXT, 14),
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

        def cells(row: Any) -> list[Any]:
            filed = row.is_filed
            return [
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

        said = [f"年度：{form.chosen_year}"]
        for name in ("q", "standing", "township", "mine"):
            if name in form.fields and (value := form.cleaned_data[name]):
                words = dict(getattr(form.fields[name], "choices", ()))
                said.append(f"{form.fields[name].label}：{words.get(value, value)}")
        return Prepared(
            rows.select_related("township", "counsellor").order_by("pk"),
            [spreadsheet.Column(*each) for each in _OWING],
            cells,
            "；".join(said),
        )
