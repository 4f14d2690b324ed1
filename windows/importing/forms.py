"""The two forms: which file to import, and what to export as what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from windows.importing.formats import FORMATS
from windows.importing.guard import DEFAULT_LIMITS, Limits
from windows.importing.refusals import Refused
from windows.importing.sheets import Sheet
from windows.models import Centre

Reader = Callable[[str, bytes, Centre | None], Sheet]


class OfCentreForm(forms.Form):
    """Asks for the centre only when the person has several."""

    centre = forms.ModelChoiceField(Centre.objects.none(), label=_("中心"), empty_label=None)

    def __init__(self, *args: Any, centres: QuerySet[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        field = self.fields["centre"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = centres
        field.initial = first = centres.first()
        if first and centres.count() == 1:
            field.widget = forms.HiddenInput()


class ImportForm(OfCentreForm):
    """Reads the file as it cleans it: what cannot be read is told at the field."""

    file = forms.FileField(
        label=_("要导入的文件"),
        help_text=_("XLSX或CSV，第一行是表头。先给您看改动，确认后才写入。"),
        max_length=200,
        allow_empty_file=True,  # the guard says it better
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    field_order: Sequence[str] = ("file", "centre")
    sheet: Sheet
    data_read: bytes
    file_name: str
    limits: ClassVar[Limits] = DEFAULT_LIMITS

    def __init__(self, *args: Any, read: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read

    def clean(self) -> dict[str, Any] | None:
        """Here, because what a file says may depend on whose it is."""
        cleaned = super().clean()
        file, centre = self.cleaned_data.get("file"), self.cleaned_data.get("centre")
        if file and centre:
            try:
                self.file_name, self.data_read = self.take(file)
                self.sheet = self.read(self.file_name, self.data_read, centre)
            except Refused as refusal:
                self.add_error("file", str(refusal))
        return cleaned

    def take(self, file: Any) -> tuple[str, bytes]:
        """The name and the bytes. Raises Refused before anything large is read."""
        if file.size > self.limits.size:
            size = self.limits.size // 2**20
            raise Refused(_("文件超过%(size)sMB。请拆成几个文件，分次导入。") % {"size": size})
        return file.name, file.read()

    def choices(self) -> dict[str, Any]:
        """The answers beside the file, as they fit on a slip."""
        return {"centre": self.cleaned_data["centre"].pk}


class ExportForm(OfCentreForm):
    resource = forms.TypedChoiceField(
        label=_("哪种表"), choices=(), coerce=int, widget=forms.RadioSelect, initial=0
    )
    format = forms.TypedChoiceField(
        label=_("文件格式"),
        choices=[
            (0, _("Excel工作簿（.xlsx）")),
            (1, _("CSV（UTF-8，逗号分隔）")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        initial=0,
    )

    def __init__(self, *args: Any, resources: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["resource"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(n, resource.get_display_name()) for n, resource in enumerate(resources)]
        if len(resources) == 1:
            field.widget = forms.HiddenInput()

    @property
    def chosen_format(self) -> Any:
        return FORMATS[self.cleaned_data["format"]]()
