"""The demo's sponsorships: most titled societies have a sponsor; some were not followed up."""

import datetime as dt
from random import Random

from accounts.models import OrganisationUnit, User
from common import clock
from demonstration.models import DemonstrationTitle
from liaison.models import SponsorFollowUp, Sponsorship
from liaison.sponsor_choices import ContactForm
from registry.models import Cooperative

SINCE = dt.date(2020, 7, 15)
LEFT_OUT = 5  # every fifth society has no sponsor
QUIET = 4  # every fourth sponsor was last heard of in the first quarter
PEOPLE = ("王建平", "李秀英", "张国华", "陈晓东", "刘红梅", "杨志强", "赵永康", "周丽华")
TASKS = (
    "指导完善成员账户和盈余返还，落实社务公开。",
    "协调冷链和烘干设施项目，帮助对接金融机构。",
    "指导办理用地、用水手续，帮助扩大标准化基地。",
    "帮助对接销售渠道，指导商标和认证申报。",
)
DONE = (
    (ContactForm.VISIT, "到社查看财务账簿和成员账户，提出补记要求。", "补齐上年盈余返还记录"),
    (ContactForm.PHONE, "电话了解春耕备耕和资金周转情况。", ""),
    (ContactForm.MEETING, "会同乡镇召开座谈会，协调仓储用地。", "明确用地手续办理时限"),
    (ContactForm.MATTER, "帮助联系供销社，落实化肥团购。", "化肥每吨降低约80元"),
)


def add_sponsorships(known: dict[str, User], _random: Random) -> None:
    """Give societies with a title a sponsor in turn, with follow-ups of the last quarters."""
    departments = list(OrganisationUnit.objects.departments().filter(in_joint_meeting=True))
    titled = DemonstrationTitle.objects.held().values("cooperative")
    societies = list(Cooperative.objects.living().filter(pk__in=titled).order_by("name", "pk"))
    made = Sponsorship.objects.bulk_create(
        Sponsorship(
            cooperative=society,
            department=departments[place % len(departments)],
            person=PEOPLE[place % len(PEOPLE)],
            post="党组成员" if place % 3 == 0 else "股室负责人",
            task=TASKS[place % len(TASKS)],
            since=SINCE,
            entered_by=known["bureau"],
        )
        for place, society in enumerate(societies)
        if place % LEFT_OUT
    )
    writers = {user.unit_id: user for user in (known["regulator"], known["tax"], known["bureau"])}
    lines = []
    for place, sponsorship in enumerate(made):
        days = [dt.date(2020, 9, 22), dt.date(2020, 12, 10), dt.date(2021, 3, 16)]
        if place % QUIET:
            days.append(dt.date(2021, 6, 8))
        by = writers.get(sponsorship.department_id, known["bureau"])
        for turn, day in enumerate(days):
            form, text, solved = DONE[(place + turn) % len(DONE)]
            lines.append(
                SponsorFollowUp(
                    sponsorship=sponsorship,
                    happened_on=day + dt.timedelta(days=place % 7),
                    form=form,
                    text=text,
                    solved=solved,
                    by=by,
                    at=clock.now(),
                )
            )
    SponsorFollowUp.objects.bulk_create(lines)
