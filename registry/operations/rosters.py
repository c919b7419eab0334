"""Keeping a roster: one member at a time, or a whole file that is looked at before it is written."""

import datetime as dt
import hashlib
from dataclasses import asdict
from decimal import Decimal
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock, locks
from common.conflict import EditConflict
from common.template_tags import masked_phone
from common.workflow import TransitionRefused
from registry.choices import RosterUploadState
from registry.models import Cooperative, Member, MemberAccount, RosterUpload
from registry.operations.roster_confirmations import lapse
from registry.operations.tables import read_workbook
from registry.roster.columns import ACCOUNT_FIELDS, find_layout, looks_like_header
from registry.roster.marks import roster_mark
from registry.roster.rows import ReadMember, problems_of, read_rows

FACTS = (
    "name",
    "kind",
    "identity_number",
    "household",
    "village",
    "contribution",
    "contribution_form",
    "post",
    "additional_votes",
    "joined_on",
    "left_on",
)
TWICE = "名册里已有一名在社成员使用这个证件号码，请核对后再填。"
NO_TABLE = (
    "没有找到成员名册的表头：至少要有“姓名或名称”和“成员类型”两列，缺{missing}。"
    "请下载本页的名册表，填好后再上传。"
)
CHANGED_MEANWHILE = "文件检查之后名册有过改动，请重新上传这份文件再核对一次。"


@transaction.atomic
def add_member(society: Cooperative, facts: dict[str, Any], *, by: User) -> Member:
    """Add one member. Raises TransitionRefused when somebody in the society has that number."""
    _hold(society, by)
    _check_identity(society, facts.get("identity_number", ""))
    member = Member.objects.create(cooperative=society, changed_at=clock.now(), **facts)
    lapse(society, by=by)
    audit.record("member-added", society, by=by, person=member.name)
    return member


@transaction.atomic
def edit_member(member: Member, facts: dict[str, Any], *, version: int, by: User) -> Member:
    """Change a member's facts. Raises EditConflict when somebody saved in between."""
    society = member.cooperative
    _hold(society, by)
    fresh = Member.objects.get(pk=member.pk)
    if fresh.version != version:
        raise EditConflict(fresh)
    number = facts.get("identity_number", fresh.identity_number)
    if not facts.get("left_on", fresh.left_on):
        _check_identity(society, number, besides=fresh)
    changed = [name for name, value in facts.items() if getattr(fresh, name) != value]
    if not changed:
        return fresh
    saved = Member.objects.filter(pk=fresh.pk, version=version).update(
        **facts, changed_at=clock.now(), version=F("version") + 1
    )
    if not saved:
        raise EditConflict(Member.objects.get(pk=fresh.pk))
    lapse(society, by=by)
    audit.record("member-changed", society, by=by, person=fresh.name, columns=_labels(changed))
    return Member.objects.get(pk=fresh.pk)


@transaction.atomic
def unmask_identity(member: Member, reason: str, *, by: User) -> str:
    """Return the whole identity number for a stated reason, which the trail keeps."""
    if len(reason.strip()) < 2:
        raise TransitionRefused("请写明查看完整证件号码的理由。")
    reach = Cooperative.objects.permitted(by, Action.UNMASK_MEMBER)
    if not reach.filter(pk=member.cooperative_id).exists():
        raise PermissionDenied(Action.UNMASK_MEMBER)
    audit.record(Action.UNMASK_MEMBER, member.cooperative, by=by, reason=reason, person=member.name)
    return member.identity_number


