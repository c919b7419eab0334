"""Finding issued papers, certificates, the titles of societies, and files that were sent in."""

from collections.abc import Iterator

from django.db.models import Q

from accounts.models import IssuedPaper
from accounts.policy import Action
from common.quarter import Quarter
from demonstration.models import DemonstrationTitle
from registry.models import FeedDelivery, RosterCertificate
from tongchuan_coop.addresses import page
from tongchuan_coop.finding.finder import Asked, Finder, Hit, in_list


def _papers(asked: Asked) -> Iterator[Hit]:
    text = asked.term.text
    reach = IssuedPaper.objects.permitted(asked.user, Action.VIEW_PAPER)
    found = reach.filter(Q(number__icontains=text) | Q(title__contains=text))
    for paper in found.order_by("-issued_at", "-pk")[: asked.most + 1]:
        yield Hit(
            title=paper.title,
            note=f"{paper.number} · {paper.get_kind_display()} · {paper.get_state_display()}",
            url=page("accounts:paper-list", query={"term": paper.number}),
        )


def _titles(asked: Asked) -> Iterator[Hit]:
    reach = DemonstrationTitle.objects.permitted(asked.user, Action.VIEW_TITLE)
    fitting = Q(cooperative__in=asked.keys(Action.VIEW_TITLE))
    fitting |= Q(document_number__contains=asked.term.text)
    fitting |= Q(pk__in=asked.numbered(DemonstrationTitle))
    found = reach.filter(fitting).by_rank()
    for title in found.select_related("cooperative")[: asked.most + 1]:
        kind = f"{title.get_level_display()}{title.get_honour_display()}"
        yield Hit(
            title=str(title.cooperative),
            note=f"{kind} · {title.document_number} · {title.get_state_display()}",
            url=page("demonstration:title-detail", title=title.pk),
        )


def _certificates(asked: Asked) -> Iterator[Hit]:
    reach = RosterCertificate.objects.permitted(asked.user, Action.VIEW_CERTIFICATE)
    fitting = Q(cooperative__in=asked.keys(Action.VIEW_CERTIFICATE))
    fitting |= Q(pk__in=asked.numbered(RosterCertificate))
    found = reach.filter(fitting).select_related("cooperative").order_by("-pk")
    for certificate in found[: asked.most + 1]:
        notes = (certificate.paper_number, certificate.get_state_display())
        yield Hit(
            title=str(certificate),
            note=" · ".join(str(note) for note in notes if note),
            url=page("registry:certificates", uscc=certificate.cooperative.code),
        )


def _deliveries(asked: Asked) -> Iterator[Hit]:
    reach = FeedDelivery.objects.permitted(asked.user, Action.VIEW_DELIVERY)
    found = reach.filter(filename__icontains=asked.term.text).order_by("-received_at", "-pk")
    for delivery in found[: asked.most + 1]:
        yield Hit(
            title=delivery.filename,
            note=f"{delivery.get_source_display()} · {Quarter.parse(delivery.quarter)}",
            url=page("registry:delivery-detail", delivery=delivery.pk),
        )


FINDERS = (
    Finder("示范社称号", "medal", Action.VIEW_TITLE, _titles, in_list("demonstration:title-list")),
    Finder(
        "签发文书", "report", Action.VIEW_PAPER, _papers, in_list("accounts:paper-list", "term")
    ),
    Finder("社员名录证明", "file", Action.VIEW_CERTIFICATE, _certificates),
    Finder("报送文件", "feed", Action.VIEW_DELIVERY, _deliveries),
)
