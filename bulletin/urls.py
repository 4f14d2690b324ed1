"""Three doors: the public site, the desk and the newsroom (admin)."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from bulletin.views.attachments import download

handler400 = "bulletin.views.site.problems.bad_request"
handler404 = "bulletin.views.site.problems.not_found"
urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("bulletin.views.accounts.urls")),
    path("desk/", include("bulletin.views.desk.urls")),
    path("attachments/<uuid:key>/", download, name="attachment"),
    path("", include("bulletin.views.site.urls")),
]
