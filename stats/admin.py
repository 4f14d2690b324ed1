"""Indicators and monthly figures in the admin. Confirming is the newsroom's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stats.figure_columns import INDICATOR, VALUE, WINDOW
from stats.figure_files import packed, read_figures
from stats.figure_resources import FigureGridResource, FigureResource
from stats.models import Figure, Indicator, MonthlyReport
from stats.month_table import month_table
from stats.resources import IndicatorResource
from stats.specs import check_specs
from stats.totals import spec_of
from stats.trial import tried
from windows.centre_admin import CentreForm, CentreRowsAdmin, OwnRows, ValuesFilter, in_words
from windows.importing.admin import SheetAdmin
from windows.importing.base import CentreResource
from windows.importing.forms import ImportForm
from windows.importing.guard import BULK_LIMITS
from windows.importing.preview import Preview
from windows.importing.sheets import Sheet
from windows.models import Centre

ENTERED = MonthlyReport.State.ENTERED
IS_NIL = in_words("nil", gettext_lazy("零报告"), gettext_lazy("零报告"))
SOURCES = {
    "desk": gettext_lazy("窗口填报"),
    "import": gettext_lazy("导入"),
    "admin": gettext_lazy("后台填报"),
    "print": gettext_lazy("已刊出"),
    "restated": gettext_lazy("订正"),
}


class IndicatorForm(CentreForm):
    """All definitions of a centre must fit together; 试算 works the formula out, unsaved."""

    trial = ""

    @property
    def trying(self) -> bool:
        return "_try" in self.data

    def is_valid(self) -> bool:
        """A trial is shown on the same page, and nothing is saved."""
        return super().is_valid() and not self.trying

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        draft = Indicator(pk=self.instance.pk)
        for field in Indicator._meta.fields:
            value = self.cleaned_data.get(field.name, getattr(self.instance, field.name, None))
            setattr(draft, field.name, value)
        draft.pk = self.instance.pk
        others = Indicator.objects.filter(centre=draft.centre).exclude(pk=draft.pk)
        spec = spec_of(draft)
        specs = [spec, *map(spec_of, others)]
        for problem in check_specs(specs):
            self.add_error("formula", problem)
        if self.trying and not self.errors:
            self.trial = tried(draft.centre, spec, specs) if spec.formula else NO_FORMULA
        return cleaned


NO_FORMULA = "没有公式，不用试算。"


@admin.register(Indicator)
class IndicatorAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (IndicatorResource,)
    form = IndicatorForm
    change_form_template = "admin/stats/indicator/change_form.html"
    list_display = ("label", "key", "group", "unit", "owner", "over_windows", "order", "valid_to")
    list_filter = (("group", ValuesFilter), "owner")
    search_fields = ("label", "key", "hint")
    search_help_text = gettext_lazy("按名称、代号、口径查找")
    fields = (
        "centre",
        ("label", "key"),
        "hint",
        ("group", "order"),
        ("unit", "print_unit", "scale", "decimals"),
        ("owner", "over_windows", "over_months"),
        "formula",
        ("valid_from", "valid_to"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What figures were entered by, stays: another unit or name is another indicator."""
        return ("key", "unit") if obj and obj.figures.exists() else ()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kw: Any) -> Any:
        trial = getattr(context["adminform"].form, "trial", "")
        return super().render_change_form(request, {**context, "trial": trial}, *args, **kw)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; several come as a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [forms.FileField.clean(self, file, initial) for file in files]


