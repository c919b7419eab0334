"""How a program signs in: a token in the header, in the name and reach of its person."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle

from accounts.models import ApiToken, User
from accounts.operations.tokens import note_use, token_of

SCHEME = "Bearer"
_LONGEST_HEADER = 200
_ASK = "请联系本单位保管令牌的人，或在平台“接口令牌”页重新发放。"
UNREADABLE = f"令牌没有写对，应是“{SCHEME} ”加令牌原文。"
UNKNOWN = f"没有这个令牌。{_ASK}"
WITHDRAWN = f"这个令牌已收回。{_ASK}"
OVER = f"这个令牌已过有效期。{_ASK}"
CLOSED = "令牌使用人的账号已停用。请联系系统管理员。"
MOVED = "令牌使用人已不在该部门。请系统管理员为现任联络员另发令牌。"
FIRST_PASSWORD = "令牌使用人还没有更改一次性密码。请本人先在网页上登录并更改。"  # noqa: S105 - a sentence


class TokenSignIn(BaseAuthentication):
    """Know the person by the token of the header; whoever sends none is known otherwise."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the person and the token. Raises AuthenticationFailed (401) with the sentence."""
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != SCHEME.lower().encode():
            return None
        if len(parts) != 2 or len(parts[1]) > _LONGEST_HEADER:
            raise AuthenticationFailed(UNREADABLE, code="token_unreadable")
        token = token_of(parts[1].decode("latin-1"))
        if token is None:
            raise AuthenticationFailed(UNKNOWN, code="token_unknown")
        if fault := _fault(token):
            raise AuthenticationFailed(*fault)
        note_use(token)
        person = token.person
        person.via_token = str(token)
        return person, token

    def authenticate_header(self, request: Request) -> str:
        """Let the answer to a stranger be 401 and say how to sign in."""
        del request
        return SCHEME


def _fault(token: ApiToken) -> tuple[str, str] | None:
    """Return why a token that was issued is no longer good, with the code; None when it is."""
    person = token.person
    if token.withdrawn_at is not None:
        return WITHDRAWN, "token_withdrawn"
    if token.is_over:
        return OVER, "token_over"
    if not person.is_active:
        return CLOSED, "person_closed"
    if token.unit_id is not None and person.unit_id != token.unit_id:
        return MOVED, "person_moved"
    if person.must_change_password:
        return FIRST_PASSWORD, "first_password"
    return None


class RatePerToken(UserRateThrottle):
    """Count the calls of each token by itself, those of a session by its person."""

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """Return the key under which the calls are counted."""
        if isinstance(request.auth, ApiToken):
            return str(self.cache_format % {"scope": self.scope, "ident": f"t{request.auth.pk}"})
        key: str | None = super().get_cache_key(request, view)
        return key


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the description of the interface names the token."""

    target_class = TokenSignIn
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the definition of the scheme."""
        del auto_schema
        return {"type": "http", "scheme": "bearer", "description": "在“接口令牌”页发放。"}
