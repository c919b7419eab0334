"""Both sign a visit on the screen: it locks when all has arrived and nothing was changed since."""

import base64
import hashlib
import io
import uuid

import pytest
from django.urls import reverse
from PIL import Image

from accounts.models import Attachment
from common.workflow import TransitionRefused
from tests.factories.training import VisitFactory, body_of
from training.choices import Signer, VisitState
from training.models import Visit, VisitPhoto
from training.operations.glass import covered, sign_on_glass
from training.operations.photos import receive_piece
from training.operations.visits import Packet, receive_version
from training.workflows import ON_GLASS

pytestmark = pytest.mark.django_db


def stroke(shade):
    out = io.BytesIO()
    image = Image.new("RGB", (320, 120), "white")
    image.paste((shade, shade, shade), (10, 40, 200, 60))
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def drawing():
    out = io.BytesIO()
    Image.new("RGB", (64, 24), "white").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


STROKES = {Signer.SOCIETY: stroke(10), Signer.COUNSELLOR: stroke(60)}


def announced(who, note=""):
    content = STROKES[who]
    return {
        "id": str(uuid.uuid4()),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "taken_at": "2021-07-19T10:00:00+08:00",
        "signer": str(who),
        "note": note,
    }


@pytest.fixture
def signed(cast):
    """Return the body of a visit that both have signed on the phone."""
    rows = [announced(Signer.SOCIETY, "李四"), announced(Signer.COUNSELLOR)]
    body = body_of(cast.near.cooperative.code, photos=rows, signatures={"signer": "李四"})
    body["signatures"]["covers"] = covered(body)
    return body


@pytest.fixture
def send(cast):
    def sent(body, visit=None, base=None):
        key = uuid.uuid4()
        packet = Packet(visit or uuid.uuid4(), key, base, str(body["society"]), body)
        return receive_version(packet, by=cast.counsellor)

    return sent


def arrive(who, by):
    photo = VisitPhoto.objects.get(signer=who)
    receive_piece(photo, 0, STROKES[who], by=by)


def test_a_visit_signed_on_the_phone_locks_with_the_last_signature(cast, send, signed):
    assert send(signed).outcome == "applied"
    assert Visit.objects.get().state == VisitState.REPORTED
    arrive(Signer.SOCIETY, cast.counsellor)
    assert Visit.objects.get().state == VisitState.REPORTED
    arrive(Signer.COUNSELLOR, cast.counsellor)
    visit = Visit.objects.get()
    assert (visit.state, visit.confirmed_by, visit.is_locked) == (
        VisitState.ON_GLASS,
        "李四",
        True,
    )
    notes = Attachment.objects.of(visit).for_purpose(ON_GLASS).values_list("note", flat=True)
    assert set(notes) == {"合作社一方签字：李四", f"辅导员签字：{cast.counsellor}"}


def test_words_changed_after_signing_are_not_what_they_signed(cast, send, signed):
    signed["guidance"] = "签字以后改过"
    send(signed)
    for who in Signer:
        arrive(who, cast.counsellor)
    assert Visit.objects.get().state == VisitState.REPORTED


def test_one_signature_locks_nothing(cast, send, signed):
    signed["photos"] = signed["photos"][:1]
    send(signed)
    arrive(Signer.SOCIETY, cast.counsellor)
    assert Visit.objects.get().state == VisitState.REPORTED


def test_a_locked_visit_takes_no_other_words(cast, send, signed):
    receipt = send(signed)
    for who in Signer:
        arrive(who, cast.counsellor)
    visit = Visit.objects.get()
    later = {**signed, "guidance": "锁定后又改"}
    assert send(later, visit=visit.key, base=receipt.key).outcome == "conflict"
    visit.refresh_from_db()
    assert visit.guidance != "锁定后又改"


def test_both_sign_on_the_page(client, cast):
    visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    client.force_login(cast.counsellor)
    page = client.get(reverse("training:visit-detail", args=[visit.key])).content.decode()
    assert "在屏上双方签字" in page
    sent = {"signer": "李四"} | {f"drawing-{who}": drawing() for who in Signer.values}
    client.post(reverse("training:visit-on-glass", args=[visit.key]), sent)
    visit.refresh_from_db()
    assert (visit.state, visit.confirmed_by) == (VisitState.ON_GLASS, "李四")
    page = client.get(reverse("training:visit-detail", args=[visit.key])).content.decode()
    assert "合作社一方签字：李四" in page
    assert "在屏上双方签字" not in page


@pytest.mark.parametrize("missing", Signer.values)
def test_without_both_nothing_is_kept(cast, missing):
    visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    drawings = {who: drawing() for who in Signer.values if who != missing}
    with pytest.raises(TransitionRefused):
        sign_on_glass(visit, drawings, "李四", by=cast.counsellor)
    assert not Attachment.objects.of(visit).exists()


def test_another_counsellor_cannot_sign_for_the_writer(client, cast):
    visit = VisitFactory(cooperative=cast.near.cooperative, counsellor=cast.counsellor)
    client.force_login(cast.far.counsellor)
    sent = {"signer": "李四"} | {f"drawing-{who}": drawing() for who in Signer.values}
    answer = client.post(reverse("training:visit-on-glass", args=[visit.key]), sent)
    assert answer.status_code == 404
