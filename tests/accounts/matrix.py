"""The rights as the bureau signed them, written out a second time on purpose.

A change of `accounts.policy.GRANTS` must be made here too, so that nobody widens a right by a slip.
d = the whole district, t = the township, a = assigned societies, o = own, . = no right.
"""

from accounts.choices import Role
from accounts.policy import Reach

LETTERS = {
    ".": Reach.NONE,
    "o": Reach.OWN,
    "a": Reach.ASSIGNED,
    "t": Reach.TOWNSHIP,
    "d": Reach.DISTRICT,
}
COLUMNS = (
    Role.BUREAU,
    Role.CLERK,
    Role.COUNSELLOR,
    Role.COOPERATIVE,
    Role.LIAISON,
    Role.LEADER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
SIGNED = """
                    bur cle cou coo lia lea aud adm
# everyone
view-home            o   o   o   o   o   o   o   o
edit-profile         o   o   o   o   o   o   o   o
use-second-factor    o   o   .   .   .   o   o   o
view-api             o   o   o   o   o   o   o   o
issue-token          o   o   o   o   o   o   o   d
export-list          o   o   o   o   o   o   o   o

# supervisors
view-load            d   t   .   .   .   .   .   .

# the register
view-cooperative     d   t   t   o   .   d   d   .
view-internal        d   t   t   .   .   .   d   .
edit-cooperative     d   t   .   .   .   .   .   .
export-cooperative   d   t   .   .   .   .   .   .
save-view            o   o   o   .   o   o   .   o
share-view           d   .   .   .   .   .   .   .
unmask-contact       d   t   .   .   .   .   .   .
resolve-address      d   .   .   .   .   .   .   .

# matching
merge-cooperative    d   .   .   .   .   .   .   .

# sides
view-contradiction   d   t   t   .   .   d   d   .
assign-contradiction d   t   .   .   .   .   .   .
settle-contradiction d   .   .   .   .   .   .   .

# suspicions
view-flag            d   t   t   .   .   d   d   .
recompute-flags      d   .   .   .   .   .   .   .
assign-flag          d   t   .   .   .   .   .   .
verify-flag          d   t   a   .   .   .   .   .
view-matter          d   t   t   o   .   .   d   .
answer-matter        .   .   .   o   .   .   .   .
rehearse-rule        d   .   .   .   .   .   .   .
release-rule         d   .   .   .   .   .   .   .

# clean-up
view-cleanup         d   t   t   o   o   d   d   .
open-cleanup         d   t   .   .   .   .   .   .
work-cleanup         d   t   t   .   .   .   .   .
take-cleanup-step    d   t   t   .   o   .   .   .
decide-cleanup       d   .   .   .   .   .   .   .
export-cleanup       d   t   .   .   .   .   .   .
manage-batch         d   .   .   .   .   .   .   .
view-tip-off         d   .   .   .   .   .   d   .
handle-tip-off       d   .   .   .   .   .   .   .
unmask-reporter      d   .   .   .   .   .   .   .
view-relation        d   t   t   .   .   d   d   .
edit-relation        d   t   .   .   .   .   .   .

# survey
view-survey          d   t   t   .   .   d   d   .
record-survey        d   t   t   .   .   .   .   .
manage-survey        d   .   .   .   .   .   .   .
export-survey        d   t   .   .   .   .   .   .

# deliveries
view-delivery        d   .   .   .   o   .   d   d
submit-delivery      d   .   .   .   o   .   .   .
decide-delivery      d   .   .   .   .   .   .   .
undo-delivery        d   .   .   .   .   .   .   .
decide-meaning       d   .   .   .   .   .   .   .
remind-sender        d   .   .   .   .   .   .   .

# attachments
view-attachment      o   o   o   o   o   o   o   o
remove-attachment    o   o   o   o   o   .   .   o

# notices
view-notice          o   o   o   o   o   o   o   o
send-notice          d   .   .   .   .   .   .   .
view-notice-record   d   .   .   .   .   .   d   .
# annual reports
view-report          d   t   t   o   .   d   d   .
fill-report          .   t   a   o   .   .   .   .
submit-report        .   t   a   o   .   .   .   .
check-report         d   t   .   .   .   .   .   .
review-report        d   .   .   .   .   .   .   .
set-report-season    d   .   .   .   .   .   .   .
remind-report        d   t   a   .   .   .   .   .
verify-governance    d   t   a   .   .   .   .   .
invite-agent         d   t   .   .   .   .   .   .
view-certificate     d   t   .   o   .   .   d   .
request-certificate  .   t   .   o   .   .   .   .
issue-certificate    d   .   .   .   .   .   .   .

# rosters
view-roster          d   t   a   o   .   .   d   .
edit-roster          d   t   .   o   .   .   .   .
confirm-roster       d   t   a   .   .   .   .   .
unmask-member        d   t   .   o   .   .   .   .

# training
view-counsellor      d   t   t   .   .   d   d   .
appoint-counsellor   d   .   .   .   .   .   .   .
assign-counsellor    d   t   .   .   .   .   .   .
declare-interest     d   t   o   .   .   .   .   .
view-visit           d   t   t   o   .   .   d   .
write-visit          .   .   a   .   .   .   .   .
confirm-visit        .   .   .   o   .   .   .   .
review-visit         d   t   .   .   .   .   .   .
void-visit           d   .   .   .   .   .   .   .
decide-proposal      d   t   .   .   .   .   .   .
view-promise         d   t   t   o   .   .   d   .
work-promise         d   t   a   o   .   .   .   .
confirm-promise      d   t   .   .   .   .   .   .
view-event           d   t   t   o   .   d   d   .
manage-event         d   t   .   .   .   .   .   .
view-guidance        d   t   t   .   .   .   d   .
write-guidance       d   t   t   .   .   .   .   .
view-coverage        d   t   t   .   .   d   d   .

# sharing
view-share           d   .   .   .   o   d   d   .
propose-share        d   .   .   .   .   .   .   .
approve-share        d   .   .   .   .   d   .   .
fetch-share          .   .   .   .   o   .   .   .

# meetings of the departments
view-body            d   t   .   .   o   d   d   .
manage-body          d   t   .   .   .   .   .   .
view-meeting         d   t   .   .   o   d   d   .
manage-meeting       d   .   .   .   .   .   .   .
reply-meeting        d   t   .   .   o   .   .   .
agree-minutes        .   t   .   .   o   .   .   .
record-consent       d   .   .   .   .   .   .   .
override-consent     d   .   .   .   .   d   .   .
sign-minutes         d   .   .   .   .   d   .   .
view-decision        d   t   .   .   o   d   d   .
work-decision        d   t   .   .   o   .   .   .
confirm-decision     d   .   .   .   .   .   .   .

# the register of contacts
view-contact         d   d   .   .   d   d   d   .
manage-contact       d   t   .   .   o   .   .   .
unmask-mobile        d   t   .   .   o   .   .   .

# help that townships ask for
view-help            d   t   .   .   o   d   d   .
file-help            .   t   .   .   .   .   .   .
handle-help          d   .   .   .   .   .   .   .
work-help            d   t   .   .   o   .   .   .
answer-help          d   .   .   .   o   .   .   .
close-help           d   t   .   .   .   .   .   .

# the library of documents
view-document        d   t   t   o   o   d   d   .
manage-document      d   t   .   .   o   .   .   .
publish-document     d   .   .   .   .   .   .   .

# the library of typical cases
view-exemplar        d   t   t   o   o   d   d   .
write-exemplar       d   t   .   .   o   .   .   .
review-exemplar      d   .   .   .   .   .   .   .

# contacts with province and city
view-upward          d   .   .   .   .   d   d   .
manage-upward        d   .   .   .   .   .   .   .

# departments that sponsor societies
view-sponsorship     d   t   .   o   o   d   d   .
manage-sponsorship   d   .   .   .   .   .   .   .
follow-sponsorship   d   .   .   .   o   .   .   .

# funds and projects
view-support         d   t   .   o   .   d   d   .
manage-support       d   .   .   .   .   .   .   .

# the watch against illegal fund-raising
view-fund-watch      d   .   .   .   .   .   d   .
handle-fund-watch    d   .   .   .   .   .   .   .

# issued papers
view-paper           d   .   .   .   .   .   d   .
# demonstration societies
view-title             d   t   t   o   d   d   d   .
edit-title             d   .   .   .   .   .   .   .
view-criteria          d   d   d   o   d   d   d   .
edit-criteria          d   .   .   .   .   .   .   .
view-self-check        d   t   t   o   .   d   d   .
view-standing          d   t   t   .   .   d   d   .
view-round             d   d   d   .   d   d   d   .
run-round              d   .   .   .   .   .   .   .
view-application       d   t   t   o   d   d   d   .
apply-title            .   .   .   o   .   .   .   .
recommend-application  .   t   .   .   .   .   .   .
review-application     d   .   .   .   .   .   .   .
consult-application    .   .   .   .   o   .   .   .
score-application      .   a   a   .   a   .   .   .
view-monitoring        d   t   t   o   .   d   d   .
run-monitoring         d   .   .   .   .   .   .   .
reply-monitoring       .   .   .   o   .   .   .   .
attach-monitoring      d   .   .   o   .   .   .   .
view-plan              d   t   t   o   d   d   d   .
edit-plan              d   t   t   .   .   .   .   .
edit-named-list        d   .   .   .   .   .   .   .
view-strength          d   t   t   o   .   d   d   .
edit-strength          d   t   t   o   .   .   .   .
view-innovation        d   t   t   o   .   d   d   .
edit-innovation        d   t   t   o   .   .   .   .

# the pilot, its work plan, its checks and its archive
view-programme       d   t   t   .   o   d   d   .
edit-programme       d   .   .   .   .   .   .   .
view-work-plan       d   t   t   .   o   d   d   .
edit-work-plan       d   .   .   .   .   .   .   .
report-task          d   t   .   .   o   .   .   .
confirm-task         d   .   .   .   .   .   .   .
view-acceptance      d   .   .   .   .   d   d   .
run-acceptance       d   .   .   .   .   .   .   .
view-finding         d   t   .   .   o   d   d   .
rectify-finding      d   t   .   .   o   .   .   .
view-archive         d   .   .   .   .   .   d   .
build-archive        d   .   .   .   .   .   .   .

# the pilot's figures
view-indicator       d   t   t   .   .   d   d   .
edit-target          d   .   .   .   .   .   .   .
view-edition         d   .   .   .   .   d   d   .
issue-edition        d   .   .   .   .   .   .   .

# people and the trail
view-people          d   .   .   .   .   .   d   d
manage-people        .   .   .   .   .   .   .   d
view-audit           .   .   .   .   .   .   d   d
export-audit         .   .   .   .   .   .   d   .
view-system          .   .   .   .   .   .   d   d
browse-tables        .   .   .   .   .   .   .   d
"""


def signed_rights() -> dict[str, dict[Role, Reach]]:
    """Return action → role → reach as signed."""
    lines = [line.split() for line in SIGNED.strip().splitlines()[1:] if line[:1] not in ("", "#")]
    return {
        action: {role: LETTERS[letter] for role, letter in zip(COLUMNS, letters, strict=True)}
        for action, *letters in lines
    }
