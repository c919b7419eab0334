"""The request of a world: its township asks, its department is to answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from liaison.models import HelpRequest
from tests.factories.help_requests import HelpRequestFactory
from tests.worlds.register import Register


class HelpRequests(Register):
    """The township of the world has a difficulty with its society."""

    @cached_property
    def help_request(self) -> HelpRequest:
        made: HelpRequest = HelpRequestFactory(
            township=self.township,
            department=self.department,
            cooperative=self.cooperative,
            filed_by=self.clerk,
        )
        return made


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "help_request": lambda world: world.help_request.pk,
}
STANDING = ("help_request",)
