"""Addresses of the figures: the board, the lists behind it, editions."""

from django.urls import path

from pilot.views import board, editions

urlpatterns = [
    path("board/", board.board, name="board"),
    path("screen/", board.screen, name="screen"),
    path("figures.xlsx", board.figures_file, name="figures-file"),
    path("indicators/<slug:key>/", board.indicator, name="indicator"),
    path("editions/", editions.edition_list, name="edition-list"),
    path("editions/new/", editions.edition_create, name="edition-create"),
    path("editions/<slug:number>/", editions.edition_detail, name="edition-detail"),
    path("editions/<slug:number>/content/", editions.edition_file, name="edition-file"),
    path("editions/<slug:number>/bulletin/", editions.edition_bulletin, name="edition-bulletin"),
    path("editions/<slug:number>/<slug:key>/", editions.edition_figure, name="edition-figure"),
]
