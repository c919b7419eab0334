"""Text messages: a gateway behind one small interface.

Without a gateway's address every message is written to a file, so that nothing is lost before a
contract with a provider is signed and a demo never reaches a real telephone.
"""

import json
import logging
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Protocol

from django.conf import settings

from common import clock

log = logging.getLogger("portal.sms")


class GatewayFault(Exception):
    """The gateway did not take a message; the text says why."""


class SmsGateway(Protocol):
    """Whatever can send a text message."""

    def send(self, phone: str, text: str, *, mark: str) -> None:
        """Hand one message over. `mark` is the same at a repetition. Raises GatewayFault."""


class FileGateway:
    """Writes each message to a file of its own under DATA_DIR/sms."""

    def send(self, phone: str, text: str, *, mark: str) -> None:
        """Write the message; a repetition overwrites the same file."""
        folder = Path(settings.DATA_DIR) / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        facts = {"phone": phone, "text": text, "at": clock.real_now().isoformat()}
        draft = folder / f".{uuid.uuid4().hex}"
        draft.write_text(json.dumps(facts, ensure_ascii=False) + "\n", encoding="utf-8")
        draft.replace(folder / f"{mark}.json")


class HttpGateway:
    """Posts each message as JSON {phone, text, mark} to a provider's address, with a bearer token."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token

    def send(self, phone: str, text: str, *, mark: str) -> None:
        """Post the message; any answer but 2xx is a fault."""
        body = json.dumps({"phone": phone, "text": text, "mark": mark}, ensure_ascii=False)
        request = urllib.request.Request(  # noqa: S310, the address is the administrator's
            self.address,
            data=body.encode(),
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "Authorization": f"Bearer {self.token}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=settings.SMS_TIMEOUT_SECONDS):  # noqa: S310
                return
        except urllib.error.HTTPError as fault:
            fault.close()
            raise GatewayFault(f"短信网关没有收下（答复代码 {fault.code}）") from None
        except (urllib.error.URLError, TimeoutError, OSError) as fault:
            log.warning("the gateway cannot be reached: %s", fault)
            raise GatewayFault("连不上短信网关，请系统管理员核对网关地址和网络") from None


def gateway() -> SmsGateway:
    """Return the gateway that the settings name, else the one that writes files."""
    if settings.SMS_GATEWAY_URL:
        return HttpGateway(settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN)
    return FileGateway()
