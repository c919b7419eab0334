"""The demo's answers on paper: two departments have nobody in the portal, one has written already."""

import datetime as dt
from random import Random

from django.core.files.base import ContentFile

from accounts.choices import Role
from accounts.models import OrganisationUnit, User
from common import clock
from common.documents.word import OfficialDocument
from liaison.consents import asked_of
from liaison.meeting_choices import ConsentAnswer, MinutesState, PaperForm
from liaison.models import Minutes
from liaison.operations.paper_answers import record_paper_answer

WITHOUT_PEOPLE = ("gxs", "swj")  # their liaisons have left; the first has answered by letter
DAY = dt.date(2021, 7, 19)


def add_papers(known: dict[str, User], _random: Random) -> None:
    """Let two liaisons leave, and record the letter of one department in the open round."""
    round_ = Minutes.objects.filter(state=MinutesState.CIRCULATED).order_by("-pk").first()
    if round_ is None:
        return
    gone = User.objects.filter(role=Role.LIAISON, unit__code__in=WITHOUT_PEOPLE)
    gone.update(is_active=False)
    office = OrganisationUnit.objects.get(code=WITHOUT_PEOPLE[0])
    letter = OfficialDocument("关于会签会议纪要的复函")
    letter.paragraph("来文收悉，我单位对纪要涉及本单位的内容没有意见。")
    with clock.on_day(DAY):
        record_paper_answer(
            round_,
            office,
            {row.pk: (ConsentAnswer.AGREED, "", row.version) for row in asked_of(round_, office)},
            {"form": PaperForm.LETTER, "number": "通供销函〔2021〕6号", "received_on": DAY},
            [ContentFile(letter.content(), name="复函.docx")],
            by=known["bureau"],
        )
