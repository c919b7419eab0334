"""What the page of components shows: every state of every partial of templates/_shared, by example."""

from typing import Any

from django import forms
from django.core.paginator import Paginator

from accounts.forms.attachments import AttachmentsField
from common.charts import Chart, ChartKind, Series

TONES = (
    ("ok", "已完成"),
    ("info", "办理中"),
    ("warn", "请核实"),
    ("bad", "已逾期"),
    ("idle", "不适用"),
)
LONG_NAME = "达州市通川区罗江镇金土地优质粮油种植加工销售服务农民专业合作社联合社"
QUARTERS = ("2020年三季度", "2020年四季度", "2021年一季度", "2021年二季度")
STEPS = ("已收到", "检查", "核对", "入库")


class FieldsForm(forms.Form):
    """One field of every kind that the portal's forms have."""

    text = forms.CharField(label="一行文字", help_text="说明写在控件之前，读屏软件先读到。")
    number = forms.DecimalField(label="金额（元）", required=False)
    day = forms.DateField(
        label="日期", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    choice = forms.ChoiceField(label="选一项", choices=[("", "请选择"), ("a", "区农业农村局")])
    radio = forms.ChoiceField(
        label="单选", choices=[("yes", "有"), ("no", "没有")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label="多选",
        choices=[("field", "实地查看"), ("phone", "电话了解"), ("paper", "查阅资料")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="已当面核对", required=False)
    story = forms.CharField(label="多行文字", widget=forms.Textarea(attrs={"rows": 3}))
    papers = AttachmentsField(label="附件", required=False)


class NarrowForm(forms.Form):
    """The conditions of a list."""

    q = forms.CharField(label="名称或代码", required=False)
    unit = forms.ChoiceField(
        label="乡镇街道", choices=[("", "全部"), ("lj", "罗江镇")], required=False
    )


def examples(data: Any) -> dict[str, Any]:
    """Return what the page's partials take. `data` is the query of the page, for the filter bar."""
    wrong = FieldsForm({"number": "一百", "story": LONG_NAME}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        "tones": TONES,
        "long_name": LONG_NAME,
        "fields": FieldsForm(auto_id="blank_%s", initial={"radio": "yes"}),
        "wrong": wrong,
        "narrow": NarrowForm(data),
        "chosen": sum(1 for value in data.values() if value),
        "steps": _steps("current"),
        "held": _steps("held"),
        "failed": _steps("failed"),
        "tabs": [
            {"label": "待办理", "url": "#tabs", "active": True, "count": 1280},
            {"label": "已办结", "url": "#tabs", "count": 0},
            {"label": "全部", "url": "#tabs"},
        ],
        "facts": _facts(),
        "events": _events(),
        "charts": _charts(),
        "page": Paginator(range(1280), 50).page(2),
        "sample": {
            "kept": {
                "heads": [
                    {"label": "合作社", "url": "#lists", "icon": "up", "aria": "ascending"},
                    {"label": "乡镇街道", "url": "#lists", "icon": "sort"},
                    {
                        "label": "金额",
                        "url": "#lists",
                        "icon": "down",
                        "aria": "descending",
                        "number": True,
                    },
                    {"label": "状态"},
                ]
            }
        },
        "lines": [
            {
                "name": LONG_NAME,
                "unit": "莲湖景区管委会",
                "amount": "12,345,678.90 万元",
                "tone": TONES[2],
            },
            {"name": "通川区小合作社", "unit": None, "amount": "0 元", "tone": TONES[0]},
            {"name": "通川区未报合作社", "unit": "罗江镇", "amount": None, "tone": TONES[4]},
        ],
        "clashes": [{"label": "联系电话", "mine": "0818-1234567", "theirs": "0818-7654321"}],
    }


def _steps(state: str) -> list[dict[str, str]]:
    states = ("done", state, "todo", "todo")
    return [
        {"label": label, "state": each, "note": "7月9日" if each == "done" else ""}
        for label, each in zip(STEPS, states, strict=True)
    ]


def _facts() -> list[dict[str, Any]]:
    return [
        {"label": "名称", "value": LONG_NAME, "wide": True},
        {
            "label": "成员总数",
            "value": "68 人",
            "source": "2021年二季度登记信息 813行",
            "source_url": "#facts",
        },
        {"label": "出资总额", "value": "0 元", "source": "走访"},
        {"label": "营业收入", "missing": "未报"},
        {"label": "年度报告", "missing": "未到期"},
    ]


def _events() -> list[dict[str, str]]:
    return [
        {
            "when": "2021年7月19日 18:21",
            "what": "退回更正",
            "who": "李文斌",
            "reason": "金额单位应为元。",
        },
        {"when": "2021年7月9日", "what": "收到二季度登记信息", "url": "#timeline"},
    ]


def _charts() -> list[Chart]:
    return [
        Chart(
            "style-columns",
            "分季度办结",
            "四个季度共办结 46 件。",
            ChartKind.COLUMNS,
            "件",
            QUARTERS,
            [Series("办结", (4, 9, 12, 21))],
        ),
        Chart(
            "style-lines",
            "目标与进度",
            "二季度完成 72%，进度线 75%。",
            ChartKind.LINE,
            "%",
            QUARTERS,
            [Series("完成", (20, 41, 60, 72)), Series("进度线", (25, 45, 60, 75))],
        ),
        Chart(
            "style-bars",
            "各乡镇街道",
            "罗江镇最多。",
            ChartKind.BARS,
            "家",
            ("罗江镇", "蒲家镇"),
            [Series("在办", (12, 3)), Series("办结", (6, 8))],
            stacked=True,
        ),
        Chart(
            "style-funnel",
            "走到哪一步",
            "立案 20 件，办结 6 件。",
            ChartKind.FUNNEL,
            "件",
            ("立案", "同意", "办结"),
            [Series("案件", (20, 16, 6))],
        ),
        Chart(
            "style-empty",
            "还没有数据的图",
            "没有可画的数。",
            ChartKind.COLUMNS,
            "件",
            QUARTERS,
            [Series("办结", (0, 0, 0, 0))],
        ),
    ]
