"""The year's summary of guidance and training, drafted from the facts as a Word file (S-073)."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, Q

from accounts.models import User
from accounts.operations import audit
from accounts.policy import Action
from common import clock
from common.documents.word import OfficialDocument
from common.template_tags import day
from training.choices import Audience, EventState, PromiseState, SignedBy
from training.models import Attendance, Counsellor, GuidanceRecord, Promise, TrainingEvent, Visit


@transaction.atomic
def write_summary(year: int, *, by: User) -> bytes:
    """Return a Word file with what was done in a year in the reach of the person who asks."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    until = min(last, clock.today())
    visits = (
        Visit.objects.permitted(by, Action.VIEW_VISIT)
        .standing()
        .filter(visited_on__range=(first, last))
    )
    events = TrainingEvent.objects.permitted(by, Action.VIEW_EVENT).filter(
        state=EventState.HELD, held_on__range=(first, last)
    )
    promises = Promise.objects.permitted(by, Action.VIEW_PROMISE).filter(
        made_at__date__range=(first, last)
    )
    document = OfficialDocument(f"{year}年度辅导与培训工作总结（草稿）")
    document.paragraph(
        f"本稿由平台按截至{day(until)}的记录生成，数字可在平台逐条核对，文字请修改补充。"
    )
    document.heading("辅导走访")
    seen = visits.aggregate(
        number=Count("pk"),
        societies=Count("cooperative", distinct=True),
        people=Count("counsellor", distinct=True),
        on_site=Count("pk", filter=Q(method="on_site")),
    )
    posts = Counsellor.objects.permitted(by, Action.VIEW_COUNSELLOR).serving(until).count()
    document.paragraph(
        f"现有在聘辅导员{posts}人。全年走访{seen['number']}次，其中实地{seen['on_site']}次；"
        f"走访合作社{seen['societies']}家，{seen['people']}名辅导员参加。"
    )
    document.heading("整改落实")
    kept = promises.aggregate(
        number=Count("pk"),
        closed=Count("pk", filter=Q(state=PromiseState.CLOSED)),
        late=Count("pk", filter=Q(state=PromiseState.OPEN, due_on__lt=until)),
    )
    document.paragraph(
        f"约定整改事项{kept['number']}项，已办结{kept['closed']}项，逾期未办结{kept['late']}项。"
    )
    document.heading("培训")
    people = Attendance.objects.filter(event__in=events.values("pk")).exclude(
        signed=SignedBy.NOT_YET
    )
    document.paragraph(f"举办培训{events.count()}次，到会{people.count()}人次。分对象情况：")
    counted = dict(events.order_by().values_list("audience").annotate(n=Count("pk")))
    came = dict(people.order_by().values_list("event__audience").annotate(n=Count("pk")))
    document.table(
        ["对象", "次数", "到会人次"],
        [[str(kind.label), str(counted.get(kind, 0)), str(came.get(kind, 0))] for kind in Audience],
    )
    document.heading("登记前辅导、章程指导与学习考察")
    ledger = GuidanceRecord.objects.permitted(by, Action.VIEW_GUIDANCE).filter(
        on__range=(first, last)
    )
    kinds = dict(ledger.order_by().values_list("kind").annotate(n=Count("pk")))
    document.paragraph(
        f"登记前辅导{kinds.get('before_registration', 0)}次，"
        f"章程制度指导{kinds.get('charter', 0)}次，外出学习考察{kinds.get('study_tour', 0)}次。"
    )
    document.heading("存在的问题和下一步打算")
    document.paragraph("（请填写）")
    audit.record("summary-drafted", by=by, number=year)
    return document.content()
