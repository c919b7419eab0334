"""What a record of another register is: whose, said by which file, and held for true since when."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from registry.models.cooperative import Cooperative


class StatementQuerySet(models.QuerySet[Any]):
    """Reads of statements. Start at `permitted`, then `known`; both can be chained."""

    def permitted(self, user: Any, action: str) -> Self:
        """Statements about the societies in reach."""
        return self.filter(cooperative__in=Cooperative.objects.permitted(user, action))

    def known(self, at: dt.datetime | None = None) -> Self:
        """What was held for true at a moment; now, without one. Rows outside it are superseded."""
        if at is None:
            return self.filter(known_to__isnull=True)
        return self.filter(known_from__lte=at).filter(Q(known_to__isnull=True) | Q(known_to__gt=at))

    def true_on(self, day: dt.date) -> Self:
        """What had happened by a business day."""
        return self.filter(**{f"{self.model.happens}__lte": day})


class Statement(models.Model):
    """其他登记系统对合作社的一条记载。

    One row is one wording of one record about `cooperative`. The record itself is told by `record_key` (fields named
    by the model, beside the society); when a later quarter's file words it anew, the former row
    gets a `known_to` and a new row follows. Readers want `objects.known()`, in SQL
    `known_to IS NULL`. `row` is the file row that says it; `quarter` is that of the newest file
    that says so: an older one that arrives late does not speak against it.
    """

    happens: ClassVar[str] = ""  # the field with the business day of the record
    record_key: ClassVar[tuple[str, ...]] = ()  # what tells the records of one society apart

    quarter = models.CharField("报送季度", max_length=6)
    delivery = models.ForeignKey(
        "registry.FeedDelivery",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,  # see CooperativeVersion
    )
    row = models.ForeignKey(
        "registry.FeedRow",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    known_from = models.DateTimeField("得知时间")
    known_to = models.DateTimeField("不再采信时间", null=True)

    class Meta:
        abstract = True
        indexes = (
            models.Index(fields=["cooperative", "known_to"], name="%(class)s_known"),
            models.Index(fields=["delivery"], name="%(class)s_delivery"),
        )

    @classmethod
    def said(cls) -> tuple[str, ...]:
        """Return the names of the fields that the source states, in order."""
        own = {"cooperative", *(field.name for field in Statement._meta.local_fields)}
        return tuple(
            field.name
            for field in cls._meta.local_concrete_fields
            if field.name not in own and not field.primary_key
        )
