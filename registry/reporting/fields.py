"""What a question of the annual report is: its kind, when it is asked, what may be answered."""

from dataclasses import dataclass, field

TEXT, LONG, LINES = "text", "long", "lines"
COUNT, MONEY, AREA, DAY, CHOICE = "count", "money", "area", "day", "choice"
NUMERIC = frozenset({COUNT, MONEY, AREA})

# Answers that are neither a value nor blank.
ACTIVE, IDLE = "active", "idle"
HELD, NOT_HELD = "held", "not_held"
YES, NO = "yes", "no"
YES_NO = ((YES, "是"), (NO, "否"))
HAVE = ((YES, "有"), (NO, "没有"))

AT_WORK = ("activity", ACTIVE)
MET = ("assembly", HELD)
INSURED = ("insured", YES)


@dataclass(frozen=True)
class ReportField:
    """One question.

    `needed`: blank keeps the section incomplete. `spared`: 不适用 is an answer. `when`: asked only
    when another field has that value. `figure`: the column that rules and indicators read.
    `public`: the society chooses whether it is published. `open`: published in any case.
    `statutory`: its place in the national publicity system's form, 0 where that does not ask.
    `signed`: may be negative. `last`: prefilled from last year's report.
    """

    key: str
    label: str
    kind: str
    help: str = ""
    unit: str = ""
    needed: bool = True
    spared: bool = False
    when: tuple[str, str] | None = None
    choices: tuple[tuple[str, str], ...] = ()
    figure: str = ""
    public: bool = False
    open: bool = False
    statutory: int = 0
    signed: bool = False
    last: bool = False
    most: int = 200

    def word(self, value: str) -> str:
        """Return the label of a chosen value."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    key: str
    title: str
    lead: str
    fields: tuple[ReportField, ...] = field(default=())


def money(key: str, label: str, help_text: str = "", **more: object) -> ReportField:
    """Return a question for an amount in yuan that is a figure of the report, too."""
    facts = {"figure": key, "unit": "元", **more}
    return ReportField(key, label, MONEY, help_text, **facts)  # type: ignore[arg-type]


def count(key: str, label: str, unit: str, help_text: str = "", **more: object) -> ReportField:
    """Return a question for a number of something that is a figure of the report, too."""
    facts = {"figure": key, "unit": unit, **more}
    return ReportField(key, label, COUNT, help_text, **facts)  # type: ignore[arg-type]
