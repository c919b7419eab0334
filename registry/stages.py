"""Where a file stands, as its page shows it: steps, the sum of its rows, what may be done now."""

from dataclasses import dataclass
from typing import Any

from accounts.policy import may, whom_to_ask
from common.quarter import Quarter
from registry.choices import HoldChoice, JobState, RowOutcome
from registry.ingestion.holds import newest_committed_quarter
from registry.models import IngestJob
from registry.workflows import JOB

TONES = {
    JobState.RECEIVED: ("info", "wait"),
    JobState.PARSING: ("info", "wait"),
    JobState.STAGED: ("warn", "question"),
    JobState.HELD: ("warn", "warn"),
    JobState.COMMITTING: ("info", "wait"),
    JobState.COMMITTED: ("ok", "ok"),
    JobState.UNDOING: ("info", "wait"),
    JobState.UNDONE: ("idle", "undo"),
    JobState.REFUSED: ("bad", "bad"),
    JobState.CANCELLED: ("idle", "idle"),
}
_LABELS = ("已收到", "检查", "核对", "入库")
# For each state: the state of every step, and the note under the step that matters.
_STEPS: dict[str, tuple[tuple[str, str, str, str], int, str]] = {
    JobState.RECEIVED: (("done", "current", "todo", "todo"), 1, "排队等待"),
    JobState.PARSING: (("done", "current", "todo", "todo"), 1, "正在检查"),
    JobState.HELD: (("done", "done", "held", "todo"), 2, "有事项需要决定"),
    JobState.STAGED: (("done", "done", "current", "todo"), 2, "请核对后入库"),
    JobState.COMMITTING: (("done", "done", "done", "current"), 3, "正在入库"),
    JobState.COMMITTED: (("done", "done", "done", "done"), 3, "已进入名录"),
    JobState.UNDOING: (("done", "done", "done", "held"), 3, "正在撤销"),
    JobState.UNDONE: (("done", "done", "done", "failed"), 3, "已撤销"),
    JobState.REFUSED: (("done", "failed", "todo", "todo"), 1, "已退回"),
    JobState.CANCELLED: (("done", "done", "failed", "todo"), 2, "已作废"),
}
_TERMS = (
    ("header", "表头"),
    ("blank", "空行"),
    ("note", "说明行"),
    *((outcome.value, str(outcome.label)) for outcome in RowOutcome if outcome.value),
)
TILES = {
    RowOutcome.NEW: ("info", "名录里没有的合作社"),
    RowOutcome.CHANGED: ("info", "登记事项有改动"),
    RowOutcome.UNCHANGED: ("ok", "与名录一致"),
    RowOutcome.DOUBTFUL: ("warn", "逐行决定后才入库"),
    RowOutcome.REJECTED: ("bad", "退回报送单位改正"),
    RowOutcome.DUPLICATE: ("idle", "与前面的行相同，只计一次"),
}
_FOLLOWS = {
    HoldChoice.CORRECTION: "前一份有误，以这一份为准。",
    HoldChoice.SUPPLEMENT: "前一份不全，这一份只补其中没有的；不据此判断谁不在名单里。",
    HoldChoice.CONTINUE: "按所写理由继续，重新检查后进入核对。",
    HoldChoice.UNIT_YUAN: "没有注明单位的金额都按“元”读取，重新检查。",
    HoldChoice.UNIT_WAN: "没有注明单位的金额都按“万元”读取，重新检查。",
    HoldChoice.CANCEL: "不再处理；文件和检查结果留作凭据。",
}
_TRY_AGAIN = ("再试一次", "排除原因后重新处理，已保存的文件不变。")
_TARGETS = {
    JobState.COMMITTING: "commit",
    JobState.RECEIVED: "decide",
    JobState.CANCELLED: "cancel",
    JobState.UNDOING: "undo",
}


@dataclass(frozen=True)
class Act:
    """A step that a person can ask for; `refusal` says why not now."""

    name: str
    label: str
    needs_reason: bool
    refusal: str = ""


def tone(job: IngestJob) -> dict[str, str]:
    """Return tone, icon and word of a job's state, for its badge."""
    colour, icon = TONES[JobState(job.state)]
    return {"tone": colour, "icon": icon, "label": str(JobState(job.state).label)}


def steps(job: IngestJob) -> list[dict[str, str]]:
    """Return the step bar."""
    states, noted, note = _stopped_at(job) or _STEPS[job.state]
    if job.is_working and job.attempt > 1:
        note = f"正在重试（第{job.attempt}次）"
    return [
        {"label": label, "state": states[place], "note": note if place == noted else ""}
        for place, label in enumerate(_LABELS)
    ]


