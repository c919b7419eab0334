"""Survey and clean-up in a world: one record in the district's survey."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from registry.models import SurveyRecord
from tests.factories.cleanup import SurveyRecordFactory, running_campaign
from tests.worlds.register import Register


class Cleanup(Register):
    """Rows of survey and clean-up that stand near or far."""

    @cached_property
    def survey_record(self) -> SurveyRecord:
        record: SurveyRecord = SurveyRecordFactory(
            campaign=running_campaign(), cooperative=self.cooperative
        )
        return record


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "campaign": lambda _world: running_campaign().pk,
    "record": lambda world: world.survey_record.pk,
}
STANDING = ("survey_record",)
