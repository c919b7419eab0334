"""Addresses of sign-in, profile, people and units."""

from django.urls import path

from accounts.views import profile, sessions

app_name = "accounts"
urlpatterns = [
    path("login/", sessions.sign_in, name="login"),
    path("logout/", sessions.sign_out, name="logout"),
    path("password/", profile.password_change, name="password-change"),
    path("profile/", profile.profile, name="profile"),
    path("profile/phone/", profile.phone_edit, name="phone-edit"),
    path("profile/sessions/end/", profile.sessions_end, name="sessions-end"),
]
