"""The desk: every page of window staff and chief representatives."""

from __future__ import annotations

from django.urls import URLPattern, path

from bulletin.views.desk import (
    documents,
    forms,
    month,
    nil,
    pages,
    saving,
    submissions,
    window_sheets,
)

app_name = "desk"
_MONTH = "<int:year>/<int:month>/"
_ONE = "submissions/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("", month.now, name="now"),
    path(_MONTH, month.month, name="month"),
    path(f"{_MONTH}news/", forms.news, name="news"),
    path(f"{_MONTH}visit/", forms.visit, name="visit"),
    path(f"{_MONTH}counts/", forms.counts, name="counts"),
    path(f"{_MONTH}counts/sheet/", window_sheets.download, name="sheet"),
    path(f"{_MONTH}counts/sheet/in/", window_sheets.take, name="take_sheet"),
    path(f"{_MONTH}nil/", nil.give_all, name="nil_month"),
    path(f"{_MONTH}nil/<slug:kind>/", nil.give, name="nil"),
    path(f"{_MONTH}nil/<slug:kind>/undo/", nil.undo, name="undo_nil"),
    path(f"{_MONTH}scratch/<slug:kind>/", saving.scratch, name="scratch"),
    path(f"{_MONTH}document/", documents.split, name="split"),
    path(f"{_MONTH}document/<uuid:key>/", documents.drafts, name="drafts"),
    path(_ONE, submissions.detail, name="submission"),
    path(f"{_ONE}edit/", forms.edit, name="edit"),
    path(f"{_ONE}scratch/", saving.scratch_of, name="scratch_of"),
    path(f"{_ONE}submitted/", submissions.submitted, name="submitted"),
    path(f"{_ONE}moves/<slug:name>/", submissions.move, name="move"),
    path("months/", pages.months, name="months"),
    path("directory/", pages.directory, name="directory"),
    path("help/", pages.how, name="help"),
]
