"""The table of measurements: its shape and its verdicts; no time is measured here."""

import pytest

from benchmarks import suite
from benchmarks.asker import summary
from benchmarks.suite import SIZES, Line, table


def test_the_table_shows_each_figure_with_its_bound_and_verdict():
    lines = [
        Line("list", "30 ms", "13 ms", 2.31, 3),
        Line("intake", "2 s", "60 s", 30.0, 40, at_least=True),
        Line("readers", "90/s", "", None),
    ]
    head, rule, *rows = table(lines).splitlines()
    assert head == "| measured | portal | beside it | ratio | wanted | met |"
    assert rule.count("|") == head.count("|")
    assert rows == [
        "| list | 30 ms | 13 ms | 2.31 | ≤ 3 | yes |",
        "| intake | 2 s | 60 s | 30.00 | ≥ 40 | **no** |",
        "| readers | 90/s |  |  |  |  |",
    ]


@pytest.mark.parametrize(
    ("ratio", "bound", "at_least", "fell_back"),
    [
        (4.5, 3, False, False),
        (4.6, 3, False, True),
        (27, 40, True, False),
        (26, 40, True, True),
        (99, None, False, False),
    ],
)
def test_a_ratio_has_fallen_back_when_noise_does_not_explain_it(ratio, bound, at_least, fell_back):
    assert Line("x", "", "", ratio, bound, at_least).fell_back is fell_back


def test_the_percentile_is_of_the_pages_and_the_ratio_of_the_template():
    found = summary([float(number) for number in range(1, 101)], 19)
    assert found["p95_ms"] == 95
    assert found["ratio_p95"] == 5
    assert (found["median_ms"], found["longest_ms"], found["pages"]) == (50.5, 100, 100)


def test_every_measurement_gives_lines_from_what_its_process_prints(monkeypatch):
    one = {"p95_ms": 30.0, "template_ms": 15.0, "ratio_p95": 2.0}
    both = {"bureau": one, "clerk": one}
    prints = {
        "intake": {"seconds": 2.0},
        "flags": {"again": 3.0, "scan": 1.0, "times_the_scan": 3.0},
        "pages": {"list": both, "society": both, "search": both},
        "dashboard": {"bureau": one, "clerk": one, "screen": one},
    }
    monkeypatch.setattr(suite, "printed", lambda environment, module, *rest: prints[module])
    for part in (suite.intake, suite.flags, suite.pages):
        lines = list(part(SIZES["small"], ""))
        assert lines
        assert all(line.ratio is not None for line in lines)
