"""The innovation record, as one list and by the kinds that a task asks for."""

from accounts.policy import Action
from common.spreadsheet import NUMBER, TEXT
from demonstration.innovation_choices import InnovationKind
from demonstration.models import InnovationEntry
from pilot.proofs.frame import CODE_OF, SOCIETY, TOWNSHIP, Proof


def _innovations(key: str, *kinds: InnovationKind) -> Proof:
    """Return the lines of some kinds of the innovation record as a proof, under its own words."""
    return Proof(
        key,
        "创新登记：" + "、".join(kind.label for kind in kinds),
        lambda: InnovationEntry.objects.standing().filter(kind__in=kinds),
        (
            SOCIETY,
            CODE_OF,
            TOWNSHIP,
            ("年度", "year", NUMBER, 8),
            ("类别", "kind", TEXT, 22),
            ("项目", "what", TEXT, 24),
            ("名称或姓名", "name", TEXT, 30),
            ("户数", "households", NUMBER, 8),
            ("人数", "people", NUMBER, 8),
            ("金额（元）", "amount", TEXT, 16),
            ("依据材料", "document", TEXT, 34),
            ("核实程度", "verification", TEXT, 12),
        ),
        "demonstration:innovation-list",
        Action.VIEW_INNOVATION,
        query=f"kind={kinds[0].value}" if len(kinds) == 1 else "",
    )


PROOFS: tuple[Proof, ...] = (
    _innovations("innovations", InnovationKind.CONTRIBUTION, InnovationKind.COLLECTIVE),
    _innovations("contributions", InnovationKind.CONTRIBUTION),
    _innovations("insurances", InnovationKind.INSURANCE),
    _innovations("three_in_one", InnovationKind.THREE_IN_ONE),
    _innovations("founders", InnovationKind.FOUNDER),
    _innovations("jobs", InnovationKind.JOBS),
    _innovations("poverty_shares", InnovationKind.POVERTY_SHARE),
)
