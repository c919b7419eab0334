"""Tokens of people, with their secrets."""

import datetime as dt

from accounts.choices import TokenScope
from accounts.models import ApiToken, User
from accounts.operations.tokens import issue_token
from common import clock


def token_for(person: User, scope: str = TokenScope.READ) -> tuple[ApiToken, str]:
    """Return a token that a person issued for themselves, and its secret."""
    last = clock.today() + dt.timedelta(days=30)
    return issue_token("登记系统", scope=scope, expires_on=last, by=person)


def bearer(secret: str) -> dict[str, str]:
    """Return the header that a program sends."""
    return {"Authorization": f"Bearer {secret}"}
