"""Choosing files for a row, and taking one away."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.xls"


class FilesInput(forms.FileInput):
    """A file control that takes several files."""

    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files for one row; its value is the list of uploads. Shown by _attach_field.html.

    Only number and size are looked at here: what a file is, its content says when it is attached.
    """

    widget = FilesInput
    default_error_messages = {
        "required": "请选择文件。",
        "empty": "“%(name)s”是空的，请重新选择文件。",
        "too_many": "一次最多上传 %(most)d 个文件，请分几次上传。",
        "too_large": "“%(name)s”超过 %(limit)d MB，请压缩或拆分后再上传。",
    }

    def __init__(self, **options: Any) -> None:
        limit = settings.ATTACHMENT_LIMITS["bytes"] >> 20
        options.setdefault("label", "附件")
        options.setdefault(
            "help_text",
            f"照片（JPG、PNG、WEBP）、PDF、Word（docx）、Excel（xlsx、xls），每个不超过 {limit} MB。",
        )
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser say at once what is plainly wrong."""
        return {
            **super().widget_attrs(widget),
            "class": "upload-input",
            "multiple": True,
            "accept": ACCEPTED,
            "data-max-bytes": settings.ATTACHMENT_LIMITS["bytes"],
        }

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads, none when the field may stay empty."""
        del initial
        uploads = [upload for upload in data or () if upload]
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        limits = settings.ATTACHMENT_LIMITS
        if len(uploads) > limits["files"]:
            raise self._wrong("too_many", most=limits["files"])
        for upload in uploads:
            if not upload.size:
                raise self._wrong("empty", name=upload.name)
            if upload.size > limits["bytes"]:
                raise self._wrong("too_large", name=upload.name, limit=limits["bytes"] >> 20)
        return uploads

    def _wrong(self, code: str, **facts: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=facts)


class RemovalForm(forms.Form):
    """Why an attachment goes, and the version that was seen."""

    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(max_length=500, min_length=2)
