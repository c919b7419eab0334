"""Grants of shared lists, for programs and exports."""

from accounts.nouns import Noun, Part
from accounts.policy import Action
from common import spreadsheet
from liaison.models import ShareGrant
from liaison.models.grant import told_of
from registry.nouns.society import NUMBER

GRANTS = Noun(
    name="grants",
    title="名单共享",
    model=ShareGrant,
    action=Action.VIEW_SHARE,
    argument="grant",
    parts=(
        NUMBER,
        Part("shared_list"),
        Part("receiver", "receiver.name", label="接收部门"),
        Part("purpose"),
        Part("valid_until"),
        Part("state"),
        Part("fetched", "number", label="取用次数", kind=spreadsheet.NUMBER),
    ),
    joined=lambda rows: rows.for_list(),
    told=told_of,
    conditions={"shared_list": "shared_list", "state": "state"},
)
NOUNS = (GRANTS,)
