"""What the cells of one row that states something about a society say about each other."""

from collections.abc import Iterator, Sequence

from registry.ingestion.checks import Check, Contradiction, Surroundings, Values

_REPORTED_SINCE = 2013  # the first year that had to be reported to the publicity system


def not_ahead(*days: tuple[str, str]) -> Check:
    """Make a check that none of these days (field, label) lies in the future."""

    def check(value: Values, around: Surroundings) -> Iterator[Contradiction]:
        for name, _ in days:
            if value(name) > around.today:
                yield Contradiction("DATE_IN_FUTURE", name, {"value": value(name)})

    return check


def in_order(earlier: tuple[str, str], later: tuple[str, str]) -> Check:
    """Make a check that one day (field, label) does not precede the other."""

    def check(value: Values, _around: Surroundings) -> Iterator[Contradiction]:
        first, second = value(earlier[0]), value(later[0])
        if first and second and second < first:
            details: dict[str, object] = {
                "later": later[1],
                "later_value": second,
                "earlier": earlier[1],
                "earlier_value": first,
            }
            yield Contradiction("DATE_REVERSED", later[0], details)

    return check


def removal_is_dated(value: Values, _around: Surroundings) -> Iterator[Contradiction]:
    """A reason to be taken off the list without a day leaves open whether it has happened."""
    if value("removal_reason") and not value("removed_on"):
        yield Contradiction("REMOVAL_UNDATED", "removed_on", {})


def report_is_possible(value: Values, around: Surroundings) -> Iterator[Contradiction]:
    """A year is reported once it is over; what is not published has no day of publication."""
    year = value("report_year")
    if year and (int(year) < _REPORTED_SINCE):
        yield Contradiction("YEAR_FORMAT", "report_year", {"value": year})
    elif year and around.today and int(year) >= int(around.today[:4]):
        yield Contradiction("YEAR_AHEAD", "report_year", {"value": year})
    if value("state") in {"not_filed", "not_due"} and value("published_on"):
        words = {"not_filed": "未报送、未公示", "not_due": "无需报送"}
        details: dict[str, object] = {
            "state": words[value("state")],
            "value": value("published_on"),
        }
        yield Contradiction("STATE_CONTRADICTS", "published_on", details)


def first_of(order: Sequence[str], codes: str) -> str:
    """Return the first code of an order that a text like `,code,code,` holds, or ""."""
    return next((code for code in order if f",{code}," in codes), "")
