"""Import and export in the admin: guard, preview of changes, confirmation, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from import_export.admin import ImportExportMixin

from windows.importing import uploads
from windows.importing.base import CentreResource
from windows.importing.formats import FORMATS, read_sheet
from windows.importing.forms import ExportForm, ImportForm
from windows.importing.log import log_written
from windows.importing.preview import LISTED, Preview, preview_of
from windows.importing.refusals import Refused
from windows.importing.sheets import Sheet
from windows.importing.signals import imported
from windows.importing.uploads import Slip
from windows.models import Centre
from windows.permissions import centres_with

_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class SheetAdmin(ImportExportMixin):  # type: ignore[misc] # import-export has no types
    """Mixed in before CentreRowsAdmin. `resource_classes`: the first imports, all export."""

    formats = FORMATS
    resource_classes: ClassVar[Sequence[type[CentreResource]]] = ()
    sheet_form: ClassVar[type[ImportForm]] = ImportForm
    sheet_notes: ClassVar[Sequence[Any]] = (
        gettext_lazy("没有的列不会改动；空着的格会清空原有的内容。"),
    )
    required_headings: ClassVar[Sequence[str]] = ()  # when not just those of the resource

    # Who ----------------------------------------------------------------------

    def import_centres(self, request: HttpRequest) -> QuerySet[Centre]:
        return centres_with(request.user, self._permission("import"))

    def export_centres(self, request: HttpRequest) -> QuerySet[Centre]:
        return centres_with(request.user, self._permission("view"))

    def _permission(self, action: str) -> str:
        return f"{self.opts.app_label}.{action}_{self.opts.model_name}"

    # In -----------------------------------------------------------------------

    def import_action(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return _import_view(request, self)

    def process_import(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        return _confirm_view(request, self)

    def build_resource(self, request: HttpRequest, choices: dict[str, Any]) -> CentreResource:
        """Raises PermissionDenied when the centre is not the person's to import into."""
        centre = self.import_centres(request).filter(pk=choices["centre"]).first()
        if centre is None:
            raise PermissionDenied
        return self.resource_classes[0](centre=centre, user=request.user)

    def run(
        self, request: HttpRequest, sheet: Sheet, choices: dict[str, Any], *, dry_run: bool
    ) -> tuple[CentreResource, Any, Preview]:
        resource = self.build_resource(request, choices)
        result = resource.import_data(sheet.dataset(), dry_run=dry_run)
        return resource, result, preview_of(result, resource)

    def import_form(self, request: HttpRequest) -> ImportForm:
        data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        return self.sheet_form(data, files, centres=self.import_centres(request), read=self.read)

    def read(self, name: str, data: bytes, centre: Centre | None) -> Sheet:
        """A file to rows. Raises Refused."""
        return read_sheet(name, data)

    def defer(
        self, request: HttpRequest, form: ImportForm, choices: dict[str, Any]
    ) -> HttpResponse | None:
        """An answer for a file that is too large to be looked at while the person waits."""
        return None

    def log_import(
        self, request: HttpRequest, resource: CentreResource, result: Any, name: str
    ) -> None:
        message = _("由文件“%(name)s”导入。") % {"name": name}
        log_written(request.user.pk, resource.written(result), message)  # type: ignore[arg-type] # signed in

    # Out ----------------------------------------------------------------------

    def export_action(self, request: HttpRequest) -> HttpResponse:
        return _export_view(request, self)

    def export_rows(self, request: HttpRequest, centre: Centre) -> QuerySet[Any]:
        """What the list shows with its filters, of one centre."""
        return self.get_export_queryset(request).filter(centre=centre)

    # Pages --------------------------------------------------------------------

    def sheet_page(
        self, request: HttpRequest, template: str, title: str, context: dict[str, Any]
    ) -> TemplateResponse:
        frame = self.admin_site.each_context(request)
        resource = self.resource_classes[0]
        headings = {
            "opts": self.opts,
            "title": title,
            "columns": resource.headings(),
            "required": self.required_headings or resource.needed,
            "notes": self.sheet_notes,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request, f"admin/import_export/{template}", {**frame, **headings, **context}
        )

    def changelist_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def slip_salt(self, request: HttpRequest) -> str:
        return f"import {self.opts.label_lower} {request.user.pk}"


