"""The lists of this part whose state can be kept under a name."""

from accounts.choices import SavedPage
from accounts.kept_lists import Heading, KeptList
from accounts.policy import Action
from common.keyset import Key
from pilot.forms.acceptances import FindingFilter
from pilot.forms.work_plan import PartFilter
from pilot.models import AcceptanceFinding
from pilot.programmes import running_programme

FINDINGS = KeptList(
    SavedPage.FINDINGS,
    "pilot:finding-list",
    Action.VIEW_FINDING,
    frozenset({*FindingFilter.base_fields, "acceptance"}),
    lambda data, user: FindingFilter(
        data, reach=AcceptanceFinding.objects.permitted(user, Action.VIEW_FINDING)
    ),
    (
        Heading("text", "问题", parts=("title", "text")),
        Heading("unit", "整改单位"),
        Heading("due_on", "期限", sorts=True),
        Heading("state", "状态", sorts=True),
    ),
    order=(Key("due_on"), Key("id")),
)
PARTS = KeptList(
    SavedPage.PARTS,
    "pilot:part-list",
    Action.VIEW_WORK_PLAN,
    frozenset({*PartFilter.base_fields, "programme"}),
    lambda data, user: PartFilter(data, user=user, programme=running_programme()),
    order=(Key("due_on"), Key("id")),
)
