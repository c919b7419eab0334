"""What waits around typical cases: to review, and to publish."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from liaison.exemplar_choices import ExemplarState
from liaison.models import Exemplar
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Waiting


def cases_to_review(user: User) -> Iterator[Waiting]:
    """Cases that were handed up, and those that were accepted and not published."""
    if not may(user, Action.REVIEW_EXEMPLAR):
        return
    reach = Exemplar.objects.permitted(user, Action.REVIEW_EXEMPLAR)
    yield Waiting(
        rows=reach.filter(state=ExemplarState.SUBMITTED),
        title="典型案例待审核",
        because="因为有单位报送了案例，请审核通过或退回修改。",
        button="去审核",
        url=_list(ExemplarState.SUBMITTED),
    )
    yield Waiting(
        rows=reach.filter(state=ExemplarState.APPROVED),
        title="典型案例待发布",
        because="因为案例已经审核通过，还没有发布。",
        button="去发布",
        url=_list(ExemplarState.APPROVED),
    )


def _list(state: ExemplarState) -> str:
    return page("liaison:exemplar-list", query={"state": state.value})


FINDERS = (cases_to_review,)
