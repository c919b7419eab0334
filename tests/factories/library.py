"""Documents of the library."""

import datetime as dt

import factory

from liaison.library_choices import DocumentKind, Openness
from liaison.models import DocumentReader, LibraryDocument
from tests.factories.accounts import UserFactory


class DocumentFactory(factory.django.DjangoModelFactory[LibraryDocument]):
    """A policy of the bureau that is open to all staff."""

    class Meta:
        model = LibraryDocument

    number = factory.Sequence(lambda n: f"通农发〔2021〕{n + 1}号")
    title = factory.Sequence(lambda n: f"规范提升办法{n}")
    kind = DocumentKind.POLICY
    issuer = "区农业农村局"
    issued_on = dt.date(2021, 3, 1)
    openness = Openness.STAFF
    text = "合作社应当为每个成员设立账户"
    entered_by = factory.SubFactory(UserFactory)
    sought = factory.LazyAttribute(
        lambda made: LibraryDocument(
            number=made.number, title=made.title, issuer=made.issuer, text=made.text
        ).searchable()
    )


class ReaderFactory(factory.django.DjangoModelFactory[DocumentReader]):
    """A person who was let in; document and person are given."""

    class Meta:
        model = DocumentReader

    reason = "办理清理案件需要"
    granted_by = factory.SubFactory(UserFactory)
