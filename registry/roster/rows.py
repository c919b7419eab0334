"""What a row of a roster file says of a member, and everything that is wrong with it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from stdnum.cn import ric
from stdnum.cn import uscc as credit_codes

from registry.choices import UNIT_KINDS, ContributionForm, MemberKind, MemberPost
from registry.ingestion.cells import BadCell, Noted, Setting
from registry.ingestion.columns import numbers_columns
from registry.ingestion.dates import date
from registry.roster.columns import MONEY_FIELDS, RosterLayout

MUST, CHECK = "must", "check"
_MOST_MONEY = Decimal(10) ** 13
_KINDS = {
    "农民": MemberKind.FARMER,
    "农民成员": MemberKind.FARMER,
    "非农民": MemberKind.NON_FARMER,
    "非农民成员": MemberKind.NON_FARMER,
    "居民": MemberKind.NON_FARMER,
    "企业": MemberKind.ENTERPRISE,
    "企业成员": MemberKind.ENTERPRISE,
    "单位": MemberKind.ENTERPRISE,
    "单位成员": MemberKind.ENTERPRISE,
    "事业单位": MemberKind.INSTITUTION,
    "事业单位成员": MemberKind.INSTITUTION,
    "社会组织": MemberKind.SOCIAL_ORGANISATION,
    "社会团体": MemberKind.SOCIAL_ORGANISATION,
    "社会组织成员": MemberKind.SOCIAL_ORGANISATION,
    "合作社": MemberKind.SOCIETY,
    "合作社成员": MemberKind.SOCIETY,
}
_FORMS = {
    "现金": ContributionForm.CASH,
    "货币": ContributionForm.CASH,
    "货币资金": ContributionForm.CASH,
    "实物": ContributionForm.IN_KIND,
    "知识产权": ContributionForm.KNOWLEDGE,
    "土地经营权": ContributionForm.LAND,
    "土地": ContributionForm.LAND,
    "林权": ContributionForm.FOREST,
    "其他": ContributionForm.OTHER,
    "其他非货币财产": ContributionForm.OTHER,
}
_FORBIDDEN_FORMS = ("劳务", "信用", "商誉", "姓名", "特许经营权")
_POSTS = {
    "理事长": MemberPost.CHAIR,
    "理事": MemberPost.COUNCIL,
    "监事": MemberPost.SUPERVISOR,
    "监事长": MemberPost.SUPERVISOR,
    "执行监事": MemberPost.SUPERVISOR,
    "无": MemberPost.NONE,
    "成员": MemberPost.NONE,
}
_PUBLIC_BODY = re.compile(
    r"(人民政府|街道办事处|委员会办公室|村民委员会|居民委员会|管理局|[^商]局)$"
)


@dataclass
class Problem:
    """Something wrong with a row: `level` is must (not taken) or check (taken, but look)."""

    row: int
    field: str
    level: str
    text: str


@dataclass
class ReadMember:
    """One row as read: its number, its values as JSON, what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_taken(self) -> bool:
        return not any(problem.level == MUST for problem in self.problems)

    def say(self, name: str, level: str, text: str) -> None:
        self.problems.append(Problem(self.number, name, level, text))


def read_rows(
    layout: RosterLayout, rows: Sequence[tuple[int, Sequence[str]]], today: dt.date
) -> list[ReadMember]:
    """Read the rows below the header; a row of totals or notes is passed over."""
    members = []
    for number, cells in rows:
        if number <= layout.header_row or _is_note(layout, cells):
            continue
        members.append(_Reading(layout, number, cells, today).member)
    _mark_repeats(members)
    return members


