"""Whether this process answers and its database too; for load balancers, never cached."""

from __future__ import annotations

from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        text, status = "ok\n", HTTPStatus.OK
    except DatabaseError:
        text, status = "database\n", HTTPStatus.SERVICE_UNAVAILABLE
    response = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
