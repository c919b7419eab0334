"""Who is asked about minutes, about which paragraph, and what still stands in the way."""

from collections.abc import Iterable

from accounts.choices import UnitKind
from accounts.models import OrganisationUnit
from common.template_tags import day
from liaison.meeting_choices import ConsentAnswer, Presence
from liaison.models import Consent, Decision, Minutes, MinutesTopic


def wording_of(topic: MinutesTopic, decisions: Iterable[Decision]) -> str:
    """Return the full wording that units agree to: title, text and decisions with units and days."""
    lines = [topic.title.strip(), topic.text.strip()]
    lines += [decision_line(each) for each in decisions]
    return "\n".join(line for line in lines if line)


def decision_line(decision: Decision) -> str:
    """Return a decision as the minutes print it."""
    in_order = sorted(decision.helpers.all(), key=lambda unit: (unit.position, unit.pk))
    helpers = "、".join(unit.name for unit in in_order)
    helped = f"，配合单位：{helpers}" if helpers else ""
    return (
        f"{decision.text.strip().rstrip('。')}。"
        f"（牵头单位：{decision.lead.name}{helped}；完成时限：{day(decision.due_on)}）"
    )


def units_to_ask(minutes: Minutes) -> list[OrganisationUnit]:
    """Return the units that agree: those present, without the one that drafts and the leaders."""
    parts = minutes.meeting.units.filter(presence=Presence.PRESENT).select_related("unit")
    host = minutes.meeting.body.office_id
    return [
        part.unit
        for part in parts.order_by("unit__position")
        if part.unit_id != host and part.unit.kind != UnitKind.LEADERSHIP
    ]


def units_of_topic(
    topic: MinutesTopic, decisions: Iterable[Decision], asked: list[OrganisationUnit]
) -> list[OrganisationUnit]:
    """Return the units among those asked that a paragraph concerns; none named means all of them.

    A unit that no paragraph names is asked about each: whoever was there stands behind the minutes.
    """
    named = _named_in(topic, decisions)
    if not named:
        return asked
    paragraphs = topic.minutes.topics.prefetch_related("concerned", "decisions__helpers")
    elsewhere = [_named_in(each, each.decisions.all()) for each in paragraphs]
    if all(elsewhere):
        named |= {unit.pk for unit in asked} - set().union(*elsewhere)
    return [unit for unit in asked if unit.pk in named]


def _named_in(topic: MinutesTopic, decisions: Iterable[Decision]) -> set[int]:
    """Return the keys of the units that a paragraph names; nothing when it is for all of them."""
    named = {unit.pk for unit in topic.concerned.all()}
    if named:
        for decision in decisions:
            named |= {decision.lead_id, *(unit.pk for unit in decision.helpers.all())}
    return named


def asked_of(minutes: Minutes, unit: OrganisationUnit) -> list[Consent]:
    """Return what a unit may still answer, by paragraph; what its silence settled is not asked."""
    rows = Consent.objects.of(minutes).filter(unit=unit).exclude(answer=ConsentAnswer.SILENT)
    found = rows.select_related("edition__topic", "unit")
    return list(found.order_by("edition__topic__position", "pk"))


def what_is_missing(minutes: Minutes) -> str:
    """Return why not every unit stands behind the minutes, "" when all do."""
    answers = list(Consent.objects.of(minutes).select_related("unit"))
    asked = {each.unit_id for each in answers}
    unasked = [unit.short_name for unit in units_to_ask(minutes) if unit.pk not in asked]
    if unasked:
        return (
            f"{'、'.join(unasked)}出席了会议，但没有参加会签。"
            "请把这些单位加到有关段落的“有关单位”里，请其会签。"
        )
    for kind, words in (
        (ConsentAnswer.WAITING, "还没有答复，纪要不能定稿和印发"),
        (ConsentAnswer.OBJECTED, "不同意，请修改文字重新会签，或写明理由后定稿"),
    ):
        names = _names(each for each in answers if each.answer == kind)
        if names:
            return f"{names}{words}。"
    open_wording = [
        each for each in answers if each.answer == ConsentAnswer.WORDING and not each.handled
    ]
    if open_wording:
        return f"{_names(open_wording)}的文字建议还没有处理：请修改文字，或写明处理意见。"
    return ""


def _names(answers: Iterable[Consent]) -> str:
    units = {each.unit_id: each.unit for each in answers}
    ordered = sorted(units.values(), key=lambda unit: unit.position)
    return "、".join(unit.short_name for unit in ordered)
