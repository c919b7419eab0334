"""Signing in and out leave a record; what a person changes about themself does too."""

from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeMode
from accounts.models import User
from accounts.operations import audit
from common import clock


@transaction.atomic
def record_sign_in(user: User, *, address: str) -> None:
    """Keep that a person signed in, and from which network address."""
    # Django notes the machine's time; in a demo the day is the set one.
    User.objects.filter(pk=user.pk).update(last_login=clock.now())
    audit.record("signed-in", user, by=user, address=address)


@transaction.atomic
def record_sign_out(user: User) -> None:
    """Keep that a person signed out."""
    audit.record("signed-out", user, by=user)


@transaction.atomic
def record_refusal(username: str, *, address: str, locked: bool) -> None:
    """Keep a failed attempt. An unknown name is not written down: it may be a mistyped password."""
    user = User.objects.filter(username=username).first()
    deed = "sign-in-locked" if locked else "sign-in-refused"
    audit.record(deed, user, by=None, address=address, known=user is not None)


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> None:
    """Set one's own password. Every other session of this person ends with it."""
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(
        password=user.password,
        must_change_password=False,
        password_changed_at=clock.now(),
        version=F("version") + 1,
    )
    audit.record("password-changed", user, by=by)
    user.refresh_from_db()


@transaction.atomic
def change_phone(user: User, phone: str, *, by: User) -> None:
    """Set one's own telephone number; the record keeps that it changed, not the number."""
    User.objects.filter(pk=user.pk).update(phone=phone, version=F("version") + 1)
    audit.record("phone-changed", user, by=by)
    user.refresh_from_db()


@transaction.atomic
def change_notice_setting(user: User, *, email: str, notice_mode: str, by: User) -> None:
    """Set one's own e-mail address and how one hears of notices; the record keeps no address."""
    mode = NoticeMode(notice_mode)
    User.objects.filter(pk=user.pk).update(email=email, notice_mode=mode, version=F("version") + 1)
    audit.record("notice-setting-changed", user, by=by, after=mode.value)
    user.refresh_from_db()


@transaction.atomic
def end_sessions(user: User, *, by: User) -> None:
    """End every session of a person; the caller may keep its own."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    audit.record("sessions-ended", user, by=by)
    user.refresh_from_db()


def put_hints_away(user: User) -> None:
    """Note that a person has read the first hints; the first time counts."""
    User.objects.filter(pk=user.pk, hints_away_at__isnull=True).update(hints_away_at=clock.now())
