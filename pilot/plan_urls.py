"""Addresses of the work plan, the checks and the archive; part of `pilot.urls`."""

from django.urls import path

from pilot.views import acceptances, archives, findings, task_parts, work_plan

urlpatterns = [
    path("plan/", work_plan.plan_board, name="plan-board"),
    path("plan/wall/", task_parts.plan_wall, name="plan-wall"),
    path("plan/export/", work_plan.plan_export, name="plan-export"),
    path("plan/start/", work_plan.plan_start, name="plan-start"),
    path("plan/new/", work_plan.task_create, name="task-create"),
    path("plan/<int:task>/", work_plan.task_detail, name="task-detail"),
    path("plan/<int:task>/edit/", work_plan.task_edit, name="task-edit"),
    path("plan/<int:task>/days/", work_plan.task_move, name="task-move"),
    path("plan/<int:task>/remove/", work_plan.task_remove, name="task-remove"),
    path("plan/<int:task>/waits/", work_plan.wait_add, name="wait-add"),
    path("plan/<int:task>/waits/<int:link>/end/", work_plan.wait_remove, name="wait-remove"),
    path("plan/parts/", task_parts.part_list, name="part-list"),
    path("plan/parts/<int:part>/", task_parts.part_detail, name="part-detail"),
    path("plan/parts/<int:part>/step/", task_parts.part_step, name="part-step"),
    path("plan/parts/<int:part>/progress/", task_parts.part_progress, name="part-progress"),
    path("plan/parts/<int:part>/attach/", task_parts.part_attach, name="part-attach"),
    path("plan/parts/<int:part>/link/", task_parts.part_link, name="part-link"),
    path("plan/parts/<int:part>/link/<int:link>/end/", task_parts.part_unlink, name="part-unlink"),
    path("plan/units/<int:unit>/", task_parts.unit_page, name="unit-page"),
    path("acceptance/", acceptances.acceptance_list, name="acceptance-list"),
    path("acceptance/open/", acceptances.acceptance_open, name="acceptance-open"),
    path("acceptance/<int:acceptance>/", acceptances.acceptance_detail, name="acceptance-detail"),
    path("acceptance/<int:acceptance>/word/", acceptances.acceptance_word, name="acceptance-word"),
    path(
        "acceptance/<int:acceptance>/refresh/",
        acceptances.acceptance_refresh,
        name="acceptance-refresh",
    ),
    path(
        "acceptance/<int:acceptance>/conclude/",
        acceptances.acceptance_conclude,
        name="acceptance-conclude",
    ),
    path(
        "acceptance/<int:acceptance>/close/", acceptances.acceptance_close, name="acceptance-close"
    ),
    path(
        "acceptance/<int:acceptance>/findings/", acceptances.findings_raise, name="findings-raise"
    ),
    path(
        "acceptance/<int:acceptance>/items/<int:item>/",
        acceptances.item_detail,
        name="acceptance-item",
    ),
    path("findings/", findings.finding_list, name="finding-list"),
    path("findings/<int:finding>/", findings.finding_detail, name="finding-detail"),
    path("findings/<int:finding>/step/", findings.finding_step, name="finding-step"),
    path("archive/", archives.archive_list, name="archive-list"),
    path("archive/new/", archives.archive_request, name="archive-request"),
    path("archive/<int:archive>/check/", archives.archive_check, name="archive-check"),
    path("archive/<int:archive>/file/", archives.archive_file, name="archive-file"),
]
