"""The demonstration work of the demo district: titles, rounds, monitoring, plans, what societies have."""

import datetime as dt
from decimal import Decimal
from random import Random

from django.core.files.base import ContentFile

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from demonstration.choices import (
    KINDS_OF_STRENGTH,
    WITH_VALIDITY,
    ApplicationState,
    ChainStage,
    Dimension,
    Honour,
    Level,
    MonitoringCause,
    NamedList,
    Opinion,
    RoundState,
    Strength,
    TitleEventKind,
    Verification,
)
from demonstration.eligibility import sealed_check
from demonstration.models import (
    CriteriaSet,
    CultivationPlan,
    DemonstrationTitle,
    PlanMeasure,
    RatingApplication,
    RatingRound,
    SocietyStrength,
    TitleEvent,
    Undertaking,
)
from demonstration.operations import applications, plans, reviews, rounds, standings, strengths
from demonstration.operations.criteria import draft_criteria
from demonstration.operations.honour_papers import issue_certificate, issue_plaque
from demonstration.operations.monitoring import open_case, tell_society
from demonstration.operations.titles import end_title, years_after
from registry.choices import RegistrationStatus
from registry.models import Cooperative
from tongchuan_coop.demo.people import HOME_UNIT

# level, number, recognised on, batch, document
HONOURS = (
    (Level.NATIONAL, 1, dt.date(2019, 3, 6), "2018年度", "农经发〔2019〕2号"),
    (Level.NATIONAL, 1, dt.date(2021, 2, 8), "2020年度", "农经发〔2021〕1号"),
    (Level.PROVINCIAL, 3, dt.date(2018, 11, 20), "第九批", "川农函〔2018〕612号"),
    (Level.PROVINCIAL, 4, dt.date(2020, 10, 30), "第十二批", "川农函〔2020〕573号"),
    (Level.MUNICIPAL, 4, dt.date(2019, 9, 12), "2019年度", "达市农发〔2019〕88号"),
    (Level.MUNICIPAL, 6, dt.date(2020, 12, 18), "2020年度", "达市农发〔2020〕121号"),
    (Level.DISTRICT, 12, dt.date(2019, 7, 5), "2019年度", "通区农发〔2019〕66号"),
    (Level.DISTRICT, 17, dt.date(2020, 9, 1), "2020年度", "通区农发〔2020〕88号"),
)
STANDARD = 14
BORN = dt.date(2018, 6, 30)
CALL, CHECKED, TODAY = dt.date(2021, 5, 10), dt.date(2021, 6, 21), dt.date(2021, 7, 16)
APPLICANTS = 12
AIMS = {
    Dimension.MEMBERS: ("完善成员名册", "逐户核对身份和出资，按月更新名册。"),
    Dimension.DEMOCRACY: ("按时召开成员大会", "每半年召开一次成员大会，会议记录全体签字。"),
    Dimension.PROPERTY: ("理清财政补助形成的资产", "清点登记，量化到成员账户。"),
    Dimension.FINANCE: ("独立核算、账目公开", "委托代理记账，每季度公开一次收支。"),
    Dimension.DISTRIBUTION: ("按交易量返还不低于60%", "制定分配方案，提交成员大会通过。"),
    Dimension.MECHANISM: ("发展订单生产", "与配送企业签订全年订单。"),
    Dimension.SERVICE: ("建成分级包装线", "统一分级、包装和配送。"),
}
INDUSTRIES = (
    ("蔬菜", "番茄、辣椒、莴笋"),
    ("水果", "脆李、柑橘"),
    ("茶叶", "富硒绿茶"),
    ("生猪", "商品猪、仔猪"),
    ("中药材", "黄精、金银花"),
    ("粮油", "优质稻、油菜"),
)


