"""The survey: opening it for every living society, recording what was seen, closing it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.operations import audit
from accounts.operations.transitions import advance
from accounts.policy import Action, may
from common import clock, locks
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.cleanup.choices import CampaignState, SurveyState
from registry.cleanup.workflows import CAMPAIGN, SURVEY
from registry.flags.insertion import insert_from
from registry.models import Cooperative, SurveyCampaign, SurveyFinding, SurveyRecord

ALREADY_OPEN = "还有一次摸底正在进行。请先结束它，再发起新的。"
NOT_OPEN = "这次摸底已经结束，不能再记录。需要补记请联系区农业农村局重新开放。"


@transaction.atomic
def open_campaign(title: str, *, due_on: dt.date, note: str = "", by: User) -> SurveyCampaign:
    """Begin a survey today: every living society gets a record, in one statement.

    Raises TransitionRefused while another one runs.
    """
    if not may(by, Action.MANAGE_SURVEY):
        raise PermissionDenied(Action.MANAGE_SURVEY)
    locks.hold("survey")
    if SurveyCampaign.objects.filter(state=CampaignState.OPEN).exists():
        raise TransitionRefused(ALREADY_OPEN)
    campaign = SurveyCampaign.objects.create(
        title=title, opens_on=clock.today(), due_on=due_on, note=note, opened_by=by
    )
    number = _add_records(campaign)
    audit.record("survey-opened", campaign, by=by, number=number)
    return campaign


@transaction.atomic
def top_up_campaign(campaign: SurveyCampaign, *, by: User) -> int:
    """Give a record to societies that were registered since; return how many. Safe to repeat."""
    locks.hold("survey")
    held = SurveyCampaign.objects.permitted(by, Action.MANAGE_SURVEY).filter(pk=campaign.pk).first()
    if held is None:
        raise PermissionDenied(Action.MANAGE_SURVEY)
    if not held.is_open:
        raise TransitionRefused(NOT_OPEN)
    number = _add_records(held)
    if number:
        audit.record("survey-topped-up", held, by=by, number=number)
    return number


def _add_records(campaign: SurveyCampaign) -> int:
    missing = missing_societies(campaign).values_list("pk")
    return insert_from(
        SurveyRecord,
        ("cooperative_id",),
        missing,
        campaign=campaign.pk,
        state=SurveyState.PENDING.value,
        method="",
        operating_state="",
        met="",
        disposition="",
        note="",
        version=1,
    )


def missing_societies(campaign: SurveyCampaign) -> Any:
    """Return the living societies without a record in a campaign."""
    return (
        Cooperative.objects.living()
        .exclude(pk__in=SurveyRecord.objects.filter(campaign=campaign).values("cooperative"))
        .order_by()
    )


def move_campaign(campaign: SurveyCampaign, target: str, *, reason: str, by: User) -> None:
    """Close a campaign, or open it again; records stay as they are."""
    closing = target == CampaignState.CLOSED
    advance(
        CAMPAIGN,
        campaign,
        target,
        by=by,
        reason=reason,
        closed_at=clock.now() if closing else None,
    )


@transaction.atomic
def record_survey(
    record: SurveyRecord, facts: dict[str, Any], findings: Iterable[str], *, by: User, version: int
) -> SurveyRecord:
    """Write down what was seen of a society, or correct it while the campaign runs.

    `facts` holds surveyed_on, method, operating_state, met, disposition, note. Raises EditConflict
    when somebody saved in between, TransitionRefused when the campaign is closed.
    """
    reach = SurveyRecord.objects.permitted(by, Action.RECORD_SURVEY)
    held = reach.select_for_update(of=("self",)).filter(pk=record.pk)
    fresh = held.select_related("campaign", "cooperative").first()
    if fresh is None:
        raise PermissionDenied(Action.RECORD_SURVEY)
    if fresh.version != version:
        raise EditConflict(fresh)
    if not fresh.campaign.is_open:
        raise TransitionRefused(NOT_OPEN)
    kept = {**facts, "recorded_by": by, "recorded_at": clock.now()}
    if fresh.is_recorded:
        saved = SurveyRecord.objects.filter(pk=fresh.pk, version=version)
        if not saved.update(**kept, version=F("version") + 1):
            raise EditConflict(SurveyRecord.objects.get(pk=fresh.pk))
        audit.record("survey-corrected", fresh, by=by)
    else:
        advance(SURVEY, fresh, SurveyState.RECORDED, by=by, **kept)
    fresh.findings.all().delete()
    SurveyFinding.objects.bulk_create(
        SurveyFinding(record=fresh, finding=finding) for finding in sorted(set(findings))
    )
    fresh.refresh_from_db()
    return fresh
