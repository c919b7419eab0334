"""When rows of this app take no more files."""

from liaison.models import (
    Decision,
    Exemplar,
    FundWatch,
    HelpRequest,
    LibraryDocument,
    Minutes,
    PaperAnswer,
    SponsorFollowUp,
    UpwardLine,
)
from liaison.watch_choices import WatchState


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


def help_is_over(request: HelpRequest) -> str:
    """Return why a request takes no more files, "" while it is open."""
    return "" if request.is_open else "这件求助已经办结，不能再增减附件。"


def paper_is_settled(paper: PaperAnswer) -> str:
    """Return why a paper answer takes no more scans, "" until the minutes are issued."""
    return minutes_are_locked(paper.minutes)


def document_is_down(document: LibraryDocument) -> str:
    """Return why a document takes no more files, "" while it stands."""
    return "" if document.stands else "这份文件已经撤下，不能再增减附件。"


def exemplar_is_locked(exemplar: Exemplar) -> str:
    """Return why a typical case takes no more files, "" while it is a draft."""
    return "" if exemplar.is_draft else "案例已经提交或撤下，不能再增减附件；要改的请先退回修改。"


def watch_has_no_letter(watch: FundWatch) -> str:
    """Return why a sign of illegal fund-raising takes no files: only one that is referred does."""
    if watch.state == WatchState.REFERRED:
        return ""
    return "线索移送以后才上传移送函扫描件。"


def upward_is_withdrawn(line: UpwardLine) -> str:
    """Return why a contact with province or city takes no more files, "" while it stands."""
    return "" if line.stands else "这一条已经撤销，不能再增减附件。"
