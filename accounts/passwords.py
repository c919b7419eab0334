"""What a password must be: long enough, of several kinds of characters, not guessable.

How long and of how many kinds is set (`PASSWORD_LENGTH`, `PASSWORD_KINDS`), for the rules of an office
may be stricter than ours.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError

_MOST = 128
_NUMERALS = "〇一二三四"
_LOCAL_WORDS = ("tongchuan", "dazhou", "hezuoshe", "nongye", "password", "admin", "12345", "abcde")


class LongEnough:
    """At least as many characters as are set, at most 128."""

    def validate(self, password: str, user: Any = None) -> None:
        del user
        if len(password) < settings.PASSWORD_LENGTH:
            least = f"密码至少要有 {settings.PASSWORD_LENGTH} 个字符。"
            raise ValidationError(least, code="password_too_short")
        if len(password) > _MOST:
            raise ValidationError(f"密码最长 {_MOST} 个字符。", code="password_too_long")

    def get_help_text(self) -> str:
        return f"至少 {settings.PASSWORD_LENGTH} 个字符"


class MixedCharacters:
    """As many as are set of the four kinds: lower case, upper case, digits, others."""

    def validate(self, password: str, user: Any = None) -> None:
        del user
        kinds = (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
        if sum(kinds) < settings.PASSWORD_KINDS:
            wanted = f"密码要包含大写字母、小写字母、数字、符号中的{self._wanted()}。"
            raise ValidationError(wanted, code="password_too_plain")

    def get_help_text(self) -> str:
        return f"包含大写字母、小写字母、数字、符号中的{self._wanted()}"

    @staticmethod
    def _wanted() -> str:
        number = settings.PASSWORD_KINDS
        return f"至少{_NUMERALS[number]}种" if number < 4 else "每一种"


class NotGuessable:
    """Neither the person's own names nor words that everyone here would try."""

    def validate(self, password: str, user: Any = None) -> None:
        plain = password.lower()
        own = [getattr(user, name, "") for name in ("username", "full_name", "phone")]
        if any(len(word) >= 3 and word.lower() in plain for word in own if word):
            raise ValidationError("密码不能包含您的用户名、姓名或手机号。", code="password_own")
        if any(word in plain for word in _LOCAL_WORDS):
            raise ValidationError("密码太常见，容易被猜到，请换一个。", code="password_common")

    def get_help_text(self) -> str:
        return "不能包含用户名、姓名、手机号或常见词"


def rules() -> str:
    """Return what a new password must be, in one sentence."""
    return "，".join(password_validators_help_texts()) + "。"
