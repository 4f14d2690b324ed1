"""One kept file, to whoever may see the submission it came with."""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bulletin.models import Attachment
from bulletin.uploads import keeping
from windows.access import get_visible

_TYPES: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
@login_required
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Always a download, never shown in the browser; its name after RFC 6266."""
    row = get_visible(Attachment.objects.all(), request.user, key=key)
    try:
        data = keeping.read(row)
    except FileNotFoundError as error:
        raise Http404 from error
    photo = "image/png" if row.name.lower().endswith(".png") else "image/jpeg"
    headers = {
        "Content-Disposition": content_disposition_header(True, row.name) or "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=_TYPES.get(row.kind, photo), headers=headers)
