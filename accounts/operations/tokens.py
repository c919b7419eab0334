"""Tokens for programs: issuing one, knowing one again, withdrawing one."""

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q

from accounts.choices import NoticeEvent, TokenScope
from accounts.models import ApiToken, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.policy import Action, Reach, reach_of, roles_with
from common import clock
from common.template_tags import day
from common.workflow import TransitionRefused

LONGEST = dt.timedelta(days=366)
MOST = 20
PREFIX = "tck_"
SHOWN = 8  # characters of the secret that lists show, to tell tokens apart
_USE_NOTED_EVERY = dt.timedelta(minutes=1)  # a call should not cost a write
WRONG_DAY = "有效期须在今天之后，最长一年。"
TOO_MANY = f"在用的令牌已有 {MOST} 个，请先收回不用的再发放。"
NO_LIAISON = "只能发给在用的部门联络员。请先在“用户”里为该部门开设联络员账号。"


def liaisons() -> "list[User]":
    """Return those in whose name a department's token may act: who sends files for it."""
    able = roles_with(Action.SUBMIT_DELIVERY, Reach.OWN)
    people = User.objects.people().filter(is_active=True, role__in=able, unit__isnull=False)
    return list(people.select_related("unit").order_by("unit__position", "pk"))


@transaction.atomic
def issue_token(
    name: str, *, scope: str, expires_on: dt.date, by: User, liaison: User | None = None
) -> tuple[ApiToken, str]:
    """Issue a token for oneself, or for the department of a liaison; return it and its secret.

    The secret is kept nowhere. Raises TransitionRefused, or PermissionDenied for a department by
    anyone but the administrator.
    """
    reach = reach_of(by, Action.ISSUE_TOKEN)
    if reach == Reach.NONE or (liaison is not None and reach != Reach.DISTRICT):
        raise PermissionDenied(Action.ISSUE_TOKEN)
    if liaison is not None and liaison not in liaisons():
        raise TransitionRefused(NO_LIAISON)
    today = clock.today()
    if not today <= expires_on <= today + LONGEST:
        raise TransitionRefused(WRONG_DAY)
    person = liaison or by
    if person.api_tokens.usable().count() >= MOST:
        raise TransitionRefused(TOO_MANY)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name,
        hint=secret[:SHOWN],
        digest=digest_of(secret),
        person=person,
        unit=liaison.unit if liaison else None,
        scope=TokenScope(scope),
        expires_on=expires_on,
        created_at=clock.now(),
        created_by=by,
    )
    audit.record(
        "token-issued",
        token,
        by=by,
        holder=str(token.unit or person),
        reach=token.scope,
        last_day=day(expires_on),
    )
    if liaison is not None:
        notify(
            [liaison],
            event=NoticeEvent.OTHER_NOTICE,
            title=f"已为{liaison.unit}发放接口令牌：{name}",
            text=f"用它办理的事项记在您的名下，有效期至{day(expires_on)}。如有疑问请联系系统管理员。",
            url="/accounts/tokens/",
            by=by,
        )
    return token, secret


@transaction.atomic
def withdraw_token(token: ApiToken, *, by: User) -> None:
    """Withdraw a token for good; programs are refused from the next call on. Safe to repeat."""
    reach = ApiToken.objects.permitted(by, Action.ISSUE_TOKEN)
    if not reach.filter(pk=token.pk).exists():
        raise PermissionDenied(Action.ISSUE_TOKEN)
    ended = ApiToken.objects.filter(pk=token.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=clock.now(), withdrawn_by=by, version=F("version") + 1
    )
    if ended:
        audit.record("token-withdrawn", token, by=by, holder=str(token.unit or token.person))
    token.refresh_from_db()


def token_of(secret: str) -> ApiToken | None:
    """Return the token of a secret, whatever its state, with its person; None for no such."""
    known = ApiToken.objects.select_related("person__unit")
    return known.filter(digest=digest_of(secret)).first()


def note_use(token: ApiToken) -> None:
    """Remember that a token was used, at most once a minute."""
    now = clock.now()
    before = now - _USE_NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > before:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=before)
    ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)


def digest_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 random bits, so a plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
