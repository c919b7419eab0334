"""Which societies a full list lacks, where rows of it were sent back."""

import pytest

from registry.choices import JobState
from registry.models import Cooperative, GoneNotice
from registry.operations.deliveries import decide_hold, decide_row
from tests.corpus.case import write_csv
from tests.corpus.societies import HEADINGS, code, society
from tests.registry.feeds import commit, hand_in, work

pytestmark = pytest.mark.django_db
FIELDS = ("name", "uscc", "registration_no", "established_on", "status", "domicile")
WORDS = {**HEADINGS, "registration_no": "注册号"}
NUMBER = "511702000049960"
IMPOSSIBLE = "2019-13-45"
FULL_WIDTH = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}


def sheet(*lines):
    table = [[WORDS[field] for field in FIELDS]]
    return write_csv([*table, *([line.get(field, "") for field in FIELDS] for line in lines)])


def next_list(*lines, by):
    job = work(hand_in(sheet(society(3), *lines), by=by, quarter="2020Q3"))
    if job.state == JobState.HELD:  # a list that lacks many
        decide_hold(job, "continue", reason="核对过", by=by)
        work(job)
    return job


def missing():
    return set(GoneNotice.objects.values_list("cooperative__name", flat=True))


@pytest.fixture
def register(cast):
    numbered = society(2, uscc="", registration_no=NUMBER)
    job = work(hand_in(sheet(society(1), numbered, society(3)), by=cast.bureau))
    for row in job.delivery.rows.filter(outcome="doubtful"):
        decide_row(row, "accepted", reason="只有旧号", by=cast.bureau)
    work(job)
    commit(job, by=cast.bureau)
    assert Cooperative.objects.get(registration_no=NUMBER).uscc is None


def sent_back(number, **changes):
    """A row that cannot be taken, under a name that tells nothing."""
    return society(number, established_on=IMPOSSIBLE, **{"name": "更名中", **changes})


@pytest.mark.parametrize(
    "written",
    [
        code(1).lower(),
        f"{code(1)[:8]} {code(1)[8:]}",
        f"{code(1)[:8]}-{code(1)[8:17]}－{code(1)[17:]}",
        code(1).translate(FULL_WIDTH),
        f"'{code(1)}",
        f"代码：{code(1)}",
    ],
)
def test_an_oddly_written_code_is_not_missing(cast, register, written):
    job = next_list(sent_back(1, uscc=written), by=cast.bureau)

    assert job.counts["rejected"] == 1
    assert missing() == {society(2)["name"]}


@pytest.mark.parametrize("field", ["uscc", "registration_no"])
@pytest.mark.parametrize("written", [NUMBER, f"{NUMBER[:6]} {NUMBER[6:]}"])
def test_a_society_known_by_its_number_alone_is_not_missing(cast, register, field, written):
    line = sent_back(2, **{"uscc": "", field: written})
    job = next_list(line, by=cast.bureau)

    assert job.counts["rejected"] == 1
    assert missing() == {society(1)["name"]}


def test_a_code_that_lost_its_digits_leaves_the_name_to_tell(cast, register):
    next_list(society(1, uscc="9.35117E+17"), by=cast.bureau)

    assert missing() == {society(2)["name"]}


def test_a_row_without_any_identity_spares_nobody(cast, register):
    next_list(sent_back(1, uscc="", domicile=society(1)["name"] + "办公室"), by=cast.bureau)

    assert missing() == {society(1)["name"], society(2)["name"]}
