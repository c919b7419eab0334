"""Kept views of the demo: what the bureau and a township look up again and again."""

import datetime as dt
from random import Random

from accounts.choices import SavedPage, ViewShare
from accounts.models import User
from accounts.operations.saved_views import save_view
from common import clock

KEPT_ON = dt.date(2021, 7, 13)
# known account, list, name, conditions, who finds it
R, F = SavedPage.REGISTER, SavedPage.FLAGS
VIEWS = (
    ("bureau", R, "吊销未注销的合作社", "status=revoked", ViewShare.ROLE),
    ("bureau", R, "有疑似问题的存续社", "flag=any&sort=-capital&status=active", ViewShare.OWN),
    ("clerk", R, "本镇2015年以前成立的", "founded_to=2014&status=active", ViewShare.UNIT),
    ("bureau", F, "程度高、还没有交办的", "severity=high&state=suspected", ViewShare.ROLE),
    (
        "bureau",
        SavedPage.CLEANUP,
        "逾期的，先到期的在前",
        "state=overdue&sort=due_on",
        ViewShare.ROLE,
    ),
    ("clerk", SavedPage.REPORTS, "本镇还没有报的", "standing=unfiled", ViewShare.UNIT),
    ("clerk", SavedPage.VISITS, "还没有审阅的走访", "state=unreviewed", ViewShare.OWN),
    ("leader", SavedPage.DECISIONS, "逾期的议定事项", "state=overdue", ViewShare.OWN),
    ("regulator", SavedPage.DECISIONS, "本局牵头没办结的", "lead=scjgj", ViewShare.UNIT),
)


def add_saved_views(known: dict[str, User], random: Random) -> None:
    """Keep the views on their day."""
    del random
    with clock.on_day(KEPT_ON):
        for username, page, name, query, share in VIEWS:
            save_view(name, page=page, query=query, share=share, by=known[username])
