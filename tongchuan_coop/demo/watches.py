"""The demo's signs of illegal fund-raising: two derived, one noted, one looked into and referred."""

import datetime as dt
from random import Random

from django.core.files.base import ContentFile

from accounts.models import OrganisationUnit, User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from demonstration.innovation_choices import InnovationKind
from demonstration.models import InnovationEntry
from liaison.operations.watches import check_watch, derive_watches, note_watch, refer_watch
from liaison.watch_choices import WatchSign
from registry.models import Cooperative

DAY = dt.date(2021, 6, 22)
WORDS = (
    (WatchSign.PUBLICITY, "群众反映在赶集日发放宣传单，称入社资金按月分红，请核实。"),
    (WatchSign.OUTSIDERS, "走访中得知有外村村民交款取得“会员卡”，约12人、每人5000元。"),
)


def add_watches(known: dict[str, User], _random: Random) -> None:
    """Derive what the credit lines say, then note two more."""
    bureau = known["bureau"]
    lenders = InnovationEntry.objects.filter(kind=InnovationKind.CREDIT).values("cooperative")
    societies = list(Cooperative.objects.filter(pk__in=lenders).order_by("pk"))
    if not societies:
        return
    with clock.on_day(DAY):
        derive_watches(by=bureau)
        for society, (sign, content) in zip(societies, WORDS, strict=False):
            watch = note_watch(
                society, {"sign": sign, "content": content, "noted_on": DAY}, by=bureau
            )
        check_watch(watch, "与12名村民核对收据，款项未入成员账户，承诺年息8%。", by=bureau)
        refer_watch(
            watch,
            {
                "referred_to": OrganisationUnit.objects.get(code="jrb"),
                "referred_on": DAY,
                "referral_number": "通农函〔2021〕23号",
            },
            by=bureau,
        )
        attach_file(
            watch, ContentFile(_letter(), name="移送函.docx"), purpose="移送函扫描件", by=bureau
        )


def _letter() -> bytes:
    document = OfficialDocument("关于移送非法集资线索的函")
    document.paragraph("现将核查中发现的线索随函移送，请依职责处置，处置情况请告我局。")
    return document.content()