def add_honours(known: dict[str, User], random: Random) -> None:
    """Enter the titles of former years; one was removed later."""
    del random
    able = list(
        Cooperative.objects.filter(
            status=RegistrationStatus.ACTIVE,
            established_on__lt=BORN,
            township__isnull=False,
        ).order_by("-member_count", "pk")[:90]
    )
    titles = []
    taken = 0
    for level, number, day, batch, document in HONOURS:
        titles += [
            _title(society, level, day, batch=batch, document_number=document)
            for society in able[taken : taken + number]
        ]
        taken += number
    titles += [
        _title(
            society,
            Level.DISTRICT,
            dt.date(2020, 12, 1),
            honour=Honour.STANDARD,
            batch="2020年度",
            document_number="通区农发〔2020〕102号",
        )
        for society in able[taken : taken + STANDARD]
    ]
    made = DemonstrationTitle.objects.bulk_create(titles)
    TitleEvent.objects.bulk_create(
        TitleEvent(
            title=title,
            kind=TitleEventKind.RECOGNISED,
            on=title.recognised_on,
            document_number=title.document_number,
            recorded_by=known["bureau"],
        )
        for title in made
    )
    for title in made[:4]:
        issue_certificate(title, by=known["bureau"])
        issue_plaque(title, by=known["bureau"])
    with clock.on_day(dt.date(2021, 3, 22)):
        last = DemonstrationTitle.objects.get(pk=made[-STANDARD - 1].pk)
        end_title(
            last,
            TitleEventKind.REMOVED,
            on=clock.today(),
            document="通区农发〔2021〕19号",
            reason="连续两年未公示年度报告",
            version=last.version,
            by=known["bureau"],
        )


def _title(society: Cooperative, level: Level, day: dt.date, **facts: str) -> DemonstrationTitle:
    return DemonstrationTitle(
        cooperative=society,
        level=level,
        recognised_on=day,
        monitor_by=years_after(day, 2),
        entered_at=clock.now(),
        **facts,
    )


def add_round(known: dict[str, User], random: Random) -> None:
    """Let a round of 2021 stand in the middle: some applications scored, some waiting."""
    bureau = known["bureau"]
    criteria = CriteriaSet.objects.in_force(CALL).get(
        level=Level.DISTRICT, honour=Honour.DEMONSTRATION
    )
    departments = list(OrganisationUnit.objects.filter(code__in=("scjgj", "swju")))
    with clock.on_day(CALL):
        made = rounds.create_round(
            {
                "title": "2021年度区级示范社评定",
                "criteria": criteria,
                "quota": 15,
                "apply_from": CALL,
                "apply_until": dt.date(2021, 7, 31),
            },
            by=bureau,
        )
        for person in (known["regulator"], known["tax"], known["clerk"]):
            rounds.appoint_reviewer(made, person, by=bureau)
        rounds.choose_departments(made, departments, version=made.version, by=bureau)
    RatingRound.objects.filter(pk=made.pk).update(state=RoundState.OPEN)
    made.refresh_from_db()
    held = DemonstrationTitle.objects.values("cooperative")
    elsewhere = (
        Cooperative.objects.living()
        .filter(status=RegistrationStatus.ACTIVE, township__isnull=False, established_on__lt=BORN)
        .exclude(pk__in=held)
        .exclude(township__code=HOME_UNIT)
        .order_by("-member_count", "pk")[: APPLICANTS - 3]
    )
    own = Cooperative.objects.filter(agents__user=known["cooperative"]).first()
    at_home = (
        Cooperative.objects.living()
        .filter(status=RegistrationStatus.ACTIVE, township__code=HOME_UNIT)
        .exclude(pk__in=held)
        .exclude(pk=own.pk if own else 0)
        .order_by("-member_count", "pk")[:2]
    )
    states = [
        ApplicationState.REVIEWED,
        ApplicationState.REVIEWED,
        ApplicationState.REVIEWED,
        ApplicationState.RECOMMENDED,
        ApplicationState.RECOMMENDED,
        ApplicationState.RECOMMENDED,
        ApplicationState.SUBMITTED,
        ApplicationState.SUBMITTED,
        ApplicationState.SUBMITTED,
        ApplicationState.RETURNED,
        ApplicationState.SUBMITTED,
        ApplicationState.RECOMMENDED,
    ]
    with clock.on_day(CHECKED):
        for society, state in zip(
            [*elsewhere, *([own] if own else []), *at_home], states, strict=False
        ):
            _apply(made, society, state, random)
    _consult(made, known)


def _apply(
    made: RatingRound, society: Cooperative, state: ApplicationState, random: Random
) -> None:
    application = RatingApplication(
        round=made,
        cooperative=society,
        statement=(
            f"{society.name}成员 {society.member_count or '若干'} 人，"
            f"实行统一采购、统一销售，带动周边 {random.randrange(30, 180)} 户增收。"
        ),
    )
    application.self_check = sealed_check(application)
    application.state = state
    application.submitted_at = clock.now()
    if state in (ApplicationState.RECOMMENDED, ApplicationState.REVIEWED):
        application.recommendation = "经营正常，带动作用明显，同意推荐。"
    if state == ApplicationState.REVIEWED:
        application.paper_check = "材料齐全，章程、名册、账簿均已核对。"
        application.visited_on = clock.today()
        application.visit_findings = "基地和办公场所属实，社务公开栏内容齐全。"
    if state == ApplicationState.RETURNED:
        application.closed_because = "请补充上年度成员大会记录和盈余分配方案。"
    application.save()


