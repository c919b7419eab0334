"""What waits in survey and clean-up."""

from collections.abc import Iterator

from accounts.models import User
from accounts.policy import Action, may
from registry.cleanup.choices import CampaignState, SurveyState
from registry.models import SurveyCampaign, SurveyRecord
from tongchuan_coop.addresses import page
from tongchuan_coop.duties.duty import Duty


def pending_surveys(user: User) -> Iterator[Duty]:
    """Societies that nobody has looked at yet in the running survey."""
    if not may(user, Action.RECORD_SURVEY):
        return
    running = SurveyCampaign.objects.filter(state=CampaignState.OPEN).first()
    if running is None:
        return
    records = SurveyRecord.objects.permitted(user, Action.RECORD_SURVEY).filter(campaign=running)
    if number := records.pending().count():
        yield Duty(
            title="待摸底的合作社",
            because=f"因为“{running}”要求每家合作社都有记录。",
            button="去摸底",
            url=page(
                "registry:survey-records",
                query={"state": SurveyState.PENDING.value},
                campaign=running.pk,
            ),
            count=number,
            due=running.due_on,
        )


FINDERS = (pending_surveys,)
