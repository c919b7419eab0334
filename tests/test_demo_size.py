"""A demo of the size that was asked for."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from registry.models import Cooperative
from tongchuan_coop.demo.people import KNOWN

pytestmark = pytest.mark.django_db


def test_a_demo_of_no_society_has_its_people_only():
    call_command("demo", "--societies", "0")
    assert not Cooperative.objects.exists()
    assert User.objects.filter(username__in=[known[0] for known in KNOWN]).count() == len(KNOWN)


@pytest.mark.parametrize("number", ["-1", "150", "10001"])
def test_a_number_that_cannot_be_invented_is_refused(number):
    with pytest.raises(CommandError, match="640 到 10000"):
        call_command("demo", "--societies", number)
    assert not User.objects.filter(username="bureau").exists()
