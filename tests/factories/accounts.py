"""People and units."""

import factory

from accounts.choices import Role
from accounts.models import OrganisationUnit, User

PASSWORD = "Chengguan-2021"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person of the bureau, unless said otherwise; the password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    full_name = factory.Sequence(lambda n: f"张三{n}")
    role = Role.BUREAU
    password = factory.django.Password(PASSWORD)


def unit(name: str) -> OrganisationUnit:
    """Return one of the units that the migrations lay down, by its short name."""
    return OrganisationUnit.objects.get(short_name=name)
