"""What every part of the portal shares, in a world: a photo of its society."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from accounts.choices import NoticeEvent, PaperKind
from accounts.models import Attachment, IssuedPaper, Notice, User
from accounts.operations.attachments import attach_file
from accounts.operations.notices import notify
from accounts.operations.papers import issue_paper
from registry.choices import CooperativeFile
from registry.models import Cooperative
from tests.factories.files import PDF, photo_upload
from tests.worlds.ground import Ground


class Shared(Ground):
    """Rows that hang on the society of a world."""

    cooperative: Cooperative  # the register's part brings it

    @cached_property
    def attachment(self) -> Attachment:
        return attach_file(
            self.cooperative, photo_upload(), purpose=CooperativeFile.PLACE, by=self.clerk
        )

    @cached_property
    def paper(self) -> IssuedPaper:
        return issue_paper(
            self.cooperative,
            kind=PaperKind.ROSTER_CERTIFICATE,
            series_label="通农合证",
            title="社员名录证明",
            public_facts={"合作社": self.cooperative.name},
            content=PDF,
            by=self.clerk,
        )

    @cached_property
    def notice(self) -> Notice:
        """A formal notice to everybody of this world; near people are joined by the district's."""
        tag = self.clerk.username.partition("-")[0]
        people = list(User.objects.filter(username__startswith=f"{tag}-"))
        if tag == "near":
            people += User.objects.filter(username__startswith="c-")
        sent = notify(
            people,
            event=NoticeEvent.OFFICIAL_LETTER,
            title=f"关于{self.township.short_name}年度报告的通知",
            text="请按期报送。",
            url="/",
            formal=True,
        )
        assert sent is not None
        return sent


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "unit_code": lambda world: world.township.code,
    "attachment": lambda world: world.attachment.pk,
    "notice": lambda world: world.notice.pk,
    "paper": lambda world: world.paper.key,
}
STANDING = ("attachment", "paper", "notice")
BORROWED = {
    "accounts:attachment-file": "view-cooperative",
    "accounts:attachment-small": "view-cooperative",
    "accounts:paper-file": "view-cooperative",
    "accounts:attachment-remove": "edit-cooperative",
}
