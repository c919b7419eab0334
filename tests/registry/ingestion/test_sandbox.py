"""The reading child: what it may use, and what becomes of it when it goes wrong."""

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from registry.ingestion import sandbox
from registry.ingestion.report import ParseReport
from registry.ingestion.sandbox import ChildLimits, run_parse
from tests.corpus.case import write_csv
from tests.corpus.containers import whole
from tests.corpus.societies import HEADER, line, table
from tests.registry.ingestion.reading import CHILD, read_here, read_in_child, spec_for

ROOT = Path(sandbox.__file__).parents[2]


def instead_of_the_child(monkeypatch, program):
    """Let the sandbox start another program in the place of the reader."""

    def start(spec, limits, errors):
        del limits
        return subprocess.Popen(
            [sys.executable, "-c", program, str(spec)],
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )

    monkeypatch.setattr(sandbox, "_start", start)


def test_the_child_reads_what_this_process_reads(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    content = write_csv(table(20))

    assert read_in_child(content, there) == read_here(content, here)


def test_progress_is_told(tmp_path):
    told = []
    content = write_csv([HEADER, *(line(number) for number in range(1, 3_001))])

    report = run_parse(
        spec_for(content, tmp_path), limits=CHILD, on_progress=lambda *step: told.append(step)
    )

    assert report.counts.data == 3_000
    assert {stage for stage, _, _ in told} <= {"", "opening", "reading"}
    assert told[-1] >= ("reading", 500, 0)


def test_a_silent_child_is_still_reported_on(tmp_path, monkeypatch):
    instead_of_the_child(monkeypatch, "import time; time.sleep(2)")
    told = []

    run_parse(spec_for(b"x", tmp_path), limits=CHILD, on_progress=lambda *step: told.append(step))

    assert told


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise SystemExit(1)",
        "raise MemoryError",
        "pass",
        "open(__import__('sys').argv[1].replace('spec', 'report'), 'w').write('{\"outcome\"')",
    ],
)
def test_a_child_that_crashes_is_a_lack_of_resources(program, tmp_path, monkeypatch):
    instead_of_the_child(monkeypatch, program)

    reading = read_in_child(write_csv(table()), tmp_path)

    assert (reading.report.outcome, reading.report.reason) == ("resource", "RESOURCE_LIMIT")
    assert "Traceback" not in reading.report.to_json()


def test_a_child_that_hangs_is_killed_with_its_own_children(tmp_path, monkeypatch):
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)\n"
    )
    instead_of_the_child(monkeypatch, program)
    started = time.monotonic()

    reading = read_in_child(write_csv(table()), tmp_path, limits=replace(CHILD, wall_seconds=2))

    assert reading.report.outcome == "resource"
    assert time.monotonic() - started < 10
    assert is_gone(int((tmp_path / "pid").read_text()))


def is_gone(pid):
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_too_little_memory_is_a_lack_of_resources(tmp_path):
    content = write_csv([HEADER, *(line(number) for number in range(1, 10_001))])

    reading = read_in_child(content, tmp_path, limits=ChildLimits(24, 30, 60))

    assert reading.report.outcome == "resource"


def test_too_little_processor_time_is_a_lack_of_resources(tmp_path):
    content = write_csv([HEADER, *(line(n % 900 + 1) for n in range(19_000))])

    reading = read_in_child(content, tmp_path, limits=ChildLimits(512, 0, 60))

    assert reading.report.outcome == "resource"


def test_what_the_listener_raises_comes_out_and_the_child_is_gone(tmp_path, monkeypatch):
    program = (
        "import os, sys, time\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "print('[\"reading\", 1, 2]', flush=True)\n"
        "time.sleep(60)\n"
    )
    instead_of_the_child(monkeypatch, program)

    def lost(*_):
        raise LookupError

    with pytest.raises(LookupError):
        run_parse(spec_for(b"x", tmp_path), limits=CHILD, on_progress=lost)

    assert is_gone(int((tmp_path / "pid").read_text()))


def test_the_child_inherits_no_secret_and_no_open_file(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "not-for-readers")
    started = []
    popen = subprocess.Popen

    def remember(command, **options):
        started.append(options)
        return popen(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "Popen", remember)
    read_in_child(write_csv(table()), tmp_path)

    assert "SECRET_KEY" not in started[0]["env"]
    assert started[0]["close_fds"]
    assert started[0]["start_new_session"]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_the_child_dies_with_its_parent(tmp_path):
    inner = (
        "import os, sys, time; from registry.ingestion import orphans\n"
        "orphans.die_with_parent(os.getppid())\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    parent = subprocess.Popen([sys.executable, "-c", outer], cwd=ROOT)
    wait_for(tmp_path / "pid")

    parent.kill()
    parent.wait()

    assert is_gone(int((tmp_path / "pid").read_text()))


def wait_for(path):
    for _ in range(500):
        if path.exists() and path.read_text():
            return
        time.sleep(0.02)
    pytest.fail(f"{path} did not appear")


def test_the_clean_copy_does_not_stay_behind(tmp_path):
    reading = read_in_child(whole(), tmp_path)

    assert reading.report.outcome == "parsed"
    assert not (tmp_path / "out" / "clean.xlsx").exists()


def test_reports_and_specs_survive_their_journey(tmp_path):
    towns = [{"name": "罗江镇", "code": "511702102", "villages": {}}]
    spec = spec_for(write_csv(table()), tmp_path, townships=towns, capital_unit="元")
    report = run_parse(spec, limits=CHILD, on_progress=lambda *_: None)

    assert type(spec).from_json(spec.to_json()) == spec
    assert ParseReport.from_json(report.to_json()) == report
    assert json.loads(report.to_json())["counts"]["data"] == 3