class FigureImportForm(ImportForm):
    limits = BULK_LIMITS
    file = FilesField(
        label=gettext_lazy("要导入的文件"),
        help_text=gettext_lazy(
            "XLSX或CSV，第一行是表头；窗口交回的填报表可以一次选几十个，或放在一个压缩包里。"
            "先给您看改动，确认后才写入。"
        ),
        max_length=200,
        allow_empty_file=True,  # the guard says it better
        widget=ManyFiles(attrs={"accept": ".xlsx,.csv,.zip", "multiple": True}),
    )
    month = forms.RegexField(
        r"^20\d\d-(0[1-9]|1[0-2])$",
        label=gettext_lazy("月份"),
        help_text=gettext_lazy("表里没有“年”“月”两列时，算作这个月的，例如2026-02。"),
        error_messages={"invalid": gettext_lazy("请填写年和月，例如2026-02。")},
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    field_order: Sequence[str] = ("file", "month", "centre")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last_month = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
        self.fields["month"].initial = f"{last_month:%Y-%m}"

    def take(self, file: Any) -> tuple[str, bytes]:
        taken = [super(FigureImportForm, self).take(one) for one in file]
        return taken[0] if len(taken) == 1 else packed(taken)

    def choices(self) -> dict[str, Any]:
        period = [int(part) for part in self.cleaned_data["month"].split("-")]
        return {**super().choices(), "period": period}


class MonthForm(CentreForm):
    """Refuses to write over what somebody changed in the meantime."""

    seen = forms.IntegerField(label=gettext_lazy("版本"), widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            stored = MonthlyReport.objects.select_for_update().get(pk=self.instance.pk)
            if stored.version != self.cleaned_data.get("seen") or stored.state != ENTERED:
                raise forms.ValidationError(
                    _("您打开这一页以后，数据有了变化，没有保存。请重新打开再改。")
                )
        return cleaned


class FigureInline(OwnRows):
    model = Figure
    fields = ("indicator", "value", "denominator", "note", "came_by", "entered_by", "entered_at")
    readonly_fields = ("came_by", "entered_by", "entered_at")

    @admin.display(description=gettext_lazy("来源"))
    def came_by(self, figure: Figure) -> str:
        return str(SOURCES.get(figure.source, figure.source))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and _is_open(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MonthlyReport)
class MonthlyReportAdmin(SheetAdmin, CentreRowsAdmin):
    resource_classes = (FigureResource, FigureGridResource)
    sheet_form = FigureImportForm
    sheet_notes = (
        gettext_lazy("中心自己的数据，“窗口”写“中心”。没有“年”“月”两列时，按上面选的月份算。"),
        gettext_lazy(
            "也可以一行一个窗口：有“窗口”一列，其余每列一个指标，例如“全程网办受理（件）”。"
            "空着的格不算零，原有的数不变。"
        ),
    )
    required_headings = (WINDOW, INDICATOR, VALUE)
    change_list_template = "admin/stats/monthlyreport/change_list.html"
    form = MonthForm
    inlines = (FigureInline,)
    list_display = ("place", "month_name", "state", IS_NIL, "filled")
    list_filter = (
        ("year", ValuesFilter),
        ("month", ValuesFilter),
        "state",
        "nil",
    )
    list_select_related = ("window", "centre")
    search_fields = ("window__name", "window__department__short_name")
    search_help_text = gettext_lazy("按窗口、部门查找")
    fields = ("centre", "window", ("year", "month"), "nil", "state", "seen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MonthlyReport]:
        return super().get_queryset(request).prefetch_related("figures")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """To look at only: no hidden field, and yes or no in words."""
        if obj is None or self.has_change_permission(request, obj):
            return self.fields
        return ("centre", "window", ("year", "month"), IS_NIL, "state")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("state", "window", "year", "month") if obj else ("state",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _is_open(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for figure in formset.save(commit=False):
            figure.entered_by, figure.source, figure.precision = request.user, "admin", 1
            figure.save()
        formset.save_m2m()
        MonthlyReport.objects.filter(pk=form.instance.pk).update(version=F("version") + 1)

    def build_resource(self, request: HttpRequest, choices: dict[str, Any]) -> FigureResource:
        centre = super().build_resource(request, choices).centre
        year, month = choices["period"]
        return FigureResource(centre=centre, user=request.user, period=(year, month))

    def read(self, name: str, data: bytes, centre: Centre | None) -> Sheet:
        return read_figures(name, data, centre, BULK_LIMITS)

    def run(
        self, request: HttpRequest, sheet: Sheet, choices: dict[str, Any], *, dry_run: bool
    ) -> tuple[CentreResource, Any, Preview]:
        """By columns where the sheet is clean throughout, else row by row, to say what is not."""
        resource = self.build_resource(request, choices)
        preview = resource.bulk(sheet.dataset(), dry_run=dry_run)
        if preview is None:
            return super().run(request, sheet, choices, dry_run=dry_run)
        return resource, None, preview

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Below the list: the totals of the month it begins with."""
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        first = context["cl"].result_list[:1] if "cl" in context else []
        for report in first:
            context["month_table"] = month_table(report.centre, report.year, report.month)
        return response

    @admin.display(description=gettext_lazy("窗口"), ordering="window__name")
    def place(self, report: MonthlyReport) -> str:
        return report.window.name if report.window else str(report.centre.self_name)

    @admin.display(description=gettext_lazy("月份"), ordering="year")
    def month_name(self, report: MonthlyReport) -> str:
        return f"{report.year}年{report.month}月"

    @admin.display(description=gettext_lazy("填了几项"))
    def filled(self, report: MonthlyReport) -> int:
        return len(report.figures.all())


def _is_open(report: MonthlyReport | None) -> bool:
    return report is None or report.state == ENTERED
