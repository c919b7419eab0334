"""Contacts with province and city."""

import factory

from common import clock
from liaison.models import UpwardLine
from liaison.upward_choices import UpwardLevel, UpwardWay
from tests.factories.accounts import UserFactory


class UpwardFactory(factory.django.DjangoModelFactory[UpwardLine]):
    """A report that was sent to the city today."""

    class Meta:
        model = UpwardLine

    happened_on = factory.LazyFunction(clock.today)
    level = UpwardLevel.CITY
    agency = "市农业农村局"
    way = UpwardWay.SENT
    subject = factory.Sequence(lambda n: f"报送试点季度进展{n}")
    content = "报送二季度试点工作进展情况"
    outcome = "要求补充清理整顿数据"
    document_number = "通农发〔2021〕30号"
    entered_by = factory.SubFactory(UserFactory)
