"""What the admin's pages of directories and figures share: every row belongs to a centre.

A row of another centre is neither listed nor offered, and answers like an absent one;
what a role allows is asked for the row's own centre (see `windows.permissions`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.db.models.fields.related import ForeignKey
from django.http import HttpRequest
from django.utils.translation import gettext as _

from windows import told
from windows.models import Centre, User
from windows.permissions import centres_with, may, users_visible_to
from windows.signals import row_changed


class CentreForm(forms.ModelForm):
    """Nothing of one centre may point to a row of another."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        centre = cleaned.get("centre")
        for name, row in cleaned.items():
            if centre and getattr(row, "centre_id", centre.pk) != centre.pk:
                self.add_error(name, _("请选同一个中心的。"))
        return cleaned


def in_words(field: str, label: Any, yes: Any, no: Any = "—") -> Any:
    """A column of the list that says a yes-or-no field in words, not in icons."""

    @admin.display(description=label, ordering=field)
    def column(row: Any) -> str:
        return str(yes if getattr(row, field) else no)

    column.__name__ = field
    return column


class OwnChoices:
    """Mixed in before a ModelAdmin or an inline: choices of one's own centres only."""

    opts: Any

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Without the icons that open another row in a second window."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        rows = choices_of(db_field, request, self.opts)
        if rows is not None:
            kwargs["queryset"] = rows
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and db_field.related_model is Centre:
            _settle_centre(field)
        return field


class OwnRows(OwnChoices, admin.TabularInline):
    """Rows below a page: each box is named, since the stock table names only its columns."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", str(field.label))
        return field


class ValuesFilter(admin.AllValuesFieldListFilter):
    """The values there are; none is said in words."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or _("（空）")}


def choices_of(db_field: ForeignKey, request: HttpRequest, opts: Any) -> QuerySet[Any] | None:
    """The rows a person may name; None when the field is none of a centre's."""
    actions = (f"{opts.app_label}.{action}_{opts.model_name}" for action in ("add", "change"))
    centres = centres_with(request.user, *actions)
    related = db_field.related_model
    if related is Centre:
        return centres
    if related is User:
        return users_visible_to(request.user)
    if hasattr(related, "centre"):
        return related._default_manager.filter(centre__in=centres)
    return None


def _settle_centre(field: Any) -> None:
    """The only centre there is, is not asked for."""
    field.empty_label = None
    field.initial = first = field.queryset.first()
    if first and field.queryset.count() == 1:
        field.widget = forms.HiddenInput()


class Noted:
    """Mixed in before a ModelAdmin: what is changed on its pages is said aloud."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _say(request, obj, "add", message)
        return super().log_addition(request, obj, message)  # type: ignore[misc]

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        _say(request, obj, "change", message)
        return super().log_change(request, obj, message)  # type: ignore[misc]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            _say(request, obj, "delete", "")
        return super().log_deletions(request, queryset)  # type: ignore[misc]


def _say(request: HttpRequest, obj: Model, action: str, message: Any) -> None:
    words = told.in_words(message)
    row_changed.send(type(obj), row=obj, by=request.user, action=action, words=words)


class CentreRowsAdmin(Noted, OwnChoices, admin.ModelAdmin):
    form = CentreForm
    list_per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        seen = centres_with(request.user, self._code("view"), self._code("change"))
        return super().get_queryset(request).filter(centre__in=seen)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and (
            self._allowed(request, "view", obj) or self._allowed(request, "change", obj)
        )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._allowed(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._allowed(request, "delete", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and self._allowed(request, "add", None)

    def _allowed(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        return may(request.user, self._code(action), getattr(obj, "centre_id", None))

    def _code(self, action: str) -> str:
        return f"{self.opts.app_label}.{action}_{self.opts.model_name}"

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A row stays with its centre; a new one goes where the person may add."""
        form = super().get_form(request, obj, change, **kwargs)
        field: Any = form.base_fields.get("centre")
        if field is not None and obj is None:
            field.queryset = centres_with(request.user, self._code("add"))
            _settle_centre(field)
        elif field is not None:
            field.disabled = True
            field.widget = forms.HiddenInput()
        return form

    def get_list_display(self, request: HttpRequest) -> Any:
        """The centre is named when there is more than one."""
        columns = list(super().get_list_display(request))
        several = centres_with(request.user, self._code("view"), self._code("change")).count() > 1
        return [*columns, "centre"] if several else columns

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = list(super().get_list_filter(request))
        if "centre" in self.get_list_display(request):
            filters.insert(0, ("centre", admin.RelatedOnlyFieldListFilter))
        return filters
