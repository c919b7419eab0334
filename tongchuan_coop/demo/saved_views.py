"""Kept views of the demo: what the bureau and a township look up again and again."""

import datetime as dt
from random import Random

from accounts.choices import SavedPage, ViewShare
from accounts.models import User
from accounts.operations.saved_views import save_view
from common import clock

KEPT_ON = dt.date(2021, 7, 13)
# known account, name, conditions, who finds it
VIEWS = (
    ("bureau", "吊销未注销的合作社", "status=revoked", ViewShare.ROLE),
    ("bureau", "有疑似问题的存续社", "flag=any&sort=-capital&status=active", ViewShare.OWN),
    ("clerk", "本镇2015年以前成立的", "founded_to=2014&status=active", ViewShare.UNIT),
)


def add_saved_views(known: dict[str, User], random: Random) -> None:
    """Keep the views on their day."""
    del random
    with clock.on_day(KEPT_ON):
        for username, name, query, share in VIEWS:
            save_view(name, page=SavedPage.REGISTER, query=query, share=share, by=known[username])
