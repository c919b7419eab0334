"""Which titles and which targets of the programme a rehearsed rule would touch (D24).

A fixed number of questions, however many societies the rule would list.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from demonstration.choices import WANTED, Level, NamedList
from demonstration.models import CultivationPlan, DemonstrationTitle, NamedListEntry
from registry.flags.concerns import register_concern

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from registry.models import Cooperative

NAMED = 5


def register_concerns() -> None:
    """Let rehearsals ask about titles, named lists and plans."""
    register_concern("触及的称号", titles_touched)
    register_concern("触及的任务目标", targets_touched)


def titles_touched(societies: "QuerySet[Cooperative]") -> Iterator[str]:
    """Say of each level how many holders would be listed, and name the first of them."""
    held = DemonstrationTitle.objects.held()
    everybody = dict(held.order_by().values_list("level").annotate(Count("pk")))
    touched: dict[str, list[str]] = {}
    rows = held.filter(cooperative__in=societies).by_rank()
    for level, name in rows.values_list("level", "cooperative__name"):
        touched.setdefault(level, []).append(name)
    for level, names in touched.items():
        more = f"等{len(names)}家" if len(names) > NAMED else ""
        yield (
            f"{Level(level).label}示范社、规范社在册{everybody[level]}个，其中{len(names)}个会被列入："
            f"{'、'.join(names[:NAMED])}{more}"
        )


def targets_touched(societies: "QuerySet[Cooperative]") -> Iterator[str]:
    """Say which lists that the plan counts, and how many plans, hold societies that would be listed."""
    listed = societies.filter(pk=OuterRef("cooperative"))
    entries = (
        NamedListEntry.objects.current()
        .order_by()
        .values("name", touched=Exists(listed))
        .annotate(number=Count("pk"))
    )
    counted: dict[str, dict[bool, int]] = {}
    for row in entries:
        counted.setdefault(row["name"], {})[row["touched"]] = row["number"]
    for name in NamedList:
        hit = counted.get(name.value, {}).get(True, 0)
        if hit:
            whole = sum(counted[name.value].values())
            wanted = f"，目标{WANTED[name]}家" if name in WANTED else ""
            yield f"“{name.label}”名单现有{whole}家{wanted}，其中{hit}家会被列入"
    plans = CultivationPlan.objects.active()
    hit = plans.filter(cooperative__in=societies).count()
    if hit:
        yield f"正在实施的培育方案（一社一案）{plans.count()}份，其中{hit}份的合作社会被列入"
