"""Which lists of the whole house can be exported."""

from accounts.exporting import NounExporter, register_exporter
from accounts.noun_tables import PAPERS, PEOPLE, UNITS
from demonstration.exporting import PriorityExporter
from demonstration.nouns import NOUNS as DEMONSTRATION
from demonstration.nouns import STANDINGS
from liaison.nouns import NOUNS as LIAISON
from pilot.nouns import EDITION_LIST, PART_LIST
from pilot.nouns import NOUNS as PILOT
from registry.exporting import OwingExporter, RegisterExporter
from registry.nouns import DELIVERIES, FLAGS
from registry.nouns import NOUNS as REGISTRY
from training.nouns import NOUNS as TRAINING


def invite() -> None:
    """Register an exporter for every list."""
    register_exporter(RegisterExporter())
    register_exporter(OwingExporter())
    register_exporter(PriorityExporter())
    for noun in (
        UNITS,
        PEOPLE,
        PAPERS,  # the trail has an export of its own, which proves its chain
        FLAGS,
        DELIVERIES,
        *REGISTRY,
        *TRAINING,
        *DEMONSTRATION,
        STANDINGS,
        *LIAISON,
        *PILOT,
        PART_LIST,  # these two in place of what programs read
        EDITION_LIST,
    ):
        register_exporter(NounExporter(noun))
