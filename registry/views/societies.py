"""The society that an address names, within the reach of a right."""

from django.http import Http404

from accounts.http import SignedInRequest
from accounts.policy import Action
from registry.models import Cooperative

CODE_LENGTH = 18


def society_of(request: SignedInRequest, code: str, action: Action) -> Cooperative:
    """Find a society by its code or old number; out of reach is answered like a missing one."""
    key = "uscc" if len(code) == CODE_LENGTH else "registration_no"
    reach = Cooperative.objects.permitted(request.user, action).select_related("township")
    found = reach.filter(**{key: code}).first()
    if found is None:
        raise Http404
    return found
