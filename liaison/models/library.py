"""Documents of the library: what holds, what replaced it, and who may read it."""

import unicodedata
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import OrganisationUnit, User
from accounts.policy import Action, Reach, reach_of
from common import clock
from liaison.library_choices import DocumentKind, DocumentState, Openness

LONGEST = 100_000  # characters of a text, as many as are read from a file
_BEFORE, _AFTER = 20, 60  # characters of an excerpt


def sought_form(text: str) -> str:
    """Return a text as it is searched: full and half width, capitals and small letters are one."""
    return unicodedata.normalize("NFKC", text).casefold()


class LibraryDocumentQuerySet(models.QuerySet["LibraryDocument"]):
    """Reads of documents."""

    def permitted(self, user: Any, action: str) -> Self:
        """All; to read, what is open to this person; to manage, what one's own unit entered."""
        reach = reach_of(user, action)
        if reach == Reach.DISTRICT:
            return self
        if reach == Reach.NONE:
            return self.none()
        if action == Action.VIEW_DOCUMENT:
            return self.readable(user)
        return self.filter(unit=user.unit_id) if user.unit_id else self.none()

    def readable(self, user: Any) -> Self:
        """What is public, open to staff or to one's unit, or was opened to this person by name."""
        granted = DocumentReader.objects.current().filter(person=user.pk)
        allowed = Q(openness=Openness.PUBLIC) | Q(pk__in=granted.values("document"))
        if not user.acts_for_societies:
            allowed |= Q(openness=Openness.STAFF)
            if user.unit_id:
                named = LibraryDocument.units.through.objects.filter(organisationunit=user.unit_id)
                allowed |= Q(unit=user.unit_id)
                allowed |= Q(openness=Openness.UNITS, pk__in=named.values("librarydocument"))
        return self.standing().filter(allowed)

    def standing(self) -> Self:
        """Without what was entered by mistake and taken down."""
        return self.exclude(state=DocumentState.WITHDRAWN)

    def public(self) -> Self:
        """What anybody may read: public and in force."""
        return self.filter(openness=Openness.PUBLIC, state=DocumentState.IN_FORCE)

    def holding(self, text: str) -> Self:
        """Documents in whose number, title, issuer, summary or text every word of a term occurs."""
        rows = self
        for word in sought_form(text).split():
            rows = rows.filter(sought__holds=(word,))
        return rows

    def for_list(self) -> Self:
        """Everything that a list shows; the long texts stay where they are."""
        return self.select_related("unit").defer("text", "sought")


class LibraryDocument(models.Model):
    """文件资料：文号、标题、发文单位、日期、类别、效力、正文（供查找），附件随文件的公开范围。"""

    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField("标题", max_length=120)
    kind = models.CharField("类别", max_length=12, choices=DocumentKind)
    issuer = models.CharField("发文单位", max_length=60)
    issued_on = models.DateField("发文日期")
    summary = models.CharField("内容提要", max_length=300, blank=True)
    text = models.TextField("正文", blank=True)
    sought = models.TextField("查找用文字", blank=True, editable=False)
    state = models.CharField(
        "效力", max_length=12, choices=DocumentState, default=DocumentState.IN_FORCE
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="替代文件",
    )
    openness = models.CharField("公开范围", max_length=12, choices=Openness, default=Openness.STAFF)
    units = models.ManyToManyField(
        OrganisationUnit, related_name="+", blank=True, verbose_name="可以查看的单位"
    )
    unit = models.ForeignKey(
        OrganisationUnit, models.PROTECT, null=True, related_name="+", verbose_name="登记单位"
    )
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now)
    version = models.PositiveIntegerField("版本", default=1)

    objects = LibraryDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "文件资料"
        verbose_name_plural = "文件资料"
        constraints = (
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=~Q(number="") & ~Q(state="taken_down"),
                name="a_number_of_an_issuer_once",
            ),
            models.CheckConstraint(
                condition=Q(state="replaced", replaced_by__isnull=False)
                | (~Q(state="replaced") & Q(replaced_by__isnull=True)),
                name="a_replaced_document_names_the_new",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("id")),
                name="no_document_replaces_itself",
            ),
        )
        indexes = (models.Index(fields=["kind", "-issued_on"], name="document_by_kind"),)

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> bool:
        return self.state != DocumentState.WITHDRAWN

    def searchable(self) -> str:
        """Return what a search looks through."""
        parts = (self.number, self.title, self.issuer, self.summary, self.text)
        return sought_form("\n".join(part for part in parts if part))

    def excerpt(self, term: str) -> str:
        """Return the place where the first word of a term stands in the text, "" for none."""
        words = sought_form(term).split()
        text = " ".join(sought_form(self.text).split())
        at = text.find(words[0]) if words else -1
        if at < 0:
            return ""
        start, end = max(0, at - _BEFORE), at + len(words[0]) + _AFTER
        return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


class ReaderQuerySet(models.QuerySet["DocumentReader"]):
    """Reads of who was named."""

    def current(self) -> Self:
        return self.filter(ended_on__isnull=True)


class DocumentReader(models.Model):
    """获准查看：哪个人、为什么、谁批准；收回后留记录。"""

    document = models.ForeignKey(
        LibraryDocument, models.PROTECT, related_name="readers", verbose_name="文件"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="获准的人")
    reason = models.CharField("理由", max_length=300)
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="批准人")
    granted_on = models.DateField("批准日期", default=clock.today)
    ended_on = models.DateField("收回日期", null=True, blank=True)

    objects = ReaderQuerySet.as_manager()

    class Meta:
        verbose_name = "文件获准查看人"
        verbose_name_plural = "文件获准查看人"
        constraints = (
            models.UniqueConstraint(
                fields=["document", "person"],
                condition=Q(ended_on__isnull=True),
                name="a_person_is_let_in_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}可查看{self.document}"
