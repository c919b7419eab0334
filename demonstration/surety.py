"""How sure what is entered about a society may be: a society declares, others verify."""

from accounts.models import User
from accounts.policy import Action, Reach, reach_of
from common.workflow import TransitionRefused
from demonstration.choices import Verification

ONLY_DECLARED = "合作社只能填报，核实由辅导员、乡镇街道或区农业农村局进行。"


def surest(by: User, action: Action) -> tuple[Verification, ...]:
    """Return how sure an entry of this person may be."""
    if reach_of(by, action) == Reach.OWN:
        return (Verification.DECLARED,)
    return tuple(Verification)


def check_surety(verification: str, by: User, action: Action) -> None:
    """Raise TransitionRefused where a person may not be so sure."""
    if verification not in surest(by, action):
        raise TransitionRefused(ONLY_DECLARED)
