"""Photos of visits: they come in pieces, may break off and go on, and are kept once whole."""

import hashlib
import io
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from accounts.models import Attachment, User
from accounts.operations.attachments import attach_file
from common import clock
from common.workflow import TransitionRefused
from training.models import VisitPhoto
from training.operations.glass import lock_if_signed, note_of
from training.operations.hints import raise_hints
from training.workflows import ON_GLASS

PHOTO = "visit_photo"
BROKEN = "照片内容与手机上的不一致，已要求重传。"
_EDGE = 8


def receive_piece(photo: VisitPhoto, offset: int, piece: bytes, *, by: User) -> VisitPhoto:
    """Keep the next piece of a photo; a piece that is already here changes nothing.

    The row's `received` tells the phone where to go on. When the last piece is here, the digest
    is compared and the photo becomes an attachment of its visit, once, whoever sends it again.
    """
    with transaction.atomic():
        held = VisitPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
        if held.done_at is None and offset == held.received and piece:
            _write(held, offset, piece)
            held.received = min(held.size, offset + len(piece))
            held.save(update_fields=["received"])
    if held.done_at is None and held.received >= held.size:
        return _finish(held, by)
    return held


def _finish(photo: VisitPhoto, by: User) -> VisitPhoto:
    path = partial_path(photo.key)
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != photo.sha256:
        path.unlink(missing_ok=True)
        VisitPhoto.objects.filter(pk=photo.pk).update(received=0)
        raise TransitionRefused(BROKEN)
    purpose, word, note = PHOTO, "走访照片", photo.note
    if photo.signer:
        purpose, word = ON_GLASS, "屏上签字"
        note = note_of(photo.signer, photo.note or str(photo.visit.counsellor))
    upload = ContentFile(content, name=f"{word}{photo.pk}.jpg")
    kept = attach_file(photo.visit, upload, purpose=purpose, by=by, note=note, client_id=photo.key)
    if kept.taken_at is None and photo.taken_at is not None:
        Attachment.objects.filter(pk=kept.pk).update(taken_at=photo.taken_at)
    with transaction.atomic():
        VisitPhoto.objects.filter(pk=photo.pk).update(
            done_at=clock.now(), likeness="" if photo.signer else likeness_of(content)
        )
        photo.refresh_from_db()
        raise_hints(photo.visit)
        lock_if_signed(photo.visit, by=by)
    path.unlink(missing_ok=True)
    return photo


def partial_path(key: uuid.UUID) -> Path:
    """Return where the pieces of a photo gather until it is whole."""
    folder = Path(settings.FILES_DIR) / "partial"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / key.hex


def likeness_of(content: bytes) -> str:
    """Return 64 bits, as 16 hexadecimal digits, that stay alike under scaling and small changes.

    Each bit says whether a cell of the picture is brighter than its neighbour to the right.
    """
    with Image.open(io.BytesIO(content)) as image:
        small = image.convert("L").resize((_EDGE + 1, _EDGE), Image.Resampling.BILINEAR)
    cells = small.tobytes()
    bits = 0
    for row in range(_EDGE):
        for column in range(_EDGE):
            place = row * (_EDGE + 1) + column
            bits = bits << 1 | (cells[place] > cells[place + 1])
    return f"{bits:016x}"


def _write(photo: VisitPhoto, offset: int, piece: bytes) -> None:
    path = partial_path(photo.key)
    with path.open("r+b" if path.exists() else "w+b") as kept:
        kept.seek(offset)
        kept.write(piece[: photo.size - offset])
