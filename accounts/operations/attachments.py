"""Files and photos of a row: taken in, handed out, taken away."""

import errno
import hashlib
import io
import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction

from accounts.attachments import Ownership, ownership_of
from accounts.choices import AttachmentKind
from accounts.models import Attachment, User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.filenames import clean_filename
from common.filetypes import FileKind, FileRefused, judge
from common.photos import Photo, take_photo
from common.workflow import TransitionRefused

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL = "服务器存储空间不足，文件没有收下。请联系系统管理员清理空间后重新上传。"
_GONE = "这个附件已被移除，或刚刚有人改动过。请刷新页面后再看。"


class AttachmentRefused(TransitionRefused):
    """A file that was not taken; its text is the sentence for the person who sent it."""


class StorageFull(AttachmentRefused):
    """There is no room left for the bytes."""


@dataclass(frozen=True)
class _Kept:
    """Bytes as they are to be stored, with what is known of them."""

    kind: FileKind
    received_sha256: str
    content: bytes
    photo: Photo | None = None


def attach_file(
    owner: models.Model,
    upload: Any,
    *,
    purpose: str,
    by: User,
    note: str = "",
    client_id: uuid.UUID | None = None,
) -> Attachment:
    """Keep a file that belongs to a row, in one transaction with its audit event.

    `upload` is an uploaded file of a form, or any Django `File` with a name. `purpose` is a code
    of the owning app. The same `client_id` for the same owner is answered with the row of the
    first time. Raises AttachmentRefused (a sentence; StorageFull when the disk is full) and
    PermissionDenied.
    """
    ownership = _may_change(owner, by)
    if known := _sent_before(owner, client_id):
        return known
    kept = _judged(upload)
    stored_name = uuid.uuid4().hex
    row = Attachment(
        owner_kind=owner._meta.label_lower,
        owner_key=str(owner.pk),
        purpose=purpose,
        client_id=client_id,
        filename=_named(getattr(upload, "name", "") or "", kept.kind),
        stored_name=stored_name,
        note=note.strip()[:200],
        added_by=by,
        **_facts(kept),
    )
    _write(row, kept)
    try:
        with transaction.atomic():
            _refuse_if_shut(ownership, owner)
            row.save(force_insert=True)
            audit.record(
                "file-attached",
                owner,
                by=by,
                filename=row.filename,
                sha256=row.sha256,
                size=row.size,
                purpose=purpose,
            )
    except IntegrityError:
        _discard(row)
        if known := _sent_before(owner, client_id):  # the same phone was quicker the other time
            return known
        raise
    except BaseException:
        _discard(row)
        raise
    return row


def attach_each(
    owner: models.Model, uploads: Iterable[Any], *, purpose: str, by: User, note: str = ""
) -> tuple[list[Attachment], list[str]]:
    """Attach what came with one form; one bad file does not keep the others out.

    Return the attachments and a sentence for each file that was refused.
    """
    attached, refused = [], []
    for upload in uploads:
        try:
            attached.append(attach_file(owner, upload, purpose=purpose, by=by, note=note))
        except AttachmentRefused as refusal:
            refused.append(f"“{clean_filename(upload.name or '')}”：{refusal}")
    return attached, refused


@transaction.atomic
def remove_attachment(attachment: Attachment, *, reason: str, by: User) -> Attachment:
    """Take an attachment out of sight. Row and bytes stay as evidence, out of everybody's reach.

    Raises AttachmentRefused when it is gone already or its owner admits no change, and
    PermissionDenied.
    """
    ownership = ownership_of(attachment.owner_kind)
    owner = ownership.reach(by, ownership.edit).filter(pk=attachment.owner_key).first()
    if owner is None:
        raise PermissionDenied(ownership.edit)
    _refuse_if_shut(ownership, owner)
    if not reason.strip():
        raise AttachmentRefused("移除附件须填写理由。")
    standing = Attachment.objects.filter(
        pk=attachment.pk, version=attachment.version, removed_at__isnull=True
    )
    removed = standing.update(removed_at=clock.now(), removed_by=by, version=attachment.version + 1)
    if not removed:
        raise AttachmentRefused(_GONE)
    audit.record(
        "file-removed",
        owner,
        by=by,
        reason=reason.strip(),
        filename=attachment.filename,
        sha256=attachment.sha256,
    )
    attachment.refresh_from_db()
    return attachment


