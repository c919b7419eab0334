"""Photos as they are kept: drawn anew as JPEG, so that nothing hidden in the file comes along.

When and where a photo was taken is read first; the kept file carries neither.
"""

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from common.clock import SHANGHAI
from common.filetypes import FileRefused

LONGEST_EDGE, SMALL_EDGE = 2560, 480
_QUALITY, _SMALL_QUALITY = 85, 78
_EARLIEST_YEAR = 1990
_LARGEST_PROFILE = 64 << 10
_BROKEN = "照片不完整或已损坏，没有收下。请确认能打开后重新上传。"


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept, with what its file said of time (aware) and place (WGS 84 degrees)."""

    content: bytes
    small: bytes
    width: int
    height: int
    taken_at: dt.datetime | None
    latitude: Decimal | None
    longitude: Decimal | None


def take_photo(stream: BinaryIO, *, most_pixels: int) -> Photo:
    """Read a JPEG, PNG or WebP and draw it anew, at most 2560 pixels long.

    The size is read from the head of the file and judged before anything is decoded. Raises
    FileRefused with a sentence for the sender.
    """
    stream.seek(0)
    try:
        with Image.open(stream, formats=("JPEG", "PNG", "WEBP")) as image:
            width, height = image.size
            if width * height > most_pixels:
                raise FileRefused(_too_many(width, height))
            exif = image.getexif()
            taken_at, place = _taken_at(exif), _place(exif)
            image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # JPEG: decode no larger than needed
            drawn = _plain(ImageOps.exif_transpose(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(_too_many()) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise FileRefused(_BROKEN) from None
    drawn.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    small = drawn.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE), Image.Resampling.LANCZOS)
    latitude, longitude = place or (None, None)
    return Photo(
        content=_jpeg(drawn, _QUALITY),
        small=_jpeg(small, _SMALL_QUALITY),
        width=drawn.width,
        height=drawn.height,
        taken_at=taken_at,
        latitude=latitude,
        longitude=longitude,
    )


def _too_many(width: int = 0, height: int = 0) -> str:
    size = f"（{width} × {height}）" if width else ""
    return f"照片的尺寸过大{size}，没有收下。请在手机相机里选小一些的尺寸，或缩小后再上传。"


def _plain(image: Image.Image) -> Image.Image:
    """Return the first frame in plain colours, what was transparent on white."""
    if image.mode == "RGB":
        return image.copy()
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """Write without any remark; only the colour profile stays, which says nothing of people."""
    profile = image.info.get("icc_profile")
    fits = profile is not None and len(profile) <= _LARGEST_PROFILE
    image.info.clear()
    written = io.BytesIO()
    image.save(
        written, "JPEG", quality=quality, optimize=True, icc_profile=profile if fits else None
    )
    if fits:
        image.info["icc_profile"] = profile
    return written.getvalue()


def _taken_at(exif: Image.Exif) -> dt.datetime | None:
    """Return when the camera says it was; a camera that names no zone stands in Shanghai."""
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    text = str(detail.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "")
    offset = str(detail.get(ExifTags.Base.OffsetTimeOriginal) or "").strip()
    try:
        moment = dt.datetime.strptime(text.strip()[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        zone = dt.datetime.strptime(offset, "%z").tzinfo if offset else SHANGHAI
    except ValueError:
        return None
    return moment.replace(tzinfo=zone) if moment.year >= _EARLIEST_YEAR else None


def _place(exif: Image.Exif) -> tuple[Decimal, Decimal] | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    names = ExifTags.GPS
    try:
        latitude = _degrees(gps[names.GPSLatitude], gps.get(names.GPSLatitudeRef) == "S")
        longitude = _degrees(gps[names.GPSLongitude], gps.get(names.GPSLongitudeRef) == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError, ArithmeticError):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or (not latitude and not longitude):
        return None
    return latitude, longitude


def _degrees(parts: Any, negative: bool) -> Decimal:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return Decimal(f"{-value if negative else value:.6f}")
