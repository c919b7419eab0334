"""accounts as a Django application."""

from django.apps import AppConfig

from accounts import deeds
from accounts.choices import (
    AttachmentKind,
    ExportForm,
    NoticeMode,
    PaperKind,
    PaperState,
    TokenScope,
)


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        """Teach the audit trail the words of this app's own codes."""
        for words in (AttachmentKind, PaperKind, PaperState, NoticeMode, TokenScope, ExportForm):
            deeds.learn(words)
