"""Verification: a code typed, or a file whose digest alone is looked at."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from bulletin.finding.verifying import Found, by_digest, look_up
from bulletin.middleware import client_address
from bulletin.site.pages import by_template
from bulletin.site.shelf import House, house_of
from bulletin.site.verifying import verify_words

from .answers import PAGE_CACHE, asked_of
from .limits import CHECKS, too_often
from .open_forms import DigestOnly, open_form

LONGEST_CODE: Final = 200


@open_form()
def verify(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST" and not request.GET.get("code", "").strip():
        return _page(request)
    if not CHECKS.take(client_address(request)):
        return too_often(request, CHECKS)
    return _file(request) if request.method == "POST" else _code(request)


def _code(request: HttpRequest) -> HttpResponse:
    typed = request.GET["code"].replace("\x00", "").strip()[:LONGEST_CODE]
    return _page(request, typed, look_up(typed))


def _file(request: HttpRequest) -> HttpResponse:
    handler = DigestOnly(request)
    request.upload_handlers = [handler]
    code = request.POST.get("code", "").replace("\x00", "").strip()[:LONGEST_CODE]
    if handler.too_large:
        refused = _("文件超过20 MB，本刊没有这么大的文件。请选下载的原件，或者改用验证码核对。")
        return _page(request, refused=refused, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if handler.digest:
        return _page(request, handler.digest, by_digest(handler.digest))
    if code:
        return _page(request, code, look_up(code))
    refused = _("请先选择要核对的文件，或者输入末页的验证码。")
    return _page(request, refused=refused, status=HTTPStatus.BAD_REQUEST)


def _page(
    request: HttpRequest,
    typed: str = "",
    found: Found | None = None,
    refused: object = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    asked = asked_of(request)
    house = house_of() or House()
    write = by_template(
        asked, "site/verify.html", lambda: verify_words(asked, house, typed, found, str(refused))
    )
    response = HttpResponse(write(), status=status)
    response.headers["Cache-Control"] = PAGE_CACHE
    return response
