"""What people read of a suspicion: the words of its rule over the figures it holds."""

from registry.choices import FlagLabel, FlagState, Severity
from registry.flags.catalogue import RULES_BY_CODE
from registry.models import Flag

TONES = {Severity.HIGH: "bad", Severity.MEDIUM: "warn", Severity.LOW: "info"}


def title_of(flag: Flag) -> str:
    """Return the title of the rule; the code alone for a rule that no longer exists."""
    rule = RULES_BY_CODE.get(flag.rule)
    return rule.title if rule else f"{flag.rule}（规则已停用）"


def labels_of(flag: Flag) -> list[str]:
    """Return all that the rule points to, in words."""
    rule = RULES_BY_CODE.get(flag.rule)
    pointed = rule.points_to if rule else (FlagLabel(flag.label),)
    return [str(label.label) for label in pointed]


def reasons_of(flag: Flag) -> list[str]:
    """Return the sentences with the figures; none when an old version noted other figures."""
    rule = RULES_BY_CODE.get(flag.rule)
    try:
        return rule.explain(flag.evidence) if rule else []
    except KeyError:
        return []


def tone_of(flag: Flag) -> str:
    """Return the tone of a suspicion: by severity while it is open."""
    return "ok" if flag.state == FlagState.CLEARED else TONES[Severity(flag.severity)]
