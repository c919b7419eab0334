"""Addresses of counsellors, visits and training.

The kinds “number” and “society” are those of the register, whose addresses come first.
"""

from django.urls import path

from training.views import (
    assignments,
    counsellors,
    coverage,
    events,
    field,
    guidance,
    handovers,
    promises,
    proposals,
    visit_acts,
    visits,
)

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

# Visits: the plain pages, and what a phone talks to.
urlpatterns += [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/choose/", field.visit_choose, name="visit-choose"),
    path("visits/field/", field.field_page, name="field-page"),
    path("visits/field/worker.js", field.field_worker, name="field-worker"),
    path("visits/field/unlock/", field.field_unlock, name="field-unlock"),
    path("visits/field/pack/", field.field_pack, name="field-pack"),
    path("visits/field/sync/", field.field_sync, name="field-sync"),
    path("visits/field/photos/<uuid:photo>/", field.field_photo, name="field-photo"),
    path("visits/new/<society:uscc>/", visits.visit_create, name="visit-create"),
    path("visits/sheet/<society:uscc>/", visit_acts.visit_sheet, name="visit-sheet"),
    path("visits/<uuid:visit>/", visits.visit_detail, name="visit-detail"),
    path("visits/<uuid:visit>/edit/", visits.visit_edit, name="visit-edit"),
    path("visits/<uuid:visit>/conflict/", visit_acts.visit_conflict, name="visit-conflict"),
    path("visits/<uuid:visit>/confirm/", visit_acts.visit_confirm, name="visit-confirm"),
    path("visits/<uuid:visit>/glass/", visit_acts.visit_on_glass, name="visit-on-glass"),
    path("visits/<uuid:visit>/paper/", visit_acts.visit_on_paper, name="visit-on-paper"),
    path("visits/<uuid:visit>/void/", visit_acts.visit_void, name="visit-void"),
    path("visits/<uuid:visit>/review/", visit_acts.visit_review, name="visit-review"),
    path("visits/<uuid:visit>/addendum/", visit_acts.visit_addendum, name="visit-addendum"),
    path("visits/<uuid:visit>/hint/", visit_acts.hint_reply, name="hint-reply"),
    path("promises/", promises.promise_list, name="promise-list"),
    path("promises/choose/", promises.promise_choose, name="promise-choose"),
    path("promises/new/<society:uscc>/", promises.promise_create, name="promise-create"),
    path("promises/<number:promise>/", promises.promise_detail, name="promise-detail"),
    path("promises/<number:promise>/keep/", promises.promise_keep, name="promise-keep"),
    path("promises/<number:promise>/decide/", promises.promise_decide, name="promise-decide"),
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/<number:proposal>/decide/", proposals.proposal_decide, name="proposal-decide"),
]

# Training, the ledger of guidance, coverage.
urlpatterns += [
    path("events/", events.event_list, name="event-list"),
    path("events/board/", events.event_board, name="event-board"),
    path("events/untrained/", events.event_untrained, name="event-untrained"),
    path("events/new/", events.event_create, name="event-create"),
    path("events/<number:event>/", events.event_detail, name="event-detail"),
    path("events/<number:event>/edit/", events.event_edit, name="event-edit"),
    path("events/<number:event>/sheet/", events.event_sheet, name="event-sheet"),
    path("events/<number:event>/act/", events.event_act, name="event-act"),
    path("sign-in/<slug:token>/", events.event_sign_in, name="event-sign-in"),
    path("summary/<number:year>/", events.year_summary, name="year-summary"),
    path("guidance/", guidance.guidance_list, name="guidance-list"),
    path("guidance/new/", guidance.guidance_create, name="guidance-create"),
    path("coverage/", coverage.coverage_page, name="coverage"),
    path("coverage/plan/", coverage.coverage_plan, name="coverage-plan"),
]
