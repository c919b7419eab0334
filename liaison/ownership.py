"""When rows of this app take no more files."""

from liaison.models import Decision, Minutes, SponsorFollowUp


def decision_is_over(decision: Decision) -> str:
    """Return why a decision takes no more evidence, "" while it is undone."""
    if decision.is_undone:
        return ""
    return "这项议定事项已经了结（或尚未印发），不能再增减佐证。"


def minutes_are_locked(minutes: Minutes) -> str:
    """Return why minutes take no more files, "" until they are issued."""
    return "纪要已印发，内容锁定，不能再增减附件。" if minutes.is_issued else ""


def sponsorship_is_over(line: SponsorFollowUp) -> str:
    """Return why a follow-up takes no more files, "" while the sponsorship stands."""
    if line.sponsorship.is_current:
        return ""
    return "这项挂包已经结束，跟踪记录不能再增减附件。"
