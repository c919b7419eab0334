"""The library: the list with its search, one document, and each step of who keeps it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.decorators import public, requires
from accounts.http import SignedInRequest
from accounts.kept_lists import kept_as
from accounts.models import Attachment
from accounts.policy import Action, may
from common.htmx import wants_partial
from demonstration.views.acts import incomplete, perform, save_form
from liaison.forms.library import DocumentForm, LibraryFilter, ReaderForm, ReplaceForm
from liaison.kept_lists import LIBRARY
from liaison.library_choices import DocumentState
from liaison.library_flows import DOCUMENT
from liaison.models import LibraryDocument
from liaison.operations import library as operations
from liaison.views.attaching import attach
from liaison.views.steps import buttons, step
from registry.views.pages import cut

LIST = "liaison:library-list"
PURPOSE = "文件附件"
SECONDS = 300
MOST_PUBLIC = 200
# What a stranger sees of a document; nothing else leaves the database.
SHOWN = ("number", "title", "issuer", "issued_on", "kind", "summary", "text")


@require_safe
@requires(Action.VIEW_DOCUMENT)
@kept_as(LIBRARY)
def library_list(request: SignedInRequest) -> HttpResponse:
    """List the documents that one may read; a search looks through their texts."""
    reach = LibraryDocument.objects.permitted(request.user, Action.VIEW_DOCUMENT)
    form = LibraryFilter(request.GET)
    found = form.narrow(reach)
    term = form.cleaned_data["q"] if form.is_valid() else ""
    rows = found.select_related("unit") if term else found.for_list()
    page = cut(request, rows, "pk", descending=True)
    context = {
        "form": form,
        "chosen": form.chosen,
        "page": page,
        "lines": [(row, row.excerpt(term) if term else row.summary) for row in page.rows],
        "number": found.count(),
        "manages": may(request.user, Action.MANAGE_DOCUMENT),
    }
    name = "_results" if wants_partial(request) else "list"
    return render(request, f"liaison/library/{name}.html", context)


@require_safe
@requires(Action.VIEW_DOCUMENT)
def library_detail(request: SignedInRequest, document: int) -> HttpResponse:
    """Show one document with its files; who keeps it also sees who may read it."""
    found = _document(request, document, Action.VIEW_DOCUMENT)
    user = request.user
    reach = LibraryDocument.objects.permitted(user, Action.MANAGE_DOCUMENT)
    keeps = may(user, Action.MANAGE_DOCUMENT) and reach.filter(pk=found.pk).exists()
    readable = LibraryDocument.objects.permitted(user, Action.VIEW_DOCUMENT).for_list()
    context = {
        "document": found,
        "attachments": Attachment.objects.of(found).select_related("added_by"),
        # Only those that one may read oneself: a title, too, can be private.
        "successor": readable.filter(replaces=found).first(),
        "replaces": readable.filter(replaced_by=found),
        "keeps": keeps,
        "steps": buttons(DOCUMENT, found, user) if keeps else {},
        "readers": found.readers.select_related("person__unit", "granted_by").order_by(
            "-granted_on", "-pk"
        )
        if keeps
        else [],
        "take_down": [("target", DocumentState.WITHDRAWN.value)],
        "repeal": [("target", DocumentState.REPEALED.value)],
        "restore": [("target", DocumentState.IN_FORCE.value)],
        "reader_form": ReaderForm() if keeps and found.stands else None,
        "replace_form": ReplaceForm(reach=reach, initial={"version": found.version})
        if keeps
        else None,
    }
    return render(request, "liaison/library/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_DOCUMENT)
def library_create(request: SignedInRequest) -> HttpResponse:
    """Enter a document."""
    page = {
        "title": "登记文件",
        "lead": "政策文件、通知公告、印发的纪要和其他资料，登记后可以按文号、标题和正文查到。",
        "back": reverse(LIST),
        "crumbs": [("文件资料", reverse(LIST))],
    }

    def act(form: DocumentForm) -> str:
        units = form.cleaned_data["units"]
        made = operations.enter_document(form.facts(), units, by=request.user)
        attach(request, made, form.uploads(), purpose=PURPOSE)
        return _here(made)

    form = DocumentForm(request.POST or None, request.FILES or None)
    return save_form(request, form, act, done="已登记。", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.MANAGE_DOCUMENT)
def library_edit(request: SignedInRequest, document: int) -> HttpResponse:
    """Correct a document, open it to others, or add files."""
    found = _document(request, document, Action.MANAGE_DOCUMENT)
    page = {
        "title": "修改文件",
        "back": _here(found),
        "crumbs": [("文件资料", reverse(LIST)), (found.title, _here(found))],
    }

    def act(form: DocumentForm) -> None:
        units = form.cleaned_data["units"]
        operations.edit_document(found, form.facts(), units, version=form.seen, by=request.user)
        attach(request, found, form.uploads(), purpose=PURPOSE)

    form = DocumentForm(request.POST or None, request.FILES or None, instance=found)
    return save_form(request, form, act, done="已保存。", page=page)


@require_POST
@requires(Action.MANAGE_DOCUMENT)
def library_replace(request: SignedInRequest, document: int) -> HttpResponse:
    """Say which document holds instead."""
    found = _document(request, document, Action.MANAGE_DOCUMENT)
    reach = LibraryDocument.objects.permitted(request.user, Action.MANAGE_DOCUMENT)
    return step(
        request,
        found,
        lambda asked: operations.replace_document(found, asked["by_what"], by=request.user),
        done="已登记替代文件。",
        back=_here(found),
        form=ReplaceForm(request.POST, reach=reach),
    )


@require_POST
@requires(Action.MANAGE_DOCUMENT)
def library_move(request: SignedInRequest, document: int) -> HttpResponse:
    """Repeal a document, take it down, or let it hold again."""
    found = _document(request, document, Action.MANAGE_DOCUMENT)
    return step(
        request,
        found,
        lambda asked: operations.move_document(
            found, asked["target"], reason=asked["reason"], by=request.user
        ),
        done="已保存。",
        back=_here(found),
    )


@require_POST
@requires(Action.MANAGE_DOCUMENT)
def library_let_read(request: SignedInRequest, document: int) -> HttpResponse:
    """Let a person read a document by name."""
    found = _document(request, document, Action.MANAGE_DOCUMENT)
    form = ReaderForm(request.POST)
    if not form.is_valid():
        return incomplete(request, form, back=_here(found))
    asked = form.cleaned_data
    return perform(
        request,
        lambda: operations.let_read(
            found, asked["person"], reason=asked["reason"], by=request.user
        ),
        done="已准许查看，并通知本人。",
        back=_here(found),
    )


@require_POST
@requires(Action.MANAGE_DOCUMENT)
def library_end_reading(request: SignedInRequest, document: int, reader: int) -> HttpResponse:
    """Take a permission back."""
    found = _document(request, document, Action.MANAGE_DOCUMENT)
    line = get_object_or_404(found.readers.select_related("person"), pk=reader)
    return perform(
        request,
        lambda: operations.end_reading(found, line, by=request.user),
        done="已收回。",
        back=_here(found),
    )


@public
@require_safe
@conditional_page
@cache_control(public=True, max_age=SECONDS)
def public_documents(request: HttpRequest) -> HttpResponse:
    """List the public documents in force, the newest first, with their texts."""
    rows = LibraryDocument.objects.public().order_by("-issued_on", "-pk")
    context = {"documents": rows.only(*SHOWN)[:MOST_PUBLIC]}
    return render(request, "public/documents.html", context)


def _document(request: SignedInRequest, key: int, action: Action) -> LibraryDocument:
    reach = LibraryDocument.objects.permitted(request.user, action)
    found: LibraryDocument = get_object_or_404(
        reach.select_related("unit", "entered_by").prefetch_related("units"), pk=key
    )
    return found


def _here(document: LibraryDocument) -> str:
    return reverse("liaison:library-detail", args=[document.pk])
