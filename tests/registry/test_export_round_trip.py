"""A register with names that office programs take for formulas goes out and comes back the same."""

import pytest

from accounts.exporting import exporter_of
from accounts.operations import exports
from registry.models import Cooperative
from tests.registry.feeds import check, commit, hand_in, society, work
from tongchuan_coop.fingerprint import fingerprint

STARTS = ("=", "+", "-", "@", "\t", "＝", "－")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_names_that_begin_like_formulas_come_back_to_the_same_fingerprint(
    cast, settings, tmp_path, form
):
    settings.FILES_DIR = tmp_path
    lines = [
        society(
            number, name=f"{start}大地第{number}水稻种植专业合作社", legal_representative="李四"
        )
        for number, start in enumerate(STARTS, start=1)
    ]
    commit(check(lines, by=cast.bureau, quarter="2020Q2"), by=cast.bureau)
    assert Cooperative.objects.count() == len(STARTS)
    before, facts = fingerprint(), list(Cooperative.objects.order_by("pk").values())
    asked = exports.ask_export(
        exporter_of("cooperatives"), form=form, query="columns=all", by=cast.bureau
    )
    exports.run_export(asked.pk)
    asked.refresh_from_db()
    job = work(
        hand_in(asked.path.read_bytes(), by=cast.bureau, quarter="2020Q3", filename=f"名录.{form}")
    )
    assert job.counts["rejected"] == 0
    assert job.counts["new"] == 0
    if job.state == "staged":
        commit(job, by=cast.bureau)
    for was, now in zip(facts, Cooperative.objects.order_by("pk").values(), strict=True):
        assert {k: v for k, v in now.items() if was[k] != v}.keys() <= {"last_row_id"}
    assert fingerprint() == before
