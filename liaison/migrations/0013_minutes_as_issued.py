"""Issued minutes keep every word that they print; those issued before keep what is true now."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import migrations, models
from django.db.models import Prefetch

from common.quarter import Quarter
from common.template_tags import day

ISSUED = ("issued", "archived")
SHOWN = ("present", "leave", "sitting_in", "absent")


def write_down(apps: Any, schema_editor: Any) -> None:
    """Fill what was issued already: a fixed number of queries, however many minutes."""
    alias = schema_editor.connection.alias
    model = {
        name: apps.get_model("liaison", name)
        for name in ("Minutes", "MinutesTopic", "MeetingUnit", "Decision", "Consent")
    }
    decisions = model["Decision"].objects.select_related("lead").prefetch_related("helpers")
    topics = model["MinutesTopic"].objects.prefetch_related(
        Prefetch("decisions", queryset=decisions.order_by("pk")), "editions"
    )
    parts = model["MeetingUnit"].objects.select_related("unit")
    issued = (
        model["Minutes"]
        .objects.using(alias)
        .filter(state__in=ISSUED, content="")
        .select_related("meeting__body__office")
        .prefetch_related(
            Prefetch("topics", queryset=topics.order_by("position", "pk")),
            Prefetch("meeting__units", queryset=parts.order_by("unit__position", "pk")),
        )
    )
    rows = list(issued)
    silent: dict[int, dict[int, Any]] = {}
    consents = (
        model["Consent"]
        .objects.using(alias)
        .filter(
            answer="silent",
            edition__topic__minutes__in=[row.pk for row in rows],
            edition__number=models.F("edition__topic__edition"),
        )
    )
    for each in consents.select_related("unit", "edition__topic"):
        silent.setdefault(each.edition.topic.minutes_id, {})[each.unit_id] = each.unit
    for row in rows:
        row.content = json.dumps(
            facts_of(row, silent.get(row.pk, {}).values()),
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
    model["Minutes"].objects.using(alias).bulk_update(rows, ["content"], batch_size=500)


def facts_of(minutes: Any, silent: Iterable[Any]) -> dict[str, Any]:
    """Return every word that minutes print, but for number, day and check."""
    meeting, body = minutes.meeting, minutes.meeting.body
    name = f"{body.name}{Quarter.parse(meeting.quarter).label}例会"
    kind = body.get_kind_display()
    township = body.kind == "township_group"
    return {
        "name": f"{name}纪要",
        "title": f"{body.name}纪要",
        "issuer": f"{body.office.name}领导小组办公室" if township else f"{kind}办公室",
        "opening": minutes.opening.strip() or opening_of(meeting, name),
        "topics": [
            {
                "title": topic.title,
                "lines": [line.strip() for line in topic.text.splitlines() if line.strip()],
                "decisions": lines_of(topic),
            }
            for topic in minutes.topics.all()
        ],
        "consent": consent_of(minutes, silent),
        "attendance": attendance_of(meeting.units.all()),
        "copying": [body.get_copy_label_display(), body.copy_up],
        "copy_to": "，".join(part for part in (body.copy_up, body.copy_to) if part),
    }


def opening_of(meeting: Any, name: str) -> str:
    chaired = f"，{meeting.chair}主持" if meeting.chair else ""
    place = f"在{meeting.place}" if meeting.place else ""
    return f"{day(meeting.held_on)}，{name}{place}召开{chaired}。现将会议议定事项纪要如下。"


def lines_of(topic: Any) -> list[str]:
    """Return the decisions as they were worded when the paragraph was agreed last.

    Their days may have been moved since; the wording that stands tells the day of the issue.
    """
    decisions = list(topic.decisions.all())
    now = [decision_line(each) for each in decisions]
    edition = next((each for each in topic.editions.all() if each.number == topic.edition), None)
    before = "\n".join(line for line in (topic.title.strip(), topic.text.strip()) if line)
    if edition is None or not edition.text.startswith(before):
        return now
    agreed = edition.text[len(before) :].strip("\n").split("\n")
    heights = [line.count("\n") + 1 for line in now]
    if len(agreed) != sum(heights):
        return now
    rest = iter(agreed)
    return ["\n".join(next(rest) for _ in range(height)) for height in heights]


def decision_line(decision: Any) -> str:
    in_order = sorted(decision.helpers.all(), key=lambda unit: (unit.position, unit.pk))
    helpers = "、".join(unit.name for unit in in_order)
    helped = f"，配合单位：{helpers}" if helpers else ""
    return (
        f"{decision.text.strip().rstrip('。')}。"
        f"（牵头单位：{decision.lead.name}{helped}；完成时限：{day(decision.due_on)}）"
    )


def consent_of(minutes: Any, silent: Iterable[Any]) -> str:
    said = []
    names = "、".join(unit.name for unit in sorted(silent, key=lambda unit: unit.position))
    if names:
        said.append(f"{names}在规定期限内未答复，按会签规则视为同意。")
    if minutes.override_reason:
        said.append(f"本纪要未经全部与会单位同意而定稿，理由：{minutes.override_reason}")
    return f"（会签情况：{''.join(said)}）" if said else ""


def attendance_of(parts: Iterable[Any]) -> list[list[str]]:
    groups: dict[str, list[str]] = {kind: [] for kind in SHOWN}
    words = {}
    for part in parts:
        if part.presence in groups:
            words[part.presence] = part.get_presence_display()
            groups[part.presence].append(named(part))
    return [[words[kind], f"{'；'.join(names)}。"] for kind, names in groups.items() if names]


def named(part: Any) -> str:
    if not part.person:
        return str(part.unit.name)
    post = f"（{part.post}）" if part.post else ""
    return f"{part.unit.name} {part.person}{post}"


class Migration(migrations.Migration):
    dependencies = [("liaison", "0012_upward_log")]

    operations = [
        migrations.AddField(
            model_name="minutes",
            name="content",
            field=models.TextField(blank=True, default="", verbose_name="印发时的内容"),
            preserve_default=False,
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
