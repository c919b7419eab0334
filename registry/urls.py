"""Addresses of the register, the deliveries and the suspicions."""

from django.urls import path, register_converter

from registry.converters import RowNumber, SocietyCode
from registry.views import (
    addresses,
    batch_days,
    certificates,
    cleanup_acts,
    cleanup_bulk,
    cleanup_cases,
    cleanup_steps,
    completeness,
    contradictions,
    cooperative_attachments,
    cooperative_detail,
    cooperatives,
    deliveries,
    delivery_files,
    delivery_lists,
    feed_rows,
    flags,
    ledger,
    matters,
    meanings,
    member_accounts,
    pairs,
    proof_sheets,
    rehearsals,
    relations,
    roster_confirmations,
    roster_uploads,
    rosters,
    rules,
    society_timeline,
    surveys,
    tip_offs,
    uploads,
    verification,
)

app_name = "registry"
register_converter(RowNumber, "number")
register_converter(SocietyCode, "society")
urlpatterns = [
    path("feeds/", deliveries.delivery_list, name="delivery-list"),
    path("feeds/new/", uploads.delivery_create, name="delivery-create"),
    path("feeds/template/<str:source>/", uploads.delivery_template, name="delivery-template"),
    path("feeds/guide/", uploads.delivery_guide, name="delivery-guide"),
    path("feeds/words/", meanings.meaning_list, name="meaning-list"),
    path("feeds/words/decide/", meanings.meaning_decide, name="meaning-decide"),
    path("feeds/words/<number:meaning>/revoke/", meanings.meaning_revoke, name="meaning-revoke"),
    path("feeds/<number:delivery>/", deliveries.delivery_detail, name="delivery-detail"),
    path(
        "feeds/<number:delivery>/progress/", deliveries.delivery_progress, name="delivery-progress"
    ),
    path("feeds/<number:delivery>/decide/", deliveries.delivery_decide, name="delivery-decide"),
    path("feeds/<number:delivery>/commit/", deliveries.delivery_commit, name="delivery-commit"),
    path("feeds/<number:delivery>/undo/", deliveries.delivery_undo, name="delivery-undo"),
    path("feeds/<number:delivery>/cancel/", deliveries.delivery_cancel, name="delivery-cancel"),
    path("feeds/<number:delivery>/rows/", feed_rows.delivery_rows, name="delivery-rows"),
    path(
        "feeds/<number:delivery>/rows/decide/",
        feed_rows.delivery_rows_decide,
        name="delivery-rows-decide",
    ),
    path("feeds/<number:delivery>/rows/<number:ordinal>/", feed_rows.feed_row, name="feed-row"),
    path("feeds/<number:delivery>/gone/", delivery_lists.delivery_gone, name="delivery-gone"),
    path(
        "feeds/<number:delivery>/compare/", delivery_lists.delivery_compare, name="delivery-compare"
    ),
    path(
        "feeds/<number:delivery>/original/",
        delivery_files.delivery_original,
        name="delivery-original",
    ),
    path(
        "feeds/<number:delivery>/problems/",
        delivery_files.delivery_problems,
        name="delivery-problems",
    ),
]

# The survey.
urlpatterns += [
    path("survey/", surveys.survey_home, name="survey-home"),
    path("survey/new/", surveys.survey_create, name="survey-create"),
    path("survey/<number:campaign>/", surveys.survey_detail, name="survey-detail"),
    path("survey/<number:campaign>/records/", surveys.survey_records, name="survey-records"),
    path("survey/<number:campaign>/top-up/", surveys.survey_top_up, name="survey-top-up"),
    path("survey/<number:campaign>/move/", surveys.survey_move, name="survey-move"),
    path("survey/<number:campaign>/export/", surveys.survey_export, name="survey-export"),
    path("survey/records/<number:record>/", surveys.survey_record, name="survey-record"),
]