def _consult(made: RatingRound, known: dict[str, User]) -> None:
    """One department has answered on the first application, and one reviewer has scored it."""
    first = made.applications.filter(state=ApplicationState.REVIEWED).order_by("pk").first()
    if first is None:
        return
    with clock.on_day(dt.date(2021, 7, 5)):
        applications.give_opinion(first, Opinion.AGREE, "", by=known["regulator"])
        RatingRound.objects.filter(pk=made.pk).update(state=RoundState.REVIEWING)
        first.refresh_from_db()
        reviewer = made.reviewers.get(user=known["regulator"])
        reviews.declare_interest(
            reviewer, first, has_interest=False, note="", by=known["regulator"]
        )
        points = {
            item.pk: (item.points * Decimal("0.85")).quantize(Decimal("0.1"))
            for item in made.criteria.items.all()
            if item.is_scored
        }
        reviews.save_sheet(
            reviewer,
            first,
            points,
            comment="运行规范，账目清楚。",
            hand_in=True,
            version=0,
            by=known["regulator"],
        )


def add_notice(known: dict[str, User], random: Random) -> None:
    """Let a round for standard societies stand in its public notice, with one objection."""
    criteria = CriteriaSet.objects.in_force(CALL).get(level=Level.DISTRICT, honour=Honour.STANDARD)
    made = RatingRound.objects.create(
        title="2021年度规范社评定",
        criteria=criteria,
        quota=5,
        apply_from=dt.date(2021, 4, 1),
        apply_until=dt.date(2021, 4, 30),
        state=RoundState.NOTICE,
        approved_by_meeting="通联纪〔2021〕2号",
        approved_on=dt.date(2021, 7, 14),
        notice_from=dt.date(2021, 7, 16),
        notice_until=dt.date(2021, 7, 22),
        created_by=known["bureau"],
    )
    held = DemonstrationTitle.objects.values("cooperative")
    chosen = (
        Cooperative.objects.living()
        .filter(status=RegistrationStatus.ACTIVE, township__isnull=False)
        .exclude(pk__in=held)
        .exclude(title_applications__isnull=False)
        .order_by("-member_count", "pk")[20:23]
    )
    with clock.on_day(dt.date(2021, 4, 20)):
        for place, society in enumerate(chosen, start=1):
            _apply(made, society, ApplicationState.NOTICED, random)
            RatingApplication.objects.filter(round=made, cooperative=society).update(place=place)
    objected = made.applications.order_by("place").last()
    if objected is not None:
        with clock.on_day(dt.date(2021, 7, 19)):
            applications.record_objection(
                objected,
                {
                    "name": "王德明",
                    "phone": "13900000000",
                    "text": "该社去年没有召开成员大会，请核实。",
                    "received_on": dt.date(2021, 7, 19),
                },
                by=known["bureau"],
            )


def add_monitoring(known: dict[str, User], random: Random) -> None:
    """Two titles are monitored: one case was told, one has just been opened."""
    del random
    bureau = known["bureau"]
    held = list(
        DemonstrationTitle.objects.held()
        .filter(level=Level.DISTRICT, honour=Honour.DEMONSTRATION)
        .order_by("pk")[:2]
    )
    with clock.on_day(dt.date(2021, 7, 1)):
        told = open_case(held[0], MonitoringCause.BAD_VISIT, "走访两次均无人在场。", by=bureau)
        attach_file(
            told,
            ContentFile(_proof(), name="送达回证.docx"),
            purpose="监测凭证",
            note="当面送达，理事长签收",
            by=bureau,
        )
        told.refresh_from_db()
        tell_society(
            told,
            on=dt.date(2021, 7, 1),
            how="当面送达，理事长签收",
            reply_due=dt.date(2021, 7, 26),
            version=told.version,
            by=bureau,
        )
    with clock.on_day(TODAY):
        open_case(held[1], MonitoringCause.OTHER, "群众反映基地撂荒。", by=bureau)


