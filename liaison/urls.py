"""Addresses of what the departments do together."""

from django.urls import path

from liaison.views import sharing

app_name = "liaison"
urlpatterns = [
    path("sharing/", sharing.grant_list, name="grant-list"),
    path("sharing/new/<slug:shared>/", sharing.grant_create, name="grant-create"),
    path("sharing/<int:grant>/", sharing.grant_detail, name="grant-detail"),
    path("sharing/<int:grant>/decide/", sharing.grant_decide, name="grant-decide"),
    path("sharing/<int:grant>/rows/", sharing.shared_rows, name="shared-rows"),
    path("sharing/<int:grant>/file/", sharing.shared_file, name="shared-file"),
    path("sharing/<int:grant>/receipt/", sharing.grant_receipt, name="grant-receipt"),
]
