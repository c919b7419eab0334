"""Three hundred small damages to good files: each is read or refused, none is a surprise.

They run in one child with little memory, so that a damage that kills the reader fails one test
and not the suite. The plan is fixed; its numbers are printed when something goes wrong.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MUTATIONS = 300
LONGEST_SECONDS = 90


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutations")
    finished = subprocess.run(
        [sys.executable, "-m", "tests.registry.ingestion.mutate", str(MUTATIONS), str(folder)],
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYPINYIN_NO_PHRASES": "true"},
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    last = found[-1] if found else "the first"
    assert finished.returncode == 0, f"died after {last}: {finished.stderr[-2000:]}"
    return found


def test_every_damage_is_read_or_refused(lines):
    assert len(lines) == MUTATIONS
    assert [line for line in lines if line["raised"]] == []
    assert {line["outcome"] for line in lines} == {"parsed", "refused"}


def test_damages_are_refused_for_many_reasons_and_some_are_survived(lines):
    reasons = Counter(line["reason"] for line in lines)
    assert len(reasons) >= 8
    assert reasons[""] >= 20


def test_whatever_was_read_balances(lines):
    assert [line for line in lines if not line["balanced"]] == []
