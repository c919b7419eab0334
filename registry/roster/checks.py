"""What the law asks of a roster as a whole (农民专业合作社法, 2017年修订), with the figures it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry.choices import CooperativeKind
from registry.models import Cooperative

BAD, WARN, OK = "bad", "warn", "ok"


@dataclass(frozen=True)
class RosterCheck:
    """One check: `tone` bad (against the law), warn (differs from elsewhere) or ok."""

    tone: str
    title: str
    text: str
    basis: str = ""


def check_roster(
    society: Cooperative, counts: dict[str, Any], chairs: list[str]
) -> list[RosterCheck]:
    """Return all checks of a roster that holds somebody. `chairs` are the names of its chairs."""
    if not counts["total"]:
        return []
    checks = [*_of_law(society, counts), *_of_register(society, counts, chairs)]
    order = {BAD: 0, WARN: 1, OK: 2}
    return sorted(checks, key=lambda check: order[check.tone])


def breaches(checks: list[RosterCheck]) -> list[RosterCheck]:
    """Return those that stand against the law."""
    return [check for check in checks if check.tone == BAD]


def _of_law(society: Cooperative, counts: dict[str, Any]) -> Iterator[RosterCheck]:
    total, farmers = counts["total"], counts["farmers"]
    if society.kind == CooperativeKind.UNION:
        tone = OK if counts["societies"] >= 3 else BAD
        text = f"成员社 {counts['societies']} 个，联合社应有三个以上。"
        yield RosterCheck(tone, "成员社数", text, "农民专业合作社法第五十六条")
        if counts["societies"] != total:
            text = f"有 {total - counts['societies']} 名成员不是合作社。"
            yield RosterCheck(BAD, "联合社的成员", text, "农民专业合作社法第五十七条")
        return
    yield RosterCheck(
        OK if total >= 5 else BAD,
        "成员人数",
        f"现有成员 {total} 名，应有五名以上。",
        "农民专业合作社法第十二条",
    )
    share = f"{farmers * 100 / total:.1f}%"
    text = f"农民成员 {farmers} 名，占 {share}，至少应占 80%。"
    tone = OK if farmers * 100 >= total * 80 else BAD
    yield RosterCheck(tone, "农民成员比例", text, "农民专业合作社法第二十条第一款")
    most = most_units(total)
    text = f"企业、事业单位、社会组织成员 {counts['units']} 个，按成员总数最多 {most} 个。"
    tone = OK if counts["units"] <= most else BAD
    yield RosterCheck(tone, "单位成员限额", text, "农民专业合作社法第二十条第二款")
    extra = counts["additional_votes"] or 0
    if extra:
        tone = OK if extra * 5 <= total else BAD
        text = f"附加表决权 {extra} 票，基本表决权 {total} 票，附加的不得超过 20%。"
        yield RosterCheck(tone, "附加表决权", text, "农民专业合作社法第二十二条")


def _of_register(
    society: Cooperative, counts: dict[str, Any], chairs: list[str]
) -> Iterator[RosterCheck]:
    registered = society.member_count
    if registered is not None and registered != counts["total"]:
        text = (
            f"名册 {counts['total']} 名，登记 {registered} 名。"
            "已入社未登记的可以多于登记数，请核对后按规定备案。"
        )
        yield RosterCheck(WARN, "与登记的成员数不一致", text, "农民专业合作社法第十九条")
    held, stated = counts["contribution"], society.total_contribution
    if held is not None and stated is not None and held != stated:
        text = f"名册合计 {_amount(held)} 元，登记 {_amount(stated)} 元。"
        yield RosterCheck(WARN, "与登记的出资总额不一致", text, "农民专业合作社法第十五条")
    if len(chairs) > 1:
        text = f"名册上有 {len(chairs)} 位理事长：{'、'.join(chairs)}。只能有一位。"
        yield RosterCheck(BAD, "理事长", text, "农民专业合作社法第三十三条")
    elif chairs and society.legal_representative and chairs[0] != society.legal_representative:
        text = f"名册上是{chairs[0]}，登记的法定代表人是{society.legal_representative}。"
        yield RosterCheck(WARN, "理事长与登记不一致", text, "农民专业合作社法第三十三条")


def most_units(total: int) -> int:
    """Return how many organisations may be members: one up to twenty members, then five per cent."""
    return 1 if total <= 20 else total * 5 // 100


def _amount(value: Decimal) -> str:
    return f"{value:,.2f}".removesuffix(".00")
