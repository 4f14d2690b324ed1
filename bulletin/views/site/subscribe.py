"""Mail subscription without an account: every step is confirmed by a press, never by a link
alone, since mail programs open links by themselves."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from bulletin import subscribing
from bulletin.middleware import client_address
from bulletin.models import Publication
from bulletin.site.pages import Asked, by_template
from bulletin.site.shelf import House, house_of
from bulletin.site.subscribing import ask_words, step_words

from .answers import asked_of
from .limits import SUBSCRIPTIONS, too_often
from .open_forms import open_form

LONGEST: Final = 254
_WRITTEN: Final = _(
    "我们给 {email} 发了一封信。请在两天内打开信里的地址，按“确认订阅”，订阅才算办好。"
    "没有收到，请看看垃圾邮件；一刻钟以内不会重复发信。"
)


@open_form()
def subscribe(request: HttpRequest, slug: str) -> HttpResponseBase:
    house = _house(slug)
    if request.method != "POST":
        return _ask(request, house)
    if not SUBSCRIPTIONS.take(client_address(request)):
        return too_often(request, SUBSCRIPTIONS)
    email = request.POST.get("email", "").strip()
    if not _is_address(email):
        refused = _("请填写完整的邮箱地址，例如 name@example.cn。")
        return _ask(request, house, email[:LONGEST], refused, HTTPStatus.BAD_REQUEST)
    try:
        subscribing.ask(Publication.objects.get(slug=slug), email)
    except subscribing.TooMany:
        refused = _("现在申请的人太多，请明天再试。")
        return _ask(request, house, email, refused, HTTPStatus.SERVICE_UNAVAILABLE)
    told = format_lazy(_WRITTEN, email=email)
    return _step(request, house, _("请查收邮件"), told, again=_("邮箱写错了，重新填写"))


@open_form()
def confirm(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    house = _house(slug)
    if request.method == "POST" and subscribing.confirm(token):
        told = _("订阅办好了。每期发布或者更正，都会给您发一封信；每封信里都能退订。")
        return _step(request, house, _("已经订阅"), told)
    if subscribing.owner(token, "confirm") is None:
        return _gone(request, house)
    told = _("按下面的按钮，这个邮箱以后会收到新一期的通知。")
    return _step(request, house, _("确认订阅"), told, _("确认订阅"))


@open_form(anywhere=True)  # mail services press it for the reader (RFC 8058)
def end(request: HttpRequest, slug: str, token: str) -> HttpResponseBase:
    house = _house(slug)
    if request.method == "POST" and subscribing.end(token):
        told = _("已经退订，邮箱已删除，不会再有邮件。")
        return _step(request, house, _("已经退订"), told, again=_("重新订阅"))
    if subscribing.owner(token, "end") is None:
        return _gone(request, house)
    told = _("按下面的按钮，不再发信，并删除这个邮箱。")
    return _step(request, house, _("退订"), told, _("退订"))


def _house(slug: str) -> House:
    house = house_of(slug)
    if house is None:
        raise Http404
    return house


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST


Words = str | Promise


def _ask(
    request: HttpRequest,
    house: House,
    email: str = "",
    refused: Words = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    asked = asked_of(request)
    return _drawn(
        asked, "site/subscribe.html", status, lambda: ask_words(asked, house, email, str(refused))
    )


def _step(
    request: HttpRequest, house: House, title: Words, told: Words, button: Words = "",
    status: HTTPStatus = HTTPStatus.OK, again: Words = "",
) -> HttpResponse:  # fmt: skip
    asked = asked_of(request)
    return _drawn(
        asked,
        "site/subscribe_step.html",
        status,
        lambda: step_words(asked, house, str(title), str(told), str(button), str(again)),
    )


def _gone(request: HttpRequest, house: House) -> HttpResponse:
    told = _("这个地址已经用过，或者过了两天。要订阅请重新申请；已经退订的不用再办。")
    return _step(request, house, _("地址已失效"), told, status=HTTPStatus.GONE, again=_("重新订阅"))


def _drawn(asked: Asked, template: str, status: HTTPStatus, words: Any) -> HttpResponse:
    response = HttpResponse(by_template(asked, template, words)(), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
