"""The newsroom: the stock admin with its rooms in our order and a work bench in front.

The site stands outside `bulletin.admin`, which registers with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext_lazy as _

from bulletin.bench import bench_context
from bulletin.models import Comment, Submission
from windows.access import scope_of
from windows.roles import LABELS

# Heading → models, in the order of the month. What is not named here has no link.
ROOMS: Final[tuple[tuple[Any, tuple[str, ...]], ...]] = (
    (_("编辑部"), ("Submission", "Issue", "Edition", "Call", "Comment", "Publication")),
    (_("数据"), ("MonthlyReport", "Indicator")),
    (
        _("名录"),
        (
            "Department", "ServiceWindow", "Leader", "LeaderVisit",
            "Staff", "User", "WorkDay", "Centre",
        ),
    ),
    (_("留痕"), ("Trail", "Mail")),
)  # fmt: skip
# What the sidebar counts is what its links show (inbox_filters.py, comments.py).
TO_DO: Final = {"Submission": "?state=todo", "Comment": "?done=no"}


class NewsroomSite(AdminSite):
    site_title = _("编辑部")
    site_header = _("政务窗口月报")
    index_title = _("工作台")
    empty_value_display = "—"

    def get_urls(self) -> list[Any]:
        """Without the redirect to any object's page: it would tell absent from foreign."""
        return [url for url in super().get_urls() if _name(url) != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One sign-in page for desk and newsroom; who has no business here is told so."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(_("您的账户不在编辑部。"))
        next_page = request.GET.get("next") or resolve_url("admin:index")
        return redirect_to_login(next_page, resolve_url(settings.LOGIN_URL))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        if request.user.is_authenticated:
            context["role_names"] = "、".join(
                label for role, label in LABELS.items() if role in scope_of(request.user).roles
            )
        return context

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        return super().index(request, {**bench_context(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The rooms of the sidebar; with an app's name, that app as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        return list(_rooms(models, _counts(request, models)))


def _rooms(models: dict[str, Any], counts: dict[str, int]) -> Iterator[dict[str, Any]]:
    for name, members in ROOMS:
        shown = [_link(models[m], counts.get(m)) for m in members if m in models]
        if shown:
            yield {"name": name, "app_label": "", "app_url": "", "models": shown}


def _link(model: dict[str, Any], count: int | None) -> dict[str, Any]:
    """With its count; where that is of what is to be done, the link shows just that."""
    return {**model, "query": TO_DO.get(model["object_name"], ""), "count": count}


def _counts(request: HttpRequest, models: dict[str, Any]) -> dict[str, int]:
    """What the sidebar counts: what somebody in the centre has still to deal with."""
    found = {}
    if "Submission" in models:
        mine = Submission.objects.visible_to(request.user)
        waiting = mine.filter(state__in=["submitted", "endorsed", "claimed"])
        found["Submission"] = waiting.count()
    if "Comment" in models:
        found["Comment"] = Comment.objects.visible_to(request.user).open().count()
    return found


def _name(url: URLPattern | URLResolver) -> str | None:
    return getattr(url, "name", None)
