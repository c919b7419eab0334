"""What waits around the help that townships ask for: to give out, to answer, to confirm."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from liaison.help_choices import HelpState
from liaison.models import HelpRequest
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Waiting


def requests_to_give_out(user: User) -> Iterator[Waiting]:
    """Requests that nobody has been asked to solve, and those whose day went by."""
    if not may(user, Action.HANDLE_HELP):
        return
    reach = HelpRequest.objects.permitted(user, Action.HANDLE_HELP)
    yield Waiting(
        rows=reach.filter(state=HelpState.FILED),
        title="乡镇求助待受理",
        because="因为乡镇街道填报了自己解决不了的困难，还没有交办或答复。",
        button="去交办",
        url=_list(HelpState.FILED),
    )
    yield Waiting(
        rows=reach.overdue(),
        title="乡镇求助逾期未答复",
        because="因为承办单位没有在期限前答复，请催办或改交其他单位。",
        button="去催办",
        url=_list("overdue"),
        day="due_on",
    )


def requests_to_answer(user: User) -> Iterator[Waiting]:
    """Requests that one's own department was asked to solve."""
    if reach_of(user, Action.ANSWER_HELP) != Reach.OWN:
        return
    reach = HelpRequest.objects.permitted(user, Action.ANSWER_HELP)
    yield Waiting(
        rows=reach.filter(state=HelpState.ASSIGNED),
        title="乡镇求助待答复",
        because="因为区农业农村局把乡镇街道的困难交给了本单位。",
        button="去答复",
        url=_list(HelpState.ASSIGNED),
        day="due_on",
    )


def answers_to_confirm(user: User) -> Iterator[Waiting]:
    """Answers that wait for the township to say whether they solved it."""
    if reach_of(user, Action.CLOSE_HELP) != Reach.TOWNSHIP:
        return
    reach = HelpRequest.objects.permitted(user, Action.CLOSE_HELP)
    yield Waiting(
        rows=reach.filter(state=HelpState.ANSWERED),
        title="求助已答复，待确认",
        because="因为承办单位已经答复，请确认问题是否解决。",
        button="去确认",
        url=_list(HelpState.ANSWERED),
    )


def _list(state: str) -> str:
    return page("liaison:help-list", query={"state": str(state)})


FINDERS = (requests_to_give_out, requests_to_answer, answers_to_confirm)
