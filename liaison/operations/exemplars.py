"""Writing typical cases, reviewing them, publishing them, and the consent of their societies."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from liaison.exemplar_choices import ExemplarState
from liaison.exemplar_flows import EXEMPLAR
from liaison.models import Exemplar
from liaison.people import office_of

SAME_TITLE = "本单位已经有同名的案例。请在清单里打开原来那一件，或换一个标题。"
LOCKED = "案例已经提交，内容不能再改。需要改的，请区农业农村局退回修改。"
NO_SOCIETY = "这个案例没有写明合作社，不需要登记合作社的同意。"
NOT_YET = "案例定稿（提交审核）以后，才登记合作社是否同意公开。"
IN_THE_FUTURE = "同意日期不能晚于今天。"
NO_CONSENT = "没有登记合作社同意公开的日期和同意人，不能向社会公开。"
_FORGOTTEN: dict[str, Any] = {"open_to_public": False, "consented_on": None, "consented_by": ""}


@transaction.atomic
def write_exemplar(facts: dict[str, Any], *, by: User) -> Exemplar:
    """Begin a case for one's own unit; the same title of a unit is begun once.

    `facts`: title, kind, summary, practice, results, lessons, cooperative, township (or None; the
    society's own then, where there is one). Raises TransitionRefused, PermissionDenied.
    """
    if not may(by, Action.WRITE_EXEMPLAR):
        raise PermissionDenied(Action.WRITE_EXEMPLAR)
    if by.unit is None:
        raise TransitionRefused("您的账号没有登记所在单位，不能报送案例。请联系系统管理员。")
    exemplar = Exemplar(**_placed(facts), unit=by.unit, entered_by=by)
    try:
        with transaction.atomic():
            exemplar.save(force_insert=True)
    except IntegrityError:
        raise TransitionRefused(SAME_TITLE) from None
    audit.record("exemplar-written", exemplar, by=by, title=exemplar.title)
    return exemplar


@transaction.atomic
def edit_exemplar(exemplar: Exemplar, facts: dict[str, Any], *, version: int, by: User) -> None:
    """Change a draft. Raises EditConflict, TransitionRefused, PermissionDenied."""
    held = _held(exemplar, by)
    if not held.is_draft:
        raise TransitionRefused(LOCKED)
    try:
        with transaction.atomic():
            done = Exemplar.objects.filter(
                pk=held.pk, version=version, state=ExemplarState.DRAFT
            ).update(**_placed(facts), version=F("version") + 1)
    except IntegrityError:
        raise TransitionRefused(SAME_TITLE) from None
    exemplar.refresh_from_db()
    if not done:
        raise EditConflict(exemplar)
    audit.record("exemplar-changed", exemplar, by=by, title=exemplar.title)


@transaction.atomic
def submit_exemplar(exemplar: Exemplar, *, by: User) -> None:
    """Hand a draft to the bureau, which hears of it."""
    advance(EXEMPLAR, exemplar, ExemplarState.SUBMITTED, by=by, submitted_on=clock.today())
    unit = exemplar.unit.short_name if exemplar.unit else ""
    _tell(
        office_of(Action.REVIEW_EXEMPLAR),
        exemplar,
        title=f"{unit}报送典型案例：{exemplar.title}",
        text=f"{exemplar.summary}\n请审核。",
        by=by,
    )


@transaction.atomic
def approve_exemplar(exemplar: Exemplar, *, by: User) -> None:
    """Accept a case for the library; it is published by a step of its own."""
    advance(EXEMPLAR, exemplar, ExemplarState.APPROVED, by=by)


@transaction.atomic
def return_exemplar(exemplar: Exemplar, *, reason: str, by: User) -> None:
    """Send a case back to who wrote it, with what is to be changed; its consent lapses."""
    advance(EXEMPLAR, exemplar, ExemplarState.DRAFT, by=by, reason=reason, **_FORGOTTEN)
    _tell(
        [exemplar.entered_by],
        exemplar,
        title=f"典型案例退回修改：{exemplar.title}",
        text=f"要改的地方：{reason.strip()}",
        by=by,
    )


@transaction.atomic
def publish_exemplar(exemplar: Exemplar, *, open_to_public: bool, by: User) -> None:
    """Publish a case to everybody in the portal, or also to the public; again to change which."""
    if open_to_public and exemplar.cooperative_id and exemplar.consented_on is None:
        raise TransitionRefused(NO_CONSENT)
    advance(
        EXEMPLAR,
        exemplar,
        ExemplarState.PUBLISHED,
        by=by,
        noted={"open_to_public": open_to_public},
        open_to_public=open_to_public,
        published_on=exemplar.published_on or clock.today(),
    )


@transaction.atomic
def withdraw_exemplar(exemplar: Exemplar, *, reason: str, by: User) -> None:
    """Take a published case down, or drop a draft; it stays on record."""
    advance(EXEMPLAR, exemplar, ExemplarState.WITHDRAWN, by=by, reason=reason, open_to_public=False)


@transaction.atomic
def revive_exemplar(exemplar: Exemplar, *, by: User) -> None:
    """Take up again what was dropped or taken down, as a draft."""
    try:
        advance(EXEMPLAR, exemplar, ExemplarState.DRAFT, by=by, published_on=None, **_FORGOTTEN)
    except IntegrityError:
        raise TransitionRefused(SAME_TITLE) from None


@transaction.atomic
def record_consent(
    exemplar: Exemplar, consented_on: dt.date, consented_by: str, *, version: int, by: User
) -> None:
    """Put on record that the society agreed to be read of by the public.

    Raises EditConflict, TransitionRefused, PermissionDenied.
    """
    held = _held(exemplar, by)
    if held.cooperative_id is None:
        raise TransitionRefused(NO_SOCIETY)
    if held.state in (ExemplarState.DRAFT, ExemplarState.WITHDRAWN):
        raise TransitionRefused(NOT_YET)
    if consented_on > clock.today():
        raise TransitionRefused(IN_THE_FUTURE)
    who = consented_by.strip()
    if not who:
        raise TransitionRefused("请填写代表合作社同意的人。")
    _change(exemplar, version, consented_on=consented_on, consented_by=who)
    audit.record("exemplar-consent-recorded", exemplar, by=by, person=who, day=str(consented_on))


@transaction.atomic
def end_consent(exemplar: Exemplar, *, reason: str, version: int, by: User) -> None:
    """Take a consent back at the society's wish: the public reads the case no longer."""
    held = _held(exemplar, by)
    if held.consented_on is None:
        raise TransitionRefused("没有登记过同意公开。")
    if not reason.strip():
        raise TransitionRefused("请写明为什么收回同意。")
    _change(exemplar, version, **_FORGOTTEN)
    audit.record("exemplar-consent-ended", exemplar, by=by, reason=reason)


def _change(exemplar: Exemplar, version: int, **columns: Any) -> None:
    done = Exemplar.objects.filter(pk=exemplar.pk, version=version).update(
        **columns, version=F("version") + 1
    )
    exemplar.refresh_from_db()
    if not done:
        raise EditConflict(exemplar)


def _placed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts with the township of the society where none was named."""
    society = facts["cooperative"]
    return {**facts, "township": facts["township"] or (society.township if society else None)}


def _tell(people: Iterable[User], exemplar: Exemplar, *, title: str, text: str, by: User) -> None:
    url = f"/liaison/exemplars/{exemplar.pk}/"
    notify(people, event=NoticeEvent.OTHER_NOTICE, title=title, text=text, url=url, by=by)


def _held(exemplar: Exemplar, by: User) -> Exemplar:
    reach = Exemplar.objects.permitted(by, Action.WRITE_EXEMPLAR)
    held = reach.filter(pk=exemplar.pk).first()
    if held is None:
        raise PermissionDenied(Action.WRITE_EXEMPLAR)
    return held
