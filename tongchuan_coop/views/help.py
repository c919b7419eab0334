"""Help in place: the manual as pages of the portal, and the first hints that a person puts away."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.decorators import public, requires
from accounts.http import SignedInRequest
from accounts.operations.sessions import put_hints_away
from accounts.policy import Action, guide_of
from common.manual import Chapter, chapters, section_of

FOLDER = Path(settings.BASE_DIR) / "docs" / "manual"
PICTURES = "/help/pictures/"
OPEN_PICTURES = "/public/help/pictures/"


def guide_for(user: Any) -> Chapter:
    """Return the chapter that speaks to a person's role."""
    return chapters(FOLDER, PICTURES)[guide_of(user)]


@require_safe
@requires(Action.VIEW_HOME)
def help_index(request: SignedInRequest) -> HttpResponse:
    """Show the guide of one's own role, and the table of contents."""
    book = chapters(FOLDER, PICTURES)
    pages = [book[name] for name in ("office", "society", "field", "honours", "joint", "data")]
    return render(request, "help/index.html", {"guide": guide_for(request.user), "chapters": pages})


@require_safe
@requires(Action.VIEW_HOME)
def help_section(request: SignedInRequest, subject: str) -> HttpResponse:
    """Show one section, or a whole file by its name."""
    book = chapters(FOLDER, PICTURES)
    if subject in book:
        return render(request, "help/chapter.html", {"chapter": book[subject]})
    found = section_of(FOLDER, PICTURES, subject)
    if found is None:
        raise Http404
    return render(request, "help/section.html", {"section": found, "chapter": book[found.chapter]})


@require_safe
@requires(Action.VIEW_HOME)
def help_picture(request: SignedInRequest, picture: str) -> HttpResponseBase:
    """Give a picture of the manual."""
    del request
    return _picture(picture)


@require_POST
@requires(Action.VIEW_HOME)
def hints_away(request: SignedInRequest) -> HttpResponse:
    """Put the first hints away for good."""
    put_hints_away(request.user)
    return redirect("home")


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def public_help(request: HttpRequest) -> HttpResponse:
    """Show strangers how to use the public pages."""
    return render(request, "public/help.html", {"chapter": _open_chapter()})


@public
@require_safe
@cache_control(public=True, max_age=300)
def public_help_picture(request: HttpRequest, picture: str) -> HttpResponseBase:
    """Give strangers a picture that the public chapter shows, and none of the others."""
    del request
    address = f'"{OPEN_PICTURES}{picture}.webp"'
    if not any(address in section.html for section in _open_chapter().sections):
        raise Http404
    return _picture(picture)


def _open_chapter() -> Chapter:
    return chapters(FOLDER, OPEN_PICTURES)["public"]


def _picture(name: str) -> FileResponse:
    path = FOLDER / "pictures" / f"{name}.webp"
    if not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/webp")
