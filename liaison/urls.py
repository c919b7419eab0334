"""Addresses of what the departments do together."""

from django.urls import path

from liaison.views import (
    agendas,
    bodies,
    decisions,
    home,
    meetings,
    minutes,
    sharing,
    sponsorships,
    supports,
    topics,
)

app_name = "liaison"
urlpatterns = [
    path("sharing/", sharing.grant_list, name="grant-list"),
    path("sharing/new/<slug:shared>/", sharing.grant_create, name="grant-create"),
    path("sharing/<int:grant>/", sharing.grant_detail, name="grant-detail"),
    path("sharing/<int:grant>/decide/", sharing.grant_decide, name="grant-decide"),
    path("sharing/<int:grant>/rows/", sharing.shared_rows, name="shared-rows"),
    path("sharing/<int:grant>/file/", sharing.shared_file, name="shared-file"),
    path("sharing/<int:grant>/receipt/", sharing.grant_receipt, name="grant-receipt"),
    # meetings and what they decide
    path("", home.home, name="home"),
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/establish/", bodies.bodies_establish, name="bodies-establish"),
    path("bodies/<number:body>/", bodies.body_detail, name="body-detail"),
    path("bodies/<number:body>/edit/", bodies.body_edit, name="body-edit"),
    path("bodies/<number:body>/seats/new/", bodies.seat_create, name="seat-create"),
    path("seats/<number:seat>/edit/", bodies.seat_edit, name="seat-edit"),
    path("seats/<number:seat>/end/", bodies.seat_end, name="seat-end"),
    path("meetings/", meetings.meeting_list, name="meeting-list"),
    path("meetings/plan/", meetings.meetings_plan, name="meetings-plan"),
    path("meetings/<number:meeting>/", meetings.meeting_detail, name="meeting-detail"),
    path("meetings/<number:meeting>/arrange/", meetings.meeting_arrange, name="meeting-arrange"),
    path("meetings/<number:meeting>/call/", meetings.meeting_call, name="meeting-call"),
    path("meetings/<number:meeting>/reply/", meetings.meeting_reply, name="meeting-reply"),
    path("meetings/<number:meeting>/invite/", meetings.meeting_invite, name="meeting-invite"),
    path(
        "meetings/<number:meeting>/attendance/",
        meetings.meeting_attendance,
        name="meeting-attendance",
    ),
    path("meetings/<number:meeting>/hold/", meetings.meeting_hold, name="meeting-hold"),
    path("meetings/<number:meeting>/cancel/", meetings.meeting_cancel, name="meeting-cancel"),
    path("meetings/<number:meeting>/agenda/", agendas.agenda_propose, name="agenda-propose"),
    path("meetings/<number:meeting>/agenda/new/", agendas.agenda_create, name="agenda-create"),
    path("agenda/<number:agenda>/edit/", agendas.agenda_edit, name="agenda-edit"),
    path("agenda/<number:agenda>/remove/", agendas.agenda_remove, name="agenda-remove"),
    path("meetings/<number:meeting>/minutes/", minutes.minutes_detail, name="minutes-detail"),
    path(
        "meetings/<number:meeting>/minutes/circulate/",
        minutes.minutes_circulate,
        name="minutes-circulate",
    ),
    path(
        "meetings/<number:meeting>/minutes/answer/", minutes.minutes_answer, name="minutes-answer"
    ),
    path("meetings/<number:meeting>/minutes/agree/", minutes.minutes_agree, name="minutes-agree"),
    path(
        "meetings/<number:meeting>/minutes/override/",
        minutes.minutes_override,
        name="minutes-override",
    ),
    path("meetings/<number:meeting>/minutes/sign/", minutes.minutes_sign, name="minutes-sign"),
    path(
        "meetings/<number:meeting>/minutes/reopen/", minutes.minutes_reopen, name="minutes-reopen"
    ),
    path("meetings/<number:meeting>/minutes/issue/", minutes.minutes_issue, name="minutes-issue"),
    path("meetings/<number:meeting>/minutes/copies/", minutes.minutes_copy, name="minutes-copy"),
    path(
        "meetings/<number:meeting>/minutes/archive/",
        minutes.minutes_archive,
        name="minutes-archive",
    ),
    path("meetings/<number:meeting>/minutes/word/", minutes.minutes_word, name="minutes-word"),
    path("meetings/<number:meeting>/minutes/pdf/", minutes.minutes_pdf, name="minutes-pdf"),
    path(
        "meetings/<number:meeting>/minutes/wording/<number:consent>/",
        minutes.wording_handle,
        name="wording-handle",
    ),
    path("meetings/<number:meeting>/minutes/opening/", topics.opening_edit, name="opening-edit"),
    path("meetings/<number:meeting>/minutes/topics/new/", topics.topic_create, name="topic-create"),
    path("topics/<number:topic>/edit/", topics.topic_edit, name="topic-edit"),
    path("topics/<number:topic>/remove/", topics.topic_remove, name="topic-remove"),
    path("topics/<number:topic>/decisions/new/", topics.decision_create, name="decision-create"),
    path("decisions/", decisions.decision_list, name="decision-list"),
    path("decisions/<number:decision>/", decisions.decision_detail, name="decision-detail"),
    path("decisions/<number:decision>/edit/", topics.decision_edit, name="decision-edit"),
    path("decisions/<number:decision>/remove/", topics.decision_remove, name="decision-remove"),
    path("decisions/<number:decision>/report/", decisions.decision_report, name="decision-report"),
    path("decisions/<number:decision>/decide/", decisions.decision_decide, name="decision-decide"),
    path("decisions/<number:decision>/extend/", decisions.decision_extend, name="decision-extend"),
    # departments that sponsor societies
    path("sponsorships/", sponsorships.sponsorship_list, name="sponsorship-list"),
    path("sponsorships/gaps/", sponsorships.sponsorship_gaps, name="sponsorship-gaps"),
    path(
        "sponsorships/new/<society:uscc>/",
        sponsorships.sponsorship_create,
        name="sponsorship-create",
    ),
    path(
        "sponsorships/<number:sponsorship>/",
        sponsorships.sponsorship_detail,
        name="sponsorship-detail",
    ),
    path(
        "sponsorships/<number:sponsorship>/edit/",
        sponsorships.sponsorship_edit,
        name="sponsorship-edit",
    ),
    path(
        "sponsorships/<number:sponsorship>/end/",
        sponsorships.sponsorship_end,
        name="sponsorship-end",
    ),
    path(
        "sponsorships/<number:sponsorship>/follow/",
        sponsorships.sponsorship_follow,
        name="sponsorship-follow",
    ),
    # funds and projects
    path("supports/", supports.support_list, name="support-list"),
    path("supports/choose/", supports.support_choose, name="support-choose"),
    path("supports/new/<society:uscc>/", supports.support_create, name="support-create"),
    path("supports/<number:support>/", supports.support_detail, name="support-detail"),
    path("supports/<number:support>/withdraw/", supports.support_withdraw, name="support-withdraw"),
    path("supports/<number:support>/inspect/", supports.support_inspect, name="support-inspect"),
]
