"""Rules that hold for every module: where roles are named, who asks for the time, what is recorded."""

import ast

from accounts import deeds
from accounts.choices import Role
from accounts.policy import Action
from tests.architecture.sources import modules

NAMES_ROLES = ("accounts/policy.py", "accounts/choices.py", "accounts/models/user.py")
MAKES_DEMO_PEOPLE = "tongchuan_coop/demo/"
ASKS_FOR_TIME = "common/clock.py"
TIMES = {("timezone", "now"), ("datetime", "now"), ("datetime", "utcnow"), ("date", "today")}


def named_roles(tree):
    return [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Role"
        and node.attr in Role.__members__
    ]


def clock_readings(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if (name, node.attr) in TIMES:
                yield f"{name}.{node.attr}"


def recorded(tree):
    """Yield (deed or None, names of details) of every call of audit.record."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in {"audit.record", "record"} and node.args:
            deed = node.args[0]
            details = [k.arg for k in node.keywords if k.arg not in {None, "by", "reason"}]
            yield deed.value if isinstance(deed, ast.Constant) else None, details


def test_only_the_policy_names_roles():
    strangers = {
        name
        for name, tree in modules()
        if named_roles(tree) and name not in NAMES_ROLES and not name.startswith(MAKES_DEMO_PEOPLE)
    }
    assert strangers == set()


def test_only_the_clock_asks_for_the_time():
    readers = {
        name: list(clock_readings(tree)) for name, tree in modules() if name != ASKS_FOR_TIME
    }
    assert {name: found for name, found in readers.items() if found} == {}


def test_everything_recorded_has_words():
    wordless = {
        word
        for _, tree in modules()
        for deed, details in recorded(tree)
        for word in [deed, *details]
        if word and word not in {*deeds.DEEDS, *deeds.DETAILS, *Action.values}
    }
    assert wordless == set()


def test_every_module_says_what_it_holds():
    assert [name for name, tree in modules() if not ast.get_docstring(tree)] == []


def test_no_room_has_a_name_that_fits_everything():
    rooms = {part.removesuffix(".py") for name, _ in modules() for part in name.split("/")}
    assert rooms & {"utils", "helpers", "services", "base", "misc"} == set()
