"""Filtering one's notices, choosing how to hear of them, writing a formal one."""

from django import forms
from django.core.exceptions import ValidationError

from accounts.choices import NoticeEvent, NoticeMode, Role
from accounts.models import OrganisationUnit, User
from accounts.models.notice import NoticeQuerySet, ReceiptQuerySet
from accounts.models.user import UserQuerySet
from common.conditions import Conditions
from common.rows_field import RowsField


class NoticeFilter(Conditions):
    """What narrows one's own notices."""

    term = forms.CharField(label="标题或内容", required=False, max_length=60)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=[("", "全部"), ("unread", "未读"), ("to_confirm", "待确认收到"), ("read", "已读")],
    )
    event = forms.ChoiceField(
        label="事项", required=False, choices=[("", "全部事项"), *NoticeEvent.choices]
    )

    def narrow(self, receipts: ReceiptQuerySet) -> ReceiptQuerySet:
        """Return what was asked for; a wrong condition finds none."""
        if not self.is_valid():
            return receipts.none()
        asked = self.cleaned_data
        if term := asked["term"]:
            receipts = receipts.filter(notice__title__contains=term) | receipts.filter(
                notice__text__contains=term
            )
        if asked["event"]:
            receipts = receipts.filter(notice__event=asked["event"])
        match asked["state"]:
            case "unread":
                receipts = receipts.unread()
            case "to_confirm":
                receipts = receipts.to_confirm()
            case "read":
                receipts = receipts.filter(read_at__isnull=False)
        return receipts


class RecordFilter(Conditions):
    """What narrows the record of formal notices."""

    term = forms.CharField(label="标题", required=False, max_length=60)
    event = forms.ChoiceField(
        label="事项", required=False, choices=[("", "全部事项"), *NoticeEvent.choices]
    )
    state = forms.ChoiceField(
        label="送达情况",
        required=False,
        choices=[("", "全部"), ("open", "还有人没有确认"), ("failed", "有发送失败的消息")],
    )

    def narrow(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        """Return what was asked for; a wrong condition finds none."""
        if not self.is_valid():
            return notices.none()
        asked = self.cleaned_data
        if asked["term"]:
            notices = notices.filter(title__contains=asked["term"])
        if asked["event"]:
            notices = notices.filter(event=asked["event"])
        if asked["state"] == "open":
            notices = notices.not_confirmed_by_all()
        if asked["state"] == "failed":
            notices = notices.with_failures()
        return notices


class LetterForm(forms.Form):
    """A formal notice: to which roles, of which units, and what."""

    roles = forms.MultipleChoiceField(
        label="发给哪些角色", choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    units = RowsField(
        label="限于哪些机构",
        required=False,
        queryset=OrganisationUnit.objects.filter(active=True).order_by("position", "pk"),
        help_text="不选就是全部机构。可以选多个。",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    title = forms.CharField(label="标题", max_length=120)
    text = forms.CharField(
        label="内容",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="短信里只出现标题，不会出现内容。",
    )

    def people(self) -> UserQuerySet:
        """Return who would get it."""
        found: UserQuerySet = User.objects.people().filter(
            is_active=True, role__in=self.cleaned_data["roles"]
        )
        if units := self.cleaned_data["units"]:
            found = found.filter(unit__in=units)
        return found

    def clean(self) -> dict[str, object]:
        """Refuse a choice that reaches nobody."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.people().exists():
            raise ValidationError(
                "所选机构里没有这些角色的在用账号，通知发不到任何人。请重新选择。"
            )
        return cleaned


class NoticeSettingForm(forms.Form):
    """One's own e-mail address, and how to hear of notices outside the portal."""

    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=254,
        help_text="用于接收通知，不填就只在平台内查看。",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    notice_mode = forms.ChoiceField(
        label="通知方式",
        choices=NoticeMode.choices,
        help_text="正式通知总是单独发出，不受这里影响。",
    )
