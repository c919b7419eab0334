"""Entering documents, changing them, saying what replaced them, and letting people in by name."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.library_choices import DocumentState, Openness
from liaison.library_flows import DOCUMENT
from liaison.models import DocumentReader, LibraryDocument

KNOWN = "这个发文单位的这个文号已经登记过。请在清单里按文号查找。"
NOT_YOURS_TO_PUBLISH = "向社会公开由区农业农村局决定。请先选“全体工作人员”，再请区农业农村局公开。"
TAKEN_DOWN = "这份文件已经撤下，不能再改。"
NO_UNITS = "请选择可以查看的单位。"


@transaction.atomic
def enter_document(
    facts: dict[str, Any], units: Iterable[OrganisationUnit], *, by: User
) -> LibraryDocument:
    """Enter a document for one's own unit; a number of an issuer is entered once.

    `facts`: number, title, kind, issuer, issued_on, summary, text, openness. `units` are those
    that may read it when it is open to units. Raises TransitionRefused, PermissionDenied.
    """
    if not may(by, Action.MANAGE_DOCUMENT):
        raise PermissionDenied(Action.MANAGE_DOCUMENT)
    named = _may_open(facts["openness"], units, by)
    document = LibraryDocument(**facts, unit=by.unit, entered_by=by)
    document.sought = document.searchable()
    try:
        with transaction.atomic():
            document.save(force_insert=True)
    except IntegrityError:
        raise TransitionRefused(KNOWN) from None
    document.units.set(named)
    audit.record("document-entered", document, by=by, document=document.number)
    return document


@transaction.atomic
def edit_document(
    document: LibraryDocument,
    facts: dict[str, Any],
    units: Iterable[OrganisationUnit],
    *,
    version: int,
    by: User,
) -> None:
    """Correct a document or open it to others. Raises EditConflict, TransitionRefused."""
    held = _held(document, by)
    if not held.stands:
        raise TransitionRefused(TAKEN_DOWN)
    if facts["openness"] == held.openness == Openness.PUBLIC:
        named: list[OrganisationUnit] = []  # public already: a correction needs no new right
    else:
        named = _may_open(facts["openness"], units, by)
    before = held.openness
    changed = {**facts, "sought": LibraryDocument(**facts).searchable()}
    try:
        with transaction.atomic():
            done = LibraryDocument.objects.filter(pk=held.pk, version=version).update(
                **changed, version=F("version") + 1
            )
    except IntegrityError:
        raise TransitionRefused(KNOWN) from None
    document.refresh_from_db()
    if not done:
        raise EditConflict(document)
    document.units.set(named)
    audit.record("document-changed", document, by=by, before=before, after=document.openness)


@transaction.atomic
def replace_document(document: LibraryDocument, by_what: LibraryDocument, *, by: User) -> None:
    """Say which document holds instead. Raises TransitionRefused."""
    if by_what.pk == document.pk:
        raise TransitionRefused("替代文件不能是这份文件自己。")
    if by_what.state != DocumentState.IN_FORCE:
        raise TransitionRefused("替代文件须是现行有效的文件。")
    advance(
        DOCUMENT,
        document,
        DocumentState.REPLACED,
        by=by,
        noted={"document": by_what.number or by_what.title},
        replaced_by=by_what,
    )


@transaction.atomic
def move_document(document: LibraryDocument, target: str, *, reason: str, by: User) -> None:
    """Repeal a document, take it down, or let it hold again."""
    if target == DocumentState.REPLACED:
        raise TransitionRefused("请写明由哪份文件替代。")
    advance(DOCUMENT, document, target, by=by, reason=reason, replaced_by=None)


@transaction.atomic
def let_read(document: LibraryDocument, person: User, *, reason: str, by: User) -> DocumentReader:
    """Let a person read a document and its files; a person is let in once."""
    held = _held(document, by)
    if not held.stands:
        raise TransitionRefused(TAKEN_DOWN)
    if not reason.strip():
        raise TransitionRefused("请写明为什么需要查看。")
    if not may(person, Action.VIEW_DOCUMENT):
        raise TransitionRefused(f"{person}的账号没有查看文件的权限，不能批准。请联系系统管理员。")
    reader, made = DocumentReader.objects.get_or_create(
        document=held,
        person=person,
        ended_on=None,
        defaults={"reason": reason.strip()[:300], "granted_by": by},
    )
    if made:
        audit.record("document-granted", held, by=by, reason=reason, person=str(person))
        notify(
            [person],
            event=NoticeEvent.DATA_SHARED,
            title=f"可以查看文件：{held.title}",
            text=f"理由：{reader.reason}",
            url=f"/liaison/library/{held.pk}/",
            by=by,
        )
    return reader


@transaction.atomic
def end_reading(document: LibraryDocument, reader: DocumentReader, *, by: User) -> None:
    """Take a permission back; it stays on record."""
    held = _held(document, by)
    done = held.readers.current().filter(pk=reader.pk).update(ended_on=clock.today())
    if not done:
        raise TransitionRefused("这项许可已经收回。")
    audit.record("document-grant-ended", held, by=by, person=str(reader.person))


def _may_open(openness: str, units: Iterable[OrganisationUnit], by: User) -> list[OrganisationUnit]:
    """Return the units that the openness leaves; raise TransitionRefused for what is not allowed."""
    if openness == Openness.PUBLIC and not may(by, Action.PUBLISH_DOCUMENT):
        raise TransitionRefused(NOT_YOURS_TO_PUBLISH)
    if openness != Openness.UNITS:
        return []
    named = list(units)
    if not named:
        raise TransitionRefused(NO_UNITS)
    return named


def _held(document: LibraryDocument, by: User) -> LibraryDocument:
    reach = LibraryDocument.objects.permitted(by, Action.MANAGE_DOCUMENT)
    held = reach.filter(pk=document.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_DOCUMENT)
    return held
