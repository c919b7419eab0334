"""Findings about a whole file that a person must decide on before it may go further.

Each hold is {code, message, examples, choices}; a code that was decided is not asked again.
"""

from statistics import median
from typing import Any

from django.conf import settings

from common import locks
from registry.choices import (
    DeliveryRelation,
    FeedScope,
    FeedSource,
    HoldChoice,
    JobState,
    RowOutcome,
)
from registry.ingestion import sql
from registry.ingestion.reconcile import living_in_feed
from registry.models import Cooperative, FeedDelivery, GoneNotice, IngestJob, RegistrationRow

Hold = dict[str, Any]
SMALLEST_SAMPLE = 20  # below this a share says nothing
MOSTLY_CHANGED_PERCENT = 90
TEN_THOUSAND = 10_000  # the factor between yuan and 万元
_SENTENCES = {
    "COMMITTER_LOST_RIGHT": "提交入库的人员已不再具有入库权限，本次入库已停下。请由有权限的人员重新核对后决定。",
}
_GOES_ON = [HoldChoice.CONTINUE.value]
_UNITS = [HoldChoice.UNIT_YUAN.value, HoldChoice.UNIT_WAN.value]
_RELATIONS = [HoldChoice.CORRECTION.value, HoldChoice.SUPPLEMENT.value]


def lock_register() -> None:
    """Let one publish or undo at a time change the register."""
    locks.hold("register")


def make(code: str) -> Hold:
    """Return a hold whose sentence needs no figures."""
    return {"code": code, "message": _SENTENCES[code], "examples": [], "choices": _GOES_ON}


def find_holds(job: IngestJob, counts: dict[str, int]) -> list[Hold]:
    """Return what still has to be decided about a reconciled delivery, most basic first."""
    delivery = job.delivery
    decided = {decision["code"] for decision in job.decisions}
    found: list[Hold | None] = [_second_for_quarter(delivery), *_held_by_reader(delivery)]
    if delivery.carries_register:
        found += [
            _older_quarter(delivery),
            _gone_too_many(delivery, counts),
            _townships_missing(delivery),
            _capital_unit_changed(delivery),
            _mostly_changed(counts),
        ]
    return [hold for hold in found if hold and hold["code"] not in decided]


def _held_by_reader(delivery: FeedDelivery) -> list[Hold]:
    """What the reader of the file could not settle; a missing unit needs the unit for an answer."""
    return [
        {**hold, "choices": _UNITS if hold["code"] == "UNIT_MISSING" else _GOES_ON}
        for hold in delivery.report.get("held", [])
    ]


def answered_unit(job: IngestJob) -> str:
    """Return the unit of money that a person has given for a file without one, or ""."""
    words = {HoldChoice.UNIT_YUAN.value: "元", HoldChoice.UNIT_WAN.value: "万元"}
    answers = [words[d["choice"]] for d in job.decisions if d.get("choice") in words]
    return answers[-1] if answers else ""


def _second_for_quarter(delivery: FeedDelivery) -> Hold | None:
    former = delivery.former
    if former is None or delivery.relation != DeliveryRelation.FIRST:
        return None
    return {
        "code": "SECOND_FOR_QUARTER",
        "message": (
            f"{former.period.label}已经有一份文件（“{former.filename}”）。"
            "请说明这一份是更正（替换前一份）还是补充（并入前一份）。"
        ),
        "examples": [],
        "choices": _RELATIONS,
    }


def _older_quarter(delivery: FeedDelivery) -> Hold | None:
    newest = newest_committed_quarter(delivery)
    if newest <= delivery.quarter:
        return None
    return {
        "code": "OLDER_QUARTER",
        "message": (
            f"名录已更新到更晚的季度（{newest}）。继续处理会把这个季度补进历史："
            "当时的信息按当时的日期记下，更晚季度已有的合作社现值不变。"
        ),
        "examples": [],
        "choices": _GOES_ON,
    }


def newest_committed_quarter(delivery: FeedDelivery) -> str:
    """Return the latest other quarter whose societies stand in the register, or "".

    Statements of other sources carry their own days: no quarter overtakes them.
    """
    if not delivery.carries_register:
        return ""
    register = FeedDelivery.objects.carrying(FeedSource.REGISTRATION)
    committed = register.filter(job__state=JobState.COMMITTED).exclude(pk=delivery.pk)
    return committed.order_by("-quarter").values_list("quarter", flat=True).first() or ""


