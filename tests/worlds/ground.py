"""What every part of a world builds on: one township, one department and their people."""

from dataclasses import dataclass

from accounts.models import OrganisationUnit, User


@dataclass(frozen=True)
class Ground:
    """One township and one department, with the people who belong to them."""

    township: OrganisationUnit
    department: OrganisationUnit
    clerk: User
    counsellor: User
    chair: User
    liaison: User
