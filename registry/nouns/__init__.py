"""The register's kinds of rows for programs and exports, one table each."""

from registry.nouns.clean_up import NOUNS as CLEAN_UP
from registry.nouns.deliveries import DELIVERIES, ROWS
from registry.nouns.reports import NOUNS as REPORTS
from registry.nouns.sides import FLAGS
from registry.nouns.sides import NOUNS as SIDES

__all__ = ["DELIVERIES", "FLAGS", "NOUNS"]

NOUNS = (ROWS, *REPORTS, *SIDES, *CLEAN_UP)
