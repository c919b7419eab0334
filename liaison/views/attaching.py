"""Files that came with a form: kept, and said of each that was refused why."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import models

from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.attachments import attach_each


def attach(
    request: SignedInRequest, owner: models.Model, uploads: Iterable[Any] | None, *, purpose: str
) -> list[Attachment]:
    """Keep the files of a row; a sentence on the page says why one was refused. Return the kept."""
    kept, refused = attach_each(owner, uploads or [], purpose=purpose, by=request.user)
    for sentence in refused:
        messages.error(request, sentence)
    return kept
