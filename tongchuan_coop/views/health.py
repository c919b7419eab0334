"""Is the process alive; is it ready."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from accounts.decorators import public
from registry.models import IngestJob


@public
@require_safe
def livez(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    del request
    return JsonResponse({"alive": True})


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, storage and job queue answer; 503 names the one that does not."""
    del request
    parts = {"database": _database(), "storage": _storage(), "queue": _queue()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _storage() -> bool:
    folder = Path(settings.FILES_DIR)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError:
        return False
    return True


def _queue() -> bool:
    try:
        IngestJob.objects.waiting().exists()
    except DatabaseError:
        return False
    return True
