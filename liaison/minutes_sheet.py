"""Minutes as a page shows them: each paragraph with its decisions and the answers to it."""

from collections import Counter
from typing import Any

from common.template_tags import day
from liaison.meeting_choices import ConsentAnswer
from liaison.minutes_paper import topics_of
from liaison.models import Consent, Decision, Minutes, MinutesTopic, TopicEdition

_WORST_FIRST = (
    ConsentAnswer.OBJECTED,
    ConsentAnswer.WAITING,
    ConsentAnswer.WORDING,
    ConsentAnswer.SILENT,
    ConsentAnswer.AGREED,
)
TONES = {
    ConsentAnswer.OBJECTED: "bad",
    ConsentAnswer.WAITING: "idle",
    ConsentAnswer.WORDING: "warn",
    ConsentAnswer.SILENT: "info",
    ConsentAnswer.AGREED: "ok",
}


def sheet_of(minutes: Minutes, answers: list[Consent], form: Any) -> list[dict[str, Any]]:
    """Return the paragraphs; `form` is the ConsentForm of this reader or None."""
    fields = form.by_topic() if form is not None else {}
    by_topic: dict[int, list[Consent]] = {}
    for each in sorted(answers, key=lambda one: one.unit.position):
        by_topic.setdefault(each.edition.topic_id, []).append(each)
    topics = topics_of(minutes)
    frozen = minutes.frozen["topics"] if minutes.content else [None] * len(topics)
    former = {
        (edition.topic_id, edition.number): edition
        for edition in TopicEdition.objects.filter(topic__in=topics)
    }
    return [
        {
            "topic": topic,
            "decisions": _worded(topic, printed and printed["decisions"]),
            "answers": by_topic.get(topic.pk, []),
            "said": _counted(by_topic.get(topic.pk, [])),
            "field": fields.get(topic.pk),
            "former": former.get((topic.pk, topic.edition - 1)),
        }
        for topic, printed in zip(topics, frozen, strict=True)
    ]


def _worded(topic: MinutesTopic, printed: list[str] | None) -> list[dict[str, Any]]:
    """Return each decision; of issued minutes with its line as printed, and a later day beside it."""
    decisions: list[Decision] = list(topic.decisions.all())
    if printed is None:
        return [{"decision": each, "line": "", "moved": False} for each in decisions]
    return [
        {"decision": each, "line": line, "moved": f"完成时限：{day(each.due_on)}）" not in line}
        for each, line in zip(decisions, printed, strict=True)
    ]


def units_of(answers: list[Consent]) -> list[dict[str, Any]]:
    """Return each unit with its weightiest answer over all paragraphs, in official order."""
    by_unit: dict[int, list[Consent]] = {}
    for each in sorted(answers, key=lambda one: one.unit.position):
        by_unit.setdefault(each.unit_id, []).append(each)
    return [_standing(rows) for rows in by_unit.values()]


def _standing(rows: list[Consent]) -> dict[str, Any]:
    given = {row.answer for row in rows}
    worst = next(answer for answer in _WORST_FIRST if answer in given)
    return {
        "unit": rows[0].unit,
        "tone": TONES[worst],
        "label": worst.label,
        "number": len(rows),
        "due_on": max(row.due_on for row in rows),
        "late": any(row.is_late for row in rows),
    }


def _counted(rows: list[Consent]) -> list[dict[str, Any]]:
    counts = Counter(row.answer for row in rows)
    return [
        {"label": answer.label, "tone": TONES[answer], "number": counts[answer]}
        for answer in _WORST_FIRST
        if counts[answer]
    ]
