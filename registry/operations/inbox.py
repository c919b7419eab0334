"""Files that are laid into a folder of the server: taken in like any upload, with a receipt.

`DATA_DIR/inbox/<source>/` is watched; the quarter stands in the file's name or in a folder around
it. A file is left alone until nobody writes to it any more. What was handled is moved to
`inbox/handled/` or `inbox/refused/`, beside a text that says what became of it.
"""

import json
import logging
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from accounts.models import OrganisationUnit, User
from common import clock
from common.filenames import clean_filename
from registry.choices import FeedScope, FeedSource
from registry.ingestion.quarters import stated_quarter
from registry.models import FeedDelivery
from registry.operations.deliveries import Receipt, receive_delivery

HANDLED, REFUSED, WORKING, SEEN = "handled", "refused", ".working", ".seen.json"
RECEIPT = ".回执.txt"
_ABANDONED_SECONDS = 600
_CHANGES = ("变动", "changes")
# Which department a folder's files come from (plan S-031, S-102).
_SENDERS = {FeedSource.TAX: "swju"}
_REGULATOR = "scjgj"
_NO_QUARTER = (
    "文件名里没有写明季度，没有接收。请把文件名改成带季度的，如“登记信息2021年二季度.xlsx”"
    "或“登记信息2021Q2.csv”，再放进来。"
)
log = logging.getLogger("portal.inbox")


def inbox() -> Path:
    """Return the watched folder, with a folder for each source in it."""
    root = Path(settings.DATA_DIR) / "inbox"
    for name in (*FeedSource.values, HANDLED, REFUSED, WORKING):
        (root / name).mkdir(parents=True, exist_ok=True)
    return root


def take_in_inbox() -> list[FeedDelivery]:
    """Receive every file that has come to rest; return the deliveries whose jobs wait for work."""
    root = inbox()
    _give_back_abandoned(root)
    taken = []
    for path, source in _at_rest(root):
        claimed = root / WORKING / f"{uuid.uuid4().hex}-{source}-{path.name}"
        try:
            path.rename(claimed)
        except FileNotFoundError:  # another worker was quicker
            continue
        delivery = _take_in(root, claimed, path.relative_to(root), source)
        if delivery is not None:
            taken.append(delivery)
    return taken


def _take_in(root: Path, claimed: Path, was: Path, source: FeedSource) -> FeedDelivery | None:
    try:
        claimed.touch()
        receipt = _receive(claimed, was, source)
    except Exception:
        log.exception("inbox: %s could not be received, it is put back", was)
        claimed.rename(root / was)
        return None
    known = receipt.delivery or receipt.duplicate_of
    place = HANDLED if known is not None else REFUSED
    stamp = f"{clock.real_now():%Y%m%d-%H%M%S}-{uuid.uuid4().hex[:4]}"
    kept = root / place / f"{stamp}-{clean_filename(was.name)}"
    claimed.rename(kept)
    kept.with_name(kept.name + RECEIPT).write_text(_told(was, receipt), encoding="utf-8")
    return receipt.delivery


def _receive(path: Path, was: Path, source: FeedSource) -> Receipt:
    quarter = stated_quarter(was.name) or stated_quarter(" ".join(was.parts[1:-1]))
    if not quarter:
        return Receipt(refused_reason="QUARTER_UNKNOWN", message=_NO_QUARTER)
    partly = any(word in was.name for word in _CHANGES)
    sender = OrganisationUnit.objects.filter(code=_SENDERS.get(source, _REGULATOR)).first()
    with path.open("rb") as stream:
        return receive_delivery(
            stream,
            filename=was.name,
            source=source.value,
            quarter=quarter,
            scope=FeedScope.CHANGES if partly else FeedScope.FULL,
            by=User.objects.machine(),
            sender=sender,
        )


def _told(was: Path, receipt: Receipt) -> str:
    """Return the text of a receipt."""
    lines = [f"文件：{was}", f"处理时间：{clock.real_now():%Y-%m-%d %H:%M:%S}"]
    if receipt.delivery is not None:
        delivery = receipt.delivery
        lines += [
            f"结果：已接收为“{delivery}”（{delivery.get_scope_display()}），正在检查。",
            f"文件摘要：{delivery.sha256}",
            f"检查结果请在平台“数据报送”里查看（编号 {delivery.pk}）。",
        ]
    elif receipt.duplicate_of is not None:
        lines.append(f"结果：重复。{receipt.message}")
    else:
        lines.append(f"结果：没有接收。{receipt.message}")
    return "\n".join(lines) + "\n"


def _at_rest(root: Path) -> Iterator[tuple[Path, FeedSource]]:
    """Yield the files that are as large as at the last look and have not been touched for a while."""
    before = _remembered(root / SEEN)
    now: dict[str, int] = {}
    resting = []
    for source in FeedSource:
        for path in sorted((root / source.value).rglob("*")):
            if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~$")):
                continue
            about, name = path.stat(), str(path.relative_to(root))
            now[name] = about.st_size
            quiet = time.time() - about.st_mtime >= settings.INBOX_STABLE_SECONDS
            if quiet and before.get(name) == about.st_size:
                resting.append((path, source))
    half = root / f"{SEEN}.{uuid.uuid4().hex}"
    half.write_text(json.dumps(now), encoding="utf-8")
    half.replace(root / SEEN)
    yield from resting


def _remembered(path: Path) -> dict[str, int]:
    try:
        found: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def _give_back_abandoned(root: Path) -> None:
    """Put back what a killed worker had taken in hand; received twice, it is known by its bytes."""
    for path in (root / WORKING).iterdir():
        if time.time() - path.stat().st_mtime > _ABANDONED_SECONDS:
            named = path.name[33:]  # behind the number and its hyphen
            told = [each.value for each in FeedSource if named.startswith(f"{each.value}-")]
            source = max(told, key=len)
            path.rename(root / source / named[len(source) + 1 :])
