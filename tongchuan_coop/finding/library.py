"""Finding documents of the library by number, title, issuer or a word of their text."""

from collections.abc import Iterator

from accounts.policy import Action
from common.template_tags import day
from liaison.models import LibraryDocument
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list


def _documents(asked: Asked) -> Iterator[Hit]:
    reach = LibraryDocument.objects.permitted(asked.user, Action.VIEW_DOCUMENT).standing()
    found = reach.holding(asked.term.text).for_list().order_by("-issued_on", "-pk")
    for document in found[: asked.most + 1]:
        notes = (
            document.number,
            document.issuer,
            day(document.issued_on),
            document.get_state_display(),
        )
        yield Hit(
            title=document.title,
            note=" · ".join(str(note) for note in notes if note),
            url=page("liaison:library-detail", document=document.pk),
        )


FINDERS = (
    Finder("文件资料", "file", Action.VIEW_DOCUMENT, _documents, in_list("liaison:library-list")),
)
