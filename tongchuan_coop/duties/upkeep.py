"""What waits for those who keep the portal running: accounts, stuck work, the audit trail."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from accounts.models import AuditEvent, User
from accounts.policy import Action, Reach, may, roles_with
from common import clock
from registry.choices import JobState
from registry.models import CooperativeAgent, IngestJob
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty, Waiting, row_by_row

VERIFY_EVERY_DAYS = 7


def stuck_jobs(user: User) -> Iterator[Duty | Waiting]:
    """Files on which the machine has given up."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    stuck = IngestJob.objects.permitted(user, Action.VIEW_DELIVERY).given_up()
    yield from row_by_row(
        stuck.select_related("delivery").order_by("pk"),
        lambda job: Duty(
            title=f"{job.delivery}处理中断",
            because="因为后台多次尝试都没有完成，请查看服务器日志后重试。",
            button="查看",
            url=page("registry:delivery-detail", delivery=job.delivery_id),
        ),
        rest="份报送处理中断",
        url=page("registry:delivery-list", query={"state": JobState.HELD.value}),
    )


def people_without_society(user: User) -> Iterator[Duty | Waiting]:
    """Cooperatives' people who see nothing, because no society was given to them."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    people = User.objects.permitted(user, Action.MANAGE_PEOPLE).for_societies()
    serving = CooperativeAgent.objects.filter(user=OuterRef("pk"), until__isnull=True)
    [speaker] = roles_with(Action.CONFIRM_VISIT, Reach.OWN)
    yield from row_by_row(
        people.filter(~Exists(serving)).order_by("pk"),
        lambda person: Duty(
            title=f"{person}还没有所代表的合作社",
            because="因为没有登记所代表的合作社，此人登录后看不到任何内容。",
            button="去登记",
            url=page("agent-list", person=person.pk),
        ),
        rest="人还没有所代表的合作社",
        url=page("accounts:user-list", query={"role": speaker.value, "state": "active"}),
    )


def unverified_trail(user: User) -> Iterator[Duty | Waiting]:
    """The audit trail should be checked once a week."""
    if not may(user, Action.VIEW_AUDIT):
        return
    last = AuditEvent.objects.filter(action="audit-verified").order_by("-sequence").first()
    if last and last.detail.get("broken") is not None:
        yield Duty(
            title="操作记录校验不通过",
            because=f"因为从序号 {last.detail['broken']} 起与前一条不符，记录可能被改动。",
            button="查看操作记录",
            url=page("accounts:audit-list"),
        )
        return
    due = clock.today()
    if last:
        due = last.at.astimezone(clock.SHANGHAI).date() + dt.timedelta(days=VERIFY_EVERY_DAYS)
    if due <= clock.today():
        yield Duty(
            title="校验操作记录",
            because="因为每周应校验一次，确认记录没有被改动。",
            button="去校验",
            url=page("accounts:audit-list"),
            due=due,
        )


def unused_accounts(user: User) -> Iterator[Duty | Waiting]:
    """People whose account was opened but never used."""
    if not may(user, Action.MANAGE_PEOPLE):
        return
    people = User.objects.permitted(user, Action.MANAGE_PEOPLE).never_signed_in()
    yield Waiting(
        rows=people,
        title="开户后从未登录的用户",
        because="因为长期不用的账号是安全隐患，请联系本人，不再需要的请停用。",
        button="看名单",
        url=page("accounts:user-list", query={"state": "unused"}),
    )


FINDERS = (stuck_jobs, people_without_society, unverified_trail, unused_accounts)
