"""Telling counsellors and townships that somebody else looks after societies from now on."""

from collections.abc import Sequence

from django.urls import reverse

from accounts.choices import NoticeEvent
from accounts.models import User
from accounts.operations.notices import notify
from accounts.policy import Action, Reach, roles_with
from registry.models import Cooperative

SHOWN = 3


def tell_of_change(
    societies: Sequence[Cooperative],
    *,
    giver: User | None,
    taker: User,
    by: User,
    sheet: str = "",
) -> None:
    """Tell who gives societies away, who takes them, and their townships, in the same transaction.

    Whoever did it is not told. One notice, however many societies; with the address of a handover's
    `sheet` one for both sides, which leads there, and one for the townships.
    """
    if not societies:
        return
    townships = {society.township_id for society in societies}
    clerks = User.objects.people().filter(
        is_active=True,
        role__in=roles_with(Action.ASSIGN_COUNSELLOR, Reach.TOWNSHIP),
        unit__in=[key for key in townships if key],
    )
    sides = [each for each in (giver, taker) if each is not None]
    register = reverse("training:counsellor-list")
    told = [(sides, sheet), (clerks, register)] if sheet else [([*sides, *clerks], register)]
    names = "、".join(str(society) for society in societies[:SHOWN])
    more = f"等 {len(societies)} 家合作社" if len(societies) > SHOWN else ""
    before = f"原由{giver}联系，" if giver is not None and giver.pk != taker.pk else ""
    what = societies[0] if len(societies) == 1 else f"{len(societies)} 家合作社"
    for people, url in told:
        notify(
            [each for each in people if each.pk != by.pk],
            event=NoticeEvent.COUNSELLOR_ASSIGNED,
            title=f"{taker}开始联系{what}",
            text=f"{names}{more}：{before}现由{taker}联系。未办完的整改事项随合作社移交。",
            url=url,
            by=by,
        )
