"""Measure the board of the pilot on a register of any size: cold, kept by night, and warm.

    DATABASE_URL=postgres:///bench_pages python -m benchmarks.dashboard --societies 300000

`counted` is the one job that keeps all figures of the district and of every township. The board is
then opened as the bureau, as a township's clerk and by a leader on the screen of the meeting room,
and stands beside its own template rendered from the same numbers. An empty scratch database is
filled by `benchmarks.nation` first.
"""

import argparse
import datetime as dt
import json
import os
import sys
import time
from typing import Any

from benchmarks.asker import Asker, summary

PROGRAMME = "测量用试点"
WHO = {
    "bureau": ("bureau", "nyncj", "/pilot/board/"),
    "clerk": ("clerk", "511702108", "/pilot/board/"),
    "screen": ("leader", "nyncj", "/pilot/screen/"),
}


def set_up() -> Any:
    """Return a programme under way with targets, the same one every time."""
    from benchmarks.nation import DAY
    from pilot.models import Programme, Target

    first, last = dt.date(DAY.year - 1, 3, 1), dt.date(DAY.year, 12, 31)
    programme, made = Programme.objects.get_or_create(
        name=PROGRAMME,
        defaults={"level": "provincial", "starts_on": first, "ends_on": last},
    )
    if made:
        for key in ("reports_published", "accounts_complete", "affairs_disclosed", "surveyed"):
            Target.objects.create(
                programme=programme, indicator=key, value=80, starts_on=first, due_on=last
            )
    return programme


def measure(rounds: int) -> dict[str, Any]:
    """Keep the figures once, then open the boards."""
    import pilot.views.board as view
    from benchmarks.nation import DAY
    from pilot.figures import keep_figures

    programme = set_up()
    began = time.perf_counter()
    number = keep_figures(programme, DAY)
    found: dict[str, Any] = {
        "kept_figures": number, "counted_seconds": round(time.perf_counter() - began, 1)
    }  # fmt: skip
    for who, (role, unit, page) in WHO.items():
        asker, address = Asker(role, unit), f"{page}?programme={programme.pk}"
        bare = asker.template_of(address, view)
        found[who] = summary([asker.ask(address) for _ in range(rounds)], bare)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--societies", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=20)
    asked = parser.parse_args()
    # Also a small register is read from the night's figures here.
    os.environ.setdefault("LIVE_FIGURES", "100")
    from benchmarks.nation import filled

    societies = filled(asked.societies)
    found = {"societies": societies, "load": os.getloadavg(), **measure(asked.rounds)}
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main()
