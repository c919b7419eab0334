"""Addresses of the whole portal."""

from django.urls import include, path

from accounts.views.papers import paper_verify
from liaison.views.exemplars import public_exemplars
from liaison.views.library import public_documents
from registry.views.tip_offs import tip_off_public
from tongchuan_coop.tables import site as tables
from tongchuan_coop.views import help as manual
from tongchuan_coop.views import public
from tongchuan_coop.views.agents import agent_dismiss, agent_list
from tongchuan_coop.views.api_docs import api_docs
from tongchuan_coop.views.find import find_anything
from tongchuan_coop.views.health import livez, readyz
from tongchuan_coop.views.home import home
from tongchuan_coop.views.load import team_load
from tongchuan_coop.views.machinery import machinery
from tongchuan_coop.views.metrics import metrics
from tongchuan_coop.views.styleguide import styleguide

urlpatterns = [
    path("", home, name="home"),
    path("load/", team_load, name="team-load"),
    path("find/", find_anything, name="find"),
    path("help/", manual.help_index, name="help"),
    path("help/away/", manual.hints_away, name="hints-away"),
    path("help/pictures/<slug:picture>.webp", manual.help_picture, name="help-picture"),
    path("help/<slug:subject>/", manual.help_section, name="help-section"),
    path("public/help/", manual.public_help, name="public-help"),
    path(
        "public/help/pictures/<slug:picture>.webp",
        manual.public_help_picture,
        name="public-help-picture",
    ),
    path("accounts/", include("accounts.urls")),
    path("accounts/users/<int:person>/societies/", agent_list, name="agent-list"),
    path(
        "accounts/users/<int:person>/societies/<int:agent>/end/",
        agent_dismiss,
        name="agent-dismiss",
    ),
    path("registry/", include("registry.urls")),
    path("reports/", include("registry.report_urls")),
    path("liaison/", include("liaison.urls")),
    path("pilot/", include("pilot.urls")),
    path("", include("demonstration.urls")),
    path("training/", include("training.urls")),
    path("api/", include("tongchuan_coop.api")),
    path("api/docs/", api_docs, name="api-docs"),
    path("public/", public.public_home, name="public-home"),
    path("public/statistics/", public.public_statistics, name="public-statistics"),
    path("public/data/statistics.json", public.statistics_json, name="open-statistics-json"),
    path("public/data/statistics.xlsx", public.statistics_xlsx, name="open-statistics-xlsx"),
    path("public/documents/", public_documents, name="public-documents"),
    path("public/exemplars/", public_exemplars, name="public-exemplars"),
    path("public/verify/", paper_verify, name="public-verify"),
    path("public/tip-off/", tip_off_public, name="public-tip-off"),
    path("system/", machinery, name="machinery"),
    path("styleguide/", styleguide, name="styleguide"),
    path("system/tables/", tables.urls),
    path("metrics", metrics, name="metrics"),
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "tongchuan_coop.views.faults.bad_request"
handler403 = "tongchuan_coop.views.faults.forbidden"
handler404 = "tongchuan_coop.views.faults.not_found"
handler500 = "tongchuan_coop.views.faults.broken"
