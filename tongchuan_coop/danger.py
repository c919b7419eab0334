"""What a leader sees of the pilot before anything else: the targets in danger."""

from dataclasses import dataclass

from accounts.models import User
from accounts.policy import Action, Reach, may, reach_of
from common import clock
from pilot.board import Board, as_of, board_of
from pilot.models import Programme
from pilot.programmes import running_programme
from tongchuan_coop.addresses import page


@dataclass(frozen=True)
class Danger:
    """The board of the programme that runs today, and the address of the whole of it."""

    programme: Programme
    board: Board
    url: str


def danger_to(user: User) -> Danger | None:
    """Return the board for who looks at the whole district and sets no target; else None.

    Those who run the pilot begin with what they have to do, and have the board one step away.
    """
    if reach_of(user, Action.VIEW_INDICATOR) != Reach.DISTRICT or may(user, Action.EDIT_TARGET):
        return None
    programme = running_programme()
    if programme is None:
        return None
    board = board_of(user, programme, as_of(programme, clock.today()))
    url = page("pilot:board", query={"programme": programme.pk})
    return Danger(programme, board, url) if any(board.counts.values()) else None
