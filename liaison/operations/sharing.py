"""Proposing, approving and ending the sharing of a list; taking it, and signing for it."""

import datetime as dt
from collections.abc import Sequence
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock, spreadsheet
from common.template_tags import day, moment
from common.workflow import TransitionRefused
from liaison.choices import FetchForm, GrantState, SharedList
from liaison.lists import KINDS_BY_CODE, kind_of, rows_of, table_of
from liaison.models import ShareFetch, ShareGrant
from liaison.workflows import GRANT

SAME_PERSON = "提出人不能批准自己提出的共享，请由另一人批准。"
KNOWN_ALREADY = "这份名单已有一份给该部门的共享（待批准或已批准），请先终止那一份再重新提出。"
NOT_IN_FORCE = (
    "这份共享现在不能取用：未批准、已终止或有效期已过。如仍需要，请联系区农业农村局重新办理。"
)
PAST_DAY = "有效期不能早于今天。"
NO_FIELDS = "请至少选择一个信息项。"


@transaction.atomic
def propose_grant(
    shared_list: SharedList,
    fields: Sequence[str],
    receiver: OrganisationUnit,
    *,
    purpose: str,
    valid_until: dt.date,
    by: User,
) -> ShareGrant:
    """Propose to share fields of a list with a department until a day; another person approves."""
    if not may(by, Action.PROPOSE_SHARE):
        raise PermissionDenied(Action.PROPOSE_SHARE)
    if valid_until < clock.today():
        raise TransitionRefused(PAST_DAY)
    known = [field.key for field in KINDS_BY_CODE[shared_list].fields if field.key in fields]
    if not known:
        raise TransitionRefused(NO_FIELDS)
    try:
        with transaction.atomic():
            grant = ShareGrant.objects.create(
                shared_list=shared_list,
                fields=known,
                receiver=receiver,
                purpose=purpose,
                valid_until=valid_until,
                proposed_by=by,
            )
    except IntegrityError as clash:
        raise TransitionRefused(KNOWN_ALREADY) from clash
    audit.record("share-proposed", grant, by=by, columns=_labels(grant))
    return grant


@transaction.atomic
def approve_grant(grant: ShareGrant, *, by: User) -> None:
    """Approve a grant that somebody else proposed."""
    if grant.proposed_by_id == by.pk:
        raise TransitionRefused(SAME_PERSON)
    advance(GRANT, grant, GrantState.APPROVED, by=by, approved_by=by, approved_at=clock.now())


@transaction.atomic
def decline_grant(grant: ShareGrant, *, reason: str, by: User) -> None:
    """Decline a proposed grant, with a reason."""
    advance(GRANT, grant, GrantState.DECLINED, by=by, reason=reason, decision_reason=reason)


@transaction.atomic
def end_grant(grant: ShareGrant, *, reason: str, by: User) -> None:
    """End an approved grant before its day, with a reason."""
    advance(GRANT, grant, GrantState.ENDED, by=by, reason=reason, decision_reason=reason)


@transaction.atomic
def note_fetch(grant: ShareGrant, form: FetchForm, *, by: User) -> ShareFetch:
    """Write down that a department takes its list now. Raises TransitionRefused when it may not."""
    fresh = ShareGrant.objects.permitted(by, Action.FETCH_SHARE).filter(pk=grant.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.FETCH_SHARE)
    if not fresh.is_in_force:
        raise TransitionRefused(NOT_IN_FORCE)
    fetch = ShareFetch.objects.create(grant=fresh, by=by, form=form, rows=rows_of(fresh).count())
    audit.record("share-fetched", fresh, by=by, form=form.value, number=fetch.rows)
    return fetch


def write_shared_xlsx(fetch: ShareFetch, stream: IO[bytes]) -> int:
    """Write the workbook of a noted fetch, marked with who took it and for what."""
    grant = fetch.grant
    notes = (
        ("名单", str(kind_of(grant).code.label)),
        ("接收部门", str(grant.receiver)),
        ("取用人", str(fetch.by)),
        ("取用时间", moment(fetch.at)),
        ("用途", grant.purpose),
        ("有效期至", day(grant.valid_until)),
        ("使用提示", "仅限上述部门按所列用途使用，不得转交。每次取用均有记录。"),
    )
    return spreadsheet.write_xlsx(stream, table_of(grant), notes, total="行数")


@transaction.atomic
def sign_receipt(grant: ShareGrant, *, by: User) -> int:
    """Sign for everything that the department has taken so far; return how many fetches."""
    fresh = ShareGrant.objects.permitted(by, Action.FETCH_SHARE).filter(pk=grant.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.FETCH_SHARE)
    signed = fresh.fetches.filter(received_at__isnull=True).update(
        received_at=clock.now(), received_by=by
    )
    if signed:
        audit.record("share-received", fresh, by=by, number=signed)
    return signed


def _labels(grant: ShareGrant) -> list[str]:
    return [field.label for field in kind_of(grant).chosen(grant.fields)]
