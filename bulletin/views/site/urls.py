"""The public site. Fixed names come first; then publications by their slug."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import api
from .downloads import download
from .health import health
from .icon import icon
from .pages import view_of
from .search import search_here, search_page
from .subscribe import confirm, end, subscribe
from .verify import verify
from .visits import visits_found

app_name = "site"
_ISSUE = "<slug:slug>/<int:year>/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("", view_of("front"), name="front"),
    path("about/", view_of("about"), name="about"),
    path("healthz", health, name="health"),
    path("favicon.ico", icon, name="icon"),
    path("robots.txt", view_of("robots"), name="robots"),
    path("sitemap.xml", view_of("sitemap_index"), name="sitemap_index"),
    path("api/", view_of("data"), name="data"),
    path("api/v1/", api.index, name="api_index"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path("api/v1/publications/", api.listing("publications"), name="api_publications"),
    path("api/v1/issues/", api.listing("issues"), name="api_issues"),
    path(f"api/v1/issues/{_ISSUE}", api.issue, name="api_issue"),
    path("api/v1/items/", api.listing("items"), name="api_items"),
    path("api/v1/visits/", api.listing("visits"), name="api_visits"),
    path("api/v1/figures/", api.listing("figures"), name="api_figures"),
    path("verify/", verify, name="verify"),
    path("search/", search_here, name="search_here"),
    path("<slug:slug>/search/", search_page, name="search"),
    path("<slug:slug>/visits/", view_of("visits"), name="visits"),
    path("<slug:slug>/visits/find/", visits_found, name="visits_found"),
    path("<slug:slug>/visits/<int:year>/", view_of("visits_year"), name="visits_year"),
    path("<slug:slug>/visits/<path:name>/", view_of("person"), name="person"),
    path("<slug:slug>/departments/", view_of("departments"), name="departments"),
    path("<slug:slug>/departments/<path:name>/", view_of("department"), name="department"),
    path("<slug:slug>/corrections/", view_of("corrections"), name="corrections"),
    path(
        "<slug:slug>/corrections/<int:year>/", view_of("corrections_year"), name="corrections_year"
    ),
    path("<slug:slug>/subscribe/", subscribe, name="subscribe"),
    path("<slug:slug>/subscribe/confirm/<slug:token>/", confirm, name="confirm"),
    path("<slug:slug>/subscribe/end/<slug:token>/", end, name="end"),
    path("<slug:slug>/feed.atom", view_of("feed"), name="feed"),
    path("<slug:slug>/map/", view_of("map"), name="map"),
    path("<slug:slug>/sitemap.xml", view_of("sitemap_of"), name="sitemap_of"),
    path("<slug:slug>/<int:year>/sitemap.xml", view_of("sitemap"), name="sitemap"),
    path("<slug:slug>/", view_of("archive"), name="archive"),
    path("<slug:slug>/<int:year>/", view_of("year"), name="year"),
    path("<slug:slug>/statistics/", view_of("statistics"), name="statistics"),
    path("<slug:slug>/statistics/figures.<slug:extension>", view_of("figures"), name="figures"),
    path(
        "<slug:slug>/statistics/<int:year>/figures.<slug:extension>",
        view_of("figures_year"),
        name="figures_year",
    ),
    path("<slug:slug>/statistics/<slug:key>/", view_of("indicator"), name="indicator"),
    path(
        "<slug:slug>/statistics/<slug:key>/<int:year>/",
        view_of("indicator_year"),
        name="indicator_year",
    ),
    path(_ISSUE, view_of("issue"), name="issue"),
    path(f"{_ISSUE}editions/<int:proof_no>/", view_of("edition"), name="edition"),
    path(f"{_ISSUE}corrections/<int:proof_no>/", view_of("correction"), name="correction"),
    path(f"{_ISSUE}<slug:anchor>/", view_of("item"), name="item"),
    path(f"{_ISSUE}<str:filename>", download, name="download"),
]
