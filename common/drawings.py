"""Signatures drawn on a screen, as they come in a form: a PNG in a data address."""

import base64
import binascii

PREFIX = "data:image/png;base64,"
LONGEST = 600_000  # characters


class BadDrawing(ValueError):
    """Nothing was drawn, or it did not arrive whole; `str` is the sentence for the person."""


def read_drawing(text: str) -> bytes:
    """Return the bytes of the picture. Raises BadDrawing with what to do."""
    if not text.startswith(PREFIX) or len(text) > LONGEST:
        raise BadDrawing("没有收到签名。请在框内签名后再提交。")
    try:
        return base64.b64decode(text.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise BadDrawing("签名没有传完整，请重新签一次。") from None