# Clean-up cases.
urlpatterns += [
    path("cleanup/", cleanup_cases.cleanup_list, name="cleanup-list"),
    path("cleanup/days/", batch_days.batch_list, name="batch-list"),
    path("cleanup/days/new/", batch_days.batch_create, name="batch-create"),
    path("cleanup/days/<number:batch>/", batch_days.batch_detail, name="batch-detail"),
    path("cleanup/days/<number:batch>/edit/", batch_days.batch_edit, name="batch-edit"),
    path("cleanup/days/<number:batch>/invite/", batch_days.batch_invite, name="batch-invite"),
    path("cleanup/days/<number:batch>/close/", batch_days.batch_close, name="batch-close"),
    path(
        "cleanup/days/results/<number:entry>/<number:step>/",
        batch_days.batch_result,
        name="batch-result",
    ),
    path("cleanup/ledger/", ledger.cleanup_ledger, name="cleanup-ledger"),
    path("cleanup/export/", ledger.cleanup_export, name="cleanup-export"),
    path("cleanup/charts/", ledger.cleanup_charts, name="cleanup-charts"),
    path("cleanup/procedures/", cleanup_steps.cleanup_procedures, name="cleanup-procedures"),
    path("cleanup/many/", cleanup_bulk.cleanup_create_many, name="cleanup-create-many"),
    path("cleanup/new/<society:uscc>/", cleanup_cases.cleanup_create, name="cleanup-create"),
    path("cleanup/<number:case>/", cleanup_cases.cleanup_detail, name="cleanup-detail"),
    path("cleanup/<number:case>/paper/", cleanup_acts.cleanup_paper, name="cleanup-paper"),
    path(
        "cleanup/<number:case>/willingness/",
        cleanup_acts.cleanup_willingness,
        name="cleanup-willingness",
    ),
    path("cleanup/<number:case>/move/", cleanup_acts.cleanup_move, name="cleanup-move"),
    path("cleanup/<number:case>/route/", cleanup_acts.cleanup_route, name="cleanup-route"),
    path(
        "cleanup/<number:case>/conditions/",
        cleanup_acts.cleanup_conditions,
        name="cleanup-conditions",
    ),
    path("cleanup/<number:case>/edit/", cleanup_acts.cleanup_edit, name="cleanup-edit"),
    path("cleanup/<number:case>/tasks/", cleanup_steps.cleanup_task_add, name="cleanup-task-add"),
    path(
        "cleanup/<number:case>/successor/",
        cleanup_steps.cleanup_successor,
        name="cleanup-successor",
    ),
    path("cleanup/<number:case>/help/", cleanup_steps.cleanup_help, name="cleanup-help"),
    path("cleanup/steps/<number:step>/", cleanup_steps.cleanup_step, name="cleanup-step"),
    path(
        "cleanup/steps/<number:step>/move/",
        cleanup_steps.cleanup_step_move,
        name="cleanup-step-move",
    ),
    path("cleanup/tasks/<number:task>/", cleanup_steps.cleanup_task, name="cleanup-task"),
    path(
        "cleanup/tasks/<number:task>/review/",
        cleanup_steps.cleanup_task_review,
        name="cleanup-task-review",
    ),
]

# Relations between farming subjects, and tip-offs.
urlpatterns += [
    path("relations/", relations.relation_list, name="relation-list"),
    path("relations/new/", relations.relation_create, name="relation-create"),
    path("relations/<number:relation>/end/", relations.relation_end, name="relation-end"),
    path("tip-offs/", tip_offs.tip_off_list, name="tip-off-list"),
    path("tip-offs/new/", tip_offs.tip_off_create, name="tip-off-create"),
    path("tip-offs/<number:tip>/", tip_offs.tip_off_detail, name="tip-off-detail"),
    path("tip-offs/<number:tip>/reporter/", tip_offs.tip_off_reporter, name="tip-off-reporter"),
    path("tip-offs/<number:tip>/move/", tip_offs.tip_off_move, name="tip-off-move"),
    path("tip-offs/<number:tip>/match/", tip_offs.tip_off_match, name="tip-off-match"),
    path("tip-offs/<number:tip>/case/", tip_offs.tip_off_case, name="tip-off-case"),
]