def upload_roster(
    society: Cooperative, stream: BinaryIO, *, filename: str, by: User
) -> RosterUpload:
    """Read a roster file and keep what it says for a look; nothing of the roster changes yet.

    A file that cannot be read is kept as refused, with the sentence why.
    """
    content = stream.read()
    stream.seek(0)
    upload = RosterUpload(
        cooperative=society,
        filename=filename[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        state=RosterUploadState.CHECKED,
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    try:
        members = _members_of(stream, filename)
    except TransitionRefused as refusal:
        upload.state, upload.refusal = RosterUploadState.REFUSED, str(refusal)
    else:
        upload.rows = [{"number": m.number, "taken": m.is_taken, **m.values} for m in members]
        upload.problems = [asdict(problem) for problem in problems_of(members)]
    with transaction.atomic():
        _hold(society, by)
        upload.roster_mark = roster_mark(society)
        upload.save()
        audit.record(
            "roster-uploaded",
            society,
            by=by,
            filename=upload.filename,
            state=upload.get_state_display(),
        )
    return upload


def _members_of(stream: BinaryIO, filename: str) -> list[ReadMember]:
    sheets = read_workbook(stream, filename=filename)
    missing: list[str] = []
    for sheet in sheets:
        layout = find_layout(sheet.rows)
        if layout is not None:
            members = read_rows(layout, sheet.rows, clock.today())
            if not members:
                raise TransitionRefused("名册表里没有成员行，请填好后再上传。")
            return members
        missing = missing or looks_like_header(sheet.rows)
    raise TransitionRefused(NO_TABLE.format(missing="“" + "”“".join(missing or ["表头"]) + "”"))


@transaction.atomic
def apply_roster(
    upload: RosterUpload, *, whole: bool, year: int | None, by: User
) -> dict[str, int]:
    """Write an uploaded roster; return how many members are new, changed, gone, left out.

    `whole` says that the file lists everybody: who is missing left today. With `year` the account
    columns are written for that year. Safe to repeat: a file is applied once.
    """
    society = upload.cooperative
    _hold(society, by)
    taken = RosterUpload.objects.filter(
        pk=upload.pk, state=RosterUploadState.CHECKED, version=upload.version
    ).update(state=RosterUploadState.APPLIED, version=F("version") + 1)
    if not taken:
        raise TransitionRefused("这份文件已经处理过，请刷新页面。")
    if upload.roster_mark != roster_mark(society):
        raise TransitionRefused(CHANGED_MEANWHILE)
    counts = _write(society, upload.rows, whole=whole, year=year)
    RosterUpload.objects.filter(pk=upload.pk).update(rows=[])  # identity numbers live in one place
    lapse(society, by=by)
    audit.record(
        "roster-applied", society, by=by, filename=upload.filename, counts=_in_words(counts)
    )
    return counts


@transaction.atomic
def drop_roster(upload: RosterUpload, *, by: User) -> None:
    """Give an uploaded roster up; the roster stays as it is."""
    _hold(upload.cooperative, by)
    RosterUpload.objects.filter(pk=upload.pk, state=RosterUploadState.CHECKED).update(
        state=RosterUploadState.DROPPED, rows=[], version=F("version") + 1
    )


class _Current:
    """The members of today, to be found by what a row of a file says of one."""

    def __init__(self, society: Cooperative) -> None:
        self.members = list(society.members.current())
        self.seen: set[int] = set()
        self._by_number = {m.identity_number: m for m in self.members if m.identity_number}
        self._by_name: dict[str, list[Member]] = {}
        for member in self.members:
            self._by_name.setdefault(member.name, []).append(member)

    def find(self, row: dict[str, Any]) -> Member | None:
        """Find by number, else by a name that only one can mean; each member is found once."""
        number, mask = row["identity_number"], row.get("identity_mask", "")
        found = self._by_number.get(number) if number else None
        if found is None:
            namesakes = [
                m
                for m in self._by_name.get(row["name"], [])
                if m.pk not in self.seen
                and not (number and m.identity_number)
                and (not mask or masked_phone(m.identity_number) == mask)
            ]
            found = namesakes[0] if len(namesakes) == 1 else None
        if found is None or found.pk in self.seen:
            return None
        self.seen.add(found.pk)
        return found


def _write(
    society: Cooperative, rows: list[dict[str, Any]], *, whole: bool, year: int | None
) -> dict[str, int]:
    now, current = clock.now(), _Current(society)
    new: list[Member] = []
    changed: list[Member] = []
    accounts: list[tuple[Member, dict[str, Any]]] = []
    for row in (row for row in rows if row["taken"]):
        facts, member = _facts(row), current.find(row)
        if member is None:
            member = Member(cooperative=society, changed_at=now, **facts)
            new.append(member)
        elif _take_over(member, facts):
            member.changed_at, member.version = now, member.version + 1
            changed.append(member)
        accounts.append((member, row))
    gone = [m for m in current.members if whole and m.pk not in current.seen]
    for member in gone:
        member.left_on = max(clock.today(), member.joined_on or clock.today())
        member.changed_at, member.version = now, member.version + 1
    Member.objects.bulk_update([*changed, *gone], [*FACTS, "changed_at", "version"])
    Member.objects.bulk_create(new)
    if year is not None:
        _write_accounts(accounts, year)
    left_out = sum(not row["taken"] for row in rows)
    return {"left_out": left_out, "new": len(new), "changed": len(changed), "gone": len(gone)}


def _facts(row: dict[str, Any]) -> dict[str, Any]:
    # A file without a column for it says nothing of the village; what stands stays.
    facts = {name: row[name] for name in FACTS if name in row}
    facts["contribution"] = _decimal(facts["contribution"])
    for name in ("joined_on", "left_on"):
        facts[name] = dt.date.fromisoformat(facts[name]) if facts[name] else None
    return facts


def _take_over(member: Member, facts: dict[str, Any]) -> bool:
    """Take over what the file says; what it leaves blank stays. Tell whether anything changed."""
    changed = False
    for name, value in facts.items():
        if value in (None, "") or getattr(member, name) == value:
            continue
        setattr(member, name, value)
        changed = True
    return changed


def _write_accounts(pairs: list[tuple[Member, dict[str, Any]]], year: int) -> None:
    wanted = [
        MemberAccount(
            member=member,
            year=year,
            contribution=member.contribution,
            **{name: _decimal(row[name]) for name in ACCOUNT_FIELDS},
        )
        for member, row in pairs
        if any(row[name] is not None for name in ACCOUNT_FIELDS)
    ]
    MemberAccount.objects.bulk_create(
        wanted,
        update_conflicts=True,
        unique_fields=["member", "year"],
        update_fields=["contribution", *ACCOUNT_FIELDS],
    )


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _hold(society: Cooperative, by: User) -> None:
    reach = Cooperative.objects.permitted(by, Action.EDIT_ROSTER)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.EDIT_ROSTER)
    locks.hold(f"roster-{society.pk}")


def _check_identity(society: Cooperative, number: str, besides: Member | None = None) -> None:
    if not number:
        return
    twins = society.members.filter(identity_number=number, left_on__isnull=True)
    if besides is not None:
        twins = twins.exclude(pk=besides.pk)
    if twins.exists():
        raise TransitionRefused(TWICE)


def _labels(names: list[str]) -> list[str]:
    return [str(Member._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def _in_words(counts: dict[str, int]) -> dict[str, int]:
    words = {"new": "新增", "changed": "变动", "gone": "退社", "left_out": "未写入"}
    return {words[key]: number for key, number in counts.items()}
