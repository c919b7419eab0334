"""What a phone talks to: the page that opens without a network, its key, its pack, and the way back."""

import json
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import requires
from accounts.http import SignedInRequest
from accounts.operations.attachments import AttachmentRefused
from accounts.policy import Action
from common import clock
from common.figures import whole_number
from common.workflow import TransitionRefused
from registry.models import Cooperative
from training.agenda import agenda
from training.choices import PromiseKind, PromiseOwner, Signer, WithoutPlace
from training.forms.visits import MOST_PHOTOS, MOST_PROMISES, VisitForm, read_moment
from training.models import VisitPhoto
from training.operations.field import may_send, pack_for, refuse_sender, unlock_field
from training.operations.photos import receive_piece
from training.operations.visits import Packet, Receipt, known_base, receive_version

MOST_AT_ONCE, MOST_A_MINUTE = 20, 120
MOST_SKEW_MINUTES = 60 * 24 * 365 * 40
PIECE_BYTES = 262_144
TOO_OFTEN = "上传太频繁，请稍等一分钟，手机会自动再传。"
BROKEN = "收到的内容不完整，没有收下。请刷新页面后再传，手机上的记录还在。"


@gzip_page
@require_safe
@requires(Action.WRITE_VISIT)
def field_page(request: SignedInRequest) -> HttpResponse:
    """Show the page of the field. It holds nothing about anybody: phones keep it for offline use."""
    context = {
        "form": VisitForm(),
        "place_reasons": WithoutPlace.choices,
        "promise_kinds": PromiseKind.choices,
        "promise_owners": PromiseOwner.choices,
        "most_photos": MOST_PHOTOS,
        "most_promises": MOST_PROMISES,
        "piece": PIECE_BYTES,
        "signers": Signer.choices,
    }
    return render(request, "training/field/page.html", context)


@require_safe
@requires(Action.WRITE_VISIT)
def visit_choose(request: SignedInRequest) -> HttpResponse:
    """List one's societies, the most pressing first, for the plain form and the paper sheet."""
    reach = Cooperative.objects.permitted(request.user, Action.WRITE_VISIT)
    items = agenda(reach.filter(uscc__isnull=False))
    context = {"items": items, "number": len(items)}
    return render(request, "training/visits/choose.html", context)


@require_safe
@requires(Action.WRITE_VISIT)
def field_worker(request: SignedInRequest) -> HttpResponse:
    """Send the service worker with the list of files that it keeps; a new version has a new list."""
    del request
    files = [static(f"build/{name}") for name in ("main.css", "field.js", "icons.svg")]
    files += [static("icons/mark.svg"), static("manifest.webmanifest")]
    built = Path(settings.BASE_DIR) / "static" / "build"
    script = (built / "field-worker.js").read_text(encoding="utf-8")
    stamps = [str((built / name).stat().st_mtime_ns) for name in ("main.css", "field.js")]
    shell = {"page": reverse("training:field-page"), "files": files, "version": "-".join(stamps)}
    answer = HttpResponse(
        f"self.SHELL = {json.dumps(shell)};\n{script}", content_type="text/javascript"
    )
    answer["Cache-Control"] = "no-cache, private"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_VISIT)
def field_unlock(request: SignedInRequest) -> HttpResponse:
    """Give the signed-in counsellor the key of the phone's content, and a token for sending.

    The token alone may be fetched: the page itself carries none, since phones keep it.
    """
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    waiting = request.POST.get("waiting", "")
    key = unlock_field(by=request.user, waiting=whole_number(waiting) or 0)
    return JsonResponse({"key": key, "token": get_token(request), "now": clock.now().isoformat()})


@gzip_page
@require_safe
@requires(Action.WRITE_VISIT)
def field_pack(request: SignedInRequest) -> HttpResponse:
    """Send the agenda with its questions, and the visits that are still open.

    Compressed, as the page is: neither holds a token nor repeats what was asked (BREACH).
    """
    return JsonResponse(pack_for(request.user))


@require_POST
@requires(Action.VIEW_HOME)
def field_sync(request: SignedInRequest) -> HttpResponse:
    """Take in versions of visits, each by itself: a bad one does not keep the others out.

    Asked of everybody who is signed in, so that somebody who is no counsellor any more gets a
    sentence and not a bare refusal.
    """
    packets = _packets(request)
    if packets is None:
        return JsonResponse({"refused": BROKEN}, status=400)
    if not may_send(request.user):
        return JsonResponse({"refused": refuse_sender(request.user, len(packets))}, status=409)
    if _too_often(request):
        return JsonResponse({"refused": TOO_OFTEN}, status=422)
    receipts = [receive_version(packet, by=request.user) for packet in packets]
    return JsonResponse({"results": [_told(receipt) for receipt in receipts]})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.WRITE_VISIT)
def field_photo(request: SignedInRequest, photo: uuid.UUID) -> HttpResponse:
    """Say how much of a photo is here, or take its next piece."""
    mine = VisitPhoto.objects.filter(visit__counsellor=request.user)
    found = get_object_or_404(mine.select_related("visit"), key=photo)
    if request.method == "POST":
        offset = whole_number(request.headers.get("X-Offset", ""))
        try:
            found = receive_piece(
                found,
                found.received if offset is None else offset,
                request.body[:PIECE_BYTES],
                by=request.user,
            )
        except (TransitionRefused, AttachmentRefused) as refusal:
            return JsonResponse({"refused": str(refusal)}, status=409)
    return JsonResponse({"received": found.received, "done": found.done_at is not None})


def _packets(request: SignedInRequest) -> list[Packet] | None:
    """Read what a phone sent; None when it cannot be read."""
    try:
        sent = json.loads(request.body)
        rows = sent["versions"]
        skew = _skew(sent.get("now"))
        if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
            return None
        return [_packet(row, skew) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _packet(row: dict[str, Any], skew: int) -> Packet:
    body = row["body"]
    if not isinstance(body, dict):
        raise TypeError
    bases = [uuid.UUID(str(base)) for base in row.get("bases") or []]
    return Packet(
        visit=uuid.UUID(str(row["id"])),
        key=uuid.UUID(str(row["rev"])),
        base=known_base(bases),
        society=str(body.get("society") or ""),
        body=body,
        device_time=read_moment(row.get("at")),
        skew_minutes=skew,
        from_phone=True,
    )


def _skew(text: Any) -> int:
    """Return by how many minutes the phone's clock is ahead of ours; 0 when it says no time."""
    claimed = read_moment(text)
    if claimed is None:
        return 0
    minutes = round((claimed - clock.now()).total_seconds() / 60)
    return max(-MOST_SKEW_MINUTES, min(MOST_SKEW_MINUTES, minutes))


def _too_often(request: SignedInRequest) -> bool:
    name = f"field-sync-{request.user.pk}"
    cache.add(name, 0, timeout=60)
    try:
        return cache.incr(name) > MOST_A_MINUTE
    except ValueError:  # it ran out between the two
        return False


def _told(receipt: Receipt) -> dict[str, Any]:
    visit = receipt.visit
    return {
        "rev": str(receipt.key),
        "outcome": receipt.outcome,
        "sha256": receipt.sha256,
        "head": str(receipt.head or ""),
        "sentences": receipt.sentences,
        "url": reverse("training:visit-detail", args=[visit.key]) if visit else "",
        "conflict": reverse("training:visit-conflict", args=[visit.key])
        if visit and receipt.outcome == "conflict"
        else "",
    }
