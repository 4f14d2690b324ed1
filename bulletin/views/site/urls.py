"""The public site. Fixed names come first; then publications by their slug."""

from __future__ import annotations

from django.urls import URLPattern, path

from .about import about
from .archive import archive
from .downloads import download
from .front import front
from .health import health
from .issues import edition, issue

app_name = "site"
_ISSUE = "<slug:slug>/<int:year>/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("", front, name="front"),
    path("about/", about, name="about"),
    path("healthz", health, name="health"),
    path("<slug:slug>/", archive, name="archive"),
    path("<slug:slug>/<int:year>/", archive, name="year"),
    path(_ISSUE, issue, name="issue"),
    path(f"{_ISSUE}editions/<int:proof_no>/", edition, name="edition"),
    path(f"{_ISSUE}<str:filename>", download, name="download"),
]
