"""Addresses of annual reports."""

from django.urls import path, register_converter

from registry.converters import ReportYear, RowNumber, SocietyCode
from registry.views import (
    governance,
    report_chasing,
    report_confirming,
    report_form,
    report_list,
    report_public,
    report_review,
    report_signing,
    report_versions,
    report_workbook,
    society_access,
)

app_name = "reports"
register_converter(ReportYear, "year")
register_converter(SocietyCode, "code")
register_converter(RowNumber, "ordinal")
urlpatterns = [
    path("", report_list.report_list, name="list"),
    path("seasons/", report_chasing.report_seasons, name="seasons"),
    path("remind/", report_chasing.report_remind, name="remind"),
    path("governance/", governance.governance, name="governance"),
    path("governance/<ordinal:fact>/", governance.governance_verify, name="governance-verify"),
    path("join/", society_access.join, name="join"),
    path("public/<code:uscc>/<year:year>/", report_public.report_public, name="public"),
    path("<code:uscc>/access/", society_access.society_access, name="access"),
    path(
        "<code:uscc>/access/invitations/<ordinal:invitation>/revoke/",
        society_access.invitation_revoke,
        name="invitation-revoke",
    ),
    path("<code:uscc>/access/<ordinal:agent>/end/", society_access.access_end, name="access-end"),
    path("<code:uscc>/<year:year>/workbook/", report_workbook.report_workbook, name="workbook"),
    path(
        "<code:uscc>/<year:year>/workbook/upload/",
        report_workbook.report_workbook_upload,
        name="workbook-upload",
    ),
    path(
        "<code:uscc>/<year:year>/hand-over/", report_confirming.report_hand_over, name="hand-over"
    ),
    path(
        "<code:uscc>/<year:year>/take-back/", report_confirming.report_take_back, name="take-back"
    ),
    path("<code:uscc>/<year:year>/sign/", report_signing.report_sign, name="sign"),
    path("<code:uscc>/<year:year>/confirm/", report_confirming.report_confirm, name="confirm"),
    path("<code:uscc>/", report_form.society_reports, name="society"),
    path("<code:uscc>/<year:year>/", report_form.report_overview, name="report"),
    path("<code:uscc>/<year:year>/start/", report_form.report_start, name="start"),
    path("<code:uscc>/<year:year>/correct/", report_form.report_correct, name="correct"),
    path("<code:uscc>/<year:year>/abandon/", report_form.report_abandon, name="abandon"),
    path(
        "<code:uscc>/<year:year>/fill/<slug:section>/",
        report_form.report_section,
        name="section",
    ),
    path(
        "<code:uscc>/<year:year>/fill/<slug:section>/autosave/",
        report_form.report_autosave,
        name="autosave",
    ),
    path("<code:uscc>/<year:year>/read/", report_signing.report_read, name="read"),
    path("<code:uscc>/<year:year>/submit/", report_signing.report_submit, name="submit"),
    path("<code:uscc>/<year:year>/recall/", report_signing.report_recall, name="recall"),
    path("<code:uscc>/<year:year>/review/", report_review.report_review, name="review"),
    path("<code:uscc>/<year:year>/decide/", report_review.report_decide, name="decide"),
    path(
        "<code:uscc>/<year:year>/sheet/",
        report_versions.report_statutory,
        name="statutory-sheet",
    ),
    path(
        "<code:uscc>/<year:year>/versions/<ordinal:number>/",
        report_versions.report_version,
        name="version",
    ),
    path(
        "<code:uscc>/<year:year>/versions/<ordinal:number>/pdf/",
        report_versions.report_version_pdf,
        name="version-pdf",
    ),
    path(
        "<code:uscc>/<year:year>/versions/<ordinal:number>/receipt/",
        report_versions.report_receipt_pdf,
        name="receipt-pdf",
    ),
]
