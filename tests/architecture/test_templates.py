"""No partial lies about unused."""

import re

from tests.architecture.sources import ROOT, templates

INCLUDED = re.compile(r"{%\s*include\s+\"([^\"]+)\"")


def test_every_partial_is_used_by_a_template_or_a_view():
    sources = dict(templates())
    used = {f"templates/{path}" for text in sources.values() for path in INCLUDED.findall(text)}
    partials = {name for name in sources if "/_" in name}
    shared = {name for name in partials if name.startswith("templates/_shared/")}
    unused = {name for name in partials - used - shared if not rendered(name)}
    assert unused == set()


def rendered(name):
    """Tell whether a view renders this partial by itself, for htmx, or it is a society's card."""
    path = name.removeprefix("templates/")
    stem = path.rsplit("/", 1)[1].removesuffix(".html")
    views = [*ROOT.glob("*/views/*.py"), *ROOT.glob("*/blocks.py")]
    return any(path in text or f'"{stem}"' in text for text in (v.read_text() for v in views))
