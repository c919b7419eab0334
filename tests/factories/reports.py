"""Members, roster files and annual reports."""

import datetime as dt
from decimal import Decimal

import factory

from registry.choices import ContributionForm, MemberKind, RosterUploadState
from registry.models import Member, RosterUpload


class MemberFactory(factory.django.DjangoModelFactory[Member]):
    """A farmer who is a member since 2016."""

    class Meta:
        model = Member

    name = factory.Sequence(lambda n: f"王农{n}")
    kind = MemberKind.FARMER
    contribution = Decimal(10_000)
    contribution_form = ContributionForm.CASH
    joined_on = dt.date(2016, 3, 1)


class RosterUploadFactory(factory.django.DjangoModelFactory[RosterUpload]):
    """A roster file that waits for a decision."""

    class Meta:
        model = RosterUpload

    filename = "成员名册.xlsx"
    sha256 = "0" * 64
    state = RosterUploadState.CHECKED
