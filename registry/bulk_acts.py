"""Acts on many suspicions and reports at once."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.db.models import Q

from accounts.bulk_acts import BulkAct, Facts, Plan, Step, register_act
from accounts.choices import NoticeEvent
from accounts.forms.bulk_acts import WhyForm
from accounts.models import User
from accounts.operations.notices import notify
from accounts.policy import Action, may
from common import clock
from common.template_tags import day
from registry.choices import FlagState, ReportState
from registry.flags import words
from registry.flags.workflows import FLAG
from registry.forms.verification import DAY, MYSELF, usual_day
from registry.models import AnnualReport, Flag, FlagAnswer
from registry.operations.report_reviews import ReturnReason
from registry.operations.verification import CLERK, COUNSELLOR, LONGEST_DEFERRAL, WHOM, of_each
from registry.operations.work_notices import tell_verifiers
from registry.workflows import REPORT


class GiveAwayForm(WhyForm):
    """To whom suspicions go, and by when: each society's counsellor, each township's clerk, oneself."""

    whom = forms.ChoiceField(label="交给")
    due_on = forms.DateField(label="核实期限", widget=DAY)

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data, initial={"due_on": usual_day()})
        offered = [(COUNSELLOR, WHOM[COUNSELLOR]), (CLERK, WHOM[CLERK])]
        if may(user, Action.VERIFY_FLAG):
            offered.append((MYSELF, "本人"))
        self.fields["whom"].choices = offered  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date:
        """The day lies ahead."""
        value: dt.date = self.cleaned_data["due_on"]
        if value < clock.today():
            raise forms.ValidationError("核实期限不能早于今天。", code="past")
        return value


class PutOffForm(WhyForm):
    """Until when suspicions wait."""

    until = forms.DateField(label="暂缓至", widget=DAY)

    def __init__(self, data: Any, user: User) -> None:
        del user
        super().__init__(data)

    def clean_until(self) -> dt.date:
        """From tomorrow on, for a year at most."""
        value: dt.date = self.cleaned_data["until"]
        if not 0 < (value - clock.today()).days <= LONGEST_DEFERRAL:
            raise forms.ValidationError(
                f"暂缓的日期须在明天起{LONGEST_DEFERRAL}天以内。", code="too-far"
            )
        return value


def _named(flag: Flag) -> str:
    return f"{flag.cooperative}：{words.title_of(flag)}"


def _standing(flag: Flag) -> str:
    where = flag.cooperative.township.short_name if flag.cooperative.township else "乡镇街道待判定"
    due = f"，{flag.assigned_to}，{day(flag.due_on)}前" if flag.assigned_to else ""
    return f"{where}，{flag.get_state_display()}{due}"


def _give_away(flags: Sequence[Flag], facts: Facts, by: User) -> Plan:
    whom, at = facts["whom"], clock.now()
    if whom == MYSELF:
        people = dict.fromkeys((flag.pk for flag in flags), by.pk)
    else:
        asked = Flag.objects.filter(pk__in=[flag.pk for flag in flags])
        people = dict(asked.annotate(whose=of_each(whom)).values_list("pk", "whose"))
    given = {
        key: {
            "assigned_to_id": person,
            "assigned_at": at,
            "due_on": facts["due_on"],
            "deferred_until": None,
        }
        for key, person in people.items()
        if person
    }
    nobody = "合作社还没有联系的辅导员" if whom == COUNSELLOR else "乡镇街道没有可交办的经办人"
    return Plan(given, [(_named(flag), nobody) for flag in flags if flag.pk not in given])


def _tell_verifiers(flags: Sequence[Flag], facts: Facts, by: User) -> None:
    given = Flag.objects.filter(pk__in=[flag.pk for flag in flags])
    tell_verifiers(given, facts["due_on"], by=by)


def _tell_of_less_work(flags: Sequence[Flag], taken: Facts, by: User) -> None:
    """Tell those to whom the suspicions had gone by the act that was taken back."""
    del flags
    people = {values["assigned_to"] for values in taken.values()} - {by.pk}
    notify(
        User.objects.filter(pk__in=people),
        event=NoticeEvent.OTHER_NOTICE,
        title="交办核实已撤回",
        text="交给您核实的线索，有的已撤回，不需要再核实；以您的核实清单为准。",
        url="/registry/flags/",
        by=by,
    )


def _answered(keys: Collection[int]) -> set[int]:
    """A society's answer does not show in the version, and must not be lost sight of."""
    return set(FlagAnswer.objects.filter(flag__in=keys).values_list("flag", flat=True))


