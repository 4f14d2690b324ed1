"""Which mails a person wants: what is to be done always comes, the rest may be left out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from windows.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mail_choice(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]  # login_required
    if request.method == "POST":
        user.only_tasks_by_mail = "only_tasks" in request.POST
        user.save(update_fields=["only_tasks_by_mail"])
        messages.success(request, _("邮件设置已保存。"))
        return redirect("mail_choice")
    return render(request, "registration/mail_choice.html")
