"""Finding events in the audit trail."""

import datetime as dt

from django import forms

from accounts import deeds
from accounts.models.audit_event import AuditEventQuerySet
from common import clock
from common.conditions import Conditions


class AuditFilter(Conditions):
    """The filter of the trail; its state is the address."""

    subject = forms.CharField(label="对象", required=False, max_length=60)
    person = forms.CharField(label="操作人", required=False, max_length=30)
    deed = forms.ChoiceField(label="操作", required=False)
    since = forms.DateField(
        label="从", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label="到", required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["deed"].choices = [("", "全部"), *deeds.choices()]  # type: ignore[attr-defined]

    def narrow(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """Return the events that were asked for; a wrong condition finds none."""
        if not self.is_valid():
            return events.none()
        asked = self.cleaned_data
        if asked["subject"]:
            events = events.filter(subject_label__contains=asked["subject"])
        if asked["person"]:
            events = events.filter(actor_name__contains=asked["person"])
        if asked["deed"]:
            events = events.filter(action=asked["deed"])
        if asked["since"]:
            events = events.filter(at__gte=clock.start_of(asked["since"]))
        if asked["until"]:
            events = events.filter(at__lt=clock.start_of(asked["until"] + dt.timedelta(days=1)))
        return events
