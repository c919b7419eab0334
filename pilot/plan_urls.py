"""Addresses of the work plan, the checks and the archive; part of `pilot.urls`."""

from django.urls import path

from pilot.views import task_parts, work_plan

urlpatterns = [
    path("plan/", work_plan.plan_board, name="plan-board"),
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
]
