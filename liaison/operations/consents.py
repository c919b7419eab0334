"""The round of consent: asking units, their answers, silence, and asking again what changed."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import NoticeEvent
from accounts.models import OrganisationUnit, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock
from common.conflict import EditConflict
from common.template_tags import day as in_words
from common.workdays import last_day_to_act
from common.workflow import TransitionRefused
from liaison.consents import units_of_topic, units_to_ask, wording_of
from liaison.meeting_choices import ConsentAnswer, MinutesState
from liaison.meeting_flows import MINUTES
from liaison.models import Consent, Minutes, MinutesTopic, PaperAnswer, TopicEdition
from liaison.people import people_of

CHANGED = "这一段的文字刚有改动，您的答复没有保存。请看新的文字后再答复。"
NOT_ROUND = "纪要不在会签中，不能答复。如有意见，请联系区农业农村局。"
OPINIONS = (ConsentAnswer.AGREED, ConsentAnswer.WORDING, ConsentAnswer.OBJECTED)


@transaction.atomic
def circulate(minutes: Minutes, *, by: User) -> int:
    """Send a draft round to every unit present, paragraph by paragraph; return how many are asked."""
    advance(MINUTES, minutes, MinutesState.CIRCULATED, by=by, circulated_on=clock.today())
    asked: dict[int, OrganisationUnit] = {}
    for topic in minutes.topics.order_by("position", "pk"):
        for unit in _ask(minutes, topic, by=by):
            asked[unit.pk] = unit
    _tell(minutes, list(asked), f"请会签：{minutes}", by=by)
    return len(asked)


def ask_again(minutes: Minutes, topic: MinutesTopic, *, by: User) -> None:
    """Ask the units concerned anew if the wording differs from what they were asked about.

    Nothing happens to a draft. Other units are told, their answers stand; an override falls.
    Where the words are the same, only units that the paragraph did not concern before are asked.
    """
    if minutes.state != MinutesState.CIRCULATED:
        return
    standing = topic.editions.filter(number=topic.edition).first()
    text = wording_of(topic, _decisions(topic))
    if standing is not None and standing.text == text:
        _ask_who_is_new(minutes, topic, standing, by=by)
        return
    asked = _ask(minutes, topic, by=by)
    _take_override_back(minutes)
    keys = [unit.pk for unit in asked]
    others = [unit.pk for unit in units_to_ask(minutes) if unit.pk not in keys]
    _tell(minutes, keys, f"文字有改动，请重新会签：{topic.title}", by=by)
    notify(
        people_of(others, Action.AGREE_MINUTES),
        event=NoticeEvent.OTHER_NOTICE,
        title=f"纪要文字有改动：{topic.title}",
        text=f"{minutes}“{topic.title}”一段有改动，与贵单位无关的段落不必重新会签。",
        url=_address(minutes),
        by=by,
    )


def ask_who_came(minutes: Minutes, *, by: User) -> None:
    """Ask units that stand behind the minutes and were asked nothing yet, after who came changed.

    While they go round, units that were not there and have not answered are let go; what was
    answered stays on record. Once agreed nobody is asked, but an override that did not know of
    these units falls, so that the round is opened again.
    """
    there = units_to_ask(minutes)
    answers = Consent.objects.of(minutes)
    if minutes.state != MinutesState.CIRCULATED:
        known = set(answers.values_list("unit", flat=True))
        if minutes.override_reason and any(unit.pk not in known for unit in there):
            _take_override_back(minutes)
        return
    away = answers.filter(answer=ConsentAnswer.WAITING).exclude(unit__in=there)
    away.delete()
    asked: dict[int, OrganisationUnit] = {}
    for topic in minutes.topics.prefetch_related("editions__consents").order_by("position", "pk"):
        edition = next(each for each in topic.editions.all() if each.number == topic.edition)
        known = {each.unit_id for each in edition.consents.all()}
        units = units_of_topic(topic, _decisions(topic), there)
        new = [unit for unit in units if unit.pk not in known]
        _put_to(minutes, edition, new)
        asked |= {unit.pk: unit for unit in new}
    if asked:
        _take_override_back(minutes)
        _tell(minutes, list(asked), f"请会签：{minutes}", by=by)


@transaction.atomic
def answer_consents(
    minutes: Minutes,
    answers: Mapping[int, tuple[ConsentAnswer, str, int]],
    *,
    by: User,
) -> int:
    """Answer paragraphs for one's own unit: {key of Consent: (answer, remark, version)}.

    Raises TransitionRefused when the wording changed meanwhile or the minutes do not go round,
    PermissionDenied for what was asked of another unit.
    """
    round_ = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if round_.state != MinutesState.CIRCULATED:
        raise TransitionRefused(NOT_ROUND)
    reach = Consent.objects.permitted(by, Action.AGREE_MINUTES)
    own = {c.pk: c for c in reach.of(minutes).select_related("unit", "edition__topic")}
    for key in answers.keys() - own.keys():
        if reach.filter(pk=key, edition__topic__minutes=minutes).exists():
            raise TransitionRefused(CHANGED)
        raise PermissionDenied(Action.AGREE_MINUTES)
    return write_answers(round_, own, answers, by=by)


def write_answers(
    minutes: Minutes,
    own: Mapping[int, Consent],
    answers: Mapping[int, tuple[ConsentAnswer, str, int]],
    *,
    by: User,
    paper: PaperAnswer | None = None,
) -> int:
    """Write the answers of one unit within a transaction; `own` is what was asked of it by key.

    With `paper` they are recorded on behalf of the unit, and the trail says so. What this person
    answered already in the same words stays as it is, with what was said to it. Return how many
    were written.
    """
    written = 0
    deed = "paper-answer-recorded" if paper else Action.AGREE_MINUTES.value
    for key, (answer, remark, version) in answers.items():
        consent = own.get(key)
        if consent is None:
            raise TransitionRefused(CHANGED)
        if answer not in OPINIONS:
            raise TransitionRefused("请选择同意、同意但建议改文字，或不同意。")
        if answer != ConsentAnswer.AGREED and not remark.strip():
            raise TransitionRefused(
                f"“{consent.edition.topic.title}”：请写明修改建议或不同意的理由。"
            )
        said = {"answer": answer, "remark": remark.strip()[:500], "answered_by_id": by.pk}
        if paper is None and all(getattr(consent, name) == said[name] for name in said):
            continue
        saved = Consent.objects.filter(pk=key, version=version).update(
            answer=answer,
            remark=remark.strip()[:500],
            answered_by=by,
            answered_at=clock.now(),
            paper=paper,
            handled="",
            version=F("version") + 1,
        )
        if not saved:
            raise EditConflict(consent)
        audit.record(
            deed,
            minutes,
            by=by,
            reason=remark.strip(),
            unit=consent.unit.short_name,
            what=consent.edition.topic.title,
            decision=answer.value,
        )
        written += 1
    return written


@transaction.atomic
def handle_wording(consent: Consent, note: str, *, version: int, by: User) -> None:
    """Write why a suggested wording was not taken over. Raises EditConflict, TransitionRefused."""
    minutes = Minutes.objects.permitted(by, Action.MANAGE_MEETING).filter(
        topics__editions__consents=consent.pk
    )
    held = minutes.first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_MEETING)
    if held.state != MinutesState.CIRCULATED or not note.strip():
        raise TransitionRefused("会签期间才能处理文字建议，并须写明处理意见。")
    handled = Consent.objects.filter(
        pk=consent.pk, version=version, answer=ConsentAnswer.WORDING
    ).update(handled=note.strip()[:300], version=F("version") + 1)
    if not handled:
        raise EditConflict(consent)
    audit.record("wording-handled", held, by=by, reason=note, unit=consent.unit.short_name)


@transaction.atomic
def take_silence_for_consent(day: dt.date | None = None) -> int:
    """Let units that let their day pass count as agreeing, where the body's rule says so.

    Runs every night, twice as well as once. Returns how many answers that makes.
    """
    today = day or clock.today()
    silent = Consent.objects.silent(today).select_related("unit", "edition__topic__minutes")
    rows = list(silent.select_for_update(of=("self",)).order_by("pk"))
    for minutes in dict.fromkeys(row.edition.topic.minutes for row in rows):
        keys = [row.pk for row in rows if row.edition.topic.minutes_id == minutes.pk]
        names = sorted({r.unit.short_name for r in rows if r.pk in keys})
        Consent.objects.filter(pk__in=keys, answer=ConsentAnswer.WAITING).update(
            answer=ConsentAnswer.SILENT, answered_at=clock.now(), version=F("version") + 1
        )
        audit.record("silence-agreed", minutes, by=None, number=len(keys), names=names)
    return len(rows)


def _ask(minutes: Minutes, topic: MinutesTopic, *, by: User) -> list[OrganisationUnit]:
    """Write down a new edition of a paragraph and ask the units it concerns."""
    decisions = _decisions(topic)
    MinutesTopic.objects.filter(pk=topic.pk).update(edition=F("edition") + 1)
    topic.refresh_from_db(fields=["edition"])
    edition = TopicEdition.objects.create(
        topic=topic, number=topic.edition, text=wording_of(topic, decisions), made_by=by
    )
    units = units_of_topic(topic, decisions, units_to_ask(minutes))
    _put_to(minutes, edition, units)
    return units


def _ask_who_is_new(
    minutes: Minutes, topic: MinutesTopic, edition: TopicEdition, *, by: User
) -> None:
    """Ask units about wording that stands when the paragraph concerns them only now."""
    known = set(edition.consents.values_list("unit", flat=True))
    units = units_of_topic(topic, _decisions(topic), units_to_ask(minutes))
    new = [unit for unit in units if unit.pk not in known]
    if new:
        _put_to(minutes, edition, new)
        _take_override_back(minutes)
        _tell(minutes, [unit.pk for unit in new], f"请会签：{topic.title}", by=by)


def _put_to(minutes: Minutes, edition: TopicEdition, units: list[OrganisationUnit]) -> None:
    today = clock.today()
    due = last_day_to_act(today, minutes.meeting.body.consent_days)
    Consent.objects.bulk_create(
        Consent(edition=edition, unit=unit, asked_on=today, due_on=due) for unit in units
    )


def _take_override_back(minutes: Minutes) -> None:
    Minutes.objects.filter(pk=minutes.pk).update(
        override_reason="", overridden_by=None, version=F("version") + 1
    )


def _decisions(topic: MinutesTopic) -> list:  # type: ignore[type-arg]
    return list(topic.decisions.select_related("lead").prefetch_related("helpers").order_by("pk"))


def _tell(minutes: Minutes, units: list[int], title: str, *, by: User) -> None:
    days = minutes.meeting.body.consent_days
    rule = "逾期未答复的，按会签规则视为同意。" if minutes.meeting.body.silence_agrees else ""
    due = in_words(last_day_to_act(clock.today(), days))
    notify(
        people_of(units, Action.AGREE_MINUTES),
        event=NoticeEvent.MINUTES_TO_AGREE,
        title=title,
        text=f"{minutes}：请在{due}前逐段答复同意、同意但建议改文字，或不同意。{rule}",
        url=_address(minutes),
        by=by,
    )


def _address(minutes: Minutes) -> str:
    return f"/liaison/meetings/{minutes.meeting_id}/minutes/"
