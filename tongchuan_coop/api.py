"""The programming interface put together: /api/v1/, its description, its first page."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from accounts.api.address import StrictAddress
from accounts.api.notices import Notices
from accounts.api.nouns import NounReading, view_of
from accounts.api.saved_views import SavedViews
from accounts.api.units import Units
from accounts.decorators import PUBLIC
from accounts.noun_tables import NOUNS as ACCOUNTS
from accounts.policy import Action, may
from demonstration.nouns import NOUNS as DEMONSTRATION
from liaison.nouns import NOUNS as LIAISON
from pilot.api import Indicators
from pilot.nouns import NOUNS as PILOT
from registry import urls as registry_urls
from registry.api.cooperatives import Societies
from registry.api.deliveries import Deliveries
from registry.api.flags import Flags
from registry.api.matters import MatterActs
from registry.api.reports import ReportActs
from registry.nouns import NOUNS as REGISTRY
from training.nouns import NOUNS as TRAINING

# Made from the tables of each part; a noun with acts of its own brings its view.
TABLES = (*ACCOUNTS, *REGISTRY, *TRAINING, *DEMONSTRATION, *LIAISON, *PILOT)
ACTS = {"matters": MatterActs, "reports": ReportActs}
NOUNS: tuple[tuple[str, Any], ...] = (
    ("cooperatives", Societies),
    ("flags", Flags),
    ("deliveries", Deliveries),
    ("notices", Notices),
    ("units", Units),
    ("saved-views", SavedViews),
    *((noun.name, view_of(noun, ACTS.get(noun.name, NounReading))) for noun in TABLES),
)

# What is computed and not stored: read whole, not in pages.
COMPUTED: tuple[tuple[str, Any], ...] = (("indicators", Indicators),)

ADDRESS = {"type": "string", "format": "uri"}
REGISTER = registry_urls.app_name  # its module makes known how addresses name a society
router = SimpleRouter(use_regex_path=False)
for _noun, _viewset in (*NOUNS, *COMPUTED):
    router.register(_noun, _viewset, basename=_noun)


class Root(StrictAddress):
    """The first page of the interface: the nouns that one may read."""

    action_required = Action.VIEW_API

    @extend_schema(
        operation_id="root",
        summary="可以读取的内容",
        responses={(200, "application/json"): {"type": "object", "additionalProperties": ADDRESS}},
    )
    def get(self, request: Request) -> Response:
        """Answer the address of every noun for which one has the right."""
        return Response(
            {
                noun: request.build_absolute_uri(reverse(f"api:{noun}-list"))
                for noun, viewset in (*NOUNS, *COMPUTED)
                if may(request.user, viewset.action_required)
            }
        )


class Schema(SpectacularAPIView):
    """The description of the interface (OpenAPI 3): structure only, no row of anything."""

    action_required = PUBLIC


nouns: list[URLPattern | URLResolver] = [path("", Root.as_view(), name="root"), *router.urls]
urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((nouns, "api"))),
    path("schema/", Schema.as_view(), name="api-schema"),
]
