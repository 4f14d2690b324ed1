"""The public site. Fixed names come first; then publications by their slug."""

from __future__ import annotations

from django.urls import URLPattern, path

from .downloads import download
from .health import health
from .pages import view_of

app_name = "site"
_ISSUE = "<slug:slug>/<int:year>/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("", view_of("front"), name="front"),
    path("about/", view_of("about"), name="about"),
    path("healthz", health, name="health"),
    path("<slug:slug>/", view_of("archive"), name="archive"),
    path("<slug:slug>/<int:year>/", view_of("year"), name="year"),
    path("<slug:slug>/statistics/", view_of("statistics"), name="statistics"),
    path("<slug:slug>/statistics/figures.<slug:extension>", view_of("figures"), name="figures"),
    path("<slug:slug>/statistics/<slug:key>/", view_of("indicator"), name="indicator"),
    path(
        "<slug:slug>/statistics/<slug:key>/<int:year>/",
        view_of("indicator_year"),
        name="indicator_year",
    ),
    path(_ISSUE, view_of("issue"), name="issue"),
    path(f"{_ISSUE}editions/<int:proof_no>/", view_of("edition"), name="edition"),
    path(f"{_ISSUE}<str:filename>", download, name="download"),
]
