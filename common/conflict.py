"""Two people edited the same row: the second one learns of it and loses nothing."""

from typing import Any


class EditConflict(Exception):
    """The row has another version than the one that was edited; `fresh` is how it stands now."""

    def __init__(self, fresh: Any) -> None:
        super().__init__("这条记录在您填写期间已被其他人修改。")
        self.fresh = fresh
