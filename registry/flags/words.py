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


STATE_TONES = {
    FlagState.SUSPECTED: "warn",
    FlagState.CHECKING: "info",
    FlagState.CONFIRMED: "bad",
    FlagState.DISMISSED: "ok",
    FlagState.DEFERRED: "idle",
    FlagState.CLEARED: "ok",
}
OTHER_QUESTION = "请核对本社的登记信息与实际情况是否一致，有出入的请说明。"


def state_tone_of(flag: Flag) -> str:
    """Return the tone of where a suspicion stands."""
    return STATE_TONES[FlagState(flag.state)]


def question_of(flag: Flag) -> str:
    """Return what the society is asked: words without rule, label or suspicion."""
    rule = RULES_BY_CODE.get(flag.rule)
    return rule.question if rule else OTHER_QUESTION


def look_at_of(flag: Flag) -> tuple[str, ...]:
    """Return what the verifier looks at."""
    rule = RULES_BY_CODE.get(flag.rule)
    return rule.look_at if rule else ()


def tone_of(flag: Flag) -> str:
    """Return the tone of a suspicion: by severity while it is open."""
    return "ok" if flag.state == FlagState.CLEARED else TONES[Severity(flag.severity)]
