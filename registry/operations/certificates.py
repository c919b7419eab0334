"""Roster certificates: asking for one, checking and issuing it, taking it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.choices import NoticeEvent, PaperKind
from accounts.models import IssuedPaper, User
from accounts.operations import audit
from accounts.operations.notices import notify
from accounts.operations.papers import issue_paper, supersede_paper, withdraw_paper
from accounts.operations.transitions import advance
from accounts.policy import Action
from common import clock, locks
from common.documents.pdf import render_pdf
from common.template_tags import day, masked_phone
from common.workflow import TransitionRefused
from registry.choices import CertificateState, MemberPost
from registry.models import Cooperative, RosterCertificate
from registry.roster.checks import breaches, check_roster
from registry.workflows import CERTIFICATE

SERIES = "通农合证"
EMPTY = "成员名册还是空的，不能出具证明。请先填好成员名册。"
WAITING = "已有一份申请在等待核发，不必再申请。"
NO_PURPOSE = "请写明证明的用途。"
UNLAWFUL = "名册与法律要求不符：{what}。确需核发的，请写明理由。"


@transaction.atomic
def request_certificate(society: Cooperative, purpose: str, *, by: User) -> RosterCertificate:
    """Ask for a certificate of today's roster. One request waits at a time."""
    reach = Cooperative.objects.permitted(by, Action.REQUEST_CERTIFICATE)
    if not reach.filter(pk=society.pk).exists():
        raise PermissionDenied(Action.REQUEST_CERTIFICATE)
    if not purpose.strip():
        raise TransitionRefused(NO_PURPOSE)
    locks.hold(f"certificate-{society.pk}")
    if society.certificates.waiting().exists():
        raise TransitionRefused(WAITING)
    if not society.members.current().exists():
        raise TransitionRefused(EMPTY)
    certificate = RosterCertificate.objects.create(
        cooperative=society,
        purpose=purpose.strip()[:200],
        requested_by=by,
        requested_at=clock.now(),
    )
    audit.record("certificate-requested", certificate, by=by, reason=certificate.purpose)
    return certificate


def issue_certificate(
    certificate: RosterCertificate, *, version: int, reason: str = "", by: User
) -> RosterCertificate:
    """Issue what was asked for, from the roster as it stands now; a former one gives way to it."""
    with transaction.atomic():
        fresh = _held(certificate, by)
        fresh.version = version
        society = fresh.cooperative
        counts = society.members.current().counted()
        if not counts["total"]:
            raise TransitionRefused(EMPTY)
        chairs = society.members.current().filter(post=MemberPost.CHAIR)
        against = breaches(check_roster(society, counts, [m.name for m in chairs]))
        if against and not reason.strip():
            what = "；".join(check.title for check in against)
            raise TransitionRefused(UNLAWFUL.format(what=what))
        advance(
            CERTIFICATE,
            fresh,
            CertificateState.ISSUED,
            by=by,
            reason=reason,
            decided_by=by,
            decided_at=clock.now(),
            members=counts["total"],
        )
        paper = issue_paper(
            fresh,
            kind=PaperKind.ROSTER_CERTIFICATE,
            series_label=SERIES,
            title=f"{society}社员名录证明",
            public_facts={
                "合作社": society.name,
                "统一社会信用代码": society.code,
                "所载成员数": f"{counts['total']}名",
                "核发日期": day(clock.today()),
            },
            content=lambda paper: certificate_pdf(fresh, counts, paper),
            by=by,
        )
        RosterCertificate.objects.filter(pk=fresh.pk).update(paper_number=paper.number)
        _let_former_end(fresh, paper, by)
        _tell(fresh, NoticeEvent.CERTIFICATE_ISSUED, f"证明已核发，编号 {paper.number}。", by)
    fresh.refresh_from_db()
    return fresh


