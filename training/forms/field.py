"""The plain form of a visit on a page: the core form, the society's questions, promises."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from accounts.forms.attachments import AttachmentsField
from training.choices import PromiseKind, PromiseOwner, WithoutPlace
from training.forms.visits import VisitForm
from training.models import Visit
from training.questions.question import Question

PROMISE_ROWS = 2
CORE = tuple(VisitForm.base_fields)


class PhotosForm(forms.Form):
    """Photos that come with the plain form."""

    photos = AttachmentsField(label="照片", required=False)


def questions_as_rows(questions: list[Question]) -> list[dict[str, str]]:
    """Return questions in the shape in which answers are kept, unanswered."""
    return [
        {
            "key": each.key,
            "text": each.text,
            "why": each.why,
            "kind": each.answer.value,
            "answer": "",
            "note": "",
        }
        for each in questions
    ]


def body_from_form(data: QueryDict, society: str) -> dict[str, Any]:
    """Read the plain form into the same body that a phone sends."""
    body: dict[str, Any] = {name: data.get(name, "") for name in CORE}
    body["seen"] = data.getlist("seen")
    body["society"] = society
    body["no_place_reason"] = data.get("no_place_reason", "")
    body["place"] = None
    body["answers"] = [
        {
            name: data.get(f"question-{place}-{name}", "")
            for name in ("key", "text", "why", "kind", "answer", "note")
        }
        for place in range(len(data.getlist("question")))
    ]
    body["promises"] = [row for place in range(10) if (row := _promise(data, place))]
    body["photos"] = []
    return body


def _promise(data: QueryDict, place: int) -> dict[str, Any] | None:
    text = data.get(f"promise-{place}-text", "").strip()
    if not text:
        return None
    return {
        "id": data.get(f"promise-{place}-id", "") or str(uuid.uuid4()),
        "text": text,
        "kind": data.get(f"promise-{place}-kind", ""),
        "owner": data.get(f"promise-{place}-owner", ""),
        "due_on": data.get(f"promise-{place}-due_on", ""),
        "grave": bool(data.get(f"promise-{place}-grave")),
    }


def promise_rows(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the promises of a body, filled up with empty rows."""
    rows = list(body.get("promises") or [])
    while len(rows) < PROMISE_ROWS:
        rows.append({"id": str(uuid.uuid4()), "text": "", "kind": "", "owner": "", "due_on": ""})
    return rows


def choices() -> dict[str, Any]:
    """Return the words that the form offers beside the core fields."""
    return {
        "promise_kinds": PromiseKind.choices,
        "promise_owners": PromiseOwner.choices,
        "place_reasons": WithoutPlace.choices,
    }


def keeps_photos(body: dict[str, Any], visit: Visit | None) -> dict[str, Any]:
    """Carry over what a page cannot change: the place and the photos that the phone announced."""
    if visit is not None:
        head = visit.revisions.filter(key=visit.head).first()
        former = head.body if head else {}
        body["photos"], body["place"] = former.get("photos", []), former.get("place")
    return body
