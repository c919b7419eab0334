"""Photos and papers of a few societies: drawn, not taken, so that nothing real is shown."""

import datetime as dt
import io
from random import Random

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from accounts.models import User
from accounts.operations.attachments import attach_file
from common import clock
from common.documents.word import OfficialDocument
from registry.choices import CooperativeFile
from registry.models import Cooperative
from tongchuan_coop.demo.people import HOME_UNIT

SOCIETIES = 4
SIZE = (1280, 960)
NOTES = ("大棚外景", "育苗棚", "仓库门口")


def add_files(known: dict[str, User], random: Random) -> None:
    """Give the first societies of the home township photos of their place and a charter."""
    home = Cooperative.objects.filter(township__code=HOME_UNIT).living().order_by("uscc")
    clerk = known["clerk"]
    for place, society in enumerate(home[:SOCIETIES]):
        day = dt.date(2021, 5, 10) + dt.timedelta(days=7 * place)
        with clock.on_day(day):
            for number, note in enumerate(NOTES[: 1 + place % 3]):
                attach_file(
                    society,
                    ContentFile(draw_photo(random, day), name=f"现场照片{number + 1}.jpg"),
                    purpose=CooperativeFile.PLACE,
                    note=note,
                    by=clerk,
                )
            attach_file(
                society,
                ContentFile(_charter(society), name="章程.docx"),
                purpose=CooperativeFile.CHARTER,
                note="登记时提交的章程（节选）",
                by=clerk,
            )


def draw_photo(random: Random, day: dt.date) -> bytes:
    """Draw a field under hills with a row of greenhouses, as seen on a day."""
    picture = Image.new("RGB", SIZE, (176, 208, 226))
    pen = ImageDraw.Draw(picture)
    width, height = SIZE
    for depth in range(3):
        shade = (96 - 18 * depth, 140 - 12 * depth, 104 - 16 * depth)
        ridge = [(0, height)]
        for x in range(0, width + 161, 160):
            ridge.append((x, 300 + 110 * depth + random.randrange(-60, 60)))
        pen.polygon([*ridge, (width, height)], fill=shade)
    for place in range(random.randrange(3, 6)):
        left = 60 + place * 240
        pen.pieslice(
            (left, 560, left + 210, 800), 180, 360, fill=(228, 234, 236), outline=(150, 160, 164)
        )
        pen.rectangle((left + 85, 620, left + 125, 680), fill=(120, 132, 138))
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = f"{day:%Y:%m:%d} 10:{random.randrange(10, 59)}:00"
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=80, exif=exif.tobytes())
    return written.getvalue()


def _charter(society: Cooperative) -> bytes:
    document = OfficialDocument(f"{society.name}章程（节选）")
    document.heading("总则")
    document.paragraph(
        "本社依照《中华人民共和国农民专业合作社法》设立，以服务成员、谋求全体成员的共同利益为宗旨。"
    )
    document.heading("盈余分配")
    document.paragraph(
        "可分配盈余主要按照成员与本社的交易量（额）比例返还，返还总额不低于可分配盈余的百分之六十。"
    )
    return document.content()
