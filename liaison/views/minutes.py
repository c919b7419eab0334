"""Minutes: one page for who writes, who agrees and who reads; and each step on their way."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.policy import Action, may
from common import clock
from demonstration.views.acts import incomplete, perform
from liaison.consents import units_to_ask
from liaison.forms.minutes import ConsentForm, CopiesForm, SignForm
from liaison.meeting_choices import ConsentAnswer, MinutesState
from liaison.meeting_flows import MINUTES
from liaison.minutes_paper import FONTS, minutes_as_pdf, minutes_as_word, opening_of, who_came
from liaison.minutes_sheet import sheet_of, units_of
from liaison.models import Consent, Minutes
from liaison.operations import consents
from liaison.operations import minutes as operations
from liaison.views.paper_answers import on_paper, papers_of
from liaison.views.steps import buttons, step, steps_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BAR = [(state.value, state.label) for state in MinutesState]
BY_WORD = "印发的 Word 文件留有摘要，一字不能再改。"


@require_safe
@requires(Action.VIEW_MEETING)
def minutes_detail(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Show the minutes by paragraph, with what is needed of this reader."""
    found = _minutes(request, meeting, Action.VIEW_MEETING)
    user = request.user
    writes = may(user, Action.MANAGE_MEETING)
    round_open = found.state == MinutesState.CIRCULATED
    asked = _own(request, found) if round_open else []
    form = ConsentForm(None, asked) if asked else None
    seen = Consent.objects.permitted(user, Action.VIEW_MEETING).of(found)
    answers = list(seen.select_related("unit", "edition", "answered_by"))
    context = {
        "minutes": found,
        "meeting": found.meeting,
        "steps": steps_of(BAR, found.state),
        "opening": opening_of(found),
        "sheet": sheet_of(found, answers, form),
        "units": units_of(answers),
        "on_paper": on_paper(user, answers) if round_open else [],
        "papers": papers_of(request, found),
        "attendance": who_came(found),
        "copying": found.copying,
        "to_ask": units_to_ask(found) if writes and found.state == MinutesState.DRAFT else [],
        "consent_form": form,
        "writes": writes and found.is_writable,
        "buttons": buttons(MINUTES, found, user),
        "may_override": round_open and may(user, Action.OVERRIDE_CONSENT),
        "sign_form": SignForm(
            initial={
                "version": found.version,
                "signed_on": clock.today(),
                "signer": found.meeting.chair,
            }
        ),
        "copies_form": CopiesForm(
            initial={"version": found.version, "copied_up_on": clock.today()}
        ),
        "manages": writes,
        "fonts": FONTS,
    }
    return render(request, "liaison/minutes/detail.html", context)


@require_POST
@requires(Action.MANAGE_MEETING)
def minutes_circulate(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Send the draft round."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda _: consents.circulate(found, by=request.user),
        done="已送与会单位会签，并已通知各单位。",
        back=here(found),
    )


