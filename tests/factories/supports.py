"""Funds and projects; the society is always given."""

from decimal import Decimal

import factory

from liaison.models import SupportGrant
from liaison.support_choices import FundLevel, SupportKind
from tests.factories.accounts import UserFactory


class SupportFactory(factory.django.DjangoModelFactory[SupportGrant]):
    """A project of the province for facilities."""

    class Meta:
        model = SupportGrant

    year = 2021
    level = FundLevel.PROVINCIAL
    kind = SupportKind.FACILITIES
    project = factory.Sequence(lambda n: f"产地冷藏设施{n}")
    document_number = "川财农〔2021〕8号"
    amount = Decimal("200000.00")
    entered_by = factory.SubFactory(UserFactory)
