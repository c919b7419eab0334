"""What waits around meetings: notices to answer, minutes to agree, decisions to do and confirm."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from common.template_tags import day
from liaison.meeting_choices import DecisionState, MinutesState
from liaison.models import Consent, Decision, Meeting, MeetingUnit, Minutes
from liaison.models.minutes import MinutesQuerySet
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, one_by_one


def notices_to_answer(user: User) -> Iterator[Duty]:
    """Meetings to which one's own unit was called and has not replied."""
    if reach_of(user, Action.REPLY_MEETING) not in (Reach.OWN, Reach.TOWNSHIP):
        return
    waiting = MeetingUnit.objects.permitted(user, Action.REPLY_MEETING).to_reply()
    rows = waiting.select_related("meeting__body").order_by("meeting__starts_at", "pk")
    duties = (
        Duty(
            title=f"回复会议通知：{part.meeting}",
            because="因为会议通知已发到本单位，还没有回复谁参加。",
            button="去回复",
            url=page("liaison:meeting-detail", meeting=part.meeting_id),
            due=part.meeting.reply_by,
        )
        for part in rows
    )
    url = page("liaison:meeting-list", query={"state": "to_reply"})
    yield from one_by_one(duties, rest="个会议通知待回复", url=url)


def minutes_to_agree(user: User) -> Iterator[Duty]:
    """Minutes whose paragraphs wait for one's own unit."""
    if not may(user, Action.AGREE_MINUTES):
        return
    waiting = Consent.objects.permitted(user, Action.AGREE_MINUTES).waiting()
    rows = waiting.select_related("edition__topic__minutes__meeting__body").order_by("due_on", "pk")
    seen: dict[int, tuple[Minutes, int, Consent]] = {}
    for row in rows:
        minutes = row.edition.topic.minutes
        _, number, first = seen.get(minutes.pk, (minutes, 0, row))
        seen[minutes.pk] = (minutes, number + 1, first)
    duties = (
        Duty(
            title=f"会签：{minutes}",
            because=f"因为有 {number} 段文字等待本单位答复同意与否。",
            button="去会签",
            url=page("liaison:minutes-detail", meeting=minutes.meeting_id),
            due=first.due_on,
        )
        for minutes, number, first in seen.values()
    )
    url = page("liaison:meeting-list", query={"minutes": "to_agree"})
    yield from one_by_one(duties, rest="份纪要待会签", url=url)


def decisions_to_do(user: User) -> Iterator[Duty]:
    """Decisions that one's own unit leads and has not reported done."""
    if not may(user, Action.WORK_DECISION) or not user.unit_id:
        return
    reach = Decision.objects.permitted(user, Action.WORK_DECISION)
    own = reach.filter(lead=user.unit_id, state=DecisionState.OPEN)
    rows = own.select_related("meeting__body").order_by("due_on", "pk")
    duties = (
        Duty(
            title=f"议定事项：{decision}",
            because=f"因为{decision.meeting}议定由本单位牵头，{day(decision.due_on)}前完成。",
            button="去办理",
            url=page("liaison:decision-detail", decision=decision.pk),
            due=decision.due_on,
        )
        for decision in rows
    )
    query = {"state": DecisionState.OPEN.value, "lead": user.unit.code if user.unit else ""}
    url = page("liaison:decision-list", query=query)
    yield from one_by_one(duties, rest="项议定事项由本单位牵头办理", url=url)


def decisions_to_confirm(user: User) -> Iterator[Waiting]:
    """Decisions reported done, and those past their day."""
    if not may(user, Action.CONFIRM_DECISION):
        return
    reach = Decision.objects.permitted(user, Action.CONFIRM_DECISION)
    yield Waiting(
        rows=reach.overdue(),
        title="议定事项逾期未办结",
        because="因为完成时限已过，还没有办结，请催办、确认或调整时限。",
        button="去催办",
        url=f"{page('liaison:decision-list')}?state=overdue",
        day="due_on",
    )
    yield Waiting(
        rows=reach.filter(state=DecisionState.REPORTED),
        title="议定事项待确认办结",
        because="因为牵头单位已报告办结并上传佐证。",
        button="去确认",
        url=f"{page('liaison:decision-list')}?state={DecisionState.REPORTED.value}",
        day="due_on",
    )


def meetings_to_run(user: User) -> Iterator[Duty | Waiting]:
    """Meetings whose quarter is over without them, and minutes that are ready for the next step."""
    if not may(user, Action.MANAGE_MEETING):
        return
    yield Waiting(
        rows=Meeting.objects.permitted(user, Action.MANAGE_MEETING).overdue(),
        title="例会逾期未开",
        because="因为联席会议和领导小组每季度须召开一次，季度已过。",
        button="去安排",
        url=f"{page('liaison:meeting-list')}?state=overdue",
        day="last_day",
    )
    yield Waiting(
        rows=Meeting.objects.permitted(user, Action.MANAGE_MEETING).unrecorded(),
        title="会议已过开会日期，还没有登记",
        because="因为通知的开会时间已过：开了的请登记已召开，没有开的请改期或取消。",
        button="去登记",
        url=f"{page('liaison:meeting-list')}?state=unrecorded",
    )
    reach = Minutes.objects.permitted(user, Action.MANAGE_MEETING)
    drafts = reach.filter(state=MinutesState.DRAFT).select_related("meeting__body")
    duties = (
        Duty(
            title=f"起草：{minutes}",
            because="因为会议已召开，纪要还没有送与会单位会签。",
            button="去起草",
            url=page("liaison:minutes-detail", meeting=minutes.meeting_id),
        )
        for minutes in drafts.order_by("pk")
    )
    url = page("liaison:meeting-list", query={"minutes": MinutesState.DRAFT.value})
    yield from one_by_one(duties, rest="份纪要待起草", url=url)


def minutes_to_carry_on(user: User) -> Iterator[Waiting]:
    """Minutes past their draft, for whoever takes the next step."""
    if may(user, Action.MANAGE_MEETING):
        reach = Minutes.objects.permitted(user, Action.MANAGE_MEETING)
        for state, rows, title, because, button in (
            (
                "contested",
                reach.contested(),
                "纪要会签有不同意见",
                "有单位不同意或建议改文字，还没有处理",
                "去处理",
            ),
            (
                "late",
                reach.late(),
                "纪要会签逾期未答复",
                "答复期限已过，还有单位没有答复，请催办",
                "去催办",
            ),
            ("ready", reach.ready(), "纪要待定稿", "会签已经完毕，可以定稿", "去定稿"),
            (
                "signed",
                reach.filter(state="signed"),
                "纪要待印发",
                "纪要已签发，还没有编号印发",
                "去印发",
            ),
            (
                "issued",
                reach.filter(state="issued"),
                "纪要待归档",
                "纪要已印发，须登记抄送或抄报后归档",
                "去归档",
            ),
        ):
            yield _step(state, rows, title, because, button)
    if may(user, Action.SIGN_MINUTES):
        agreed = Minutes.objects.permitted(user, Action.SIGN_MINUTES).filter(state="agreed")
        yield _step("agreed", agreed, "纪要待签发", "纪要已定稿，还没有签发", "去签发")


def _step(state: str, rows: MinutesQuerySet, title: str, because: str, button: str) -> Waiting:
    url = page("liaison:meeting-list", query={"minutes": state})
    return Waiting(rows=rows, title=title, because=f"因为{because}。", button=button, url=url)


FINDERS = (
    notices_to_answer,
    minutes_to_agree,
    decisions_to_do,
    decisions_to_confirm,
    meetings_to_run,
    minutes_to_carry_on,
)
