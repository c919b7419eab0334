"""What is typed about documents of the library, and the filter of the list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.forms.attachments import AttachmentsField
from accounts.forms.edited import EditedForm, date_field, long_text
from accounts.models import OrganisationUnit, User
from common.conditions import Conditions, search_field
from common.workflow import TransitionRefused
from liaison.library_choices import DocumentKind, DocumentState, Openness
from liaison.models import LibraryDocument
from liaison.models.library import LONGEST, LibraryDocumentQuerySet
from registry.operations.prose import words_of

EMPTY = [("", "全部")]
READABLE = (".docx", ".txt")


class DocumentForm(EditedForm):
    """One document; its text is typed, pasted, or taken out of a Word file or a plain text."""

    issued_on = date_field("发文日期")
    source = forms.FileField(
        label="从文件读取正文",
        required=False,
        help_text="选 Word（docx）或纯文本（txt），正文会读出来供查找；docx 同时存为附件。",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(READABLE)}),
    )
    text = long_text(
        "正文",
        rows=10,
        required=False,
        max_length=LONGEST,
        help_text="也可以粘贴。选了上面的文件，以文件里的正文为准。扫描件请在这里打几句要点，便于查找。",
    )
    evidence = AttachmentsField(label="附件", required=False)

    class Meta:
        model = LibraryDocument
        fields = (
            *("number", "title", "kind", "issuer", "issued_on", "summary"),
            *("openness", "units", "text"),
        )
        widgets = {"units": forms.CheckboxSelectMultiple}
        help_texts = {
            "number": "没有文号的留空。",
            "units": "公开范围选“指定单位”时勾选。",
        }

    field_order = (
        *("number", "title", "kind", "issuer", "issued_on", "summary"),
        *("openness", "units", "source", "text", "evidence"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["units"]
        units.queryset = OrganisationUnit.objects.filter(active=True).order_by("position")  # type: ignore[attr-defined]
        units.required = False

    def clean_source(self) -> Any:
        """Read the words of the file in the careful child."""
        upload = self.cleaned_data["source"]
        self._words = ""
        if not upload:
            return None
        if not upload.name.lower().endswith(READABLE):
            raise ValidationError(
                "只能从 Word（docx）或纯文本（txt）读取正文；其他文件请放到“附件”里。"
            )
        try:
            self._words = words_of(upload.file, filename=upload.name)
        except TransitionRefused as refusal:
            raise ValidationError(str(refusal)) from None
        return upload

    def clean_text(self) -> str:
        """Return the words of the file, or else what was typed."""
        typed: str = self.cleaned_data["text"]
        return getattr(self, "_words", "") or typed

    def facts(self) -> dict[str, Any]:
        """Return the columns that were filled in; the units are no column."""
        return {name: value for name, value in super().facts().items() if name != "units"}

    def uploads(self) -> list[Any]:
        """Return the uploads to keep: a Word file that was read is kept, too; a plain text is not."""
        source = self.cleaned_data.get("source")
        kept = [source] if source and source.name.lower().endswith(".docx") else []
        return [*kept, *(self.cleaned_data["evidence"] or [])]

    def upon(self, fresh: Any) -> Any:
        """Return what was typed on top of the fresh row; units are compared as sets."""
        form, differing = super().upon(fresh)
        word = str(self.fields["units"].label)
        return form, [clash for clash in differing if clash.label != word]


class ReplaceForm(forms.Form):
    """Which document holds instead, by its number or title."""

    by_what = forms.CharField(label="替代文件的文号或标题", max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reach: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reach = reach

    def clean_by_what(self) -> LibraryDocument:
        """Return the one document that was named."""
        text = self.cleaned_data["by_what"].strip()
        rows = self._reach.filter(state=DocumentState.IN_FORCE).defer("text", "sought")
        for condition in (Q(number=text) | Q(title=text), Q(title__contains=text)):
            found = list(rows.filter(condition).order_by("-issued_on", "-pk")[:2])
            if len(found) == 1:
                document: LibraryDocument = found[0]
                return document
            if found:
                raise ValidationError("有几份文件都对得上，请填完整的文号。")
        raise ValidationError("没有找到现行有效的这份文件。请先登记新文件，再登记替代。")


class ReaderForm(forms.Form):
    """Whom to let in, by name or user name, and why."""

    person = forms.CharField(label="姓名或用户名", max_length=60)
    reason = forms.CharField(label="理由", max_length=300)

    def clean_person(self) -> User:
        """Return the one person who was named."""
        text = self.cleaned_data["person"].strip()
        people = User.objects.filter(is_active=True)
        found = list(people.filter(Q(username=text) | Q(full_name=text)).order_by("pk")[:2])
        if not found:
            raise ValidationError("没有找到这个人。请填姓名或登录用的用户名。")
        if len(found) > 1:
            raise ValidationError("有几个人同名，请填登录用的用户名。")
        person: User = found[0]
        return person


class LibraryFilter(Conditions):
    """Narrows the list of documents."""

    q = search_field("文号、标题、正文")
    kind = forms.ChoiceField(label="类别", required=False, choices=[*EMPTY, *DocumentKind.choices])
    state = forms.ChoiceField(
        label="效力",
        required=False,
        choices=[("", "未撤下的"), *DocumentState.choices],
    )
    openness = forms.ChoiceField(
        label="公开范围", required=False, choices=[*EMPTY, *Openness.choices]
    )

    def narrow(self, rows: LibraryDocumentQuerySet) -> LibraryDocumentQuerySet:
        """Apply every condition; what was taken down is shown only when it is asked for."""
        if not self.is_valid():
            return rows.none()
        asked = self.cleaned_data
        if asked["q"]:
            rows = rows.holding(asked["q"])
        for name in ("kind", "openness"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        return rows.filter(state=asked["state"]) if asked["state"] else rows.standing()
