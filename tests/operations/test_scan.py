"""What counts as found when the pages and the interface were attacked."""

from tests import interface, scan


def case(level, path="/find/"):
    return {"method": "GET", "path": path, "parameter": "q", "info": "…", "level": level}


def test_medium_and_every_fault_of_the_server_count_and_lesser_ones_are_only_counted():
    found = scan.judged(
        {
            "infos": {"crawled_pages_nbr": 31},
            "vulnerabilities": {"Open Redirect": [case(1)], "SQL Injection": [case(2), case(3)]},
            "anomalies": {"Internal Server Error": [case(1, "/registry/")]},
        }
    )
    assert (found.pages, found.lesser) == (31, 1)
    assert [fault.split(":")[0] for fault in found.faults] == [
        "SQL Injection",
        "SQL Injection",
        "Internal Server Error",
    ]


def test_what_is_planted_can_be_planted():
    for plant in (*scan.PLANTS, *interface.PLANTS):
        for change in plant.changes:
            assert change.fits(), change.path
            assert change.old != change.new


def test_without_a_scanner_it_says_so(monkeypatch, capsys):
    monkeypatch.setenv("WAPITI", "/nowhere/wapiti")
    monkeypatch.setattr("sys.argv", ["scan"])
    assert scan.main() == 2
    assert "nothing was scanned" in capsys.readouterr().err


def test_without_a_prover_of_interfaces_it_says_so(monkeypatch, capsys):
    monkeypatch.setenv("SCHEMATHESIS", "/nowhere/schemathesis")
    monkeypatch.setattr("sys.argv", ["interface"])
    assert interface.main() == 2
    assert "nothing was tried" in capsys.readouterr().err
