"""A society never reads or writes another's report, attachment, receipt, export or certificate.

Every address of these parts is tried as the chair of the near society against the rows of the far
one, read and written, on pages and in the interface; lists and files are searched for the far name.
"""

import io
import uuid
import zipfile

import pytest
from django.urls import get_resolver, reverse

from accounts.models import Attachment, AuditEvent, IssuedPaper
from accounts.operations.attachments import attach_file
from registry.choices import ReportFile
from registry.models import AnnualReport, Member, ReportVersion, RosterCertificate
from registry.operations.certificates import issue_certificate
from tests.factories.files import photo_upload
from tests.factories.reports import a_report

pytestmark = pytest.mark.django_db

READ = ("report", "section", "read", "statutory-sheet", "version", "version-pdf", "receipt-pdf")
READ_MORE = ("society", "access", "workbook", "review")
WRITE = (
    "start",
    "section",
    "autosave",
    "sign",
    "submit",
    "recall",
    "correct",
    "abandon",
    "hand-over",
    "take-back",
    "confirm",
    "workbook-upload",
    "decide",
)
ROSTER = (
    "roster",
    "roster-file",
    "member-create",
    "member-edit",
    "member-identity",
    "roster-upload-create",
    "roster-upload",
    "roster-upload-apply",
    "roster-upload-drop",
    "certificates",
    "certificate",
    "certificate-withdraw",
)
SHUT = {403, 404}  # 403 where the role has no such right at all, whoever's row it is


@pytest.fixture
def far(cast):
    """The far society with a submitted report, a file of it, a receipt and a certificate."""
    world = cast.far
    assert world.report
    draft = a_report(world.cooperative, by=world.chair, year=2019)
    attach_file(draft, photo_upload(), purpose=ReportFile.SIGNED_PRINT, by=world.chair, note="远")
    certificate = world.certificate
    issue_certificate(certificate, version=certificate.version, reason="测试", by=cast.bureau)
    assert world.roster_upload
    return world


@pytest.fixture
def near(cast, browser_of):
    assert cast.near.report
    return browser_of(cast.chair)


def arguments_of(route, far):
    """Return what an address asks for, of the far world."""
    known = {
        "uscc": far.cooperative.code,
        "year": 2020,
        "number": 1,
        "section": "basic",
        "member": far.member.pk,
        "upload": far.roster_upload.pk,
        "certificate": far.certificate.pk,
    }
    namespace, _, name = route.partition(":")
    names = next(
        each.pattern.regex.groupindex
        for part in get_resolver().url_patterns
        if getattr(part, "namespace", None) == namespace
        for each in part.url_patterns
        if each.name == name
    )
    return {each: known[each] for each in names}


def state_of_the_far():
    """Return everything that a foreign hand must not have touched."""
    return (
        list(AnnualReport.objects.order_by("pk").values()),
        list(ReportVersion.objects.order_by("pk").values_list("pk", "sha256")),
        list(IssuedPaper.objects.order_by("pk").values_list("pk", "state")),
        list(Member.objects.order_by("pk").values()),
        list(RosterCertificate.objects.order_by("pk").values_list("pk", "state")),
    )


ROUTES = [
    *(f"reports:{name}" for name in sorted({*READ, *READ_MORE, *WRITE})),
    *(f"registry:{name}" for name in ROSTER),
]


@pytest.mark.parametrize("route", ROUTES)
def test_no_address_gives_or_changes_what_belongs_to_another(near, far, route):
    address = reverse(route, kwargs=arguments_of(route, far))
    before = state_of_the_far()
    told = AuditEvent.objects.count()
    answers = (near.get(address), near.post(address, {"version": 1, "reason": "试试", "seen": 0}))
    for answer in answers:
        assert answer.status_code in {*SHUT, 405}, (route, answer.status_code)
        assert far.cooperative.name not in answer.content.decode(errors="replace")
    assert answers[1].status_code in SHUT or answers[0].status_code in SHUT
    assert state_of_the_far() == before
    assert AuditEvent.objects.count() == told


@pytest.mark.parametrize("route", ["attachment-file", "attachment-small", "attachment-remove"])
def test_an_attachment_of_anothers_report_is_not_there(near, far, route):
    file = Attachment.objects.get(note="远")
    address = reverse(f"accounts:{route}", args=[file.pk])
    assert near.get(address).status_code in {404, 405}
    assert near.post(address, {"reason": "试试", "version": 1}).status_code in {404, 405}
    assert Attachment.objects.filter(pk=file.pk, removed_at__isnull=True).exists()


@pytest.mark.parametrize(
    "address", ["/reports/", "/registry/certificates/", "/registry/", "/", "/accounts/papers/"]
)
def test_no_list_names_another(near, far, address):
    answer = near.get(address, follow=True)
    words = answer.content.decode()
    assert far.cooperative.name not in words
    assert far.report.latest.paper_number not in words


def test_ones_own_files_hold_nothing_of_another(cast, near, far):
    code = cast.near.cooperative.code
    assert cast.near.member
    for route, arguments in (
        ("registry:roster-file", [code]),
        ("reports:workbook", [code, 2020]),
        ("reports:version-pdf", [code, 2020, 1]),
    ):
        answer = near.get(reverse(route, args=arguments))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert content
        held = content
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                held = b"".join(book.read(name) for name in book.namelist())
        assert far.cooperative.name.encode() not in held
        assert str(far.cooperative.code).encode() not in held


@pytest.mark.parametrize("noun", ["cooperatives", "reports", "certificates", "attachments"])
def test_the_interface_gives_nothing_of_another(near, far, noun):
    """Where the interface has the noun it is shut for another's; where it has not there is nothing."""
    keys = (far.cooperative.code, far.report.pk, f"{far.cooperative.code}/2020", uuid.uuid4())
    for key in keys:
        answer = near.get(f"/api/v1/{noun}/{key}/")
        assert answer.status_code == 404
    listed = near.get(f"/api/v1/{noun}/")
    assert far.cooperative.name not in listed.content.decode()
    assert str(far.cooperative.code) not in listed.content.decode()
