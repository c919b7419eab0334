"""The guard of the programming interface: a view that declares no right is shut."""

import pytest
from django.contrib.auth.models import AnonymousUser
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory, force_authenticate
from rest_framework.views import APIView

from accounts.decorators import PUBLIC
from accounts.policy import Action


class Answering(APIView):
    """A view under the portal's default permission class."""

    def get(self, request):
        del request
        return Response({"answer": True})


class Silent(Answering):
    """Declares nothing."""


class Guarded(Answering):
    """Asks for a right."""

    action_required = Action.VIEW_AUDIT


class Mistaken(Answering):
    """Asks for a right that does not exist."""

    action_required = "view-everything"


class Open(Answering):
    """Open to everyone."""

    action_required = PUBLIC


def status_of(view, person):
    request = APIRequestFactory().get("/api/v1/anything/")
    force_authenticate(request, user=person)
    return view.as_view()(request).status_code


@pytest.mark.parametrize("view", [Silent, Mistaken])
def test_a_view_without_a_known_right_is_shut_to_all(cast, view):
    assert {status_of(view, person) for person in cast.everyone().values()} == {403}


def test_a_view_opens_to_those_who_have_its_right(cast):
    assert status_of(Guarded, cast.auditor) == 200
    assert status_of(Guarded, cast.bureau) == 403
    assert status_of(Guarded, AnonymousUser()) == 403


def test_an_open_view_answers_a_stranger(db):
    assert status_of(Open, AnonymousUser()) == 200
