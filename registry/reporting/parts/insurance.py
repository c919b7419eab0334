"""Social insurance, asked only of those who have insured somebody."""

from registry.reporting.fields import (
    CHOICE,
    COUNT,
    HAVE,
    INSURED,
    MONEY,
    ReportField,
    Section,
)

_INSURANCES = (
    ("pension", "职工基本养老保险"),
    ("unemployment", "失业保险"),
    ("medical", "职工基本医疗保险"),
    ("injury", "工伤保险"),
    ("maternity", "生育保险"),
)


def _insurance() -> tuple[ReportField, ...]:
    fields = [
        ReportField("insured", "为从业人员参加社会保险", CHOICE, choices=HAVE, last=True),
    ]
    for place, (key, label) in enumerate(_INSURANCES):
        fields += [
            ReportField(
                f"{key}_people",
                f"{label}：参保人数",
                COUNT,
                unit="人",
                when=INSURED,
                statutory=30 + place,
            ),
            ReportField(
                f"{key}_base",
                f"{label}：单位缴费基数",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=40 + place,
            ),
            ReportField(
                f"{key}_paid",
                f"{label}：本期实际缴费金额",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=50 + place,
            ),
            ReportField(
                f"{key}_owed",
                f"{label}：单位累计欠缴金额",
                MONEY,
                unit="元",
                when=INSURED,
                spared=True,
                public=True,
                statutory=60 + place,
            ),
        ]
    return tuple(fields)


INSURANCE = Section("insurance", "社会保险", "没有参保的选“没有”，其余不必填。", _insurance())
