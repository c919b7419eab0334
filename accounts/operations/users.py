"""Opening, changing and closing the accounts of people."""

import secrets
from dataclasses import asdict, dataclass
from typing import Protocol, Self

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from accounts.models import OrganisationUnit, User
from accounts.operations import audit, second_factor
from accounts.policy import Action, may, roles_with
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused

# Without the characters that look alike on paper: 0 O 1 l I.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
OWN_RIGHTS = "不能修改自己的角色和所属机构，也不能停用自己。请由另一位系统管理员办理。"
LAST_ONE = "这是最后一位在用的系统管理员，不能停用或改任，否则将无人能管理账号。"


@dataclass(frozen=True)
class PersonFacts:
    """What the administrator says of a person; `username` counts only when the account is opened."""

    full_name: str
    role: str
    unit: OrganisationUnit | None
    post: str = ""
    phone: str = ""

    @classmethod
    def of(cls, person: User) -> Self:
        """Return what is said of a person now."""
        return cls(person.full_name, person.role, person.unit, person.post, person.phone)


class Step(Protocol):
    """A grave step on an account: it needs the version that was seen and a reason."""

    def __call__(self, person: User, *, version: int, reason: str, by: User) -> User: ...


@transaction.atomic
def create_person(username: str, facts: PersonFacts, *, by: User) -> tuple[User, str]:
    """Open an account; return it and the one-time password, which is kept nowhere."""
    _check_right(by)
    return _open(username, facts, by)


@transaction.atomic
def create_first_administrator(username: str, full_name: str) -> tuple[User, str]:
    """Open the account with which a new portal begins; return it and its one-time password.

    Only while nobody administers the portal: afterwards accounts are opened by that person.
    """
    locks.hold("people")
    able, machine = roles_with(Action.MANAGE_PEOPLE), User.objects.machine()
    if User.objects.filter(is_active=True, role__in=able).exists():
        raise TransitionRefused("已有在用的系统管理员，新账号请由其在“用户”页面开设。")
    return _open(username, PersonFacts(full_name, able[0], machine.unit), machine)


def _open(username: str, facts: PersonFacts, by: User) -> tuple[User, str]:
    password = one_time_password()
    person = User.objects.create_user(
        username, password, must_change_password=True, joined_at=clock.now(), **_columns(facts)
    )
    audit.record("person-created", person, by=by, changes=_words_of(person))
    return person, password


@transaction.atomic
def edit_person(person: User, facts: PersonFacts, *, version: int, reason: str, by: User) -> User:
    """Change what is said of a person. A new role or unit ends every session of theirs.

    Raises EditConflict when somebody saved in between.
    """
    fresh = _held(person, version, by)
    rights_change = (facts.role, facts.unit) != (fresh.role, fresh.unit)
    if rights_change and fresh.pk == by.pk:
        raise TransitionRefused(OWN_RIGHTS)
    before = _words_of(fresh)
    after = _saved(fresh, ends_sessions=rights_change, **_columns(facts))
    _check_somebody_administers()
    changes = {
        label: [before[label], now]
        for label, now in _words_of(after).items()
        if before[label] != now
    }
    audit.record("person-changed", after, by=by, reason=reason, changes=changes)
    return after


@transaction.atomic
def activate_person(person: User, *, version: int, reason: str, by: User) -> User:
    """Let a closed account be used again; its former sessions stay ended."""
    fresh = _held(person, version, by)
    after = _saved(fresh, ends_sessions=True, is_active=True)
    audit.record("person-activated", after, by=by, reason=reason)
    return after


@transaction.atomic
def deactivate_person(person: User, *, version: int, reason: str, by: User) -> User:
    """Close an account at once; nothing that the person did is lost."""
    fresh = _held(person, version, by)
    if fresh.pk == by.pk:
        raise TransitionRefused(OWN_RIGHTS)
    after = _saved(fresh, ends_sessions=True, is_active=False)
    _check_somebody_administers()
    audit.record("person-deactivated", after, by=by, reason=reason)
    return after


@transaction.atomic
def reset_password(person: User, *, version: int, reason: str, by: User) -> str:
    """Give a new one-time password, end all sessions, and return the password."""
    fresh = _held(person, version, by)
    password = one_time_password()
    fresh.set_password(password)
    _saved(fresh, ends_sessions=True, password=fresh.password, must_change_password=True)
    audit.record("password-reset", fresh, by=by, reason=reason)
    return password


@transaction.atomic
def reset_second_factor(person: User, *, version: int, reason: str, by: User) -> User:
    """Take away the second factor of somebody who lost phone and spare codes; all sessions end."""
    fresh = _held(person, version, by)
    after = _saved(fresh, ends_sessions=True)
    second_factor.forget(after)
    audit.record("second-factor-reset", after, by=by, reason=reason)
    return after


def one_time_password() -> str:
    """Return groups of four characters, three or as many as are long enough, that pass the rules."""
    number = max(3, -(-(settings.PASSWORD_LENGTH + 1) // 5))
    while True:
        groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(number))
        password = "-".join(groups)
        try:
            validate_password(password)
        except ValidationError:
            continue
        return password


def _check_right(by: User) -> None:
    if not may(by, Action.MANAGE_PEOPLE):
        raise PermissionDenied(Action.MANAGE_PEOPLE)


def _held(person: User, version: int, by: User) -> User:
    _check_right(by)
    locks.hold("people")
    reachable = User.objects.permitted(by, Action.MANAGE_PEOPLE).people()
    fresh: User | None = reachable.select_related("unit").filter(pk=person.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.MANAGE_PEOPLE)
    if fresh.version != version:
        raise EditConflict(fresh)
    return fresh


def _saved(person: User, *, ends_sessions: bool, **columns: object) -> User:
    changed = User.objects.filter(pk=person.pk, version=person.version).update(
        version=F("version") + 1,
        session_epoch=F("session_epoch") + (1 if ends_sessions else 0),
        **columns,
    )
    fresh: User = User.objects.select_related("unit").get(pk=person.pk)
    if not changed:
        raise EditConflict(fresh)
    return fresh


def _check_somebody_administers() -> None:
    able = roles_with(Action.MANAGE_PEOPLE)
    if not User.objects.filter(is_active=True, role__in=able).exists():
        raise TransitionRefused(LAST_ONE)


def _columns(facts: PersonFacts) -> dict[str, object]:
    return {**asdict(facts), "unit": facts.unit}


def _words_of(person: User) -> dict[str, str]:
    return {
        "姓名": person.full_name,
        "角色": person.get_role_display(),
        "所属机构": str(person.unit or ""),
        "职务": person.post,
        # The trail is kept for ever and read by many: it says that a number changed, not which.
        "手机号": _masked(person.phone),
    }


def _masked(phone: str) -> str:
    return f"{phone[:3]}{'*' * max(len(phone) - 5, 0)}{phone[-2:]}" if phone else ""
