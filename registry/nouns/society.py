"""How a row names the society it is about."""

from accounts.nouns import Part
from common import spreadsheet


def society(path: str = "cooperative") -> tuple[Part, ...]:
    """Return code, name and township of the society at the end of a path."""
    return (
        Part("cooperative_code", f"{path}.code", label="统一社会信用代码", kind=spreadsheet.CODE),
        Part("cooperative_name", f"{path}.name", label="合作社"),
        Part("township", f"{path}.township.short_name", label="乡镇街道"),
    )


NUMBER = Part("id", "pk", label="编号", kind=spreadsheet.NUMBER)
# The conditions by society that lists without a form of their own share.
OF_SOCIETY = {"cooperative": "cooperative__uscc", "township": "cooperative__township__code"}
