"""What a password must be: long enough, of several kinds of characters, not guessable."""

from typing import Any

from django.core.exceptions import ValidationError

_LOCAL_WORDS = ("tongchuan", "dazhou", "hezuoshe", "nongye", "password", "admin", "12345", "abcde")


class LongEnough:
    """At least ten characters, at most 128."""

    def validate(self, password: str, user: Any = None) -> None:
        del user
        if len(password) < 10:
            raise ValidationError("密码至少要有 10 个字符。", code="password_too_short")
        if len(password) > 128:
            raise ValidationError("密码最长 128 个字符。", code="password_too_long")

    def get_help_text(self) -> str:
        return "密码至少 10 个字符。"


class MixedCharacters:
    """Three of the four kinds: lower case, upper case, digits, others."""

    def validate(self, password: str, user: Any = None) -> None:
        del user
        kinds = (
            any(c.islower() for c in password),
            any(c.isupper() for c in password),
            any(c.isdigit() for c in password),
            any(not c.isalnum() for c in password),
        )
        if sum(kinds) < 3:
            raise ValidationError(
                "密码要包含大写字母、小写字母、数字、符号中的至少三种。", code="password_too_plain"
            )

    def get_help_text(self) -> str:
        return "包含大写字母、小写字母、数字、符号中的至少三种。"


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
        return "不能包含用户名、姓名、手机号或常见词。"
