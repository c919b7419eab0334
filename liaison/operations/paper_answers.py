"""Recording for a unit without an account what it answered on paper, with the scan."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import OrganisationUnit, User
from accounts.operations.attachments import AttachmentRefused, attach_file
from accounts.policy import Action
from common import clock
from common.workflow import TransitionRefused
from liaison.consents import asked_of
from liaison.meeting_choices import ConsentAnswer, MinutesState
from liaison.models import Minutes, PaperAnswer
from liaison.operations.consents import NOT_ROUND, write_answers
from liaison.people import units_with_people

PURPOSE = "书面会签答复"
HAS_ACCOUNT = "{}有人在平台上，请由其本人答复，不能代为登记。"
NO_SCAN = "请上传来文或传真的扫描件。"


@transaction.atomic
def record_paper_answer(
    minutes: Minutes,
    unit: OrganisationUnit,
    answers: Mapping[int, tuple[ConsentAnswer, str, int]],
    facts: dict[str, Any],
    scans: Iterable[Any],
    *,
    by: User,
) -> PaperAnswer:
    """Record answers by paragraph ({key of Consent: (answer, remark, version)}) for a unit.

    `facts`: form, number, received_on. All or nothing: without a sound scan nothing is recorded.
    Raises TransitionRefused for a unit that can answer itself, EditConflict, PermissionDenied.
    """
    reach = Minutes.objects.permitted(by, Action.RECORD_CONSENT)
    round_ = reach.select_for_update(of=("self",)).filter(pk=minutes.pk).first()
    if round_ is None:
        raise PermissionDenied(Action.RECORD_CONSENT)
    if round_.state != MinutesState.CIRCULATED:
        raise TransitionRefused(NOT_ROUND)
    if unit.pk in units_with_people([unit.pk], Action.AGREE_MINUTES):
        raise TransitionRefused(HAS_ACCOUNT.format(unit.name))
    first = round_.circulated_on or clock.today()
    if not first <= facts["received_on"] <= clock.today():
        raise TransitionRefused("收到日期应在送会签之日和今天之间。")
    paper = PaperAnswer.objects.create(minutes=round_, unit=unit, recorded_by=by, **facts)
    attached = 0
    for scan in scans:
        try:
            attach_file(paper, scan, purpose=PURPOSE, by=by)
        except AttachmentRefused as refusal:
            raise TransitionRefused(f"扫描件没有收下：{refusal}") from None
        attached += 1
    if not attached:
        raise TransitionRefused(NO_SCAN)
    own = {each.pk: each for each in asked_of(round_, unit)}
    write_answers(round_, own, answers, by=by, paper=paper)
    return paper
