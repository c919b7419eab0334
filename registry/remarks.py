"""Everything there is to say about a row: what its cells showed, and what the register says to it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from registry.choices import RowDecision, RowOutcome
from registry.differences import changed_fields, in_words, label_of
from registry.ingestion.late import LATE
from registry.ingestion.reasons import REASONS, Level
from registry.ingestion.statements import INCOMPLETE, WAITS
from registry.layouts import SheetMap
from registry.masking import masked_cell
from registry.models import FACTS, Cooperative, FeedDelivery, FeedRow, RegistrationRow, StatementRow
from registry.statement_wording import label_of as stated_label

LEVEL_WORDS = {Level.MUST: "必须改", Level.CHECK: "请核实", Level.HINT: "提示"}
_TONES = {Level.MUST: "bad", Level.CHECK: "warn", Level.HINT: "info"}
# Doubts whose sentence is no reason for a sender, because the register side has decided or waits.
_OWN_SENTENCES = {
    "DECLINED": (Level.CHECK, "已决定不接收：{reason}", ""),
    "OLD_NUMBER_UNKNOWN": (
        Level.CHECK,
        "只有旧注册号“{number}”，名录里没有这个注册号。",
        "请补填 18 位统一社会信用代码；确为尚未换照的合作社，可核实后接收。",
    ),
    LATE: (
        Level.HINT,
        "更晚季度的文件已有这家合作社，本行的{fields}补进当时的历史。",
        "不改动现有信息，无需处理。",
    ),
}
_OWN_SENTENCES |= {
    WAITS: (
        Level.CHECK,
        "名录里没有这家合作社。",
        "登记信息入库后，这一行会自动接收，不必再报；代码写错的，请改正后再报。",
    ),
    INCOMPLETE: (
        Level.CHECK,
        "有不认识的词语，还不知道说的是什么。",
        "请在“词语对照”里说明它的意思，说明一次，以后照办。",
    ),
}
_COLUMN_OF = {
    WAITS: "uscc",
    "NAME_CONFLICT": "name",
    "POSSIBLE_RECODE": "uscc",
    "STATUS_REGRESSION": "status",
    "OLD_NUMBER_UNKNOWN": "registration_no",
    "DUPLICATE_CONFLICT": "uscc",
    "DUPLICATE_IDENTICAL": "uscc",
}


DOUBT_WORDS = {
    "FINDING": "内容需要核实",
    "DUPLICATE_CONFLICT": "同一代码内容不同",
    "POSSIBLE_RECODE": "名称已在其他代码下",
    "OLD_NUMBER_UNKNOWN": "旧注册号查不到",
    "NAME_CONFLICT": "名称差别很大",
    "STATUS_REGRESSION": "登记状态倒退",
    "MANUAL_OVERRIDE": "曾经人工更正",
    "DECLINED": "已决定不接收",
    WAITS: "名录里还没有",
    INCOMPLETE: "有不认识的词语",
}


@dataclass(frozen=True)
class Remark:
    """One thing that is wrong, doubtful or worth knowing about a row."""

    code: str
    level: Level
    field: str
    column: str
    value: str
    message: str
    remedy: str

    @property
    def word(self) -> str:
        return LEVEL_WORDS[self.level]

    @property
    def tone(self) -> str:
        return _TONES[self.level]

    @property
    def sentence(self) -> str:
        """Return the message as a page may show it."""
        return masked_cell(self.message, self.field or None)

    @property
    def shown(self) -> str:
        """Return the cell's value as a page may show it."""
        return masked_cell(self.value, self.field or None)


def remarks_of(delivery: FeedDelivery, rows: Sequence[FeedRow]) -> dict[int, list[Remark]]:
    """Return the remarks of each row, gravest first; a fixed number of queries.

    The rows come with `registration` and `cooperative`.
    """
    context = _Context(delivery, rows)
    found = {}
    for row in rows:
        remarks = of_cells(row)
        if row.decision == RowDecision.ACCEPTED:
            remarks = [remark for remark in remarks if remark.level == Level.HINT]
        doubt = context.doubt(row)
        found[row.pk] = sorted(([doubt] if doubt else []) + remarks, key=_gravity)
    return found


def of_cells(row: FeedRow) -> list[Remark]:
    """Return what was found in the cells of a row themselves, in their order."""
    return [_from_cell(issue) for issue in row.issues]


def _gravity(remark: Remark) -> int:
    return list(LEVEL_WORDS).index(remark.level)


def _from_cell(issue: dict[str, str]) -> Remark:
    return Remark(**{**issue, "level": Level(issue["level"])})  # type: ignore[arg-type]


