"""Numbered papers that left the house, and what strangers may learn when they check one."""

import re
import unicodedata
import uuid
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.attachments import ownership_of
from accounts.choices import PaperKind, PaperState
from accounts.models.user import User
from accounts.policy import Reach, reach_of
from common import clock
from common.documents.qr import qr_svg

_SEPARATORS = re.compile(r"[\s〔〕\[\]()【】<>《》「」{}第号,，.。:：;；_/\\-]+")
_FIGURES = re.compile(r"\d+")


def number_key(number: str) -> str:
    """Return a number as it is compared: however brackets, widths, zeros and 号 were typed."""
    plain = _SEPARATORS.sub(" ", unicodedata.normalize("NFKC", number)).strip().upper()
    spaced = _FIGURES.sub(lambda found: f" {int(found[0][:12])} ", plain[:80])
    return "-".join(spaced.split())


def code_key(code: str) -> str:
    """Return a check code as it is compared: upper case, without spaces and dashes."""
    plain = unicodedata.normalize("NFKC", code).upper()
    return "".join(c for c in plain if c.isascii() and c.isalnum())[:20]


class PaperQuerySet(models.QuerySet["IssuedPaper"]):
    """Reads of papers."""

    def permitted(self, user: Any, action: str) -> Self:
        """The whole register of papers or nothing; one's own papers come with their owner."""
        return self if reach_of(user, action) == Reach.DISTRICT else self.none()

    def of(self, owner: models.Model) -> Self:
        """Papers of one row, the latest first."""
        return self.filter(owner_kind=owner._meta.label_lower, owner_key=str(owner.pk)).order_by(
            "-issued_at", "-pk"
        )

    def valid(self) -> Self:
        return self.filter(state=PaperState.VALID)

    def numbered(self, number: str) -> Self:
        """Papers of a number, however it was typed."""
        return self.filter(number_key=number_key(number))

    def within_reach(self, user: Any, key: uuid.UUID) -> "IssuedPaper | None":
        """Return one paper whose owner this user may see, or None."""
        found = self.filter(key=key).first()
        if found is None:
            return None
        try:
            ownership = ownership_of(found.owner_kind)
        except LookupError:
            return None
        owners = ownership.reach(user, ownership.view)
        return found if owners.filter(pk=found.owner_key).exists() else None


class IssuedPaper(models.Model):
    """签发的文书：编号、校验码、内容摘要与状态。对外查验只显示 public_facts 里的项目。"""

    key = models.UUIDField("地址", unique=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField("所属类型", max_length=60)
    owner_key = models.CharField("所属编号", max_length=40)
    kind = models.CharField("种类", max_length=24, choices=PaperKind)
    number = models.CharField("编号", max_length=80, unique=True)
    number_key = models.CharField(max_length=80, unique=True, editable=False)
    check_code = models.CharField("校验码", max_length=12)
    title = models.CharField("标题", max_length=200)
    # Pairs of label and text: a JSON object would lose its order on PostgreSQL.
    public_facts = models.JSONField("对外可查的项目", default=list)
    stored_name = models.CharField("存放名", max_length=64, blank=True)
    sha256 = models.CharField("内容摘要", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("字节数", default=0)
    state = models.CharField("状态", max_length=12, choices=PaperState, default=PaperState.VALID)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间", default=clock.now)
    ended_at = models.DateTimeField("失效时间", null=True, blank=True)
    ended_reason = models.CharField("失效原因", max_length=500, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="替代文书",
    )
    version = models.PositiveIntegerField("版本", default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "签发文书"
        verbose_name_plural = "签发文书"
        constraints = (
            models.CheckConstraint(
                condition=Q(state=PaperState.VALID, ended_at__isnull=True)
                | (~Q(state=PaperState.VALID) & Q(ended_at__isnull=False)),
                name="paper_that_ended_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stored_name="", sha256="", size=0)
                | (~Q(stored_name="") & ~Q(sha256="") & Q(size__gt=0)),
                name="paper_content_has_a_digest",
            ),
        )
        indexes = (
            models.Index(fields=["owner_kind", "owner_key", "-issued_at"], name="paper_owner"),
            models.Index(fields=["-issued_at", "-id"], name="paper_newest"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return Path(settings.FILES_DIR) / "papers" / self.stored_name

    @property
    def shown_code(self) -> str:
        """The check code in two groups, as it is printed."""
        return f"{self.check_code[:4]}-{self.check_code[4:]}"

    @property
    def verify_url(self) -> str:
        """The public address that checks this paper, for its QR."""
        return f"{self.verify_page}?{urlencode({'number': self.number, 'code': self.check_code})}"

    @property
    def verify_page(self) -> str:
        """The public address where number and code are typed."""
        return f"{settings.SITE_URL}{reverse('public-verify')}"

    def qr_svg(self) -> str:
        """Return the QR code that leads to the check of this paper."""
        return qr_svg(self.verify_url, label=f"查验{self.number}的二维码")

    def check_facts(self) -> dict[str, str]:
        """Return what the foot of a printed sheet needs (`facts.check` in templates/pdf/)."""
        return {
            "number": self.number,
            "code": self.shown_code,
            "qr": self.qr_svg(),
            "page": self.verify_page,
        }
