"""What the page of a case shows: its steps with what bars them, its buttons, what was done."""

from dataclasses import dataclass
from typing import Any

from accounts import deeds
from accounts.models import Attachment, AuditEvent
from accounts.policy import may
from common.template_tags import moment
from common.workflow import Transition, Workflow
from registry.cleanup.bars import bars_of, unwilling
from registry.cleanup.choices import FINISHED_STEPS, CaseState, HelpKind, StepState
from registry.cleanup.workflows import CASE, STEP
from registry.models import CaseStep, CleanupCase

EVENTS_SHOWN = 80


@dataclass(frozen=True)
class Button:
    """One arrow that leaves a state: pressed now, or with the reason why it cannot be."""

    target: str
    label: str
    refusal: str
    needs_reason: bool

    @property
    def anchor(self) -> str:
        return f"to-{self.target}"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form of this button sends beside reason and version."""
        return [("target", self.target)]


def buttons_of(flow: Workflow, subject: Any, user: Any) -> list[Button]:
    """Return the buttons of a subject for a user: the arrows of its state that this user may ask for."""
    arrows = flow.leaving(getattr(subject, flow.field))
    return [_button(arrow, subject) for arrow in arrows if may(user, arrow.action)]


def _button(arrow: Transition, subject: Any) -> Button:
    return Button(arrow.target, arrow.label, arrow.unless(subject), arrow.needs_reason)


def case_buttons(case: CleanupCase, user: Any) -> list[Button]:
    """Return a case's buttons: not those with a form of their own, nor ends of another kind of route."""
    hidden = {CaseState.SETTLED} if case.is_exit else {CaseState.AWAITING, CaseState.CLEARED}
    if case.state == CaseState.UNDER_WAY:
        hidden.add(CaseState.OPENED)
    if case.state == CaseState.OPENED and case.is_voluntary:
        hidden.add(CaseState.UNDER_WAY)
    return [each for each in buttons_of(CASE, case, user) if each.target not in hidden]


@dataclass(frozen=True)
class StepLine:
    """One step of a case: whether it is its turn, what bars it, its papers and buttons."""

    step: CaseStep
    is_next: bool
    bars: list[str]
    files: list[Attachment]
    may_take: bool
    buttons: list[Button]


def steps_of(case: CleanupCase, user: Any) -> list[StepLine]:
    """Return the steps in their order."""
    steps = list(
        case.steps.select_related("template__department", "department", "done_by").order_by(
            "position"
        )
    )
    files: dict[str, list[Attachment]] = {}
    for each in Attachment.objects.of_all(CaseStep, [step.pk for step in steps]):
        files.setdefault(each.owner_key, []).append(each)
    following = next((step for step in steps if step.state not in FINISHED_STEPS), None)
    return [_line(step, case, user, files, step is following) for step in steps]


def _line(
    step: CaseStep,
    case: CleanupCase,
    user: Any,
    files: dict[str, list[Attachment]],
    is_next: bool,
) -> StepLine:
    step.case = case
    bars: list[str] = []
    if is_next and case.is_open:
        bars = [sentence for sentence in (unwilling(case), *bars_of(step)) if sentence]
    own = not case.is_open or may(user, "work-cleanup") or step.department_id == user.unit_id
    runs = case.state == CaseState.UNDER_WAY
    sideways = [
        each
        for each in (buttons_of(STEP, step, user) if runs else [])
        if not each.refusal
        and (each.target == StepState.TODO or (is_next and each.target == StepState.NOT_NEEDED))
    ]
    return StepLine(
        step=step,
        is_next=is_next and runs,
        bars=bars,
        files=files.get(str(step.pk), []),
        may_take=is_next and runs and own and may(user, "take-cleanup-step"),
        buttons=sideways,
    )


def helps_of(case: CleanupCase) -> list[dict[str, Any]]:
    """Return the four kinds of help, each with the day on which it was given, if it was."""
    given = {each.kind: each for each in case.helps.select_related("given_by")}
    return [{"kind": kind, "given": given.get(kind.value)} for kind in HelpKind]


def events_of(case: CleanupCase) -> list[dict[str, Any]]:
    """Return what was done to a case and its steps, newest first, for a timeline."""
    steps = [str(pk) for pk in case.steps.values_list("pk", flat=True)]
    kept = AuditEvent.objects.about(case) | AuditEvent.objects.filter(
        subject_kind=CaseStep._meta.label_lower, subject_key__in=steps
    ).order_by("-sequence")
    return [
        {
            "when": moment(event.at),
            "who": event.actor_name,
            "what": _told(event),
            "reason": event.reason,
        }
        for event in kept[:EVENTS_SHOWN]
    ]


def _told(event: AuditEvent) -> str:
    deed = deeds.deed(event.action)
    subject = ""
    if event.subject_kind == CaseStep._meta.label_lower:
        subject = event.subject_label.partition(" ")[2]
    if "after" in event.detail:
        return f"{subject or '案件'}：{deeds.value_word(event.detail['after'])}"
    if "filename" in event.detail:
        return f"{deed}：{event.detail['filename']}"
    return deed
