"""Survey and clean-up in the demo district."""

import datetime as dt
from random import Random

from accounts.models import User
from common import clock
from registry.choices import RegistrationStatus
from registry.cleanup.choices import (
    Condition,
    Disposition,
    ProblemClass,
    SurveyMethod,
    SurveyState,
)
from registry.models import SurveyFinding, SurveyRecord
from registry.operations.surveys import open_campaign, top_up_campaign

OPENED, DUE, LAST_SEEN = dt.date(2021, 4, 6), dt.date(2021, 8, 31), dt.date(2021, 7, 16)
# Of a hundred societies looked at: how many were in which condition.
CONDITIONS = (
    (62, Condition.NORMAL, Disposition.SUPPORT, (), ""),
    (
        14,
        Condition.NORMAL,
        Disposition.RECTIFY,
        (ProblemClass.NO_FARMER_PARTICIPATION, "family"),
        "",
    ),
    (5, Condition.SEASONAL, Disposition.SUPPORT, (), "秋季采收后停工"),
    (
        7,
        Condition.CEASED,
        Disposition.VOLUNTARY_DEREGISTRATION,
        (ProblemClass.CEASED_POOR_MANAGEMENT, "dormant"),
        "行情不好，已停业一年多",
    ),
    (
        5,
        Condition.NOT_FOUND,
        Disposition.SIMPLIFIED_DEREGISTRATION,
        (ProblemClass.NO_SUBSTANTIVE_BUSINESS, "shell"),
        "住所无人，村干部称没有经营过",
    ),
    (
        4,
        Condition.NORMAL,
        Disposition.CONVERT_FAMILY_FARM,
        (ProblemClass.NO_FARMER_PARTICIPATION, "one_person"),
        "理事长一家自己种，其他成员没有参与",
    ),
    (
        3,
        Condition.CEASED,
        Disposition.REVOKE,
        (ProblemClass.NO_SUBSTANTIVE_BUSINESS, "zombie"),
        "三年没有经营",
    ),
)


def survey(known: dict[str, User], random: Random) -> None:
    """Open a survey in April; by July three quarters of the societies have been looked at."""
    bureau = known["bureau"]
    with clock.on_day(OPENED):
        campaign = open_campaign(
            "2021年农民合作社全面摸底排查",
            due_on=DUE,
            note="须实地查看，了解成员参与和经营情况；找不到的向村社干部核实。",
            by=bureau,
        )
    with clock.on_day(LAST_SEEN):
        top_up_campaign(campaign, by=bureau)
    records = list(
        campaign.records.due().select_related("cooperative__township").order_by("cooperative__uscc")
    )
    chosen = [record for record in records if random.random() < 0.74]
    findings = [found for record in chosen for found in _look_at(record, bureau, random)]
    SurveyRecord.objects.bulk_update(
        chosen,
        (
            "state",
            "surveyed_on",
            "method",
            "operating_state",
            "disposition",
            "note",
            "recorded_by",
            "recorded_at",
        ),
        batch_size=200,
    )
    SurveyFinding.objects.bulk_create(findings)


def _look_at(record: SurveyRecord, bureau: User, random: Random) -> list[SurveyFinding]:
    weights = [each[0] for each in CONDITIONS]
    if record.cooperative.status == RegistrationStatus.REVOKED:
        weights = [0, 0, 0, 4, 4, 0, 4]
    _, state, advice, found, note = random.choices(CONDITIONS, weights)[0]
    record.state = SurveyState.RECORDED
    record.surveyed_on = OPENED + dt.timedelta(days=random.randrange(2, 100))
    record.method = SurveyMethod.VILLAGE if "村干部" in note else SurveyMethod.ON_SITE
    record.operating_state, record.disposition, record.note = state, advice, note
    record.recorded_by = record.cooperative.counsellor or bureau
    record.recorded_at = clock.start_of(record.surveyed_on) + dt.timedelta(hours=16)
    return [SurveyFinding(record=record, finding=value) for value in found]


PARTS = (survey,)
