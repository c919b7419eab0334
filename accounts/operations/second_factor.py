"""The second factor of staff: a code from an app on the phone, with spare codes on paper.

Codes, drift, waiting after wrong ones and the refusal of a used code are django-otp's.
"""

import secrets
from typing import Any

from django.conf import settings
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action, may
from common.workflow import TransitionRefused

REQUIRED, OFFERED, OFF = "required", "offered", "off"
SPARE_CODES = 10
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def is_offered(user: User) -> bool:
    """Tell whether this person may set up a second factor."""
    return settings.SECOND_FACTOR != OFF and may(user, Action.USE_SECOND_FACTOR)


def is_required(user: User) -> bool:
    """Tell whether this person must have one."""
    return settings.SECOND_FACTOR == REQUIRED and may(user, Action.USE_SECOND_FACTOR)


def has_one(user: User) -> bool:
    """Tell whether one is set up and confirmed."""
    return bool(TOTPDevice.objects.filter(user=user, confirmed=True).exists())


def begin(user: User) -> TOTPDevice:
    """Return the device that waits to be confirmed by a first code; make it when there is none."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "动态口令"}
    )
    return device


@transaction.atomic
def confirm(user: User, code: str) -> list[str] | None:
    """Confirm the waiting device by a code; return the spare codes, shown once, or None if wrong."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    if device is None or not device.verify_is_allowed()[0] or not device.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user, confirmed=True).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    audit.record("second-factor-set-up", user, by=user)
    return _new_spare_codes(user)


@transaction.atomic
def new_spare_codes(user: User) -> list[str]:
    """Replace the spare codes; return the new ones, which are shown once."""
    audit.record("spare-codes-replaced", user, by=user)
    return _new_spare_codes(user)


@transaction.atomic
def passes(user: User, code: str) -> bool:
    """Tell whether a code or an unused spare code is right; each counts once, and is recorded."""
    code = code.replace(" ", "").replace("-", "").lower()
    right = False
    for device in _devices(user):
        if device.verify_is_allowed()[0] and device.verify_token(code):
            right = True
            break
    audit.record("second-factor-passed" if right else "second-factor-refused", user, by=user)
    return right


def is_waiting(user: User) -> bool:
    """Tell whether, after wrong codes, the next one would not even be looked at."""
    devices = _devices(user)
    return bool(devices) and not any(device.verify_is_allowed()[0] for device in devices)


@transaction.atomic
def remove(user: User) -> None:
    """Give up one's own second factor. Raises TransitionRefused where it is required."""
    if is_required(user):
        raise TransitionRefused("您的角色必须使用动态口令，不能停用；换手机请重新设置。")
    forget(user)
    audit.record("second-factor-removed", user, by=user)


def forget(user: User) -> None:
    """Drop every device and spare code of a person."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def _devices(user: User) -> list[Any]:
    return [
        *TOTPDevice.objects.filter(user=user, confirmed=True),
        *StaticDevice.objects.filter(user=user, confirmed=True),
    ]


def _new_spare_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="备用口令")
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(8)) for _ in range(SPARE_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]
