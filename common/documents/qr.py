"""Square codes that a phone reads."""

import io

import segno


def qr_svg(text: str, *, label: str = "二维码") -> str:
    """Return a QR code as one SVG element without fixed size, black on white, quiet zone included.

    Error correction M survives a coffee stain; the label is read aloud by screen readers.
    """
    code = segno.make_qr(text, error="m")
    drawn: str = code.svg_inline(
        border=4, light="#ffffff", omitsize=True, title=label, svgclass="qr", lineclass=None
    )
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" role="img" ', 1)


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """Return a QR code as PNG, `scale` pixels a module, for documents that take no SVG."""
    written = io.BytesIO()
    segno.make_qr(text, error="m").save(written, kind="png", scale=scale, border=4)
    return written.getvalue()
