"""All that is said in the newsroom, open first; and the page of what is said of one object."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from bulletin.commenting import DEEDS, mark_comment
from bulletin.models import Comment
from bulletin.models.comments import ABOUT
from bulletin.templatetags.newsroom import mark, moment
from windows.access import get_visible, scope_of
from windows.roles import APPROVER, DATA_CLERK, EDITOR, PUBLISHER

from .base import ReadOnly, RoomAdmin, person
from .discussing import add_from, comments_of, gate, page_of

_READERS: Final = frozenset({EDITOR, APPROVER, PUBLISHER, DATA_CLERK})


class OpenFilter(admin.SimpleListFilter):
    """What is still to be dealt with, unless all is asked for."""

    title = gettext_lazy("办结")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("未办结")), ("yes", _("已办结"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() is None:
            return queryset
        return queryset.filter(resolved_at__isnull=self.value() == "no")


class SubjectFilter(admin.SimpleListFilter):
    title = gettext_lazy("对象")
    parameter_name = "subject"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, model._meta.verbose_name) for name, model in ABOUT.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in ABOUT:
            return queryset
        return queryset.filter(**{f"{self.value()}__isnull": False})


@admin.register(Comment)
class CommentAdmin(ReadOnly, RoomAdmin):
    doors = frozenset({"changelist"})
    list_display = ("words", "of", "who", "which_state")
    list_display_links = None
    list_filter = (OpenFilter, SubjectFilter)
    list_select_related = (
        "author",
        "submission__report",
        "issue__publication",
        "entry__issue",
        "edition__issue__publication",
        "call",
        "report__window",
        "report__centre",
    )
    search_fields = ("text", "author__name")
    search_help_text = gettext_lazy("内容、姓名")
    ordering = ("-made_at", "-pk")
    list_per_page = 50
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        about = "about/<slug:subject>/<int:pk>/"
        return [
            path(about, wrap(self.about_view), name="bulletin_comment_about"),
            path("<int:pk>/<slug:deed>/", wrap(self.mark_view), name="bulletin_comment_mark"),
            *super().get_urls(),
        ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        scope = scope_of(request.user)
        return scope.everything or bool(scope.roles & _READERS)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    # The list

    @admin.display(description=gettext_lazy("批注"))
    def words(self, row: Comment) -> SafeString:
        return format_html('<a href="{}">{}</a>', page_of(row.about), row.text[:80])

    @admin.display(description=gettext_lazy("关于"))
    def of(self, row: Comment) -> SafeString:
        return format_html("{}<small>{}</small>", row.about, ABOUT[row.subject]._meta.verbose_name)

    @admin.display(description=gettext_lazy("谁写的"), ordering="author__name")
    def who(self, row: Comment) -> SafeString:
        return format_html("{}<small>{}</small>", row.author or "—", moment(row.made_at))

    @admin.display(description=gettext_lazy("办结"), ordering="resolved_at")
    def which_state(self, row: Comment) -> SafeString:
        done = mark("done", _("已办结")) if row.resolved_at else mark("waits", _("未办结"))
        return format_html("{}<small>{}</small>", done, _("置顶") if row.pinned else "")

    # Of one object

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def about_view(self, request: HttpRequest, subject: str, pk: int) -> HttpResponse:
        row = gate(request, subject, pk)
        if request.method == "POST":
            return add_from(request, row)
        if (page := page_of(row)) != request.path:
            return redirect(page)
        context = {"row": row, **comments_of(request, row)}
        title = _("批注：%(what)s") % {"what": row}
        return self.page(request, "comment/about.html", title, context)

    @method_decorator(require_POST)
    def mark_view(self, request: HttpRequest, pk: int, deed: str) -> HttpResponseRedirect:
        found = get_visible(Comment.objects.all(), request.user, pk=pk)
        row = gate(request, found.subject, found.about.pk)
        if deed not in DEEDS:
            raise Http404
        mark_comment(found, deed, by=person(request))
        return redirect(page_of(row))
