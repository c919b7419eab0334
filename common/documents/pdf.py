"""PDF from a template and facts.

The templates are Typst files in templates/pdf/. Facts come in as data and are never read as markup,
so what people typed cannot change a page. Fonts are the packaged open ones, the machine's own are
left out, and no time is written: the same facts give the same bytes everywhere.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder


def render_pdf(template: str, facts: dict[str, Any]) -> bytes:
    """Return the PDF of a template, named without its ending, for facts (JSON-like values).

    In the template they are `facts`, loaded by `#import "house.typ": facts`. Raises
    FileNotFoundError for an unknown template and typst.TypstError for one that does not fit its
    facts.
    """
    folder = _folder()
    page = folder / f"{template}.typ"
    if page.parent != folder or not page.is_file():
        raise FileNotFoundError(page)
    compiler = typst.Compiler(
        input=page,
        root=folder,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False)},
    )
    written = compiler.compile(format="pdf", timestamp=0)
    if not isinstance(written, bytes):
        msg = f"{template}: a PDF is one file"
        raise TypeError(msg)
    return written


def _folder() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "pdf"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Load the packaged fonts once a process: Noto Sans SC and Noto Serif SC."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(pylopdf_fonts_zh_cn.__file__).parent],
    )
