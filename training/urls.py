"""Addresses of counsellors, visits and training.

The kinds “number” and “society” are those of the register, whose addresses come first.
"""

from django.urls import path

from training.views import assignments, counsellors, handovers

app_name = "training"
urlpatterns = [
    path("", counsellors.counsellor_list, name="counsellor-list"),
    path("gaps/", assignments.gap_list, name="gap-list"),
    path("counsellors/new/", counsellors.counsellor_appoint, name="counsellor-appoint"),
    path(
        "counsellors/<number:counsellor>/", counsellors.counsellor_detail, name="counsellor-detail"
    ),
    path(
        "counsellors/<number:counsellor>/edit/",
        counsellors.counsellor_edit,
        name="counsellor-edit",
    ),
    path(
        "counsellors/<number:counsellor>/interest/",
        counsellors.interest_declare,
        name="interest-declare",
    ),
    path("interests/<number:interest>/end/", counsellors.interest_end, name="interest-end"),
    path(
        "counsellors/<number:counsellor>/handover/",
        handovers.handover_make,
        name="handover-make",
    ),
    path("handovers/<number:handover>/", handovers.handover_sheet, name="handover-sheet"),
    path("assign/<society:uscc>/", assignments.assignment_make, name="assignment-make"),
    path("assign/", assignments.assignment_queue, name="assignment-queue"),
    path("assign/deal/", assignments.assignment_deal, name="assignment-deal"),
]
