"""Three doors: the public site, the desk and the newsroom (admin)."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("accounts/", include("bulletin.views.accounts.urls")),
    path("desk/", include("bulletin.views.desk.urls")),
    path("", include("bulletin.views.site.urls")),
]
