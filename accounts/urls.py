"""Addresses of sign-in, profile, people, units, rights, the audit trail and attachments."""

from django.urls import path

from accounts.views import (
    attachments,
    audit,
    notice_record,
    notices,
    papers,
    policy,
    profile,
    sessions,
    units,
    users,
)

app_name = "accounts"
urlpatterns = [
    path("login/", sessions.sign_in, name="login"),
    path("logout/", sessions.sign_out, name="logout"),
    path("password/", profile.password_change, name="password-change"),
    path("profile/", profile.profile, name="profile"),
    path("profile/phone/", profile.phone_edit, name="phone-edit"),
    path("profile/notices/", profile.notice_setting_edit, name="notice-setting-edit"),
    path("profile/sessions/end/", profile.sessions_end, name="sessions-end"),
    path("users/", users.user_list, name="user-list"),
    path("users/new/", users.user_create, name="user-create"),
    path("users/<int:person>/", users.user_detail, name="user-detail"),
    path("users/<int:person>/edit/", users.user_edit, name="user-edit"),
    path("users/<int:person>/activate/", users.user_activate, name="user-activate"),
    path("users/<int:person>/deactivate/", users.user_deactivate, name="user-deactivate"),
    path("users/<int:person>/password/", users.user_password, name="user-password"),
    path("units/", units.unit_list, name="unit-list"),
    path("units/new/", units.unit_create, name="unit-create"),
    path("units/<int:unit>/edit/", units.unit_edit, name="unit-edit"),
    path("units/old-names/new/", units.alias_create, name="alias-create"),
    path("units/old-names/<int:alias>/edit/", units.alias_edit, name="alias-edit"),
    path("units/old-names/<int:alias>/villages/", units.village_decide, name="village-decide"),
    path("audit/", audit.audit_list, name="audit-list"),
    path("audit/export/", audit.audit_export, name="audit-export"),
    path("audit/verify/", audit.audit_verify, name="audit-verify"),
    path("audit/<int:sequence>/", audit.audit_detail, name="audit-detail"),
    path("attachments/<uuid:attachment>/", attachments.attachment_file, name="attachment-file"),
    path(
        "attachments/<uuid:attachment>/small/",
        attachments.attachment_small,
        name="attachment-small",
    ),
    path(
        "attachments/<uuid:attachment>/remove/",
        attachments.attachment_remove,
        name="attachment-remove",
    ),
    path("notices/", notices.notice_list, name="notice-list"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/record/", notice_record.record_list, name="notice-record"),
    path("notices/record/new/", notice_record.letter_create, name="notice-letter"),
    path(
        "notices/record/<int:notice>/",
        notice_record.record_detail,
        name="notice-record-detail",
    ),
    path(
        "notices/record/<int:notice>/resend/",
        notice_record.record_resend,
        name="notice-record-resend",
    ),
    path("notices/<int:notice>/", notices.notice_detail, name="notice-detail"),
    path("notices/<int:notice>/confirm/", notices.notice_confirm, name="notice-confirm"),
    path("papers/", papers.paper_list, name="paper-list"),
    path("papers/<uuid:paper>/", papers.paper_file, name="paper-file"),
    path("policy/", policy.policy_matrix, name="policy-matrix"),
]