def _stopped_at(job: IngestJob) -> tuple[tuple[str, str, str, str], int, str] | None:
    """Return the steps of a job that was given up half-way; it stands where it stopped."""
    if job.state != JobState.HELD:
        return None
    was = next((hold["was"] for hold in job.holds if "was" in hold), None)
    if was is None:
        return None
    working = _STEPS[was]
    states = tuple("held" if state == "current" else state for state in working[0])
    return states, working[1], "没有完成"  # type: ignore[return-value]


def equation(job: IngestJob) -> dict[str, Any] | None:
    """Return the sum of the rows and whether it balances; None before the rows are known."""
    if "physical" not in job.counts or RowOutcome.NEW not in job.counts:
        return None
    terms = [{"label": label, "value": job.counts.get(key, 0)} for key, label in _TERMS]
    difference = job.counts["physical"] - sum(term["value"] for term in terms)
    return {"physical": job.counts["physical"], "terms": terms, "difference": difference}


def tiles(job: IngestJob) -> list[dict[str, Any]]:
    """Return the six outcomes that a data row can have, with their numbers."""
    return [
        {
            "key": key.value,
            "label": key.label,
            "note": note,
            "tone": colour,
            "value": job.counts.get(key, 0),
        }
        for key, (colour, note) in TILES.items()
    ]


def verdict(job: IngestJob, hinted: int) -> dict[str, str]:
    """Say in a word what is taken of the file, counting accepted rows that carry hints."""
    counts = job.counts
    taken = sum(counts.get(key, 0) for key in ("new", "changed", "unchanged"))
    open_rows = counts.get("doubtful", 0) + counts.get("rejected", 0)
    if open_rows and taken:
        return {"tone": "warn", "label": "部分接收"}
    if open_rows:
        return {"tone": "bad", "label": "没有可接收的行"}
    return {"tone": "ok", "label": "接收，但有提示" if hinted else "全部接收"}


def acts(job: IngestJob, user: Any) -> dict[str, Act]:
    """Return what may be asked for now, each with the sentence that stands in its way, if any."""
    found = {}
    for arrow in JOB.leaving(job.state):
        if may(user, arrow.action):
            name = _TARGETS[JobState(arrow.target)]
            found[name] = Act(name, arrow.label, arrow.needs_reason, arrow.unless(job))
    return found


def waits_for(job: IngestJob, user: Any) -> str:
    """Say who has to act when this person cannot."""
    arrows = JOB.leaving(job.state)
    if not arrows or any(may(user, arrow.action) for arrow in arrows):
        return ""
    step = {JobState.COMMITTED: "撤销入库", JobState.HELD: "决定如何处理"}
    what = step.get(JobState(job.state), "核对和入库")
    return f"{what}由{whom_to_ask(arrows[0].action)}办理；您可以查看结果、下载问题清单。"


def overtaken(job: IngestJob) -> str:
    """Say why the doubtful rows of a committed file can no longer be decided, or ""."""
    if job.state != JobState.COMMITTED:
        return ""
    newest = newest_committed_quarter(job.delivery)
    if newest <= job.delivery.quarter:
        return ""
    label = Quarter.parse(newest).label
    return (
        f"名录已更新到{label}，这份文件的存疑行不再决定；仍有疑问的合作社请在新一季度的文件里处理。"
    )


def holds_now(job: IngestJob) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what can be decided together now, and what is asked after that.

    One answer settles the findings that offer the same ways out as the first one.
    """
    if not job.holds:
        return [], []
    first = job.holds[0]["choices"]
    now = [hold for hold in job.holds if hold["choices"] == first]
    return now, [hold for hold in job.holds if hold not in now]


def hold_choices(job: IngestJob) -> list[tuple[str, str, str]]:
    """Return the ways to decide what is asked now: value, label, what follows."""
    now, _ = holds_now(job)
    given_up = any(hold["code"] == "ATTEMPTS_EXHAUSTED" for hold in now)
    offered = [HoldChoice(choice) for choice in (now[0]["choices"] if now else ())]
    return [
        (choice.value, *_TRY_AGAIN)
        if given_up and choice == HoldChoice.CONTINUE
        else (choice.value, str(choice.label), _FOLLOWS[choice])
        for choice in (*offered, HoldChoice.CANCEL)
    ]
