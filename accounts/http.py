"""The request of a person who has signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known: the login middleware has seen to it."""

    user: User
    htmx: HtmxDetails
