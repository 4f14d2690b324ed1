"""What every page of the newsroom's admin shares: the object gate and few doors."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model, QuerySet
from django.db.models.fields.related import ForeignKey, ManyToManyField
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from bulletin.moves import leave_trail
from windows.access import get_visible
from windows.models import User
from windows.told import in_words

# One native field for a date or a moment, with its own label and no script.
FIELDS: Final[dict[Any, Any]] = {
    models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
    models.DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    },
}
DOORS: Final = frozenset({"changelist", "add", "change"})


def person(request: HttpRequest) -> User:
    """Who is signed in; `admin_view` lets nobody else through."""
    return cast(User, request.user)


class OwnChoices:
    """Mixed in before an admin or inline: only what the person may see is offered, and
    accepted, without the side doors that Django puts beside a choice."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, ForeignKey | ManyToManyField):
            rows = db_field.remote_field.model._default_manager.all()
            if hasattr(rows, "visible_to"):
                kwargs.setdefault("queryset", rows.visible_to(request.user))
        found = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if found and isinstance(found.widget, RelatedFieldWidgetWrapper):
            found.widget = found.widget.widget
        return found


class RoomAdmin(OwnChoices, admin.ModelAdmin):
    """Rows of one's own centre only; a foreign row answers like an absent one (404).

    Only the doors named in `doors` exist: no delete, no history by Django's own log.
    """

    doors: frozenset[str] = DOORS
    formfield_overrides = FIELDS

    def get_urls(self) -> list[Any]:
        stem = f"{self.opts.app_label}_{self.opts.model_name}_"
        keep = {stem + door for door in self.doors}
        return [url for url in super().get_urls() if getattr(url, "name", None) in keep]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]

    def gate(self, request: HttpRequest, object_id: object) -> Any:
        """The visible row, or 404; 403 for a role that has no business with such rows."""
        try:
            row = get_visible(self.model._default_manager.all(), request.user, pk=object_id)
        except ValueError as error:
            raise Http404 from error
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return row

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self.gate(request, unquote(object_id))
        return super().change_view(request, object_id, form_url, extra_context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _note(request, obj, "add", message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _note(request, obj, "change", message)
        return super().log_change(request, obj, message)

    def page(
        self, request: HttpRequest, template: str, title: object, context: dict[str, Any]
    ) -> TemplateResponse:
        """One of the room's own pages, in the admin's frame."""
        frame = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/bulletin/{template}", frame)


class RoomInline(OwnChoices, admin.StackedInline):
    """Rows of a visible parent, each field with its label."""

    extra = 0
    formfield_overrides = FIELDS


class ReadOnly:
    """Mixed in before RoomAdmin: rows to look at, written elsewhere."""

    doors = frozenset({"changelist", "change"})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _note(request: HttpRequest, obj: Model, action: str, message: Any) -> None:
    """Changes of settings stand in the centre's trail beside the moves, with what changed."""
    if hasattr(obj, "centre"):
        leave_trail(obj, action, by=person(request), note=in_words(message))
