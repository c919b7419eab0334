"""The demo's typical cases: two published, one of them to the public, and some on their way."""

import datetime as dt
from dataclasses import dataclass
from random import Random

from accounts.models import OrganisationUnit, User
from common import clock
from demonstration.models import DemonstrationTitle
from liaison.exemplar_choices import ExemplarKind
from liaison.operations import exemplars as operations
from registry.models import Cooperative
from tongchuan_coop.demo.people import HOME_UNIT


@dataclass(frozen=True)
class Told:
    """A case: by whom, when, about which titled society of the home township, and how far it came."""

    writer: str
    on: dt.date
    kind: ExemplarKind
    title: str
    summary: str
    practice: str
    results: str
    lessons: str
    society: int | None = None
    steps: tuple[str, ...] = ()  # submit, approve, consent, publish, open


CASES = (
    Told(
        "clerk",
        dt.date(2021, 3, 16),
        ExemplarKind.SOCIETY,
        "账目上墙、分红到户：一家合作社的规范之路",
        "从账目不清到每季公开，成员账户、交易记录和盈余返还逐项补齐，成员从观望到主动交售。",
        "理事会请辅导员帮助建立成员账户，逐户核对出资和交易量。\n"
        "每季度末把收支、库存和成员交易量张贴在收购点，监事会签字后才公布。\n"
        "年终按交易量返还盈余，返还比例写进章程，由成员大会表决。",
        "成员交售量明显增加，欠款和口头约定全部转为书面合同。\n"
        "当年通过区级示范社评定，邻近两家合作社来学习记账方法。",
        "公开的不只是结果，更是过程：成员看得到账，才信得过社。\n"
        "辅导员先帮做一个季度，再放手由本社会计接着做，做法才留得下来。",
        society=0,
        steps=("submit", "approve", "consent", "open"),
    ),
    Told(
        "clerk",
        dt.date(2021, 4, 22),
        ExemplarKind.CLEANUP,
        "一镇一册、三方见面：休眠合作社怎样清得动",
        "乡镇、登记窗口、税务窗口三方同日见面，一次说清材料，休眠合作社注销不再来回跑。",
        "先按摸底结果把休眠合作社列成一册，逐户联系理事长，写明愿意注销、愿意转办还是联系不上。\n"
        "每月固定一天，登记和税务窗口到镇上集中受理，缺什么材料当场告知。\n"
        "联系不上的，按统一口径由成员推选清算人。",
        "名册上愿意注销的全部进入办理，当场受理的不用再跑第二趟。",
        "难点不在政策，在于几家窗口同时在场。",
        steps=("submit", "approve", "publish"),
    ),
    Told(
        "regulator",
        dt.date(2021, 6, 18),
        ExemplarKind.MECHANISM,
        "登记数据按季共享，异常名录早知道",
        "按季把登记变更和经营异常名录共享给农业农村部门，辅导员上门前就知道该查什么。",
        "商定字段、时限和保密要求，每季度末后十天内报送。\n名单只给办事的人看，到期自动收回。",
        "乡镇街道核实疑似问题的时间缩短，重复上门减少。",
        "先把字段和用途写清楚，部门才敢给、给得准。",
        steps=("submit", "approve"),
    ),
    Told(
        "clerk",
        dt.date(2021, 7, 9),
        ExemplarKind.SERVICE,
        "统一烘干、统一销售，小合作社抱团",
        "三家小合作社合用烘干设备，统一品牌销售，淡季不闲、旺季不堵。",
        "由一家合作社购置烘干设备，另外两家按用量付费，价格由三家共同商定。\n产品统一分级、统一包装。",
        "设备利用率提高，三家都签了稳定订单。",
        "合用设备要先说好排队办法和维修费用。",
        society=1,
        steps=("submit",),
    ),
    Told(
        "clerk",
        dt.date(2021, 7, 14),
        ExemplarKind.TRAINING,
        "理事长夜校：农闲办班，一课一事",
        "利用农闲晚上办班，一堂课只讲一件事，讲完当场动手做。",
        "每堂课只选一件事，例如怎样记成员账户、怎样开成员大会。",
        "",
        "",
    ),
)


def add_exemplars(known: dict[str, User], _random: Random) -> None:
    """Write each case on its day and take it as far as it came."""
    township = OrganisationUnit.objects.get(code=HOME_UNIT)
    titled = DemonstrationTitle.objects.held().values("cooperative")
    societies = list(
        Cooperative.objects.living()
        .filter(township=township, pk__in=titled)
        .order_by("uscc")[: 1 + max(case.society or 0 for case in CASES)]
    )
    bureau = known["bureau"]
    for case in CASES:
        place = case.society
        society = societies[place] if place is not None and place < len(societies) else None
        writer = known[case.writer]
        with clock.on_day(case.on):
            exemplar = operations.write_exemplar(
                {
                    "title": case.title,
                    "kind": case.kind,
                    "summary": case.summary,
                    "practice": case.practice,
                    "results": case.results,
                    "lessons": case.lessons,
                    "cooperative": society,
                    "township": township if writer.unit_id == township.pk else None,
                },
                by=writer,
            )
            if "submit" in case.steps:
                operations.submit_exemplar(exemplar, by=writer)
        with clock.on_day(case.on + dt.timedelta(days=4)):
            if "approve" in case.steps:
                operations.approve_exemplar(exemplar, by=bureau)
        with clock.on_day(case.on + dt.timedelta(days=6)):
            if "consent" in case.steps and society:
                operations.record_consent(
                    exemplar,
                    clock.today(),
                    f"理事长{society.legal_representative}，看过定稿",
                    version=exemplar.version,
                    by=writer,
                )
            if {"publish", "open"} & set(case.steps):
                opened = "open" in case.steps and society is not None
                operations.publish_exemplar(exemplar, open_to_public=opened, by=bureau)
