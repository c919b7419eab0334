"""What the scan of a sheet knows about cells and the reader of values does not.

A mark that is none of these is the text of an error value, such as #N/A. Where a cell is kept as
text, `NO_RESULT`, `JOINED` and `MISCOUNTED` stand for what no text of its own can say; the readers
refuse them, so that a list of problems sent back unmended meets the same fate again.
"""

from typing import Final

FORMULA: Final = "formula"
FORMULA_NO_VALUE: Final = "formula-no-value"
# In .xls a formula never computed looks like one that yields an empty text.
FORMULA_EMPTY: Final = "formula-empty"
MERGED: Final = "merged:"  # followed by the text at the top of the merged range

UNNAMED_ERROR: Final = "#错误"
NO_RESULT: Final = "#公式无结果"
JOINED: Final = "#与上一行合并"
MISCOUNTED: Final = "#格数不符"


def say_nothing(marks: dict[int, str] | None) -> bool:
    """Tell whether a row without texts is blank in spite of its marks.

    Merged remarks and formulas that yield nothing leave a row blank; errors and lost results do not.
    """
    return marks is None or all(
        mark in {FORMULA, FORMULA_EMPTY} or mark.startswith(MERGED) for mark in marks.values()
    )
