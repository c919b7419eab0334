"""Addresses of sign-in, profile, people and units."""

app_name = "accounts"
urlpatterns: list = []
