"""The register of contacts: the list with its gaps, one contact, and each step of keeping it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.forms.edited import StepForm
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.policy import Action
from common.htmx import wants_partial
from common.workflow import TransitionRefused
from demonstration.views.acts import incomplete, perform, save_form
from liaison.contact_choices import ContactPlace
from liaison.forms.contacts import ContactFilter, ContactForm
from liaison.kept_lists import CONTACTS
from liaison.models import UnitContact
from liaison.models.contact import units_in_reach, without_contact
from liaison.operations import contacts as operations
from registry.views.pages import cut_by

LIST = "liaison:contact-list"


@require_safe
@requires(Action.VIEW_CONTACT)
@kept_as(CONTACTS)
def contact_list(request: SignedInRequest) -> HttpResponse:
    """Show whom to call, and the units where nobody is named."""
    user = request.user
    form = ContactFilter(request.GET)
    found = form.narrow(UnitContact.objects.permitted(user, Action.VIEW_CONTACT))
    kept = {unit.pk for unit in units_in_reach(user, Action.MANAGE_CONTACT)}
    gaps = list(without_contact(units_in_reach(user, Action.VIEW_CONTACT)))
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut_by(request, found.for_list(), CONTACTS.order),
        "number": found.count(),
        "gaps": [(unit, unit.pk in kept) for unit in gaps],
        "own": user.unit if user.unit_id in kept else None,
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/contacts/{name}.html", context)


@require_safe
@requires(Action.VIEW_CONTACT)
def contact_detail(request: SignedInRequest, contact: int) -> HttpResponse:
    """Show one contact with those before and beside."""
    return _page(request, _contact(request, contact, Action.VIEW_CONTACT))


@require_POST
@requires(Action.UNMASK_MOBILE)
def contact_mobile(request: SignedInRequest, contact: int) -> HttpResponse:
    """Show the page once with the whole mobile number, for a reason."""
    found = _contact(request, contact, Action.UNMASK_MOBILE)
    try:
        mobile = operations.unmask_mobile(found, request.POST.get("reason", ""), by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(_here(found))
    return _page(request, found, mobile=mobile)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_CONTACT)
def contact_create(request: SignedInRequest, unit: int) -> HttpResponse:
    """Name a contact of a unit; the one before ends."""
    held = get_object_or_404(units_in_reach(request.user, Action.MANAGE_CONTACT), pk=unit)
    asked = request.GET.get("place", "")
    place = asked if asked in ContactPlace.values else ContactPlace.FIRST
    form = ContactForm(request.POST or None, initial={"place": place})
    page = {
        "title": "登记联络员",
        "lead": f"{held.name}。原来有人的，从新的起始日期前一天起转入曾任。",
        "back": reverse(LIST),
        "crumbs": [("联络员名册", reverse(LIST))],
    }
    return save_form(
        request,
        form,
        lambda form: _here(operations.appoint_contact(held, form.facts(), by=request.user)),
        done="已登记。",
        page=page,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_CONTACT)
def contact_edit(request: SignedInRequest, contact: int) -> HttpResponse:
    """Set right what was entered about a contact."""
    found = _contact(request, contact, Action.MANAGE_CONTACT)
    form = ContactForm(request.POST or None, instance=found)
    page = {
        "title": "更正联络员",
        "lead": found.unit.name,
        "back": _here(found),
        "crumbs": [("联络员名册", reverse(LIST)), (str(found), _here(found))],
    }
    return save_form(
        request,
        form,
        lambda form: operations.correct_contact(
            found, form.facts(), version=form.seen, by=request.user
        ),
        done="已保存。",
        page=page,
    )


@require_POST
@requires(Action.MANAGE_CONTACT)
def contact_end(request: SignedInRequest, contact: int) -> HttpResponse:
    """Let a contact end without another."""
    found = _contact(request, contact, Action.MANAGE_CONTACT)
    form = StepForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.end_contact(
            found, reason=asked["reason"], version=asked["version"], by=request.user
        ),
        done="已转入曾任，登记保留。",
        back=_here(found),
    )


def _page(request: SignedInRequest, found: UnitContact, *, mobile: str = "") -> HttpResponse:
    user = request.user
    own = UnitContact.objects.filter(pk=found.pk)
    others = UnitContact.objects.permitted(user, Action.VIEW_CONTACT).filter(unit=found.unit)
    context = {
        "contact": found,
        "others": others.exclude(pk=found.pk).in_order(),
        "mobile": mobile,
        "unmasks": found.mobile and own.permitted(user, Action.UNMASK_MOBILE).exists(),
        "manages": found.is_current and own.permitted(user, Action.MANAGE_CONTACT).exists(),
    }
    return render(request, "liaison/contacts/detail.html", context)


def _contact(request: SignedInRequest, key: int, action: Action) -> UnitContact:
    reach = UnitContact.objects.permitted(request.user, action)
    found: UnitContact = get_object_or_404(reach.select_related("unit", "entered_by"), pk=key)
    return found


def _here(contact: UnitContact) -> str:
    return reverse("liaison:contact-detail", args=[contact.pk])