class _Context:
    """What the sentences of a page of rows need to know from elsewhere, fetched at once."""

    def __init__(self, delivery: FeedDelivery, rows: Sequence[FeedRow]) -> None:
        self._sheets = SheetMap(delivery)
        self._twins = _twins(delivery, rows)
        self._stated_twins = _stated_twins(delivery, rows)
        self._known = _known_names(rows)

    def doubt(self, row: FeedRow) -> Remark | None:
        code = row.doubt
        if row.outcome == RowOutcome.DUPLICATE:
            code = "DUPLICATE_IDENTICAL"
        if code not in REASONS and code not in _OWN_SENTENCES:
            return None
        if code in _OWN_SENTENCES:
            level, message, remedy = _OWN_SENTENCES[code]
        else:
            reason = REASONS[code]
            level, message, remedy = reason.level, reason.message, reason.remedy
        if code == "DUPLICATE_CONFLICT":  # a person may still choose one of the rows
            level = Level.CHECK
        details = self._details(code, row)
        field = _COLUMN_OF.get(code, "")
        return Remark(
            code,
            level,
            field,
            self._sheets.letter(row.sheet, field),
            self._sheets.text(row, field),
            message.format_map(details),
            remedy,
        )

    def _details(self, code: str, row: FeedRow) -> dict[str, str]:
        read, society = row.read, row.cooperative
        details = {"reason": row.decision_reason}
        if isinstance(read, StatementRow):
            return details | self._statement_details(code, row, read)
        if read is None:
            return details
        details["number"] = read.registration_no
        details["fields"] = "、".join(label_of(field) for field in changed_fields(read))
        if code.startswith("DUPLICATE"):
            details |= self._twin_details(row, read)
        if code == "POSSIBLE_RECODE":
            details["known"] = self._known.get(read.name_key, "")
        if code == "STATUS_REGRESSION" and society is not None:
            details["before"] = in_words("status", society.status)
            details["after"] = in_words("status", read.status)
        if code == "NAME_CONFLICT" and society is not None:
            details["known"] = society.name
        if code == "MANUAL_OVERRIDE" and society is not None:
            details |= _corrected(read, society)
        return details

    def _statement_details(self, code: str, row: FeedRow, read: StatementRow) -> dict[str, str]:
        details = {"known": row.cooperative.name if row.cooperative else ""}
        if code.startswith("DUPLICATE"):
            details |= self._stated_twice(row, read)
        return details

    def _stated_twice(self, row: FeedRow, read: StatementRow) -> dict[str, str]:
        twins = [twin for twin in self._stated_twins[_record(read)] if twin.pk != row.pk]
        names = {*read.said, *(name for twin in twins for name in twin.said)}
        differing = sorted(
            name
            for name in names
            if any(twin.said.get(name) != read.said.get(name) for twin in twins)
        )
        fields = "、".join(stated_label(read.source, name) for name in differing)
        first = min((twin.row.number for twin in twins), default=row.number)
        return {"fields": fields or "内容", "number": str(first)}

    def _twin_details(self, row: FeedRow, read: RegistrationRow) -> dict[str, str]:
        twins = [twin for twin in self._twins[_identity(read)] if twin.pk != row.pk]
        differing = [
            field
            for field in FACTS
            if any(getattr(twin, field) != getattr(read, field) for twin in twins)
        ]
        first = min((twin.row.number for twin in twins), default=row.number)
        return {"fields": "、".join(map(label_of, differing)) or "内容", "number": str(first)}


def _corrected(read: RegistrationRow, society: Cooperative) -> dict[str, str]:
    fields = [field for field in changed_fields(read) if field in society.corrected_fields]
    known = "、".join(in_words(field, getattr(society, field)) for field in fields)
    return {"field": "、".join(map(label_of, fields)), "known": known}


def _identity(read: RegistrationRow) -> str:
    return read.uscc or read.registration_no


def _twins(delivery: FeedDelivery, rows: Sequence[FeedRow]) -> dict[str, list[RegistrationRow]]:
    """Return the rows of the file that speak of the same society, for those that have any."""
    doubled = {
        _identity(row.registration)
        for row in rows
        if hasattr(row, "registration")
        and (row.outcome == RowOutcome.DUPLICATE or row.doubt == "DUPLICATE_CONFLICT")
    }
    found: dict[str, list[RegistrationRow]] = defaultdict(list)
    if doubled:
        same = Q(uscc__in=doubled) | Q(uscc="", registration_no__in=doubled)
        for read in RegistrationRow.objects.filter(same, delivery=delivery).select_related("row"):
            found[_identity(read)].append(read)
    return found


def _record(read: StatementRow) -> tuple[str, str, str]:
    return read.source, read.uscc or read.registration_no or read.name_key, read.record


def _stated_twins(
    delivery: FeedDelivery, rows: Sequence[FeedRow]
) -> dict[tuple[str, str, str], list[StatementRow]]:
    """Return the rows of the file that speak of the same record, for those that have any."""
    doubled = {
        _record(row.statement)
        for row in rows
        if hasattr(row, "statement")
        and (row.outcome == RowOutcome.DUPLICATE or row.doubt == "DUPLICATE_CONFLICT")
    }
    found: dict[tuple[str, str, str], list[StatementRow]] = defaultdict(list)
    if doubled:
        same = StatementRow.objects.filter(
            delivery=delivery, record__in={record for _, _, record in doubled}
        )
        for read in same.select_related("row"):
            found[_record(read)].append(read)
    return found


def _known_names(rows: Sequence[FeedRow]) -> dict[str, str]:
    """Return the code under which a name stands in the register, for names that came anew."""
    keys = {
        row.registration.name_key
        for row in rows
        if row.doubt == "POSSIBLE_RECODE" and hasattr(row, "registration")
    }
    if not keys:
        return {}
    living = Cooperative.objects.living().filter(name_key__in=keys)
    return {society.name_key: society.code for society in living.order_by("-pk")}
