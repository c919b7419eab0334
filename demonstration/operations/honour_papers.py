"""The papers of a title: its certificate on A4 and the sheet its plaque is made from.

Each has its own number, check code and page for checking; a later one replaces the one before.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from accounts.choices import PaperKind
from accounts.models import IssuedPaper, User
from accounts.operations.papers import issue_paper, supersede_paper
from accounts.policy import Action, may
from common import clock
from common.documents.pdf import render_pdf
from common.template_tags import day as in_words
from common.workflow import TransitionRefused
from demonstration.models import DemonstrationTitle

ISSUER = "达州市通川区农业农村局"


@dataclass(frozen=True)
class _Form:
    """How a paper of a title is numbered, named, drawn and kept."""

    kind: PaperKind
    series: str
    heading: str
    template: str
    field: str


CERTIFICATE = _Form(
    PaperKind.HONOUR_CERTIFICATE, "通农合示", "农民合作社示范社证书", "certificate", "certificate"
)
PLAQUE = _Form(PaperKind.PLAQUE, "通农合牌", "农民合作社示范社牌匾", "plaque", "plaque")


def issue_certificate(title: DemonstrationTitle, *, by: User) -> IssuedPaper:
    """Issue the certificate of a held title. Raises TransitionRefused for one that has ended."""
    return _issue(title, CERTIFICATE, by=by)


def issue_plaque(title: DemonstrationTitle, *, by: User) -> IssuedPaper:
    """Issue the plaque of a held title. Raises TransitionRefused for one that has ended."""
    return _issue(title, PLAQUE, by=by)


@transaction.atomic
def _issue(title: DemonstrationTitle, form: _Form, *, by: User) -> IssuedPaper:
    if not may(by, Action.EDIT_TITLE):
        raise PermissionDenied(Action.EDIT_TITLE)
    held = DemonstrationTitle.objects.select_for_update(of=("self",)).get(pk=title.pk)
    if not held.is_held:
        raise TransitionRefused(f"称号已终止，不能再制发{form.kind.label}。")
    paper = issue_paper(
        held,
        kind=form.kind,
        series_label=form.series,
        title=form.heading,
        public_facts={
            "合作社": held.cooperative.name,
            "统一社会信用代码": held.cooperative.code,
            "称号": _honour(held),
            "认定文号": held.document_number,
            "认定日期": in_words(held.recognised_on),
            "有效期至": _until(held),
        },
        content=lambda paper: render_pdf(form.template, _sheet(held, paper)),
        by=by,
    )
    former: IssuedPaper | None = getattr(held, form.field)
    if former is not None:
        supersede_paper(former, paper, by=by)
    DemonstrationTitle.objects.filter(pk=held.pk).update(
        **{form.field: paper, "version": F("version") + 1}
    )
    title.refresh_from_db()
    return paper


def _sheet(title: DemonstrationTitle, paper: IssuedPaper) -> dict[str, object]:
    """Return what both sheets say; each template takes what it shows."""
    society = title.cooperative
    return {
        "title": "证书",
        "number": paper.number,
        "society": society.name,
        "honour": _honour(title),
        "paragraphs": [
            f"{society.name}：",
            f"经评定，你社被认定为{_honour(title)}。特发此证。",
        ],
        "rows": [
            ["统一社会信用代码", society.code],
            ["批次", title.batch],
            ["认定文号", title.document_number],
            ["认定日期", in_words(title.recognised_on)],
            ["有效期至", _until(title)],
        ],
        "issuer": ISSUER,
        "date": in_words(clock.today()),
        "recognised": in_words(title.recognised_on),
        "check": paper.check_facts(),
    }


def _honour(title: DemonstrationTitle) -> str:
    return f"{title.get_level_display()}农民合作社{title.get_honour_display()}"


def _until(title: DemonstrationTitle) -> str:
    return in_words(title.valid_until) if title.valid_until else "下一次监测结果公布之日"
