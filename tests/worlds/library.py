"""The document of a world: its department entered it for its township and two of its people."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.library_choices import Openness
from liaison.models import DocumentReader, LibraryDocument
from tests.factories.library import DocumentFactory, ReaderFactory
from tests.worlds.ground import Ground


class Library(Ground):
    """Open to the township by name of unit, to the chair by grant."""

    @cached_property
    def document(self) -> LibraryDocument:
        made: LibraryDocument = DocumentFactory(
            openness=Openness.UNITS, unit=self.department, entered_by=self.liaison
        )
        made.units.set([self.township])
        return made

    @cached_property
    def reader(self) -> DocumentReader:
        made: DocumentReader = ReaderFactory(document=self.document, person=self.chair)
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "document": lambda world: world.document.pk,
    "reader": lambda world: world.reader.pk,
}
STANDING = ("document", "reader")