def may_change(owner: models.Model, user: User) -> bool:
    """Tell whether this user may add and remove attachments of a row now, for a page's buttons."""
    ownership = ownership_of(owner._meta.label_lower)
    if ownership.unless(owner):
        return False
    return ownership.reach(user, ownership.edit).filter(pk=owner.pk).exists()


def _may_change(owner: models.Model, by: User) -> Ownership:
    ownership = ownership_of(owner._meta.label_lower)
    if not ownership.reach(by, ownership.edit).filter(pk=owner.pk).exists():
        raise PermissionDenied(Action(ownership.edit))
    _refuse_if_shut(ownership, owner)
    return ownership


def _refuse_if_shut(ownership: Ownership, owner: models.Model) -> None:
    if sentence := ownership.unless(owner):
        raise AttachmentRefused(sentence)


def _sent_before(owner: models.Model, client_id: uuid.UUID | None) -> Attachment | None:
    if client_id is None:
        return None
    return Attachment.objects.filter(
        owner_kind=owner._meta.label_lower, owner_key=str(owner.pk), client_id=client_id
    ).first()


def _judged(upload: Any) -> _Kept:
    """Read the bytes once, judge them, and draw photos anew. Raises AttachmentRefused."""
    limits = settings.ATTACHMENT_LIMITS
    content = _read(upload, limits["bytes"])
    stream = io.BytesIO(content)
    try:
        kind = judge(stream)
        received = hashlib.sha256(content).hexdigest()
        if not kind.is_image:
            return _Kept(kind, received, content)
        photo = take_photo(stream, most_pixels=limits["pixels"])
    except FileRefused as refusal:
        raise AttachmentRefused(str(refusal)) from None
    return _Kept(kind, received, photo.content, photo)


def _read(upload: Any, limit: int) -> bytes:
    stream: BinaryIO = getattr(upload, "file", None) or upload
    stream.seek(0)
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise AttachmentRefused(f"文件超过 {limit >> 20} MB，没有收下。请压缩或拆分后再上传。")
    return content


def _facts(kept: _Kept) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": AttachmentKind.PHOTO if kept.photo else AttachmentKind(kept.kind.code),
        "content_type": "image/jpeg" if kept.photo else kept.kind.content_type,
        "size": len(kept.content),
        "sha256": hashlib.sha256(kept.content).hexdigest(),
        "received_sha256": kept.received_sha256,
    }
    if photo := kept.photo:
        names = ("width", "height", "taken_at", "latitude", "longitude")
        facts |= {name: getattr(photo, name) for name in names}
    return facts


def _named(name: str, kind: FileKind) -> str:
    """Return the shown name with the ending of what the file really is."""
    shown = clean_filename(name)
    ending = ".jpg" if kind.is_image else kind.ending
    stem = shown.rpartition(".")[0] or shown
    return shown if shown.lower().endswith(ending) else f"{stem[:190]}{ending}"


def _write(row: Attachment, kept: _Kept) -> None:
    try:
        row.path.parent.mkdir(parents=True, exist_ok=True)
        _write_through(row.path, kept.content)
        if kept.photo:
            _write_through(row.small_path, kept.photo.small)
    except OSError as fault:
        _discard(row)
        if fault.errno in _NO_ROOM:
            raise StorageFull(_FULL) from None
        raise


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as kept:
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())


def _discard(row: Attachment) -> None:
    row.path.unlink(missing_ok=True)
    row.small_path.unlink(missing_ok=True)
