"""Helped filing: the record says for ever who typed and who confirmed, and how."""

import base64
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Attachment, Notice
from common.workflow import TransitionRefused
from registry.choices import Confirmation, ReportFile, ReportState
from registry.models import ReportVersion
from registry.operations.report_confirmations import (
    confirm_by_code,
    confirm_by_photo,
    confirm_by_signature,
    hand_over,
)
from registry.operations.report_submissions import submit_report
from tests.factories.files import photo_upload
from tests.factories.reports import a_report

pytestmark = pytest.mark.django_db
LATE = "疫情期间无法召集"


@pytest.fixture
def helped(cast):
    return a_report(cast.near.cooperative, by=cast.counsellor)


def drawing() -> str:
    picture = io.BytesIO()
    Image.new("RGB", (640, 240), "white").save(picture, "PNG")
    return "data:image/png;base64," + base64.b64encode(picture.getvalue()).decode()


def code_sent() -> str:
    return re.search(r"确认码 (\d{6})", Notice.objects.latest("pk").text)[1]


def test_a_helper_alone_submits_nothing(cast, helped):
    with pytest.raises(TransitionRefused, match="理事长"):
        submit_report(helped, by=cast.counsellor, late_reason=LATE)
    assert not ReportVersion.objects.exists()


def test_a_signature_on_glass_is_kept_with_typist_and_confirmer(cast, helped):
    version = confirm_by_signature(helped, drawing(), "李四", by=cast.counsellor, late_reason=LATE)
    assert version.helped
    assert version.typed_by == cast.counsellor
    assert (version.confirmation, version.confirmed_by_name) == (Confirmation.SIGNATURE, "李四")
    assert Attachment.objects.of(helped).get().purpose == ReportFile.SIGNATURE


def test_a_photo_of_the_signed_paper_confirms_too(cast, helped):
    version = confirm_by_photo(helped, photo_upload(), "李四", by=cast.counsellor, late_reason=LATE)
    assert version.confirmation == Confirmation.PHOTO


@pytest.mark.parametrize("sent", ["", "data:image/png;base64,@@@", "data:text/html;base64,AAAA"])
def test_what_is_no_signature_is_refused_in_words(cast, helped, sent):
    with pytest.raises(TransitionRefused):
        confirm_by_signature(helped, sent, "李四", by=cast.counsellor, late_reason=LATE)
    assert not ReportVersion.objects.exists()


def test_the_chair_reads_the_code_out(cast, helped):
    hand_over(helped, version=helped.version, by=cast.counsellor)
    helped.refresh_from_db()
    assert helped.state == ReportState.AWAITING
    version = confirm_by_code(helped, code_sent(), by=cast.counsellor, late_reason=LATE)
    assert version.confirmation == Confirmation.CODE


def test_while_it_waits_it_does_not_count(cast, helped):
    hand_over(helped, version=helped.version, by=cast.counsellor)
    assert not ReportVersion.objects.exists()


def test_five_wrong_codes_make_it_void(cast, helped):
    hand_over(helped, version=helped.version, by=cast.counsellor)
    helped.refresh_from_db()
    wrong = "000000" if code_sent() != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(TransitionRefused, match="确认码不对"):
            confirm_by_code(helped, wrong, by=cast.counsellor, late_reason=LATE)
    with pytest.raises(TransitionRefused, match="5 次"):
        confirm_by_code(helped, code_sent(), by=cast.counsellor, late_reason=LATE)


def test_the_chair_confirms_from_an_account_of_their_own(cast, helped):
    hand_over(helped, version=helped.version, by=cast.counsellor)
    helped.refresh_from_db()
    version = submit_report(helped, by=cast.chair, late_reason=LATE)
    assert version.helped
    assert version.typed_by == cast.counsellor
    assert version.confirmed_by_name == str(cast.chair)


def test_the_pages_take_a_helped_report_to_its_receipt(cast, browser_of, helped):
    client = browser_of(cast.counsellor)
    code = helped.cooperative.code
    page = client.get(reverse("reports:read", args=[code, 2020])).content.decode()
    assert "屏上签名" in page
    sent = {"way": "photo", "signer": "李四", "late_reason": LATE}
    upload = photo_upload()
    sent["photo"] = SimpleUploadedFile("签字.jpg", upload.read())
    page = client.post(reverse("reports:confirm", args=[code, 2020]), sent, follow=True)
    assert "回执编号" in page.content.decode()
    assert ReportVersion.objects.get().helped


def test_a_counsellor_of_another_society_gets_404(cast, browser_of):
    foreign = a_report(cast.far.cooperative, by=cast.far.chair)
    address = reverse("reports:confirm", args=[foreign.cooperative.code, 2020])
    assert browser_of(cast.counsellor).post(address, {"way": "code"}).status_code == 404
