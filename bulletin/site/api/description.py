"""The OpenAPI description, from the same tables as the addresses and parameters."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

Json = dict[str, Any]
VERSION: Final = "1.1.0"

_TEXT: Final[Json] = {"type": "string"}
_INTEGER: Final[Json] = {"type": "integer"}
_NUMBER: Final[Json] = {"type": ["integer", "null"]}
_DATE: Final[Json] = {"type": ["string", "null"], "format": "date"}
_TIME: Final[Json] = {"type": "string", "format": "date-time"}
_URL: Final[Json] = {"type": "string", "format": "uri"}
_MAYBE_URL: Final[Json] = {"type": ["string", "null"], "format": "uri"}
_DIGEST: Final[Json] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

# Query parameters: schema and what they mean.
PARAMETERS: Final[dict[str, tuple[Json, str]]] = {
    "publication": (
        {**_TEXT, "pattern": "^[-a-zA-Z0-9_]+$"},
        gettext_noop("刊物的网址名；不写是第一种刊物"),
    ),
    "year": ({**_INTEGER, "minimum": 1, "maximum": 9999}, gettext_noop("所报年份")),
    "section": ({**_TEXT, "maxLength": 60}, gettext_noop("栏目代号，例如 window_news")),
    "department": ({**_TEXT, "maxLength": 60}, gettext_noop("部门规范简称；曾用名也可以")),
    "person": ({**_TEXT, "maxLength": 60}, gettext_noop("姓名")),
    "key": ({**_TEXT, "maxLength": 60}, gettext_noop("指标代号，例如 total_handled")),
    "q": ({**_TEXT, "maxLength": 60}, gettext_noop("正文里含有的字，空格分开的都要有")),
    "page": (
        {**_INTEGER, "minimum": 1, "maximum": 999, "default": 1},
        gettext_noop("第几页，每页50条"),
    ),
}
_FILTERS: Final = {
    "publications": ("page",),
    "issues": ("publication", "year", "page"),
    "items": ("publication", "year", "section", "department", "person", "q", "page"),
    "visits": ("publication", "year", "department", "person", "page"),
    "figures": ("publication", "year", "key", "page"),
}


def filters(name: str) -> tuple[str, ...]:
    return _FILTERS[name]


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_PERIOD: Final = _object(year=_INTEGER, month=_INTEGER, month_to=_NUMBER)
_KEY: Final = {"year": _INTEGER, "number": _INTEGER}
SCHEMAS: Final[dict[str, Json]] = {
    "Error": _object(error=_TEXT),
    "publications": _object(slug=_TEXT, title=_TEXT, publisher=_TEXT, url=_URL),
    "issues": _object(
        publication=_TEXT, **_KEY, number_to=_NUMBER, month=_INTEGER, month_to=_NUMBER,
        edition=_INTEGER, digest=_DIGEST, published_at=_TIME, url=_URL, api=_URL,
        corrects=_NUMBER, notice=_TEXT, correction=_MAYBE_URL,
    ),
    "issue": _object(
        publication=_TEXT, **_KEY, edition=_INTEGER, digest=_DIGEST, published_at=_TIME, url=_URL,
        corrects=_NUMBER, notice=_TEXT,
        corrections=_list(
            _object(
                edition=_INTEGER, corrects=_INTEGER, published_at=_TIME, notice=_TEXT, url=_URL
            )
        ),
        files=_list(_object(label=_TEXT, format=_TEXT, url=_URL, sha256=_DIGEST)),
        document=_object(
            title=_TEXT, issuer=_TEXT, issued_on=_DATE, period=_PERIOD,
            lines=_list(
                _object(role=_TEXT, label=_TEXT, text=_TEXT, anchor=_TEXT, corrected=_NUMBER)
            ),
        ),
    ),
    "items": _object(
        **_KEY, section=_TEXT, heading=_TEXT, label=_TEXT, date=_DATE, text=_TEXT,
        departments=_list(_TEXT), people=_list(_TEXT), correction=_MAYBE_URL, url=_URL,
    ),
    "visits": _object(
        date=_DATE, name=_TEXT, post=_TEXT, department=_TEXT, kind=_TEXT, **_KEY,
        correction=_MAYBE_URL, url=_URL,
    ),
    "figures": _object(
        **_KEY, edition=_INTEGER, corrects=_NUMBER, period=_PERIOD, url=_URL,
        figures=_list(
            _object(
                key=_TEXT, label=_TEXT, unit=_TEXT, value=_INTEGER, low=_INTEGER, high=_INTEGER,
                printed=_TEXT, denominator=_NUMBER,
            )
        ),
    ),
}  # fmt: skip
TOLD: Final = {
    "publications": gettext_noop("公开的刊物"),
    "issues": gettext_noop("现行各期，由近到远"),
    "items": gettext_noop("现行各期正文的段落，由近到远"),
    "visits": gettext_noop("刊出的领导到访"),
    "figures": gettext_noop(
        "各期印出的数据：value 是按单位的整数，low 与 high 是印出的精度所容的范围"
    ),
    "issue": gettext_noop("一期的全文、文件和版次"),
}


def description() -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "政务窗口月报开放数据",
            "version": VERSION,
            "description": "只读。内容出自已发布的版次，更正以后随之更新："
            "corrects 是所更正的版次，correction 是更正页的网址，不是 null 的就是更正过的；"
            "数据带 ETag，可以缓存。",
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {**{_path(name): _listing(name) for name in _FILTERS}, **_one_issue()},
        "components": {"schemas": SCHEMAS},
    }


def _path(name: str) -> str:
    return reverse(f"site:api_{name}")


def _listing(name: str) -> Json:
    page = _object(
        count=_INTEGER,
        next={"type": ["string", "null"], "format": "uri"},
        previous={"type": ["string", "null"], "format": "uri"},
        results=_list(_ref(name)),
    )
    parameters = [
        {
            "name": key,
            "in": "query",
            "schema": PARAMETERS[key][0],
            "description": PARAMETERS[key][1],
        }
        for key in _FILTERS[name]
    ]
    return {"get": _operation(name, page, parameters, ("400", "404", "429"))}


def _one_issue() -> Json:
    path = reverse("site:api_issue", args=["0-slug-0", 1, 2]).replace("0-slug-0", "{publication}")
    path = path.replace("/1/2/", "/{year}/{number}/")
    parameters: list[Json] = [
        {
            "name": "publication",
            "in": "path",
            "required": True,
            "schema": PARAMETERS["publication"][0],
        },
        *(
            {"name": key, "in": "path", "required": True, "schema": {**_INTEGER, "minimum": 0}}
            for key in ("year", "number")
        ),
    ]
    return {path: {"get": _operation("issue", _ref("issue"), parameters, ("404", "429"))}}


def _operation(name: str, schema: Json, parameters: list[Json], errors: tuple[str, ...]) -> Json:
    told = {"400": "参数不对", "404": "没有", "429": "请求太多，稍后再试"}
    return {
        "operationId": name,
        "summary": TOLD[name],
        "parameters": parameters,
        "responses": {
            "200": {
                "description": TOLD[name],
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "与 If-None-Match 所带的相同"},
            **{
                code: {
                    "description": told[code],
                    "content": {"application/json": {"schema": _ref("Error")}},
                }
                for code in errors
            },
        },
    }