def _proof() -> bytes:
    document = OfficialDocument("送达回证")
    document.paragraph("示范社监测告知书一份，已当面送达，受送达人签收。")
    return document.content()


def add_plans(known: dict[str, User], random: Random) -> None:
    """Cultivate eight societies, fill the named lists, and say what the better ones have."""
    held = list(
        Cooperative.objects.filter(titles__isnull=False)
        .distinct()
        .select_related("township")
        .order_by("-member_count", "pk")[:45]
    )
    _strengths(held, known, random)
    clerks = dict(User.objects.filter(role=Role.CLERK).order_by("-pk").values_list("unit", "pk"))
    with clock.on_day(dt.date(2021, 4, 12)):
        for place, society in enumerate(held[:8]):
            plan = plans.open_plan(
                society,
                {
                    "target": Level.MUNICIPAL if place % 2 else Level.PROVINCIAL,
                    "due_on": dt.date(2021, 12, 20),
                    "situation": "成员较多、经营稳定；账目公开和盈余返还还要加强。",
                    "responsible_id": clerks.get(society.township_id, known["bureau"].pk),
                    "department": known["bureau"].unit,
                },
                by=known["bureau"],
            )
            _measures(plan, place)
        for place, society in enumerate(held[:13]):
            name = NamedList.TYPICAL if place < 7 else NamedList.THREE_IN_ONE
            plans.enter_on_list(society, name, "成员多、收入稳定、运行规范", by=known["bureau"])
        for society in held[13:15]:
            plans.enter_on_list(
                society, NamedList.FAMILY_FARM, "由五家家庭农场联合组建", by=known["bureau"]
            )
        plans.enter_on_list(
            held[15], NamedList.PROMISING, "带动三个村，订单稳定增长", by=known["bureau"]
        )
    with clock.on_day(TODAY):
        standings.recompute_standings(by=None)
        draft_criteria(
            CriteriaSet.objects.in_force(TODAY).get(
                level=Level.DISTRICT, honour=Honour.DEMONSTRATION
            ),
            by=known["bureau"],
        )


def _measures(plan: CultivationPlan, place: int) -> None:
    PlanMeasure.objects.bulk_create(
        PlanMeasure(
            plan=plan,
            dimension=dimension,
            aim=aim,
            steps=steps,
            responsible="理事长",
            due_on=dt.date(2021, 6, 30) + dt.timedelta(days=20 * number),
            done_on=dt.date(2021, 6, 25) if number < place % 4 else None,
            done_note="已完成并附凭证" if number < place % 4 else "",
        )
        for number, (dimension, (aim, steps)) in enumerate(AIMS.items())
    )


def _strengths(societies: list[Cooperative], known: dict[str, User], random: Random) -> None:
    counsellor = known["counsellor"]
    Undertaking.objects.bulk_create(
        Undertaking(
            cooperative=society,
            industry=(chosen := random.choice(INDUSTRIES))[0],
            products=chosen[1],
            chain_stage=random.choice(ChainStage.values),
            base_area=random.randrange(80, 1600),
            scale_members=random.randrange(6, 60),
            online_sales=random.randrange(0, 60) * 10_000,
            led_by_family_farms=random.random() < 0.15,
            credit_cooperation=random.random() < 0.1,
            verification=random.choice(Verification.values),
            entered_by=counsellor,
        )
        for society in societies
    )
    rows = []
    for society in societies:
        for entries in KINDS_OF_STRENGTH.values():
            for what in entries:
                if random.random() < 0.28:
                    rows.append(_strength(society, what, counsellor, random))
    SocietyStrength.objects.bulk_create(rows)


def _strength(society: Cooperative, what: Strength, by: User, random: Random) -> SocietyStrength:
    certified = what in WITH_VALIDITY
    since = dt.date(2018, 9, 1) + dt.timedelta(days=random.randrange(0, 700))
    return SocietyStrength(
        cooperative=society,
        kind=strengths.kind_of(what),
        what=what,
        number=f"川证{random.randrange(10**7):07}" if certified else "",
        since=since if certified else None,
        valid_until=years_after(since, 3) if certified else None,
        name="通川源" if what == Strength.BRAND_NAME else "",
        verification=random.choice(Verification.values),
        entered_by=by,
    )


PARTS = (add_honours, add_round, add_notice, add_monitoring, add_plans)
