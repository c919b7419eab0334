"""Applications: a society's own, one of them with all that was said of it, and its steps."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.models import Attachment
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock
from common.workflow import Transition, TransitionRefused
from demonstration.choices import ApplicationState, Opinion
from demonstration.eligibility import check_one, unsealed
from demonstration.forms.rounds import (
    AnswerForm,
    ApplicationForm,
    CheckForm,
    ForwardAnswerForm,
    ForwardingForm,
    ObjectionForm,
    OpinionForm,
)
from demonstration.models import Objection, RatingApplication, RatingRound, UpwardForwarding
from demonstration.operations import applications as operations
from demonstration.operations.reviews import note_spread
from demonstration.views.acts import incomplete, perform, save_form
from demonstration.views.eligibility import by_section, society_of
from demonstration.views.files import FilesForm
from demonstration.workflows import APPLICATION
from registry.models import Cooperative

A = ApplicationState
_WRITABLE = (A.DRAFT, A.RETURNED)
# Steps that are taken with a form or by the round, not by a plain button of the page.
_NOT_BUTTONS = {
    (A.CONSULTED, A.APPROVED),
    (A.CONSULTED, A.REJECTED),
    (A.APPROVED, A.NOTICED),
    (A.NOTICED, A.OBJECTED),
    (A.OBJECTED, A.NOTICED),
    (A.OBJECTED, A.REJECTED),
    (A.NOTICED, A.RECOGNISED),
}


@require_safe
@requires(Action.APPLY_TITLE)
def own_applications(request: SignedInRequest) -> HttpResponse:
    """Show a society's person what can be applied for, and what was."""
    societies = Cooperative.objects.permitted(request.user, Action.APPLY_TITLE).order_by("pk")
    own = RatingApplication.objects.permitted(request.user, Action.APPLY_TITLE)
    rounds = RatingRound.objects.open_for_applications(clock.today()).select_related("criteria")
    begun = set(own.values_list("round", "cooperative"))
    context = {
        "societies": societies,
        "applications": own.for_list().order_by("-pk"),
        "open": [
            (round_, society)
            for round_ in rounds
            for society in societies
            if (round_.pk, society.pk) not in begun
        ],
    }
    return render(request, "demonstration/applications/own.html", context)


@require_POST
@requires(Action.APPLY_TITLE)
def application_start(request: SignedInRequest, round: int, uscc: str) -> HttpResponse:
    """Begin an application."""
    society = society_of(request, uscc, Action.APPLY_TITLE)
    found = get_object_or_404(RatingRound.objects.exclude(state="preparing"), pk=round)
    started: list[RatingApplication] = []
    back = reverse("demonstration:own-applications")
    answer = perform(
        request,
        lambda: started.append(operations.start_application(found, society, by=request.user)),
        done="已建立申报，请填写申报理由、上传证明材料后提交。",
        back=back,
    )
    if started:
        answer["Location"] = _here(started[0])
    return answer


@require_safe
@requires(Action.VIEW_APPLICATION)
def application_detail(request: SignedInRequest, application: int) -> HttpResponse:
    """Show one application: what the society says, what the facts say, what was decided."""
    found = _application(request, application, Action.VIEW_APPLICATION)
    user = request.user
    findings = (
        unsealed(found.self_check)
        if found.self_check and found.state not in _WRITABLE
        else check_one(found.cooperative, found.round.criteria)
    )
    consulted = RatingApplication.objects.permitted(user, Action.CONSULT_APPLICATION)
    context = {
        "application": found,
        "society": found.cooperative,
        "round": found.round,
        "sections": by_section(findings),
        "sealed": bool(found.self_check) and found.state not in _WRITABLE,
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        "may_write": found.state in _WRITABLE and _reaches(found, user, Action.APPLY_TITLE),
        "buttons": _buttons(found, user),
        "opinions": found.opinions.select_related("unit", "given_by").order_by("unit__position"),
        "asked": found.round.consulted.order_by("position"),
        "opinion_form": OpinionForm(initial=_own_opinion(found, user))
        if found.state == A.REVIEWED and consulted.filter(pk=found.pk).exists()
        else None,
        "may_check": found.state == A.RECOMMENDED and may(user, Action.REVIEW_APPLICATION),
        "objections": _objections(found) if may(user, Action.RUN_ROUND) else [],
        "forwardings": found.forwardings.order_by("pk"),
        "answer_form": ForwardAnswerForm(),
        "attach_form": FilesForm(),
    }
    return render(request, "demonstration/applications/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.APPLY_TITLE)
def application_write(request: SignedInRequest, application: int) -> HttpResponse:
    """Write the statement, and what is disputed of the self-check."""
    found = _application(request, application, Action.APPLY_TITLE)
    form = ApplicationForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.write_application(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存，还没有提交。",
        page=_page(found, "填写申报"),
    )


@require_POST
@requires(Action.VIEW_APPLICATION)
def application_step(request: SignedInRequest, application: int) -> HttpResponse:
    """Take one of the steps whose buttons stand on the page."""
    found = _application(request, application, Action.VIEW_APPLICATION)
    form = StepForm(request.POST)
    back = _here(found)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    target, reason = form.cleaned_data["target"], form.cleaned_data["reason"]
    found.version = form.cleaned_data["version"]

    def act() -> None:
        if (found.state, target) in _NOT_BUTTONS:
            raise TransitionRefused(
                "这一步由区农业农村局在评定批次页面统一办理，不能在这里单独办。"
            )
        match target:
            case A.SUBMITTED:
                operations.submit_application(found, by=request.user)
            case A.RECOMMENDED:
                operations.recommend_application(found, opinion=reason, by=request.user)
            case A.RETURNED | A.REJECTED:
                operations.close_application(
                    found, ApplicationState(target), reason=reason, by=request.user
                )
            case _:
                advance(APPLICATION, found, target, by=request.user, reason=reason)

    return perform(request, act, done="已办理。", back=back)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.REVIEW_APPLICATION)
