"""Typical cases."""

import factory

from common import clock
from liaison.exemplar_choices import ExemplarKind, ExemplarState
from liaison.models import Exemplar
from tests.factories.accounts import UserFactory


class ExemplarFactory(factory.django.DjangoModelFactory[Exemplar]):
    """A case that waits for review; unit, township and society are given, or it is the district's."""

    class Meta:
        model = Exemplar

    title = factory.Sequence(lambda n: f"统一服务促规范{n}")
    kind = ExemplarKind.SERVICE
    summary = "统一购销、统一技术，社员增收"
    practice = "农资统一采购，产品统一销售"
    results = "社员年均增收"
    lessons = "账目公开是前提"
    entered_by = factory.SubFactory(UserFactory)
    state = ExemplarState.SUBMITTED
    submitted_on = factory.LazyFunction(clock.today)
    published_on = factory.LazyAttribute(
        lambda made: clock.today() if made.state == ExemplarState.PUBLISHED else None
    )
