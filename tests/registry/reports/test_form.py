"""Filling in a report: everything typed is kept, the four kinds of nothing stay apart."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import clock
from common.conflict import EditConflict
from common.workflow import TransitionRefused
from registry.choices import RegistrationStatus
from registry.models import AnnualReport
from registry.operations.report_submissions import figures_of, submit_report
from registry.operations.reports import save_section, start_report
from registry.reporting.amounts import in_words, read_amount
from registry.reporting.fields import CHOICE, COUNT, DAY, MONEY
from registry.reporting.reading import read_report
from registry.reporting.sections import FIELDS, SECTIONS
from tests.factories.reports import (
    WHOLE_ANSWERS,
    WHOLE_REPORT,
    MemberFactory,
    a_report,
    a_submitted_report,
)

pytestmark = pytest.mark.django_db


def findings(report, key):
    return [f.text for f in read_report(report).findings if f.key == key]


def states(report):
    return {s.key: s.state for s in read_report(report).sections}


# -- the law of the form -------------------------------------------------------------------------------

_NUMBERS = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "3", "10", "12万", "1.5", "abc", "９", "54000", "999999999999999"]
    ),
    st.integers(-5, 200_000).map(str),
)


def _text_of(field):
    match field.kind:
        case "choice":
            return st.sampled_from(["", "nonsense", *dict(field.choices)])
        case "count" | "money" | "area":
            return _NUMBERS
        case "day":
            return st.sampled_from(["", "2021-01-15", "2020-02-30", "2019-12-31", "2999-01-01"])
        case _:
            return st.sampled_from(["", "内容", "长" * 1200])


_CHANGES = st.dictionaries(st.sampled_from(sorted(FIELDS)), st.none(), max_size=6).flatmap(
    lambda chosen: st.fixed_dictionaries({key: _text_of(FIELDS[key]) for key in chosen})
)
_SPARED = st.lists(st.sampled_from(sorted(k for k, f in FIELDS.items() if f.spared)), max_size=3)


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=_CHANGES, spared=_SPARED, keep=st.booleans())
def test_all_sections_are_green_exactly_when_the_report_is_accepted(cast, changes, spared, keep):
    AnnualReport.objects.all().update(latest=None, standing=None)
    report = AnnualReport.objects.filter(cooperative=cast.near.cooperative, year=2020).first()
    report = report or start_report(cast.near.cooperative, 2020, by=cast.chair)
    report.state, report.latest = "draft", None
    report.draft = {**(WHOLE_REPORT if keep else {}), **changes}
    report.answers = {**WHOLE_ANSWERS, **dict.fromkeys(spared, "spared")}
    report.origins = {}
    report.save()
    report = AnnualReport.objects.select_related("cooperative").get(pk=report.pk)
    green = all(section.state == "done" for section in read_report(report).sections)
    try:
        submit_report(report, by=cast.chair, late_reason="疫情")
    except TransitionRefused:
        accepted = False
    else:
        accepted = True
    assert green == accepted


def test_the_property_meets_both_outcomes(cast):
    report = a_report(cast.near.cooperative, by=cast.chair)
    assert set(states(report).values()) == {"done"}
    report.draft.pop("phone")
    assert states(report)["basic"] == "open"
    report.draft["members_total"] = "11"
    assert states(report)["members"] == "faulty"


# -- zero, blank, not applicable, no business, no assembly ------------------------------------------------


def test_zero_blank_and_not_applicable_are_three_things(cast):
    report = a_report(cast.near.cooperative, by=cast.chair, loans="0", base_area="")
    report.answers["base_area"] = "spared"
    figures = figures_of(read_report(report))
    assert figures["loans"] == Decimal(0)
    assert "base_area" not in figures
    assert states(report)["business"] == "done"
    report.answers.pop("base_area")
    assert states(report)["business"] == "open"


def test_a_year_without_business_can_be_filed_and_says_so(cast):
    report = a_report(cast.near.cooperative, by=cast.chair, activity="idle", operating_income="")
    version = submit_report(report, by=cast.chair, late_reason="疫情")
    assert version.no_activity
    assert version.operating_income is None


def test_a_year_without_assembly_can_be_filed_and_counts_none(cast):
    changes = {"assembly": "not_held", "assemblies_held": "", "assembly_on": "", "attendance": ""}
    report = a_report(cast.near.cooperative, by=cast.chair, **changes)
    version = submit_report(report, by=cast.chair, late_reason="疫情")
    assert version.no_assembly
    assert version.assemblies_held == 0


def test_an_assembly_that_was_held_was_not_held_zero_times(cast):
    report = a_report(cast.near.cooperative, by=cast.chair, assemblies_held="0")
    assert states(report)["governance"] == "faulty"


def test_the_report_of_2020_with_an_assembly_in_january_2021_is_that_of_2020(cast, browser_of):
    report = a_submitted_report(cast.near.cooperative, by=cast.chair, assembly_on="2021-01-15")
    address = reverse("reports:version", args=[report.cooperative.code, 2020, 1])
    page = browser_of(cast.chair).get(address).content.decode()
    assert "2020年度报告" in page
    assert "2021年1月15日" in page
    assert "2021年度报告" not in page


# -- checks -----------------------------------------------------------------------------------------------


def test_sixty_per_cent_by_volume_is_enough(cast):
    report = a_report(cast.near.cooperative, by=cast.chair, returned_by_volume="54000")
    assert findings(report, "returned_by_volume") == []
    report.draft["returned_by_volume"] = "53999"
    assert "低于 60%" in findings(report, "returned_by_volume")[0]
    assert states(report)["surplus"] == "done"


def test_nobody_returns_more_than_there_is(cast):
    report = a_report(cast.near.cooperative, by=cast.chair, returned_by_volume="60000")
    assert states(report)["surplus"] == "faulty"


def test_an_amount_ten_thousand_times_last_years_asks_about_the_unit(cast):
    a_submitted_report(cast.near.cooperative, by=cast.chair, year=2019, operating_income="120")
    report = a_report(cast.near.cooperative, by=cast.chair, operating_income="1200000")
    assert any("万元" in text for text in findings(report, "operating_income"))


def test_members_follow_from_last_year(cast):
    a_submitted_report(cast.near.cooperative, by=cast.chair, year=2019)
    report = a_report(cast.near.cooperative, by=cast.chair, joined="3")
    assert any("应为 13 名" in text for text in findings(report, "members_total"))


def test_a_change_against_the_register_needs_a_line_of_reason(cast):
    society = cast.near.cooperative
    report = start_report(society, 2020, by=cast.chair)
    report.draft = {**WHOLE_REPORT, "main_business": "只种脆李"}
    report.answers = dict(WHOLE_ANSWERS)
    assert report.origins["main_business"]["source"] == "register"
    assert states(report)["basic"] == "faulty"
    report.remarks["main_business"] = "2020年起改种脆李"
    assert states(report)["basic"] == "done"


# -- prefill ----------------------------------------------------------------------------------------------


def test_a_new_report_is_filled_from_roster_register_and_last_year(cast):
    society = cast.near.cooperative
    MemberFactory.create_batch(7, cooperative=society)
    a_submitted_report(society, by=cast.chair, year=2019, main_product="脆李")
    report = start_report(society, 2020, by=cast.chair)
    assert report.draft["members_total"] == "7"
    assert report.origins["members_total"]["source"] == "roster"
    assert report.draft["main_product"] == "脆李"
    assert report.origins["main_product"]["label"] == "2019年度报告"
    assert report.draft["address"] == society.domicile
    assert not [key for key in report.draft if FIELDS[key].kind == MONEY]


def test_starting_twice_begins_one_report(cast):
    first = start_report(cast.near.cooperative, 2020, by=cast.chair)
    assert start_report(cast.near.cooperative, 2020, by=cast.chair).pk == first.pk
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("year", [2014, 2018, 2098])
def test_a_year_that_is_not_owed_cannot_be_begun(cast, year):
    with pytest.raises(TransitionRefused):
        start_report(cast.near.cooperative, year, by=cast.chair)


# -- saving -----------------------------------------------------------------------------------------------


def said(**values):
    return {key: {"value": value} for key, value in values.items()}


def test_a_draft_with_everything_empty_saves(cast):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    for section in SECTIONS:
        blank = said(**{field.key: "" for field in section.fields})
        report = save_section(report, section.key, blank, seen=0, by=cast.chair)
    assert report.draft == {}


def test_two_sections_never_stand_in_each_others_way(cast):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    save_section(report, "basic", said(phone="1"), seen=0, by=cast.chair)
    saved = save_section(report, "members", said(joined="3"), seen=0, by=cast.chair)
    assert saved.draft["phone"] == "1"
    assert saved.draft["joined"] == "3"


def test_a_second_device_sees_both_texts(cast):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    save_section(report, "basic", said(phone="1"), seen=0, by=cast.chair)
    with pytest.raises(EditConflict) as conflict:
        save_section(report, "basic", said(phone="2"), seen=0, by=cast.chair)
    assert conflict.value.fresh.draft["phone"] == "1"


def test_the_conflict_page_keeps_what_was_typed(cast, browser_of):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    save_section(report, "basic", said(phone="0818-1111111"), seen=0, by=cast.chair)
    address = reverse("reports:section", args=[report.cooperative.code, 2020, "basic"])
    answer = browser_of(cast.chair).post(address, {"seen": "0", "f-phone": "0818-2222222"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "0818-1111111" in page
    assert "0818-2222222" in page


def test_autosave_keeps_the_text_and_answers_with_what_the_server_makes_of_it(cast, browser_of):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    address = reverse("reports:autosave", args=[report.cooperative.code, 2020, "business"])
    sent = {"seen": "0", "f-activity": "active", "f-operating_income": "120万"}
    page = browser_of(cast.chair).post(address, sent).content.decode()
    assert "壹佰贰拾万元整" in page
    assert 'value="1"' in page
    report.refresh_from_db()
    assert report.draft["operating_income"] == "120万"


def test_autosave_after_submission_is_refused_and_changes_nothing(cast, browser_of):
    report = a_submitted_report(cast.near.cooperative, by=cast.chair)
    address = reverse("reports:autosave", args=[report.cooperative.code, 2020, "basic"])
    answer = browser_of(cast.chair).post(address, {"seen": "0", "f-phone": "另一个"})
    assert answer.status_code == 409
    report.refresh_from_db()
    assert report.draft["phone"] == WHOLE_REPORT["phone"]


def test_the_draft_of_a_society_that_ended_is_frozen(cast):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    society = cast.near.cooperative
    society.status = RegistrationStatus.DEREGISTERED
    society.save()
    with pytest.raises(TransitionRefused, match="注销"):
        save_section(report, "basic", said(phone="1"), seen=0, by=cast.chair)


@pytest.mark.parametrize("text", ["\x00\x01坏", "\ud800", "<script>alert(1)</script>", "=1+1"])
def test_hostile_texts_are_kept_harmless(cast, browser_of, text):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    save_section(report, "basic", said(main_product=text), seen=0, by=cast.chair)
    address = reverse("reports:section", args=[report.cooperative.code, 2020, "basic"])
    answer = browser_of(cast.chair).get(address)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_unknown_fields_and_states_in_a_request_change_nothing(cast, browser_of):
    report = start_report(cast.near.cooperative, 2020, by=cast.chair)
    address = reverse("reports:section", args=[report.cooperative.code, 2020, "basic"])
    sent = {"seen": "0", "f-phone": "1", "f-nonsense": "x", "state": "accepted", "year": "2019"}
    browser_of(cast.chair).post(address, sent)
    report.refresh_from_db()
    assert (report.state, report.year) == ("draft", 2020)
    assert "nonsense" not in report.draft


# -- small parts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,000.5", "12000.5"),
        ("1.2万", "12000"),
        ("3亿元", "300000000"),
        ("１２", "12"),
        ("-5元", "-5"),
    ],
)
def test_amounts_are_read_as_people_write_them(text, amount):
    assert read_amount(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "一百", "1e5", "12 13a", "--1", "1..2", "NaN", "Infinity"])
def test_what_is_no_amount_is_none(text):
    assert read_amount(text) is None


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"),
        ("100010", "壹拾万零壹拾元整"),
        ("20003.05", "贰万零叁元零伍分"),
        ("100000000", "壹亿元整"),
        ("1200000", "壹佰贰拾万元整"),
        ("-1.2", "负壹元贰角"),
    ],
)
def test_amounts_are_written_out_as_on_a_cheque(amount, words):
    assert in_words(Decimal(amount)) == words


def test_every_figure_column_has_its_field():
    kinds = {field.kind for field in FIELDS.values()}
    assert {COUNT, MONEY, DAY, CHOICE} <= kinds
    assert len(FIELDS) == sum(len(section.fields) for section in SECTIONS)


def test_dates_of_a_report_are_not_in_the_future(cast):
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    report = a_report(cast.near.cooperative, by=cast.chair, assembly_on=tomorrow)
    assert states(report)["governance"] == "faulty"


def test_the_place_for_the_sheet_says_which_files_it_takes(cast, browser_of):
    report = a_report(cast.near.cooperative, by=cast.chair)
    address = reverse("reports:report", args=[report.cooperative.code, 2020])
    page = browser_of(cast.chair).get(address).content.decode()
    assert "不超过 5 MB" in page
    assert 'aria-describedby="report-file-help"' in page