def _gone_too_many(delivery: FeedDelivery, counts: dict[str, int]) -> Hold | None:
    living, gone = living_in_feed(), counts["gone"]
    if delivery.scope != FeedScope.FULL or living < SMALLEST_SAMPLE:
        return None
    percent, most = settings.INTAKE_GONE_PERCENT, living
    if delivery.relation == DeliveryRelation.CORRECTION:
        percent = settings.INTAKE_CORRECTION_GONE_PERCENT
        most = settings.INTAKE_CORRECTION_GONE_ROWS
    if gone * 100 <= living * percent and gone <= most:
        return None
    names = GoneNotice.objects.filter(delivery=delivery).order_by("cooperative__name_key")
    return {
        "code": "GONE_TOO_MANY",
        "message": (
            f"名录中有 {gone} 家合作社（共 {living} 家）不在这份全部名单里，超过 {percent}%。"
            "请先核对文件是否完整；如确属完整，请写明理由后继续。这些合作社不会因此被注销。"
        ),
        "examples": list(names.values_list("cooperative__name", flat=True)[:3]),
        "choices": _GOES_ON,
    }


def _townships_missing(delivery: FeedDelivery) -> Hold | None:
    """A full list in which half of the townships have no row at all."""
    if delivery.scope != FeedScope.FULL:
        return None
    known = Cooperative.objects.living().filter(last_row__isnull=False, township__isnull=False)
    expected = set(known.values_list("township__name", flat=True).distinct())
    listed = RegistrationRow.objects.filter(delivery=delivery, township__isnull=False)
    present = set(listed.values_list("township__name", flat=True).distinct())
    missing = sorted(expected - present)
    if len(expected) < 4 or len(missing) * 2 < len(expected):
        return None
    return {
        "code": "TOWNSHIPS_MISSING",
        "message": f"全部名单里有 {len(missing)} 个乡镇街道没有一家合作社，可能漏了工作表或筛选了数据。",
        "examples": missing[:3],
        "choices": _GOES_ON,
    }


def _capital_unit_changed(delivery: FeedDelivery) -> Hold | None:
    """Contributions that are ten thousand times the former ones: yuan taken for 万元."""
    pairs = sql.rows(
        f"""
        SELECT c.name, c.total_contribution, s.total_contribution
        FROM {sql.REGISTRATION} s JOIN {sql.ROW} r ON r.id = s.row_id
        JOIN {sql.COOPERATIVE} c ON c.id = r.cooperative_id
        WHERE s.delivery_id = %(delivery)s AND r.outcome = '{RowOutcome.CHANGED.value}'
          AND c.total_contribution > 0 AND s.total_contribution > 0
        ORDER BY s.row_id LIMIT 2000
        """,
        {"delivery": delivery.pk},
    )
    if len(pairs) < SMALLEST_SAMPLE:
        return None
    middle = median(float(new) / float(old) for _, old, new in pairs)
    if not (TEN_THOUSAND / 2 < middle < TEN_THOUSAND * 2 or 0.5 < middle * TEN_THOUSAND < 2):
        return None
    return {
        "code": "CAPITAL_UNIT_CHANGED",
        "message": "成员出资总额与上次相比普遍相差约一万倍，可能是“元”与“万元”弄混。请核对表头的单位。",
        "examples": [f"{name}：{old} 元 → {new} 元" for name, old, new in pairs[:3]],
        "choices": _GOES_ON,
    }


def _mostly_changed(counts: dict[str, int]) -> Hold | None:
    matched = counts["changed"] + counts["unchanged"]
    if matched < 2 * SMALLEST_SAMPLE or counts["changed"] * 100 < matched * MOSTLY_CHANGED_PERCENT:
        return None
    return {
        "code": "MOSTLY_CHANGED",
        "message": (
            f"{matched} 家已有合作社中有 {counts['changed']} 家信息变动，比例异常，"
            "可能是列错位或整列格式改变。请抽查几行后再决定。"
        ),
        "examples": [],
        "choices": _GOES_ON,
    }
