"""What every part of the portal shares, in a world: a photo of its society."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.models import Attachment
from accounts.operations.attachments import attach_file
from registry.choices import CooperativeFile
from registry.models import Cooperative
from tests.factories.files import photo_upload
from tests.worlds.ground import Ground


class Shared(Ground):
    """Rows that hang on the society of a world."""

    cooperative: Cooperative  # the register's part brings it

    @cached_property
    def attachment(self) -> Attachment:
        return attach_file(
            self.cooperative, photo_upload(), purpose=CooperativeFile.PLACE, by=self.clerk
        )


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "attachment": lambda world: world.attachment.pk,
}
STANDING = ("attachment",)
BORROWED = {
    "accounts:attachment-file": "view-cooperative",
    "accounts:attachment-small": "view-cooperative",
    "accounts:attachment-remove": "edit-cooperative",
}
