"""Issuing a numbered paper, putting a newer one in its place, taking it back."""

import hashlib
import os
import secrets
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import models, transaction
from django.db.models import F

from accounts.choices import PaperKind, PaperState
from accounts.models import IssuedPaper, User
from accounts.models.issued_paper import code_key, number_key
from accounts.operations import audit
from accounts.operations.numbering import next_number
from common import clock
from common.workflow import TransitionRefused

# Without the characters that look alike on paper: 0 O 1 I.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH = 8
_ENDED = "这份文书已经失效，不能再办这一步。请刷新页面后再看。"

Content = bytes | Callable[[IssuedPaper], bytes]


@transaction.atomic
def issue_paper(
    owner: models.Model,
    *,
    kind: str,
    series_label: str,
    title: str,
    public_facts: Mapping[str, str],
    content: Content | None,
    by: User,
) -> IssuedPaper:
    """Give a paper its number and check code, and keep its bytes.

    The caller's operation has checked the right, and runs in the same transaction. The number is
    dense within label and year: 通农合证〔2021〕12号. `public_facts` (label → text, in order) is all
    that a stranger with number and code will see beside kind, number, day and state. `content` may
    be a function: it gets the paper with number, code and QR in place and returns the bytes.
    """
    year = clock.today().year
    number = f"{series_label}〔{year}〕{next_number(f'paper:{series_label}:{year}')}号"
    paper = IssuedPaper(
        owner_kind=owner._meta.label_lower,
        owner_key=str(owner.pk),
        kind=PaperKind(kind),
        number=number,
        number_key=number_key(number),
        check_code="".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH)),
        title=title,
        public_facts=[[label, str(text)] for label, text in public_facts.items()],
        issued_by=by,
        issued_at=clock.now(),
    )
    written = content(paper) if callable(content) else content
    if written:
        paper.stored_name = uuid.uuid4().hex
        paper.sha256 = hashlib.sha256(written).hexdigest()
        paper.size = len(written)
        _write_through(paper.path, written)
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
            audit.record(
                "paper-issued",
                paper,
                by=by,
                kind=PaperKind(kind).value,
                sha256=paper.sha256,
            )
    except BaseException:
        if paper.stored_name:
            paper.path.unlink(missing_ok=True)
        raise
    return paper


def supersede_paper(paper: IssuedPaper, successor: IssuedPaper, *, by: User) -> IssuedPaper:
    """Let a newer paper count in place of this one. Raises TransitionRefused when it has ended."""
    if successor.pk == paper.pk or successor.state != PaperState.VALID:
        raise TransitionRefused(_ENDED)
    return _end(
        paper,
        PaperState.SUPERSEDED,
        reason=f"由{successor.number}替代",
        successor=successor,
        by=by,
    )


def withdraw_paper(paper: IssuedPaper, *, reason: str, by: User) -> IssuedPaper:
    """Take a paper back, for a reason. Raises TransitionRefused when it has ended already."""
    if not reason.strip():
        raise TransitionRefused("撤销文书须填写理由。")
    return _end(paper, PaperState.WITHDRAWN, reason=reason.strip(), successor=None, by=by)


def check_paper(number: str, code: str) -> IssuedPaper | None:
    """Return the paper of a number if the code is its own, else None: unknown and wrong are one."""
    found = IssuedPaper.objects.numbered(number).first()
    expected = found.check_code if found else "-" * _CODE_LENGTH
    fits = secrets.compare_digest(expected.encode(), code_key(code).encode())
    return found if fits else None


@transaction.atomic
def _end(
    paper: IssuedPaper,
    state: PaperState,
    *,
    reason: str,
    successor: IssuedPaper | None,
    by: User,
) -> IssuedPaper:
    """Move out of valid by one conditional update; the right was checked with the owner's own step."""
    standing = IssuedPaper.objects.filter(pk=paper.pk, state=PaperState.VALID)
    ended = standing.update(
        state=state,
        ended_at=clock.now(),
        ended_reason=reason[:500],
        successor=successor,
        version=F("version") + 1,
    )
    if not ended:
        raise TransitionRefused(_ENDED)
    paper.refresh_from_db()
    audit.record("paper-ended", paper, by=by, reason=reason, before="valid", after=state.value)
    return paper


def _write_through(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as kept:
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())
