"""People: the list, an account's page, and the administrator's changes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import passwords
from accounts.decorators import requires
from accounts.forms.users import EditPersonForm, NewPersonForm, PeopleFilter, PersonForm, ReasonForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.lists import PEOPLE
from accounts.models import AuditEvent, User
from accounts.operations import second_factor, users
from accounts.policy import Action
from common.conflict import EditConflict
from common.htmx import wants_partial
from common.keyset import in_order
from common.workflow import TransitionRefused

PAGE_SIZE = 50
NO_REASON = "没有办理：须填写理由。"
CHANGED_MEANWHILE = "没有办理：这个账号刚被其他人修改过，请看清最新内容后再办。"


@require_safe
@requires(Action.VIEW_PEOPLE)
@kept_as(PEOPLE)
def user_list(request: SignedInRequest) -> HttpResponse:
    """List people; the filter is the address."""
    chosen = PeopleFilter(request.GET)
    people = User.objects.permitted(request.user, Action.VIEW_PEOPLE).people()
    found = in_order(chosen.narrow(people).select_related("unit"), PEOPLE.order)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    name = "_table" if wants_partial(request) else "list"
    context = {"form": chosen, "page": page}
    return render(request, f"accounts/users/{name}.html", context)


@require_safe
@requires(Action.VIEW_PEOPLE)
def user_detail(request: SignedInRequest, person: int) -> HttpResponse:
    """Show an account and what was done to it."""
    found = _person(request, person, Action.VIEW_PEOPLE)
    context = {
        "person": found,
        "events": AuditEvent.objects.about(found)[:20],
        "has_factor": second_factor.has_one(found),
    }
    return render(request, "accounts/users/detail.html", context)


@sensitive_variables("password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def user_create(request: SignedInRequest) -> HttpResponse:
    """Open an account and show its one-time password once."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        person, password = users.create_person(username, form.facts(), by=request.user)
        return _slip(request, person, password)
    status = 422 if form.errors else 200
    return render(request, "accounts/users/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_PEOPLE)
def user_edit(request: SignedInRequest, person: int) -> HttpResponse:
    """Change role, unit and the rest; whoever saves second sees both texts and loses nothing."""
    found = _person(request, person, Action.MANAGE_PEOPLE)
    initial = {**PersonForm.initial_of(found), "version": found.version}
    form = EditPersonForm(request.POST or None, initial=initial)
    context = {"form": form, "person": found}
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            saved = users.edit_person(
                found,
                form.facts(),
                version=asked["version"],
                reason=asked["reason"],
                by=request.user,
            )
        except EditConflict as conflict:
            form, differing = form.upon(conflict.fresh)
            context, status = {**context, "form": form, "clashes": differing}, 409
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"“{saved.full_name}”的资料已保存。")
            return redirect("accounts:user-detail", person=found.pk)
    if form.errors:
        status = 422
    return render(request, "accounts/users/edit.html", context, status=status)


@require_POST
@requires(Action.MANAGE_PEOPLE)
def user_activate(request: SignedInRequest, person: int) -> HttpResponse:
    """Let a closed account be used again."""
    return _step(request, person, users.activate_person, "账号已启用。")


@require_POST
@requires(Action.MANAGE_PEOPLE)
def user_deactivate(request: SignedInRequest, person: int) -> HttpResponse:
    """Close an account; every session of it ends at once."""
    return _step(request, person, users.deactivate_person, "账号已停用，其登录已全部退出。")


@sensitive_variables("password")
@require_POST
@requires(Action.MANAGE_PEOPLE)
def user_password(request: SignedInRequest, person: int) -> HttpResponse:
    """Give a new one-time password and show it once."""
    found = _person(request, person, Action.MANAGE_PEOPLE)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _not_done(request, found, NO_REASON)
    try:
        password = users.reset_password(found, **form.cleaned_data, by=request.user)
    except EditConflict:
        return _not_done(request, found, CHANGED_MEANWHILE)
    return _slip(request, found, password)


@require_POST
@requires(Action.MANAGE_PEOPLE)
def user_second_factor(request: SignedInRequest, person: int) -> HttpResponse:
    """Take away the second factor of somebody who lost the phone."""
    return _step(request, person, users.reset_second_factor, "动态口令已清除，其登录已全部退出。")


def _step(request: SignedInRequest, key: int, step: users.Step, done: str) -> HttpResponse:
    found = _person(request, key, Action.MANAGE_PEOPLE)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _not_done(request, found, NO_REASON)
    try:
        step(found, **form.cleaned_data, by=request.user)
    except EditConflict:
        return _not_done(request, found, CHANGED_MEANWHILE)
    except TransitionRefused as refusal:
        return _not_done(request, found, str(refusal))
    messages.success(request, done)
    return redirect("accounts:user-detail", person=found.pk)


def _not_done(request: SignedInRequest, person: User, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("accounts:user-detail", person=person.pk)


def _slip(request: SignedInRequest, person: User, password: str) -> HttpResponse:
    context = {"person": person, "password": password, "rules": passwords.rules()}
    return render(request, "accounts/users/slip.html", context)


def _person(request: SignedInRequest, key: int, action: Action) -> User:
    reachable = User.objects.permitted(request.user, action).people().select_related("unit")
    found: User = get_object_or_404(reachable, pk=key)
    return found
