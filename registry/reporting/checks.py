"""What must hold between the fields of a report, and what deserves a second look.

A fault (`must`) keeps the report from being submitted; a doubt (`look`) asks for a look and, if it is
so, a line of remark. Each stands beside its field and names the provision it rests on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from registry.reporting import articles
from registry.reporting.fields import MONEY, NUMERIC
from registry.reporting.sections import FIELDS
from registry.reporting.values import Read

MUST, LOOK = "must", "look"
REGISTER = "register"
JUMP = Decimal("0.5")  # a change beyond half of last year's figure asks for a look
UNIT_SLIP = Decimal(10_000)
_BASICS = frozenset({"phone", "email", "address", "contact_person"})


@dataclass(frozen=True)
class Finding:
    """Something about one field: `level` must or look, the sentence, the provision."""

    key: str
    level: str
    text: str
    basis: str = ""


@dataclass(frozen=True)
class Around:
    """What a report is compared with: the register, the origin of prefilled values, last year."""

    is_union: bool
    registered_members: int | None
    origins: Mapping[str, Mapping[str, str]]
    remarks: Mapping[str, str]
    last: Mapping[str, Read]


Fields = Mapping[str, Read]
Check = Callable[[Fields, Around], Iterator[Finding]]


def find_all(fields: Fields, around: Around) -> list[Finding]:
    """Return every finding of a report, field by field first, then between fields."""
    found = [
        Finding(key, MUST, read.fault) for key, read in fields.items() if read.asked and read.fault
    ]
    for check in CHECKS:
        found += check(fields, around)
    return found


def number(fields: Fields, key: str) -> Decimal | None:
    """Return a figure that was asked for and given."""
    read = fields[key]
    return read.number if read.asked else None


def all_of(fields: Fields, *keys: str) -> list[Decimal] | None:
    """Return several figures when every one is there."""
    found = [number(fields, key) for key in keys]
    return None if None in found else [each for each in found if each is not None]


def members_add_up(fields: Fields, _around: Around) -> Iterator[Finding]:
    found = all_of(fields, "members_total", "farmers", "other_persons", "units")
    if found is None:
        return
    total, *parts = found
    if sum(parts) != total:
        text = (
            f"农民 {parts[0]}、非农民自然人 {parts[1]}、单位 {parts[2]} 相加是 {sum(parts)}，"
            f"与成员总数 {total} 不等。"
        )
        yield Finding("members_total", MUST, text, str(articles.ROSTER))


def parts_within_wholes(fields: Fields, _around: Around) -> Iterator[Finding]:
    pairs = (
        ("women", "employees"),
        ("accounts_kept", "members_total"),
        ("attendance", "members_total"),
        ("joined", "members_total"),
        ("fixed_assets", "total_assets"),
    )
    for part, whole in pairs:
        found = all_of(fields, part, whole)
        if found is not None and found[0] > found[1]:
            labels = FIELDS[part].label.removeprefix("其中："), FIELDS[whole].label
            yield Finding(part, MUST, f"{labels[0]} {found[0]} 多于{labels[1]} {found[1]}。")


def assemblies_were_held(fields: Fields, _around: Around) -> Iterator[Finding]:
    if number(fields, "assemblies_held") == 0:
        text = "选了“已召开”，次数不能是 0。没有召开请在上一项选“未召开成员大会”。"
        yield Finding("assemblies_held", MUST, text, str(articles.ASSEMBLY))


def distribution_fits(fields: Fields, _around: Around) -> Iterator[Finding]:
    found = all_of(
        fields, "distributable_surplus", "returned_by_volume", "returned_by_contribution"
    )
    if found is None:
        return
    surplus, by_volume, by_contribution = found
    if by_volume + by_contribution > surplus:
        text = (
            f"两项分配合计 {_yuan(by_volume + by_contribution)}，多于可分配盈余 {_yuan(surplus)}。"
        )
        yield Finding("returned_by_volume", MUST, text, str(articles.SURPLUS))
    elif surplus > 0 and by_volume * 10 < surplus * 6:
        share = (by_volume * 100 / surplus).quantize(Decimal("0.1"))
        text = f"按交易量（额）返还占可分配盈余 {share}%，低于 60%。情况属实请写一句说明。"
        yield Finding("returned_by_volume", LOOK, text, str(articles.SURPLUS))


def surplus_covers(fields: Fields, _around: Around) -> Iterator[Finding]:
    found = all_of(fields, "surplus", "reserve_taken", "distributable_surplus")
    if found is None:
        return
    surplus, reserve, distributable = found
    if reserve > 0 and reserve > max(surplus, Decimal(0)):
        text = f"提取公积金 {_yuan(reserve)}，多于盈余总额 {_yuan(surplus)}。"
        yield Finding("reserve_taken", LOOK, text, str(articles.RESERVE))
    if distributable > 0 and distributable + reserve > max(surplus, Decimal(0)):
        text = "可分配盈余与公积金合计多于盈余总额，若含上年未分配盈余请写一句说明。"
        yield Finding("distributable_surplus", LOOK, text, str(articles.SURPLUS))


def membership_is_lawful(fields: Fields, around: Around) -> Iterator[Finding]:
    found = all_of(fields, "members_total", "farmers", "units")
    if found is None or around.is_union:
        return
    total, farmers, units = found
    if 0 <= total < 5:
        text = f"成员 {total} 名，应有五名以上。情况属实请写一句说明。"
        yield Finding("members_total", LOOK, text, str(articles.FIVE_MEMBERS))
    if total and farmers * 100 < total * 80:
        share = (farmers * 100 / total).quantize(Decimal("0.1"))
        text = f"农民成员占 {share}%，低于 80%。请核对人数；情况属实请写一句说明。"
        yield Finding("farmers", LOOK, text, str(articles.FARMERS_FOUR_FIFTHS))
    most = 1 if total <= 20 else int(total) * 5 // 100
    if units > most:
        text = f"单位成员 {units} 个，按成员总数最多 {most} 个。请核对；情况属实请写一句说明。"
        yield Finding("units", LOOK, text, str(articles.FEW_UNITS))


def votes_are_lawful(fields: Fields, _around: Around) -> Iterator[Finding]:
    found = all_of(fields, "additional_votes", "members_total")
    if found is not None and found[0] * 5 > found[1]:
        text = f"附加表决权 {found[0]} 票，超过基本表决权 {found[1]} 票的 20%。"
        yield Finding("additional_votes", LOOK, text, str(articles.VOTES))


def governance_is_done(fields: Fields, _around: Around) -> Iterator[Finding]:
    if fields["assembly"].value == "not_held":
        text = "法律要求成员大会每年至少召开一次。请写一句没有召开的原因。"
        yield Finding("assembly", LOOK, text, str(articles.ASSEMBLY))
    if number(fields, "disclosures") == 0:
        text = "全年没有公开。年度报告、财务等应供成员查阅，请写一句说明。"
        yield Finding("disclosures", LOOK, text, str(articles.ACCOUNTS_OPEN))
    found = all_of(fields, "accounts_kept", "members_total")
    if found is not None and found[0] < found[1]:
        text = f"还有 {found[1] - found[0]} 名成员没有完整的成员账户，应当每个成员一个。"
        yield Finding("accounts_kept", LOOK, text, str(articles.MEMBER_ACCOUNTS))


def members_follow_last_year(fields: Fields, around: Around) -> Iterator[Finding]:
    """Opening plus joined minus left is what there is at the end."""
    found = all_of(fields, "members_total", "joined", "left")
    last = around.last.get("members_total")
    opening = last.number if last else None
    if found is None or opening is None:
        return
    total, joined, left = found
    if opening + joined - left != total:
        text = (
            f"上年末 {opening} 名，加新增 {joined}、减退出 {left} 应为 {opening + joined - left} 名，"
            f"现填 {total} 名。"
        )
        yield Finding("members_total", LOOK, text)


def figures_follow_last_year(fields: Fields, around: Around) -> Iterator[Finding]:
    for key, read in fields.items():
        before = around.last.get(key)
        if read.field.kind not in NUMERIC or not read.asked or before is None:
            continue
        now, then = read.number, before.number
        if now is None or then is None or not then or not now:
            continue
        ratio = abs(now / then)
        if read.field.kind == MONEY and ratio >= UNIT_SLIP:
            text = f"是上年 {_yuan(then)} 的 {ratio:.0f} 倍，单位是不是把“元”当成了“万元”？"
            yield Finding(key, LOOK, text)
        elif read.field.kind == MONEY and ratio <= 1 / UNIT_SLIP:
            text = f"只有上年 {_yuan(then)} 的万分之一，是不是按“万元”填了？这里的单位是元。"
            yield Finding(key, LOOK, text)
        elif abs(now - then) > abs(then) * JUMP and key in _WATCHED:
            text = f"与上年 {_shown(read, then)} 相差超过一半，情况属实请写一句说明。"
            yield Finding(key, LOOK, text)


def register_stands(fields: Fields, around: Around) -> Iterator[Finding]:
    """A value taken from the register may be changed, with one line of reason."""
    for key, origin in around.origins.items():
        read = fields.get(key)
        if read is None or origin.get("source") != REGISTER or not read.asked:
            continue
        same = read.text == origin.get("value", "") or (not read.text and not read.spared)
        if not same and key not in _BASICS and not around.remarks.get(key, "").strip():
            text = f"与登记信息“{origin.get('value', '')}”不同，请在说明里写一句原因。"
            yield Finding(key, MUST, text)


_WATCHED = frozenset(
    {
        "members_total",
        "operating_income",
        "surplus",
        "distributable_surplus",
        "returned_by_volume",
        "total_assets",
        "equity",
        "subsidies",
        "loans",
        "tax_paid",
        "base_area",
    }
)

CHECKS: tuple[Check, ...] = (
    members_add_up,
    parts_within_wholes,
    assemblies_were_held,
    distribution_fits,
    surplus_covers,
    membership_is_lawful,
    votes_are_lawful,
    governance_is_done,
    members_follow_last_year,
    figures_follow_last_year,
    register_stands,
)


def _yuan(amount: Decimal) -> str:
    return f"{amount:,.2f}".removesuffix(".00") + " 元"


def _shown(read: Read, amount: Decimal) -> str:
    return (
        _yuan(amount) if read.field.kind == MONEY else f"{amount.normalize():f} {read.field.unit}"
    )