def _put_off(flags: Sequence[Flag], facts: Facts, by: User) -> Plan:
    del by
    changes = {"deferred_until": facts["until"], "conclusion": facts["reason"]}
    return Plan({flag.pk: changes for flag in flags})


def _returnable(user: User) -> Any:
    """Reports before the township, and those before the bureau, each by its own right."""
    first = AnnualReport.objects.permitted(user, Action.CHECK_REPORT).values("pk")
    second = AnnualReport.objects.permitted(user, Action.REVIEW_REPORT).values("pk")
    mine = Q(pk__in=second) | Q(pk__in=first) & ~Q(state=ReportState.CHECKED)
    return AnnualReport.objects.filter(mine).select_related("cooperative__township")


def _send_back(reports: Sequence[AnnualReport], facts: Facts, by: User) -> Plan:
    told = [{**asdict(ReturnReason("", facts["words"])), "by": str(by)}]
    return Plan({each.pk: {"reasons": told} for each in reports})


def _tell_filers(reports: Sequence[AnnualReport], facts: Facts, by: User) -> None:
    notify(
        User.objects.filter(
            cooperatives_served__until__isnull=True,
            cooperatives_served__cooperative__in=[each.cooperative_id for each in reports],
        ).distinct(),
        event=NoticeEvent.REPORT_RETURNED,
        title="年度报告被退回修改",
        text=f"请修改后重新提交：{facts['words']}",
        url="/reports/",
        by=by,
    )


def _tell_filers_again(reports: Sequence[AnnualReport], taken: Facts, by: User) -> None:
    del taken
    notify(
        User.objects.filter(
            cooperatives_served__until__isnull=True,
            cooperatives_served__cooperative__in=[each.cooperative_id for each in reports],
        ).distinct(),
        event=NoticeEvent.REPORT_RECEIVED,
        title="年度报告不需要修改",
        text="先前的退回已撤销，报告按原样继续审核，不需要再做什么。",
        url="/reports/",
        by=by,
    )


class SendBackForm(WhyForm):
    """What the filers are told to change."""

    words = forms.CharField(
        label="请合作社修改什么",
        min_length=2,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="所选各社都会看到这段话。",
    )

    def __init__(self, data: Any, user: User) -> None:
        del user
        super().__init__(data)


def register() -> None:
    """Make the acts known."""
    register_act(
        BulkAct(
            key="flags-assign",
            title="批量交办核实",
            lead="把所选线索交给人核实。交办后，合作社会被请来说明情况；这只是核实，不是认定。",
            button="交办所选",
            list_page="registry:flag-list",
            action=Action.ASSIGN_FLAG,
            reach=lambda user: Flag.objects.permitted(user, Action.ASSIGN_FLAG).select_related(
                "cooperative__township", "assigned_to"
            ),
            name=_named,
            note=_standing,
            moves=Step(FLAG, (FlagState.SUSPECTED,), FlagState.CHECKING),
            form=GiveAwayForm,
            plan=_give_away,
            fields=("state", "assigned_to", "assigned_at", "due_on", "deferred_until"),
            after=_tell_verifiers,
            undone=_tell_of_less_work,
            touched=_answered,
            noted=lambda rows, facts: {"due": facts["due_on"].isoformat()},
        )
    )
    register_act(
        BulkAct(
            key="flags-defer",
            title="批量暂缓核实",
            lead="所选线索暂缓到某一天，到期自动回到核实清单。",
            button="暂缓所选",
            list_page="registry:flag-list",
            action=Action.VERIFY_FLAG,
            reach=lambda user: Flag.objects.permitted(user, Action.VERIFY_FLAG).select_related(
                "cooperative__township", "assigned_to"
            ),
            name=_named,
            note=_standing,
            moves=Step(FLAG, (FlagState.CHECKING,), FlagState.DEFERRED),
            form=PutOffForm,
            plan=_put_off,
            fields=("state", "deferred_until", "conclusion"),
            noted=lambda rows, facts: {"until": facts["until"].isoformat()},
        )
    )
    register_act(
        BulkAct(
            key="reports-return",
            title="批量退回年度报告",
            lead="所选报告退回合作社修改，大家都看到同一段话。需要逐项指出的，请打开那份报告单独退回。",
            button="退回所选",
            list_page="reports:list",
            action=Action.CHECK_REPORT,
            reach=_returnable,
            name=lambda report: f"{report.cooperative}{report.year}年度报告",
            note=lambda report: report.get_state_display(),
            moves=Step(REPORT, (ReportState.SUBMITTED, ReportState.CHECKED), ReportState.RETURNED),
            form=SendBackForm,
            plan=_send_back,
            fields=("state", "reasons"),
            after=_tell_filers,
            undone=_tell_filers_again,
        )
    )