def refuse_certificate(
    certificate: RosterCertificate, reason: str, *, version: int, by: User
) -> RosterCertificate:
    """Turn a request down, for a reason."""
    with transaction.atomic():
        fresh = _held(certificate, by)
        fresh.version = version
        advance(
            CERTIFICATE,
            fresh,
            CertificateState.REFUSED,
            by=by,
            reason=reason,
            decided_by=by,
            decided_at=clock.now(),
        )
        RosterCertificate.objects.filter(pk=fresh.pk).update(reason=reason.strip()[:500])
        _tell(fresh, NoticeEvent.CERTIFICATE_REFUSED, f"证明申请没有通过：{reason.strip()}", by)
    return fresh


def withdraw_certificate(
    certificate: RosterCertificate, reason: str, *, version: int, by: User
) -> RosterCertificate:
    """Take an issued certificate back; whoever checks it learns so at once."""
    with transaction.atomic():
        fresh = _held(certificate, by)
        fresh.version = version
        advance(CERTIFICATE, fresh, CertificateState.WITHDRAWN, by=by, reason=reason)
        paper = paper_of(fresh)
        if paper is not None and paper.state == "valid":
            withdraw_paper(paper, reason=reason, by=by)
        RosterCertificate.objects.filter(pk=fresh.pk).update(reason=reason.strip()[:500])
    return fresh


def paper_of(certificate: RosterCertificate) -> IssuedPaper | None:
    """Return the paper of an issued certificate."""
    return IssuedPaper.objects.of(certificate).first()


def certificate_pdf(
    certificate: RosterCertificate, counts: dict[str, Any], paper: IssuedPaper
) -> bytes:
    """Return the certificate on A4, identity numbers covered."""
    society, today = certificate.cooperative, clock.today()
    members = society.members.current().order_by("pk")
    facts = {
        "title": "社员名录证明",
        "number": paper.number,
        "paragraphs": [
            (
                f"兹证明{society.name}（统一社会信用代码{society.code}）截至{day(today)}，"
                f"成员名册载明在社成员{counts['total']}名，其中农民成员{counts['farmers']}名，"
                f"非农民自然人成员{counts['other_persons']}名，单位成员{counts['units']}个。"
            ),
            f"本证明用于：{certificate.purpose}。名册内容由合作社填报，合作社对其真实性负责。",
        ],
        "members": [
            [
                str(place),
                member.name,
                member.get_kind_display(),
                masked_phone(member.identity_number) if member.identity_number else "—",
                "—" if member.contribution is None else f"{member.contribution:,.2f}",
                day(member.joined_on),
            ]
            for place, member in enumerate(members, start=1)
        ],
        "issuer": "达州市通川区农业农村局",
        "date": day(today),
        "check": paper.check_facts(),
    }
    return render_pdf("roster_certificate", facts)


def _let_former_end(certificate: RosterCertificate, paper: IssuedPaper, by: User) -> None:
    former = certificate.cooperative.certificates.filter(state=CertificateState.ISSUED)
    for each in former.exclude(pk=certificate.pk):
        advance(CERTIFICATE, each, CertificateState.SUPERSEDED, by=by)
        old = paper_of(each)
        if old is not None and old.state == "valid":
            supersede_paper(old, paper, by=by)


def _tell(certificate: RosterCertificate, event: str, text: str, by: User) -> None:
    society = certificate.cooperative
    people = {
        agent.user for agent in society.agents.filter(until__isnull=True).select_related("user")
    }
    notify(
        people | {certificate.requested_by},
        event=event,
        title=f"{society}社员名录证明",
        text=text,
        url=f"/registry/{society.code}/certificates/",
        by=by,
    )


def _held(certificate: RosterCertificate, by: User) -> RosterCertificate:
    reach = RosterCertificate.objects.permitted(by, Action.ISSUE_CERTIFICATE)
    fresh = reach.select_for_update(of=("self",)).filter(pk=certificate.pk).first()
    if fresh is None:
        raise PermissionDenied(Action.ISSUE_CERTIFICATE)
    locks.hold(f"certificate-{fresh.cooperative_id}")
    return fresh
