"""What the scan of a sheet knows about cells and the reader of values does not.

A mark that is none of these is the text of an error value, such as #N/A.
"""

from typing import Final

FORMULA: Final = "formula"
FORMULA_NO_VALUE: Final = "formula-no-value"
MERGED: Final = "merged:"  # followed by the text at the top of the merged range
