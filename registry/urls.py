"""Addresses of the register, the deliveries and the suspicions."""

from django.urls import URLPattern

app_name = "registry"
urlpatterns: list[URLPattern] = []
