"""Square codes that a phone reads."""

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