# The register itself. A society's code is longer than any of the words above.
urlpatterns += [
    path("", cooperatives.cooperative_list, name="cooperative-list"),
    path("export/<str:form>/", cooperatives.cooperative_export, name="cooperative-export"),
    path("addresses/", addresses.address_queue, name="address-queue"),
    path("addresses/<society:uscc>/", addresses.address_decide, name="address-decide"),
    path("contradictions/", contradictions.contradiction_list, name="contradiction-list"),
    path("contradictions/worth-checking/", contradictions.worth_checking, name="worth-checking"),
    path(
        "contradictions/<number:contradiction>/",
        contradictions.contradiction_detail,
        name="contradiction-detail",
    ),
    path(
        "contradictions/<number:contradiction>/assign/",
        contradictions.contradiction_assign,
        name="contradiction-assign",
    ),
    path(
        "contradictions/<number:contradiction>/decide/",
        contradictions.contradiction_decide,
        name="contradiction-decide",
    ),
    path("completeness/", completeness.completeness_board, name="completeness"),
    path("completeness/nil/", completeness.nil_return, name="nil-return"),
    path("completeness/remind/<slug:sender>/", completeness.feed_reminder, name="feed-reminder"),
    path("pairs/", pairs.pair_list, name="pair-list"),
    path("pairs/propose/", pairs.pair_propose, name="pair-propose"),
    path("pairs/<number:pair>/", pairs.pair_detail, name="pair-detail"),
    path("pairs/<number:pair>/decide/", pairs.pair_decide, name="pair-decide"),
    path("flags/", flags.flag_list, name="flag-list"),
    path("flags/recompute/", flags.flag_recompute, name="flag-recompute"),
    path("flags/rules/", rules.rule_list, name="rule-list"),
    path("flags/rules/societies/", rules.rule_societies, name="rule-societies"),
    path("flags/<number:flag>/", flags.flag_detail, name="flag-detail"),
    path("flags/<number:flag>/assign/", verification.flag_assign, name="flag-assign"),
    path("flags/<number:flag>/verify/", verification.flag_verify, name="flag-verify"),
    path("flags/<number:flag>/defer/", verification.flag_defer, name="flag-defer"),
    path("flags/<number:flag>/resume/", verification.flag_resume, name="flag-resume"),
    path("flags/rehearsals/", rehearsals.rehearsal_list, name="rehearsal-list"),
    path("flags/rehearsals/new/", rehearsals.rehearsal_create, name="rehearsal-create"),
    path(
        "flags/rehearsals/<number:rehearsal>/",
        rehearsals.rehearsal_detail,
        name="rehearsal-detail",
    ),
    path(
        "flags/rehearsals/<number:rehearsal>/progress/",
        rehearsals.rehearsal_progress,
        name="rehearsal-progress",
    ),
    path(
        "flags/rehearsals/<number:rehearsal>/edit/",
        rehearsals.rehearsal_edit,
        name="rehearsal-edit",
    ),
    path(
        "flags/rehearsals/<number:rehearsal>/move/",
        rehearsals.rehearsal_move,
        name="rehearsal-move",
    ),
    path(
        "flags/rehearsals/<number:rehearsal>/decide/",
        rehearsals.rehearsal_decide,
        name="rehearsal-decide",
    ),
    path("matters/", matters.matter_list, name="matter-list"),
    path("matters/<number:flag>/", matters.matter_detail, name="matter-detail"),
    path("matters/<number:flag>/answer/", matters.matter_answer, name="matter-answer"),
    path("<society:uscc>/", cooperative_detail.cooperative_detail, name="cooperative-detail"),
    path(
        "<society:uscc>/attachments/",
        cooperative_attachments.cooperative_attachments,
        name="cooperative-attachments",
    ),
    path("<society:uscc>/timeline/", society_timeline.society_timeline, name="society-timeline"),
    path("<society:uscc>/proof/", proof_sheets.proof_sheet, name="proof-sheet"),
    path("<society:uscc>/edit/", cooperative_detail.cooperative_edit, name="cooperative-edit"),
    path(
        "<society:uscc>/contact/",
        cooperative_detail.cooperative_contact,
        name="cooperative-contact",
    ),
]

# Rosters and member accounts of one society.
urlpatterns += [
    path("<society:uscc>/roster/", rosters.roster, name="roster"),
    path("<society:uscc>/roster/file/", rosters.roster_file, name="roster-file"),
    path(
        "<society:uscc>/roster/confirm/",
        roster_confirmations.roster_confirm,
        name="roster-confirm",
    ),
    path(
        "<society:uscc>/roster/confirm/withdraw/",
        roster_confirmations.roster_withdraw,
        name="roster-confirm-withdraw",
    ),
    path("<society:uscc>/roster/new/", rosters.member_create, name="member-create"),
    path(
        "<society:uscc>/roster/accounts/", member_accounts.member_accounts, name="member-accounts"
    ),
    path(
        "<society:uscc>/roster/upload/", roster_uploads.roster_upload, name="roster-upload-create"
    ),
    path(
        "<society:uscc>/roster/uploads/<number:upload>/",
        roster_uploads.roster_upload_detail,
        name="roster-upload",
    ),
    path(
        "<society:uscc>/roster/uploads/<number:upload>/apply/",
        roster_uploads.roster_upload_apply,
        name="roster-upload-apply",
    ),
    path(
        "<society:uscc>/roster/uploads/<number:upload>/drop/",
        roster_uploads.roster_upload_drop,
        name="roster-upload-drop",
    ),
    path("<society:uscc>/roster/<number:member>/", rosters.member_edit, name="member-edit"),
    path(
        "<society:uscc>/roster/<number:member>/identity/",
        rosters.member_identity,
        name="member-identity",
    ),
]

# Roster certificates.
urlpatterns += [
    path("certificates/", certificates.certificate_list, name="certificate-list"),
    path("certificates/<number:certificate>/", certificates.certificate_detail, name="certificate"),
    path(
        "certificates/<number:certificate>/withdraw/",
        certificates.certificate_withdraw,
        name="certificate-withdraw",
    ),
    path("<society:uscc>/certificates/", certificates.society_certificates, name="certificates"),
]
