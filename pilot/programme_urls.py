"""Addresses of the pilots themselves, their phases and targets; part of `pilot.urls`."""

from django.urls import path

from pilot.views import programmes, targets

urlpatterns = [
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/new/", programmes.programme_create, name="programme-create"),
    path("programmes/<int:programme>/", programmes.programme_detail, name="programme-detail"),
    path("programmes/<int:programme>/edit/", programmes.programme_edit, name="programme-edit"),
    path(
        "programmes/<int:programme>/remove/", programmes.programme_remove, name="programme-remove"
    ),
    path("programmes/<int:programme>/phases/new/", programmes.phase_create, name="phase-create"),
    path("programmes/<int:programme>/targets/new/", targets.target_create, name="target-create"),
    path("phases/<int:phase>/edit/", programmes.phase_edit, name="phase-edit"),
    path("phases/<int:phase>/remove/", programmes.phase_remove, name="phase-remove"),
    path("targets/<int:target>/edit/", targets.target_edit, name="target-edit"),
    path("targets/<int:target>/remove/", targets.target_remove, name="target-remove"),
]
