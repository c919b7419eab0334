"""Files that came with a form: kept, and said of each that was refused why."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import models, transaction

from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.attachments import attach_each


@transaction.atomic
def attach(
    request: SignedInRequest, owner: models.Model, uploads: Iterable[Any] | None, *, purpose: str
) -> list[Attachment]:
    """Keep the files of a row; a sentence on the page says why one was refused. Return the kept.

    A file that the row holds already is kept once, and counts as kept: a form may be sent again.
    """
    model: type[models.Model] = type(owner)
    model._default_manager.select_for_update(of=("self",)).filter(pk=owner.pk).first()
    standing = Attachment.objects.of(owner).for_purpose(purpose)
    known = {each.received_sha256: each for each in standing}
    sent = {_digest(each): each for each in uploads or ()}
    new = [upload for digest, upload in sent.items() if digest not in known]
    kept, refused = attach_each(owner, new, purpose=purpose, by=request.user)
    for sentence in refused:
        messages.error(request, sentence)
    return [*(known[digest] for digest in sent if digest in known), *kept]


def _digest(upload: Any) -> str:
    digest = hashlib.sha256()
    for piece in upload.chunks():
        digest.update(piece)
    return digest.hexdigest()
