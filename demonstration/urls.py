"""Addresses of titles, criteria, rounds, scoring, monitoring, plans, and what societies have."""

from django.urls import path

from demonstration.views import (
    applications,
    criteria,
    eligibility,
    exports,
    files,
    innovations,
    monitoring,
    plans,
    public,
    rounds,
    scoring,
    strengths,
    titles,
)

app_name = "demonstration"
urlpatterns = [
    path("demonstration/", titles.title_list, name="title-list"),
    path("demonstration/titles/new/", titles.title_create, name="title-create"),
    path("demonstration/titles/<number:title>/", titles.title_detail, name="title-detail"),
    path("demonstration/titles/<number:title>/end/", titles.title_end, name="title-end"),
    path(
        "demonstration/titles/<number:title>/reinstate/",
        titles.title_reinstate,
        name="title-reinstate",
    ),
    path(
        "demonstration/titles/<number:title>/certify/", titles.title_certify, name="title-certify"
    ),
    path("demonstration/titles/<number:title>/plaque/", titles.title_plaque, name="title-plaque"),
    path("demonstration/titles/<number:title>/monitor/", monitoring.case_open, name="case-open"),
]

urlpatterns += [
    path("demonstration/criteria/", criteria.criteria_list, name="criteria-list"),
    path(
        "demonstration/criteria/<number:criteria>/",
        criteria.criteria_detail,
        name="criteria-detail",
    ),
    path(
        "demonstration/criteria/<number:criteria>/draft/",
        criteria.criteria_draft,
        name="criteria-draft",
    ),
    path(
        "demonstration/criteria/<number:criteria>/edit/",
        criteria.criteria_edit,
        name="criteria-edit",
    ),
    path(
        "demonstration/criteria/<number:criteria>/release/",
        criteria.criteria_release,
        name="criteria-release",
    ),
    path(
        "demonstration/criteria/<number:criteria>/items/new/",
        criteria.item_create,
        name="item-create",
    ),
    path(
        "demonstration/criteria/<number:criteria>/items/<number:item>/",
        criteria.item_edit,
        name="item-edit",
    ),
    path(
        "demonstration/criteria/<number:criteria>/items/<number:item>/remove/",
        criteria.item_remove,
        name="item-remove",
    ),
    path("demonstration/check/", eligibility.own_check, name="own-check"),
    path("demonstration/check/<society:uscc>/", eligibility.self_check, name="self-check"),
    path("demonstration/nearly/", eligibility.nearly_list, name="nearly-list"),
    path("demonstration/nearly/compute/", eligibility.standings_compute, name="standings-compute"),
]

urlpatterns += [
    path("demonstration/rounds/", rounds.round_list, name="round-list"),
    path("demonstration/rounds/new/", rounds.round_create, name="round-create"),
    path("demonstration/rounds/<number:round>/", rounds.round_detail, name="round-detail"),
    path("demonstration/rounds/<number:round>/edit/", rounds.round_edit, name="round-edit"),
    path("demonstration/rounds/<number:round>/step/", rounds.round_step, name="round-step"),
    path(
        "demonstration/rounds/<number:round>/ranking/", rounds.round_ranking, name="round-ranking"
    ),
    path(
        "demonstration/rounds/<number:round>/approve/", rounds.round_approve, name="round-approve"
    ),
    path(
        "demonstration/rounds/<number:round>/recognise/",
        rounds.round_recognise,
        name="round-recognise",
    ),
    path(
        "demonstration/rounds/<number:round>/departments/",
        rounds.round_departments,
        name="round-departments",
    ),
    path(
        "demonstration/rounds/<number:round>/reviewers/",
        rounds.reviewer_appoint,
        name="reviewer-appoint",
    ),
    path(
        "demonstration/rounds/<number:round>/reviewers/<number:reviewer>/dismiss/",
        rounds.reviewer_dismiss,
        name="reviewer-dismiss",
    ),
    path("demonstration/rounds/<number:round>/export/", exports.round_export, name="round-export"),
    path("demonstration/scoring/", scoring.scoring_desk, name="scoring-desk"),
    path("demonstration/scoring/<number:application>/", scoring.score_sheet, name="score-sheet"),
    path(
        "demonstration/scoring/<number:application>/interest/",
        scoring.interest_declare,
        name="interest-declare",
    ),
]

