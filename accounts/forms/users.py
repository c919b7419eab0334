"""Finding people, opening and changing accounts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from accounts.choices import WITHOUT_WORKPLACE, WORKPLACES, Role
from accounts.forms.clashes import Clash, clashes, upon_version
from accounts.forms.sessions import PhoneForm
from accounts.models import OrganisationUnit, User
from accounts.models.user import UserQuerySet
from accounts.operations.users import PersonFacts
from common.conditions import Conditions

ANY = ("", "全部")


class PeopleFilter(Conditions):
    """The filter of the list of people; its state is the address."""

    q = forms.CharField(label="姓名或用户名", required=False, max_length=30, strip=True)
    role = forms.ChoiceField(label="角色", required=False, choices=[ANY, *Role.choices])
    unit = forms.ModelChoiceField(
        label="所属机构",
        required=False,
        queryset=OrganisationUnit.objects.order_by("position"),
        empty_label="全部",
    )
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[ANY, ("active", "在用"), ("closed", "停用"), ("unused", "未登录过")],
    )

    def narrow(self, people: UserQuerySet) -> UserQuerySet:
        """Return the people that were asked for; a wrong condition finds nobody."""
        if not self.is_valid():
            return people.none()
        asked = self.cleaned_data
        if asked["q"]:
            people = people.matching(asked["q"])
        if asked["role"]:
            people = people.filter(role=asked["role"])
        if asked["unit"]:
            people = people.filter(unit=asked["unit"])
        match asked["state"]:
            case "active":
                people = people.filter(is_active=True)
            case "closed":
                people = people.filter(is_active=False)
            case "unused":
                people = people.never_signed_in()
        return people


class PersonForm(PhoneForm):
    """What the administrator says of a person."""

    full_name = forms.CharField(label="姓名", max_length=30)
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    unit = forms.ModelChoiceField(
        label="所属机构",
        required=False,
        queryset=OrganisationUnit.objects.filter(active=True).order_by("position"),
        empty_label="无",
        help_text="经办人和辅导员选乡镇街道，联络员选部门。",
    )
    post = forms.CharField(label="职务", max_length=40, required=False)
    field_order: tuple[str, ...] = ("username", "full_name", "role", "unit", "post", "phone")

    def clean(self) -> dict[str, Any]:
        """Check that a person of this role can work at that unit."""
        cleaned = super().clean() or self.cleaned_data
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role:
            self._check_workplace(Role(role), unit)
        return cleaned

    def _check_workplace(self, role: Role, unit: OrganisationUnit | None) -> None:
        kinds = WORKPLACES[role]
        if unit is None:
            if role not in WITHOUT_WORKPLACE:
                self.add_error("unit", "请选择所属机构。")
        elif unit.kind not in kinds:
            words = "、".join(kind.label for kind in kinds)
            self.add_error("unit", f"这一角色的所属机构应为：{words}。")

    def facts(self) -> PersonFacts:
        """Return what was filled in."""
        names = ("full_name", "role", "unit", "post", "phone")
        return PersonFacts(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def initial_of(person: User) -> dict[str, Any]:
        """Return what the form shows of a person."""
        names = ("full_name", "role", "unit", "post", "phone")
        return {name: getattr(person, name) for name in names}


class NewPersonForm(PersonForm):
    """Opens an account: the user name cannot be changed later."""

    username = forms.CharField(
        label="用户名",
        min_length=3,
        max_length=30,
        validators=[
            RegexValidator(
                r"^[a-z][a-z0-9._-]*$", "用户名只能用小写字母、数字和 . _ -，以字母开头。"
            )
        ],
        help_text="3 至 30 个字符，小写字母开头，开户后不能更改。建议用姓名拼音。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_username(self) -> str:
        """Refuse a name that is taken."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError("这个用户名已有人使用。", code="taken")
        return username


class EditPersonForm(PersonForm):
    """Changes an account, with the version that was seen and a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="修改理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将写入操作记录，供日后核查。",
    )
    field_order = ("full_name", "role", "unit", "post", "phone", "reason", "version")

    def upon(self, fresh: User) -> tuple["EditPersonForm", list[Clash]]:
        """Return what was typed, now on top of the fresh row, and where the two differ."""
        form = EditPersonForm(upon_version(self.data, fresh.version))
        return form, clashes(form, self.initial_of(fresh))


class ReasonForm(forms.Form):
    """A reason and the version that was seen: the dialog before a grave step."""

    version = forms.IntegerField()
    reason = forms.CharField(max_length=500, min_length=2)
