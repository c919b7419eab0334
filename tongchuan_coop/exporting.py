"""Which lists of the whole house can be exported."""

from accounts.exporting import NounExporter, register_exporter
from demonstration.nouns import NOUNS as DEMONSTRATION
from liaison.nouns import NOUNS as LIAISON
from registry.exporting import RegisterExporter
from registry.nouns import FLAGS
from registry.nouns import NOUNS as REGISTRY
from training.nouns import NOUNS as TRAINING


def invite() -> None:
    """Register an exporter for every list."""
    register_exporter(RegisterExporter())
    for noun in (FLAGS, *REGISTRY, *TRAINING, *DEMONSTRATION, *LIAISON):
        register_exporter(NounExporter(noun))