@_get_or_post
def _import_view(request: HttpRequest, admin: SheetAdmin) -> HttpResponse:
    if not admin.has_import_permission(request) or not admin.import_centres(request).exists():
        raise PermissionDenied
    form = admin.import_form(request)
    if not (form.is_bound and form.is_valid()):
        return _form_page(admin, request, form)
    choices = form.choices()
    if deferred := admin.defer(request, form, choices):
        return deferred
    _resource, _result, preview = admin.run(request, form.sheet, choices, dry_run=True)
    name = form.file_name
    slip = None
    if preview.is_clean and preview.writes:
        slip = Slip(uploads.store(form.data_read), name, choices, preview.digest)
    return _preview_page(admin, request, form.sheet, name, preview, slip)


@require_POST
def _confirm_view(request: HttpRequest, admin: SheetAdmin) -> HttpResponse:
    if not admin.has_import_permission(request):
        raise PermissionDenied
    try:
        slip = uploads.unsign(request.POST.get("slip", ""), admin.slip_salt(request))
        centre = admin.import_centres(request).filter(pk=slip.choices["centre"]).first()
        sheet = admin.read(slip.name, uploads.load(slip), centre)
        return _write(admin, request, slip, sheet)
    except Refused as refusal:
        messages.error(request, str(refusal))
    except DatabaseError:
        messages.error(request, _("写入时有人同时在改这些数据，什么也没有写入。请再导入一次。"))
    return HttpResponseRedirect(reverse(f"admin:{'_'.join(admin.get_model_info())}_import"))


def _write(admin: SheetAdmin, request: HttpRequest, slip: Slip, sheet: Sheet) -> HttpResponse:
    """Writes just what was shown; when rows have changed since, shows again."""
    with transaction.atomic():
        resource, result, preview = admin.run(request, sheet, slip.choices, dry_run=False)
        as_shown = preview.is_clean and preview.digest == slip.digest
        if as_shown:
            admin.log_import(request, resource, result, slip.name)
        else:
            transaction.set_rollback(True)
    if not as_shown:
        messages.warning(request, _("核对以后名录或数据有了变化，还没有写入。请再核对一次。"))
        again = Slip(slip.stored, slip.name, slip.choices, preview.digest)
        slip_again = again if preview.is_clean and preview.writes else None
        return _preview_page(admin, request, sheet, slip.name, preview, slip_again)
    transaction.on_commit(lambda: uploads.discard(slip))
    imported.send(
        admin.model, centre=resource.centre, by=request.user, name=slip.name, preview=preview
    )
    messages.success(request, _summary(preview))
    return HttpResponseRedirect(admin.changelist_url())


def _summary(preview: Preview) -> str:
    return _("导入完成：新增%(new)d行，改动%(changed)d行，不变%(unchanged)d行。") % {
        "new": len(preview.additions),
        "changed": preview.changed,
        "unchanged": preview.unchanged,
    }


@_get_or_post
def _export_view(request: HttpRequest, admin: SheetAdmin) -> HttpResponse:
    if not admin.has_export_permission(request) or not admin.export_centres(request).exists():
        raise PermissionDenied
    form = ExportForm(
        request.POST if request.method == "POST" else None,
        centres=admin.export_centres(request),
        resources=admin.resource_classes,
    )
    if not (form.is_bound and form.is_valid()):
        title = _("导出%(name)s") % {"name": admin.opts.verbose_name}
        return admin.sheet_page(request, "export.html", title, {"form": form})
    centre = form.cleaned_data["centre"]
    resource = admin.resource_classes[form.cleaned_data["resource"]](centre=centre)
    dataset = resource.export(queryset=admin.export_rows(request, centre))
    return _download(admin, form.chosen_format, dataset)


def _download(admin: SheetAdmin, file_format: Any, dataset: Any) -> HttpResponse:
    dataset.title = str(admin.opts.verbose_name)
    day = timezone.localdate().isoformat()
    name = f"{admin.opts.verbose_name}-{day}.{file_format.get_extension()}"
    response = HttpResponse(
        file_format.export_data(dataset), content_type=file_format.get_content_type()
    )
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _form_page(admin: SheetAdmin, request: HttpRequest, form: ImportForm) -> HttpResponse:
    title = _("导入%(name)s") % {"name": admin.opts.verbose_name}
    return admin.sheet_page(request, "import.html", title, {"form": form, "errors": form.errors})


def _preview_page(
    admin: SheetAdmin,
    request: HttpRequest,
    sheet: Sheet,
    name: str,
    preview: Preview,
    slip: Slip | None,
) -> HttpResponse:
    title = _("导入%(name)s：核对改动") % {"name": admin.opts.verbose_name}
    context = {
        "sheet": sheet,
        "file_name": name,
        "preview": preview,
        "listed": LISTED,
        "slip": uploads.sign(slip, admin.slip_salt(request)) if slip else "",
        "errors": preview.problems,
    }
    return admin.sheet_page(request, "preview.html", title, context)
