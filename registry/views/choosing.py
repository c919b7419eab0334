"""The page on which a person chooses the society that something new is about."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from accounts.policy import Action
from common.htmx import wants_partial
from registry.forms.choosing import SocietyChoice
from registry.models import Cooperative
from registry.views.pages import cut


def choose_society(
    request: SignedInRequest,
    action: Action,
    *,
    lead: str,
    crumb: tuple[str, str],
    create: tuple[str, str],
) -> HttpResponse:
    """Show the living societies in reach of an action, each with the way to what is entered.

    `crumb` is the word and the address of the list, `create` the word of the link and the name of
    the address that it leads to.
    """
    form = SocietyChoice(request.GET)
    societies = form.narrow(Cooperative.objects.permitted(request.user, action).living())
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": cut(request, societies.select_related("township"), "pk", descending=True),
        "number": societies.count(),
        "lead": lead,
        "crumbs": [crumb],
        "create_label": create[0],
        "create_name": create[1],
    }
    name = "_choices" if wants_partial(request) else "choose"
    return render(request, f"registry/cooperatives/{name}.html", context)
