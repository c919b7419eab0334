"""People who sign in."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.choices import NoticeMode, Role
from accounts.models.unit import MACHINE, OrganisationUnit
from accounts.policy import Action, Reach, able_roles, reach_of
from common import clock


class UserQuerySet(models.QuerySet["User"]):
    """Reads of people."""

    def permitted(self, user: Any, action: str) -> Self:
        """People whom this user may see for this action: all of them or oneself."""
        match reach_of(user, action):
            case Reach.DISTRICT:
                return self
            case Reach.OWN:
                return self.filter(pk=user.pk)
            case Reach.TOWNSHIP:
                return self.filter(unit=user.unit_id)
            case _:
                return self.none()

    def team_of(self, user: Any) -> Self:
        """Active people under a supervisor who look into suspicions and work on cases."""
        reach = self.permitted(user, Action.VIEW_LOAD).people()
        return reach.filter(is_active=True, role__in=able_roles(Action.WORK_CLEANUP))

    def people(self) -> Self:
        """Everyone but the account of the commands on the server."""
        return self.exclude(username=MACHINE)

    def matching(self, term: str) -> Self:
        """Find by part of the name or user name."""
        return self.filter(Q(full_name__contains=term) | Q(username__icontains=term))

    def for_societies(self) -> Self:
        """Active people who speak for cooperatives."""
        return self.filter(is_active=True, role=Role.COOPERATIVE)

    def never_signed_in(self) -> Self:
        """Active people who have not used their account yet."""
        return self.people().filter(is_active=True, last_login__isnull=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people."""

    def machine(self) -> "User":
        """Return the account in whose name commands on the server act."""
        operator: User = self.get(username=MACHINE)
        return operator

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        """Make a person. `password` None leaves the account without a usable password."""
        user: User = self.model(username=self.model.normalize_username(username), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """使用者。权限只看角色与所属机构，见 accounts/policy.py。"""

    username = models.CharField(
        "用户名", max_length=30, unique=True, error_messages={"unique": "这个用户名已有人使用。"}
    )
    full_name = models.CharField("姓名", max_length=30)
    role = models.CharField("角色", max_length=20, choices=Role)
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name="所属机构",
    )
    post = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("手机号", max_length=20, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    notice_mode = models.CharField(
        "通知方式", max_length=12, choices=NoticeMode, default=NoticeMode.DIGEST
    )
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须先改密码", default=False)
    password_changed_at = models.DateTimeField("密码更改时间", null=True, blank=True)
    joined_at = models.DateTimeField("开户时间", default=clock.now)
    hints_away_at = models.DateTimeField("收起首次提示的时间", null=True, blank=True)
    session_epoch = models.PositiveIntegerField("会话批次", default=0)
    version = models.PositiveIntegerField("版本", default=1)

    # The name of the token by which a program acts for this person now, for the trail.
    via_token: str = ""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    class Meta:
        verbose_name = "用户"
        verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def password_is_old(self) -> bool:
        """Tell whether the password has been in use for longer than the office allows, if it says so."""
        set_at = self.password_changed_at or self.joined_at
        days = settings.PASSWORD_DAYS
        return bool(days) and clock.now() - set_at > dt.timedelta(days=days)

    @property
    def owes_password(self) -> bool:
        """Tell whether a new password comes before anything else."""
        return self.must_change_password or self.password_is_old

    @property
    def acts_for_societies(self) -> bool:
        """Tell whether this person speaks for cooperatives and not for an office."""
        return self.role == Role.COOPERATIVE

    def get_session_auth_hash(self) -> str:
        """Bind a session to password, role and unit, so that a change of any ends it at once."""
        bound = f"{self.password}|{self.role}|{self.unit_id}|{self.is_active}|{self.session_epoch}"
        return salted_hmac("accounts.User.session", bound, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Any:
        """No fallback: a session survives no change of what it is bound to."""
        return iter(())
