"""Addresses of the pilot."""

from django.urls import include, path

from pilot.views.work_plan import pilot_home

app_name = "pilot"
urlpatterns = [
    path("", pilot_home, name="home"),
    path("", include("pilot.board_urls")),
    path("", include("pilot.plan_urls")),
    path("", include("pilot.programme_urls")),
]
