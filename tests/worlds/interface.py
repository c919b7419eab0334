"""What programs may ask for beyond what the pages address, in a world."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import transaction

from accounts.choices import SavedPage, ViewShare
from accounts.models import AuditEvent, SavedView, User
from accounts.operations import audit
from accounts.operations.saved_views import save_view
from common import clock
from registry.models import AnnualReport
from tests.worlds.ground import Ground
from training.choices import GuidanceKind
from training.models import GuidanceRecord


class Interface(Ground):
    """Rows that no page of their own addresses."""

    report: AnnualReport  # the reports' part brings it
    clerk: User

    @cached_property
    def deed(self) -> AuditEvent:
        """What the clerk of this world did; whoever may read the trail reads all of it."""
        with transaction.atomic():
            return audit.record("signed-in", self.clerk, by=self.clerk)

    @cached_property
    def ledger_line(self) -> GuidanceRecord:
        return GuidanceRecord.objects.create(
            kind=GuidanceKind.CHARTER,
            on=clock.today(),
            unit=self.township,
            about=f"{self.township.short_name}章程修订",
            advice="对照示范章程逐条修改",
            by=self.clerk,
        )

    @cached_property
    def kept_view(self) -> SavedView:
        return save_view(
            f"{self.township.short_name}逾期的",
            page=SavedPage.CLEANUP,
            query="state=overdue",
            share=ViewShare.UNIT,
            by=self.clerk,
        )


SAMPLES: dict[str, Callable[[Any], Any]] = {
    "kept_view": lambda world: world.kept_view.pk,
    "report": lambda world: world.report.pk,
    "api:guidance-detail:guidance": lambda world: world.ledger_line.pk,
}
STANDING = ("deed", "ledger_line", "kept_view")
