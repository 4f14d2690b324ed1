"""Where each role begins; proving again who one is; what an expired page had not sent."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from bulletin.doorkeeping import UNSENT
from bulletin.views.accounts.next_page import next_page
from windows.access import scope_of
from windows.accounts import freshness


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The desk for those at a window, the newsroom for the centre."""
    scope = scope_of(request.user)
    if scope.at_the_window:
        return redirect("desk:now")
    if scope.at_the_centre:
        return redirect("admin:index")
    return render(request, "registration/no_role.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters(freshness.FIELD)
@login_required
def confirm(request: HttpRequest) -> HttpResponse:
    """For pages that are only looked at: prove who you are, then go there."""
    freshness.require_fresh(request)
    return redirect(next_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unsent(request: HttpRequest) -> HttpResponse:
    """The fields of a form that met an expired session: sent again, or given up."""
    kept = request.session.get(UNSENT)
    if request.method == "POST" or not kept or kept["user"] != request.user.pk:
        if request.session.pop(UNSENT, None) and request.method == "POST":
            messages.info(request, _("已放弃刚才没有提交的内容。"))
        return redirect("home")
    fields = QueryDict(kept["fields"])
    context = {
        "path": kept["path"],
        "files": kept["files"],
        "fields": [(name, value) for name, values in fields.lists() for value in values],
        "shown": [value for values in dict(fields.lists()).values() for value in values if value],
    }
    return render(request, "registration/unsent.html", context)
