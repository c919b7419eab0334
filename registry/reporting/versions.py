"""Two submissions of one report side by side."""

from dataclasses import dataclass

from common import clock
from registry.models import ReportVersion
from registry.reporting.fields import ReportField
from registry.reporting.lines import covered
from registry.reporting.sections import FIELDS
from registry.reporting.values import read_all


@dataclass(frozen=True)
class Difference:
    """One field that says something else in the newer submission."""

    field: ReportField
    before: str
    after: str
    remark: str

    @property
    def label(self) -> str:
        return self.field.label


def differences(before: ReportVersion, after: ReportVersion) -> list[Difference]:
    """Return the fields that differ between two submissions, in the order of the form."""
    old, new = (
        read_all(
            version.content["values"],
            version.content["answers"],
            year=version.report.year,
            today=clock.today(),
        )
        for version in (before, after)
    )
    found = []
    for key, each in FIELDS.items():
        was, now = covered(old[key]), covered(new[key])
        remark = after.content["remarks"].get(key, "")
        if was != now or remark != before.content["remarks"].get(key, ""):
            found.append(Difference(each, was, now, remark))
    return found