@require_POST
@requires(Action.AGREE_MINUTES)
def minutes_answer(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Answer for one's own unit, paragraph by paragraph."""
    found = _minutes(request, meeting, Action.AGREE_MINUTES)
    form = ConsentForm(request.POST, _own(request, found))
    whole = bool(request.POST.get("all"))
    if not whole and not form.is_valid():
        return incomplete(request, form, back=here(found))
    return perform(
        request,
        lambda: consents.answer_consents(
            found, form.all_agreed() if whole else form.answers(), by=request.user
        ),
        done="已答复，谢谢。定稿之前还可以修改。",
        back=here(found),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def minutes_agree(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Close the round."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda _: operations.agree_minutes(found, by=request.user),
        done="已定稿，可以送签发。",
        back=here(found),
    )


@require_POST
@requires(Action.OVERRIDE_CONSENT)
def minutes_override(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Put on record why the minutes go on without everybody's consent."""
    found = _minutes(request, meeting, Action.OVERRIDE_CONSENT)
    return step(
        request,
        found,
        lambda asked: operations.override_consent(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="理由已记录，并将写入纪要；现在可以定稿。",
        back=here(found),
    )


@require_POST
@requires(Action.SIGN_MINUTES)
def minutes_sign(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Record the signature."""
    found = _minutes(request, meeting, Action.SIGN_MINUTES)
    return step(
        request,
        found,
        lambda asked: operations.sign_minutes(
            found, asked["signer"], asked["signed_on"], by=request.user
        ),
        done="已登记签发。",
        back=here(found),
        form=SignForm(request.POST),
    )


@require_POST
@requires(Action.SIGN_MINUTES)
def minutes_reopen(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Take agreed or signed minutes back into the round."""
    found = _minutes(request, meeting, Action.SIGN_MINUTES)
    return step(
        request,
        found,
        lambda asked: operations.reopen_round(found, reason=asked["reason"], by=request.user),
        done="已退回会签；已有的答复保留，改动的段落会重新送签。",
        back=here(found),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def minutes_issue(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Number and issue."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda _: operations.issue_minutes(found, by=request.user),
        done=f"已编号印发，议定事项已交各牵头单位办理。{BY_WORD}",
        back=here(found),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def minutes_copy(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Record that the minutes were copied up."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda asked: operations.record_copies(
            found, asked["copied_up_on"], asked["how"], version=asked["version"], by=request.user
        ),
        done=f"{found.copying[0]}已登记。",
        back=here(found),
        form=CopiesForm(request.POST),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def minutes_archive(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Put the minutes away."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    return step(
        request,
        found,
        lambda _: operations.archive_minutes(found, by=request.user),
        done="已归档。",
        back=here(found),
    )


@require_POST
@requires(Action.MANAGE_MEETING)
def wording_handle(request: SignedInRequest, meeting: int, consent: int) -> HttpResponse:
    """Write why a suggested wording was not taken over."""
    found = _minutes(request, meeting, Action.MANAGE_MEETING)
    one = get_object_or_404(Consent.objects.of(found).select_related("unit"), pk=consent)
    return step(
        request,
        one,
        lambda asked: consents.handle_wording(
            one, asked["reason"], version=asked["version"], by=request.user
        ),
        done="处理意见已记录。",
        back=here(found),
    )


@require_safe
@requires(Action.VIEW_MEETING)
def minutes_word(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Hand out the minutes as a Word file: as issued, byte for byte, or the draft of now."""
    found = _minutes(request, meeting, Action.VIEW_MEETING)
    if found.paper is not None:
        content = found.paper.path.read_bytes()
    else:
        content = minutes_as_word(found, number="", issued_on=None)
    answer = HttpResponse(content, content_type=WORD)
    answer["Content-Disposition"] = f'attachment; filename="minutes-{found.pk}.docx"'
    return answer


@require_safe
@requires(Action.VIEW_MEETING)
def minutes_pdf(request: SignedInRequest, meeting: int) -> HttpResponse:
    """Hand out the minutes as a PDF."""
    found = _minutes(request, meeting, Action.VIEW_MEETING)
    answer = HttpResponse(minutes_as_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="minutes-{found.pk}.pdf"'
    return answer


def here(minutes: Minutes) -> str:
    """Return the address of minutes."""
    return f"/liaison/meetings/{minutes.meeting_id}/minutes/"


def _minutes(request: SignedInRequest, meeting: int, action: Action) -> Minutes:
    reach = Minutes.objects.permitted(request.user, action)
    found: Minutes = get_object_or_404(
        reach.select_related("meeting__body__office", "paper", "overridden_by"), meeting=meeting
    )
    return found


def _own(request: SignedInRequest, minutes: Minutes) -> list[Consent]:
    """Return what is asked of this reader's own unit now; nothing for who may not answer."""
    if not may(request.user, Action.AGREE_MINUTES):
        return []
    reach = Consent.objects.permitted(request.user, Action.AGREE_MINUTES).of(minutes)
    rows = reach.exclude(answer=ConsentAnswer.SILENT).select_related("edition__topic", "unit")
    return list(rows.order_by("edition__topic__position", "pk"))