_one = "demonstration/applications/<number:application>/"
urlpatterns += [
    path("demonstration/apply/", applications.own_applications, name="own-applications"),
    path(
        "demonstration/apply/<number:round>/<society:uscc>/",
        applications.application_start,
        name="application-start",
    ),
    path(_one, applications.application_detail, name="application-detail"),
    path(f"{_one}write/", applications.application_write, name="application-write"),
    path(f"{_one}step/", applications.application_step, name="application-step"),
    path(f"{_one}files/", files.application_attach, name="application-attach"),
    path(f"{_one}check/", applications.application_check, name="application-check"),
    path(f"{_one}opinion/", applications.opinion_give, name="opinion-give"),
    path(f"{_one}scores/", scoring.score_changes, name="score-changes"),
    path(f"{_one}spread/", applications.spread_note, name="spread-note"),
    path(f"{_one}objections/new/", applications.objection_create, name="objection-create"),
    path(
        f"{_one}objections/<number:objection>/",
        applications.objection_answer,
        name="objection-answer",
    ),
    path(f"{_one}forward/", applications.forwarding_create, name="forwarding-create"),
    path(
        f"{_one}forward/<number:forwarding>/",
        applications.forwarding_answer,
        name="forwarding-answer",
    ),
]

_case = "demonstration/monitoring/<number:monitoring>/"
urlpatterns += [
    path("demonstration/monitoring/", monitoring.case_list, name="monitoring"),
    path("demonstration/monitoring/new/", monitoring.monitoring_create, name="monitoring-create"),
    path("demonstration/monitoring/triggers/", monitoring.triggers_open, name="triggers-open"),
    path(_case, monitoring.case_detail, name="case-detail"),
    path(f"{_case}tell/", monitoring.case_tell, name="case-tell"),
    path(f"{_case}reply/", monitoring.case_reply, name="case-reply"),
    path(f"{_case}decide/", monitoring.case_decide, name="case-decide"),
    path(f"{_case}publish/", monitoring.case_publish, name="case-publish"),
    path(f"{_case}close/", monitoring.case_close, name="case-close"),
    path(f"{_case}files/", files.case_attach, name="case-attach"),
    path(f"{_case}tasks/<number:remedy>/", monitoring.task_finish, name="task-finish"),
]

_plan = "demonstration/plans/<number:plan>/"
_innovation = "demonstration/innovations/entries/<number:innovation>/"
urlpatterns += [
    path("demonstration/plans/", plans.plan_list, name="plan-list"),
    path("demonstration/plans/new/<society:uscc>/", plans.plan_create, name="plan-create"),
    path(_plan, plans.plan_detail, name="plan-detail"),
    path(f"{_plan}edit/", plans.plan_edit, name="plan-edit"),
    path(f"{_plan}close/", plans.plan_close, name="plan-close"),
    path(f"{_plan}word/", plans.plan_word, name="plan-word"),
    path(f"{_plan}files/", files.plan_attach, name="plan-attach"),
    path(f"{_plan}measures/new/", plans.measure_create, name="measure-create"),
    path(f"{_plan}measures/<number:measure>/", plans.measure_edit, name="measure-edit"),
    path(f"{_plan}measures/<number:measure>/done/", plans.measure_finish, name="measure-finish"),
    path("demonstration/lists/", plans.named_lists, name="named-lists"),
    path("demonstration/lists/<number:entry>/leave/", plans.list_leave, name="list-leave"),
    path("demonstration/strengths/", strengths.strength_list, name="strength-list"),
    path("demonstration/priority/", strengths.priority_list, name="priority-list"),
    path(
        "demonstration/strengths/<society:uscc>/",
        strengths.society_strengths,
        name="society-strengths",
    ),
    path(
        "demonstration/strengths/<society:uscc>/undertaking/",
        strengths.undertaking_edit,
        name="undertaking-edit",
    ),
    path(
        "demonstration/strengths/<society:uscc>/add/", strengths.strength_add, name="strength-add"
    ),
    path(
        "demonstration/strengths/entries/<number:strength>/",
        strengths.strength_step,
        name="strength-step",
    ),
    path("demonstration/innovations/", innovations.innovation_list, name="innovation-list"),
    path(
        "demonstration/innovations/<society:uscc>/",
        innovations.society_innovations,
        name="society-innovations",
    ),
    path(
        "demonstration/innovations/<society:uscc>/new/",
        innovations.innovation_create,
        name="innovation-create",
    ),
    path(
        "demonstration/innovations/dividends/<number:dividend>/",
        innovations.dividend_edit,
        name="dividend-edit",
    ),
    path(_innovation, innovations.innovation_detail, name="innovation-detail"),
    path(f"{_innovation}edit/", innovations.innovation_edit, name="innovation-edit"),
    path(f"{_innovation}step/", innovations.innovation_step, name="innovation-step"),
    path(f"{_innovation}files/", files.innovation_attach, name="innovation-attach"),
    path(f"{_innovation}dividends/new/", innovations.dividend_create, name="dividend-create"),
    path("public/titles/", public.public_titles, name="public-titles"),
    path("public/notices/", public.public_notices, name="public-notices"),
    path("public/data/titles.json", public.open_titles_json, name="open-titles-json"),
    path("public/data/titles.xlsx", public.open_titles_xlsx, name="open-titles-xlsx"),
]