def _is_note(layout: RosterLayout, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    first = filled[0] if filled else ""
    if re.match(r"(合计|总计|小计|填表|制表|注[:：]|说明)", first):
        return True
    return numbers_columns(cells) or (len(filled) == 1 and layout.places["name"] >= len(cells))


def _mark_repeats(members: list[ReadMember]) -> None:
    """Two rows with one identity number are one member twice; same names only ask for a look."""
    open_rows = [m for m in members if not m.values.get("left_on")]
    numbers = Counter(m.values.get("identity_number") for m in open_rows)
    names = Counter(m.values.get("name") for m in open_rows)
    for member in open_rows:
        number, name = member.values.get("identity_number"), member.values.get("name")
        if number and numbers[number] > 1:
            member.say("identity_number", MUST, "同一证件号码在文件里出现不止一次，请只留一行。")
        elif name and not number and names[name] > 1:
            member.say("name", CHECK, f"“{name}”出现不止一次又没有证件号码，请核对是否同一人。")


class _Reading:
    """One row being read."""

    def __init__(
        self, layout: RosterLayout, number: int, cells: Sequence[str], today: dt.date
    ) -> None:
        self.member = ReadMember(number)
        self._layout, self._cells, self._today = layout, cells, today
        values = self.member.values
        values["name"] = self._name()
        values["kind"] = self._kind()
        values["identity_number"] = self._identity(values["kind"])
        values["household"] = self._text("household", 60, "户主或户号")
        if "village" in layout.places:
            values["village"] = self._text("village", 60, "所在村（社区）")
        values["contribution_form"] = self._form()
        values["post"] = self._post()
        values["additional_votes"] = self._votes()
        for name in MONEY_FIELDS:
            values[name] = self._money(name)
        values["joined_on"] = self._day("joined_on", "入社日期")
        values["left_on"] = self._day("left_on", "退社日期")
        joined, left = values["joined_on"], values["left_on"]
        if joined and left and left < joined:
            self.member.say("left_on", MUST, "退社日期早于入社日期。")

    def _cell(self, name: str) -> str:
        place = self._layout.places.get(name)
        return self._cells[place].strip() if place is not None and place < len(self._cells) else ""

    def _text(self, name: str, most: int, label: str) -> str:
        text = " ".join(self._cell(name).split())
        if len(text) > most:
            self.member.say(name, MUST, f"{label}最多 {most} 字，现有 {len(text)} 字。")
            return ""
        return text

    def _name(self) -> str:
        name = self._text("name", 100, "姓名或名称")
        if not name:
            self.member.say("name", MUST, "没有填姓名或名称。")
        elif _PUBLIC_BODY.search(name):
            text = "具有管理公共事务职能的单位不得加入合作社（农民专业合作社法第十九条），请核对这一成员。"
            self.member.say("name", CHECK, text)
        return name

    def _kind(self) -> str:
        written = self._cell("kind")
        kind = _KINDS.get(written)
        if kind is None:
            told = f"“{written}”不是认识的成员类型" if written else "没有填成员类型"
            words = "、".join(kind.label for kind in MemberKind)
            self.member.say("kind", MUST, f"{told}，应为：{words}。")
            return ""
        return kind.value

    def _identity(self, kind: str) -> str:
        number = re.sub(r"[\s'’-]", "", self._cell("identity_number")).upper()
        if "*" in number:  # as our own file shows it: left as it is
            self.member.values["identity_mask"] = number
            return ""
        if not number:
            self.member.say("identity_number", CHECK, "没有证件号码，名册应当载明。")
            return ""
        is_unit = kind in UNIT_KINDS or kind == MemberKind.SOCIETY
        if re.search(r"E\+|\.", number):
            text = "证件号码被表格软件改成了数字，后几位已丢失。请把这一列设为文本后重填。"
            self.member.say("identity_number", MUST, text)
            return ""
        valid = credit_codes.is_valid(number) if is_unit else ric.is_valid(number)
        if len(number) > 20 or not valid:
            what = "统一社会信用代码" if is_unit else "居民身份证号"
            self.member.say("identity_number", CHECK, f"不是有效的18位{what}，请核对原件。")
        return number[:20]

    def _form(self) -> str:
        written = self._cell("contribution_form")
        if not written:
            return ""
        if any(word in written for word in _FORBIDDEN_FORMS):
            text = f"不得以“{written}”作价出资（农民专业合作社法第十三条及登记规定）。"
            self.member.say("contribution_form", MUST, text)
            return ""
        form = _FORMS.get(written)
        if form is None:
            self.member.say("contribution_form", CHECK, f"出资方式“{written}”记为“其他”。")
            return ContributionForm.OTHER.value
        return form.value

    def _post(self) -> str:
        written = self._cell("post")
        if written and written not in _POSTS:
            self.member.say("post", CHECK, f"职务“{written}”没有记入，只认理事长、理事、监事。")
        return _POSTS.get(written, MemberPost.NONE).value

    def _votes(self) -> int:
        written = self._cell("additional_votes")
        if not written:
            return 0
        if not re.fullmatch(r"\d{1,5}(\.0+)?", written):
            self.member.say("additional_votes", MUST, f"附加表决权“{written}”不是整数。")
            return 0
        return int(written.split(".")[0])

    def _money(self, name: str) -> str | None:
        written = re.sub(r"[,，\s元￥¥]", "", self._cell(name))
        if not written:
            return None
        in_wan = name in self._layout.wan or written.endswith("万")
        try:
            amount = Decimal(written.removesuffix("万"))
        except InvalidOperation:
            self.member.say(name, MUST, f"金额“{written}”看不懂，请只填数字，单位元。")
            return None
        amount *= 10_000 if in_wan else 1
        if not amount.is_finite() or not 0 <= amount < _MOST_MONEY:
            self.member.say(name, MUST, f"金额“{written}”是负数或太大，请核对数字和单位。")
            return None
        return f"{amount:.2f}"

    def _day(self, name: str, label: str) -> str | None:
        written = self._cell(name)
        if not written:
            return None
        try:
            found = date(written, Setting(today=self._today.isoformat()))
        except BadCell as bad:
            self.member.say(name, MUST, f"{label}：{bad}")
            return None
        day = found.value if isinstance(found, Noted) else found
        if day > self._today.isoformat():
            self.member.say(name, MUST, f"{label}晚于今天。")
            return None
        return day


def problems_of(members: list[ReadMember]) -> Iterator[Problem]:
    """Yield every problem, row by row."""
    for member in members:
        yield from member.problems