def application_check(request: SignedInRequest, application: int) -> HttpResponse:
    """Write down the paper check and the visit."""
    found = _application(request, application, Action.REVIEW_APPLICATION)
    form = CheckForm(request.POST or None, instance=found)
    return save_form(
        request,
        form,
        lambda form: operations.record_check(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="审核意见已保存。",
        page=_page(found, "材料审核与实地核查"),
    )


@require_POST
@requires(Action.CONSULT_APPLICATION)
def opinion_give(request: SignedInRequest, application: int) -> HttpResponse:
    """Give the opinion of one's own department."""
    found = _application(request, application, Action.CONSULT_APPLICATION)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.give_opinion(
            found, Opinion(asked["opinion"]), asked["text"], by=request.user
        ),
        done="意见已答复；区农业农村局汇总之前还可以更改。",
        back=_here(found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def objection_create(request: SignedInRequest, application: int) -> HttpResponse:
    """Record an objection that came in while the notice runs."""
    found = _application(request, application, Action.RUN_ROUND)
    form = ObjectionForm(request.POST or None, initial={"received_on": clock.today()})
    return save_form(
        request,
        form,
        lambda form: operations.record_objection(found, form.cleaned_data, by=request.user),
        done="异议已登记，答复之前不能认定。",
        page=_page(found, "登记公示异议"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def objection_answer(request: SignedInRequest, application: int, objection: int) -> HttpResponse:
    """Answer an objection."""
    found = _application(request, application, Action.RUN_ROUND)
    one = get_object_or_404(
        Objection.objects.select_related("application__cooperative"),
        pk=objection,
        application=found,
    )
    form = AnswerForm(request.POST or None, initial={"version": one.version})

    def save(filled: AnswerForm) -> None:
        asked = filled.cleaned_data
        operations.answer_objection(
            one,
            answer=asked["answer"],
            upheld=asked["upheld"],
            version=asked["version"],
            by=request.user,
        )

    page = {**_page(found, "答复异议"), "lead": f"{one.name}：{one.text}"}
    return save_form(request, form, save, done="已答复。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.RUN_ROUND)
def forwarding_create(request: SignedInRequest, application: int) -> HttpResponse:
    """Record a recommendation to the city or the province."""
    found = _application(request, application, Action.RUN_ROUND)
    form = ForwardingForm(request.POST or None, initial={"sent_on": clock.today()})
    return save_form(
        request,
        form,
        lambda form: operations.forward_application(found, form.cleaned_data, by=request.user),
        done="已登记上报。",
        page=_page(found, "向上级推荐"),
    )


@require_POST
@requires(Action.RUN_ROUND)
def forwarding_answer(request: SignedInRequest, application: int, forwarding: int) -> HttpResponse:
    """Record what the higher level answered."""
    found = _application(request, application, Action.RUN_ROUND)
    one = get_object_or_404(
        UpwardForwarding.objects.select_related("application"), pk=forwarding, application=found
    )
    form = ForwardAnswerForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.answer_forwarding(one, by=request.user, **asked),
        done="已登记上级答复。上级认定的，请到示范社名册登记称号。",
        back=_here(found),
    )


@require_POST
@requires(Action.RUN_ROUND)
def spread_note(request: SignedInRequest, application: int) -> HttpResponse:
    """Write down what was said of scores that lie far apart."""
    found = _application(request, application, Action.RUN_ROUND)
    back = reverse("demonstration:round-detail", args=[found.round_id])
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=back)
    asked = form.cleaned_data
    return perform(
        request,
        lambda: note_spread(found, asked["reason"], version=asked["version"], by=request.user),
        done="合议说明已保存。",
        back=back,
    )


def _application(request: SignedInRequest, key: int, action: Action) -> RatingApplication:
    reach = RatingApplication.objects.permitted(request.user, action)
    return get_object_or_404(reach.for_list(), pk=key)


def _reaches(application: RatingApplication, user: Any, action: str) -> bool:
    return may(user, action) and (
        RatingApplication.objects.permitted(user, action).filter(pk=application.pk).exists()
    )


def _buttons(application: RatingApplication, user: Any) -> list[dict[str, Any]]:
    """Return the steps that this person may take; one that is barred says why."""
    arrows: list[Transition] = [
        arrow
        for arrow in APPLICATION.leaving(application.state)
        if (arrow.source, arrow.target) not in _NOT_BUTTONS
        and _reaches(application, user, arrow.action)
    ]
    return [
        {
            "id": f"step-{arrow.target}",
            "label": arrow.label,
            "target": arrow.target,
            "refusal": arrow.unless(application),
            "needs_reason": arrow.needs_reason,
            "tone": "danger" if arrow.target == A.REJECTED else "primary",
            "hidden": [("target", arrow.target)],
        }
        for arrow in arrows
    ]


def _own_opinion(application: RatingApplication, user: Any) -> dict[str, str]:
    given = application.opinions.filter(unit=user.unit_id).first()
    return {"opinion": given.opinion, "text": given.text} if given else {}


def _objections(application: RatingApplication) -> Any:
    return application.objections.select_related("recorded_by", "answered_by").order_by("pk")


def _here(application: RatingApplication) -> str:
    return reverse("demonstration:application-detail", args=[application.pk])


def _page(application: RatingApplication, heading: str) -> dict[str, Any]:
    return {
        "title": heading,
        "lead": str(application),
        "back": _here(application),
        "crumbs": [(str(application.cooperative), _here(application))],
    }
