"""Which lists of the whole house can be exported."""

from accounts.exporting import NounExporter, register_exporter
from accounts.noun_tables import NOUNS as ACCOUNTS
from demonstration.nouns import NOUNS as DEMONSTRATION
from liaison.nouns import NOUNS as LIAISON
from pilot.nouns import NOUNS as PILOT
from registry.exporting import OwingExporter, RegisterExporter
from registry.nouns import FLAGS
from registry.nouns import NOUNS as REGISTRY
from training.nouns import NOUNS as TRAINING


def invite() -> None:
    """Register an exporter for every list."""
    register_exporter(RegisterExporter())
    register_exporter(OwingExporter())
    for noun in (FLAGS, *ACCOUNTS, *REGISTRY, *TRAINING, *DEMONSTRATION, *LIAISON, *PILOT):
        register_exporter(NounExporter(noun))
