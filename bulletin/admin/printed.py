"""What the newsroom sends out of a document: page images and files."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from bulletin.document import IssueDocument
from bulletin.pages import page_svg
from bulletin.renderers import FORMATS, NONE, Marks


def page_image(document: IssueDocument, number: int, marks: Marks = NONE) -> HttpResponse:
    """One page as printed. 404 for a page that is not there."""
    try:
        image = page_svg(document, number, marks)
    except IndexError as error:
        raise Http404 from error
    return HttpResponse(image, content_type="image/svg+xml")


def attachment(document: IssueDocument, name: str, title: str, marks: Marks) -> HttpResponse:
    """A format rendered now, as a download. 404 for a format there is not."""
    form = FORMATS.get(name)
    if form is None:
        raise Http404
    return file_response(
        form.render(document, marks=marks), form.content_type, f"{title}.{form.extension}"
    )


def file_response(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A download whose name is told after RFC 6266."""
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return HttpResponse(data, content_type=content_type, headers=headers)
