"""How a row names the society it is about, and how lists are narrowed by it."""

from accounts.nouns import Part
from common import spreadsheet


def society(path: str = "cooperative") -> tuple[Part, ...]:
    """Return code, name and township of the society at the end of a path."""
    return (
        Part("cooperative_code", f"{path}.code", label="统一社会信用代码", kind=spreadsheet.CODE),
        Part("cooperative_name", f"{path}.name", label="合作社"),
        Part("township", f"{path}.township.short_name", label="乡镇街道"),
    )


def of_society(path: str = "cooperative") -> dict[str, str]:
    """Return the conditions by society that lists without a form of their own share."""
    return {"cooperative": f"{path}__uscc", "township": f"{path}__township__code"}
