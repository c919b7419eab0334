"""Which route a society would take, and why it is left out when many cases are opened at once.

Four queries, however many societies; nothing is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.choices import FlagLabel, FlagState
from registry.cleanup.bars import barred_route
from registry.cleanup.choices import Disposition, Route, SurveyState
from registry.flags.catalogue import RULES_BY_CODE
from registry.models import CleanupCase, Cooperative, Flag, SurveyRecord

NOT_VERIFIED = "没有核实属实的线索，最近一次摸底也没有处置意见"
STAYS = "最近一次摸底的意见是扶持发展"
_ADVISED = {
    Disposition.RECTIFY: Route.RECTIFICATION,
    Disposition.VOLUNTARY_DEREGISTRATION: Route.ORDINARY,
    Disposition.SIMPLIFIED_DEREGISTRATION: Route.SIMPLIFIED,
    Disposition.CONVERT_FAMILY_FARM: Route.CONVERSION,
    Disposition.MERGE: Route.MERGER,
    Disposition.REVOKE: Route.REVOCATION,
    Disposition.REFER: Route.REFERRAL,
}


@dataclass(frozen=True)
class Proposal:
    """A society of the chosen: the route proposed and from what, or why no case is opened."""

    society: Cooperative
    route: str = ""
    source: str = ""
    flag: Flag | None = None
    skipped: str = ""


def proposals(societies: Iterable[Cooperative]) -> list[Proposal]:
    """Return one proposal a society, in the order given; what a survey advised goes before a label."""
    chosen = list(societies)
    running = dict(
        CleanupCase.objects.open()
        .filter(cooperative__in=chosen)
        .values_list("cooperative", "number")
    )
    confirmed: dict[int, Flag] = {}
    found = Flag.objects.filter(cooperative__in=chosen, state=FlagState.CONFIRMED)
    for flag in found.order_by("-decided_at", "-pk"):
        confirmed.setdefault(flag.cooperative_id, flag)
    advised: dict[int, str] = {}
    looked_at = SurveyRecord.objects.filter(cooperative__in=chosen, state=SurveyState.RECORDED)
    for society, advice in looked_at.order_by("-surveyed_on", "-pk").values_list(
        "cooperative", "disposition"
    ):
        advised.setdefault(society, advice)
    return [
        _proposal(each, running.get(each.pk), confirmed.get(each.pk), advised.get(each.pk, ""))
        for each in chosen
    ]


def _proposal(society: Cooperative, case: str | None, flag: Flag | None, advice: str) -> Proposal:
    if case:
        return Proposal(society, skipped=f"已有案件 {case} 在办")
    if refusal := barred_route(Route.ORDINARY, society):
        return Proposal(society, skipped=refusal.rstrip("。"))
    if flag is None and not advice:
        return Proposal(society, skipped=NOT_VERIFIED)
    if flag is None and advice == Disposition.SUPPORT:
        return Proposal(society, skipped=STAYS)
    if route := _ADVISED.get(Disposition(advice)) if advice else None:
        source = f"摸底意见：{Disposition(advice).label}"
    else:
        route, source = _by_label(flag)
    if barred_route(route, society):
        route = Route.ORDINARY
    return Proposal(society, route.value, source, flag)


def _by_label(flag: Flag | None) -> tuple[Route, str]:
    """Return the usual route of what a confirmed suspicion points to."""
    rule = RULES_BY_CODE.get(flag.rule) if flag else None
    title = f"线索属实：{rule.title if rule else '疑似问题'}"
    label = flag.label if flag else ""
    if label == FlagLabel.ONE_PERSON:
        return Route.CONVERSION, title
    if label in {FlagLabel.SHELL, FlagLabel.ZOMBIE}:
        return Route.SIMPLIFIED, title
    return Route.RECTIFICATION, title
