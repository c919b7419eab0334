"""Photos are drawn anew: nothing hidden stays, time and place are read, bombs are refused."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from PIL import Image

from common.clock import SHANGHAI
from common.filetypes import FileRefused
from common.photos import take_photo
from tests.factories.files import phone_photo, picture

MOST = 50_000_000


def take(content, most=MOST):
    return take_photo(io.BytesIO(content), most_pixels=most)


def opened(content):
    return Image.open(io.BytesIO(content))


def test_time_and_place_are_read_and_do_not_stay_in_the_file():
    photo = take(phone_photo())
    assert photo.taken_at == dt.datetime(2021, 6, 9, 8, 5, tzinfo=SHANGHAI)
    assert (photo.latitude, photo.longitude) == (Decimal("31.210000"), Decimal("107.500000"))
    for kept in (photo.content, photo.small):
        assert dict(opened(kept).getexif()) == {}
        assert b"HUAWEI" not in kept


def test_a_photo_taken_upright_is_kept_upright():
    photo = take(phone_photo(size=(640, 480)))  # turned by its orientation mark
    assert (photo.width, photo.height) == (480, 640)


def test_a_large_photo_is_made_smaller():
    photo = take(picture(size=(4000, 3000)))
    assert (photo.width, photo.height) == (2560, 1920)
    assert opened(photo.content).size == (2560, 1920)
    assert max(opened(photo.small).size) == 480


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
        ("JPEG", "CMYK"),
    ],
)
def test_every_kind_of_picture_becomes_a_plain_jpeg(form, mode):
    kept = opened(take(picture(form, mode=mode)).content)
    assert (kept.format, kept.mode) == ("JPEG", "RGB")


def test_what_is_transparent_turns_white():
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(take(written.getvalue()).content).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("most", [640 * 480 - 1, 1000])
def test_a_photo_with_too_many_pixels_is_refused_before_it_is_decoded(most):
    with pytest.raises(FileRefused, match="尺寸过大"):
        take(picture("PNG"), most)


def test_a_bomb_is_refused():
    # 50,000 × 50,000 pixels claimed by the head of a file of a few bytes
    bomb = bytearray(picture("PNG", size=(8, 8)))
    bomb[16:24] = (50_000).to_bytes(4, "big") * 2
    with pytest.raises(FileRefused):
        take(bytes(bomb))


@pytest.mark.parametrize("length", [20, 300, 2000])
def test_half_a_photo_is_refused_in_words(length):
    with pytest.raises(FileRefused, match="没有收下"):
        take(picture(size=(1200, 900))[:length])


@pytest.mark.parametrize("taken", ["", "2021-06-09", "0000:00:00 00:00:00", "垃圾"])
def test_a_time_that_means_nothing_is_left_out(taken):
    assert take(phone_photo(taken)).taken_at is None
