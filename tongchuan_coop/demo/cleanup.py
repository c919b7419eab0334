"""Survey and clean-up in the demo district."""

import datetime as dt
import io
from functools import cache
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from stdnum.cn import uscc as code_rules

from accounts.models import User
from common import clock
from common.workflow import TransitionRefused
from registry.choices import RegistrationStatus
from registry.cleanup.bars import barred_route
from registry.cleanup.choices import (
    CaseState,
    Condition,
    Disposition,
    HelpKind,
    ProblemClass,
    Route,
    SubjectKind,
    SurveyMethod,
    SurveyState,
    TermKind,
    TipOffChannel,
)
from registry.models import CleanupCase, SurveyFinding, SurveyRecord
from registry.operations.batch_days import DayFacts, candidates, invite_cases, plan_day
from registry.operations.cleanup_cases import Charge, move_case, open_case, record_willingness
from registry.operations.cleanup_steps import finish_step, publish_notice
from registry.operations.rectification import add_task
from registry.operations.relations import give_help, record_successor
from registry.operations.surveys import open_campaign, top_up_campaign
from registry.operations.tip_offs import Told, receive_tip_off

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


# For each case of the demo: route, how many of its steps are done, whether it is late.
CASES = (
    (Route.SIMPLIFIED, 0, False),
    (Route.SIMPLIFIED, 2, False),
    (Route.SIMPLIFIED, 4, True),
    (Route.SIMPLIFIED, 9, False),
    (Route.ORDINARY, 0, False),
    (Route.ORDINARY, 3, True),
    (Route.CONVERSION, 1, False),
    (Route.CONVERSION, 4, False),
    (Route.RECTIFICATION, 1, False),
    (Route.RECTIFICATION, 1, True),
    (Route.RECTIFICATION, 0, False),
    (Route.REVOCATION, 2, False),
    (Route.MERGER, 1, False),
)
OPENED_FROM = dt.date(2021, 4, 26)
TASKS = ("建立成员账户", "完善财务账簿", "公开社务", "更正登记住所")


def cases(known: dict[str, User], random: Random) -> None:
    """Open cases out of the survey, some of them well on their way."""
    advised = SurveyRecord.objects.exclude(disposition=Disposition.SUPPORT).filter(
        state=SurveyState.RECORDED, cooperative__status=RegistrationStatus.ACTIVE
    )
    records = list(advised.select_related("cooperative__township").order_by("cooperative__uscc"))
    home = [each for each in records if _at_home(each, known)]
    rest = [each for each in records if not _at_home(each, known)]
    chosen = [*home[:6], *rest[:20]]
    for place, record in enumerate(chosen):
        course = CASES[place % len(CASES)]
        if not barred_route(course[0], record.cooperative):
            _live(record, course, known, random)


def _at_home(record: SurveyRecord, known: dict[str, User]) -> bool:
    return record.cooperative.township_id == known["clerk"].unit_id


def _live(
    record: SurveyRecord,
    course: tuple[Route, int, bool],
    known: dict[str, User],
    random: Random,
) -> None:
    route, steps, late = course
    bureau = known["bureau"]
    owner = known["clerk"] if _at_home(record, known) else bureau
    day = OPENED_FROM + dt.timedelta(days=random.randrange(0, 50))
    found = "、".join(str(each) for each in record.findings.order_by("pk")) or "需要规范"
    with clock.on_day(day):
        case = open_case(
            record.cooperative,
            route=route,
            because=f"2021年摸底：{found}。{record.note}",
            by=owner,
            charge=Charge(due_on=day + dt.timedelta(days=40 if late else 120)),
        )
        if not steps:
            return
    with clock.on_day(day + dt.timedelta(days=6)):
        _begin(case, record, owner)
    if route == Route.RECTIFICATION:
        with clock.on_day(day + dt.timedelta(days=7)):
            for title in random.sample(TASKS, 2):
                add_task(case, title, due_on=day + dt.timedelta(days=60), by=owner)
    _take_steps(case, steps, day + dt.timedelta(days=6), bureau, random)


def _begin(case: CleanupCase, record: SurveyRecord, owner: User) -> None:
    if not case.is_voluntary:
        move_case(case, CaseState.UNDER_WAY, by=owner)
        return
    CleanupCase.objects.filter(pk=case.pk).update(
        no_debts=True, no_pledge=True, no_proceedings=True, no_fines=True
    )
    case.refresh_from_db()
    record_willingness(
        case,
        signed_on=clock.today(),
        signer=record.cooperative.legal_representative or "理事长",
        uploads=[SimpleUploadedFile("意愿书.jpg", _picture())],
        by=owner,
        version=case.version,
    )


def _take_steps(case: CleanupCase, number: int, day: dt.date, bureau: User, random: Random) -> None:
    """Take so many steps, as far as nothing bars them and the days have come."""
    for _ in range(number):
        step = case.steps.waiting().select_related("template", "case__cooperative").first()
        day += dt.timedelta(days=random.randrange(2, 9))
        if step is None or day > LAST_SEEN:
            return
        with clock.on_day(day):
            try:
                if step.template.term == TermKind.NOTICE:
                    publish_notice(step, on=day, by=bureau)
                    return
                if step.template.key == "new_subject":
                    _found_farm(case, day, bureau)
                    step.refresh_from_db()
                finish_step(step, on=day, by=bureau)
            except TransitionRefused:  # a listed society first reports late: it waits there
                return


def _found_farm(case: CleanupCase, day: dt.date, bureau: User) -> None:
    body = f"92511702MA{case.pk % 10**7:07d}"
    record_successor(
        case,
        since=day,
        by=bureau,
        uscc=body + code_rules.calc_check_digit(body),
        name=f"通川区{case.cooperative.legal_representative or '兴农'}家庭农场",
        kind=SubjectKind.FAMILY_FARM,
        township=case.cooperative.township or bureau.unit,
        registered_on=day,
    )
    for kind in (HelpKind.POLICY, HelpKind.LAND):
        give_help(case, kind, given_on=day, note="上门讲解", by=bureau)


def batch_day(known: dict[str, User], random: Random) -> None:
    """Plan a batch day in a week and invite who is under way; one tip-off waits."""
    del random
    bureau = known["bureau"]
    with clock.on_day(LAST_SEEN):
        facts = DayFacts(
            "第三季度合作社现场批量注销",
            LAST_SEEN + dt.timedelta(days=12),
            "9:00—16:00",
            "通川区政务服务中心二楼",
            12,
            "营业执照正副本、公章、法定代表人身份证原件、承诺书",
        )
        day = plan_day(facts, by=bureau)
        invite_cases(day, list(candidates().order_by("pk")[:8]), by=bureau)
        told = Told("磐石镇一家养殖合作社", "长期没有经营，听说领过项目资金，请核实。")
        receive_tip_off(told, channel=TipOffChannel.PHONE, by=bureau)


@cache
def _picture() -> bytes:
    """Return a blank sheet, as a photo of a paper."""
    written = io.BytesIO()
    Image.new("RGB", (600, 850), (246, 244, 238)).save(written, "JPEG")
    return written.getvalue()


PARTS = (survey, cases, batch_day)
