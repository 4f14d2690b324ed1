"""Sign-in, sign-out, password, second factor; and where each role begins."""

from __future__ import annotations

from django.urls import URLPattern, path

from bulletin.views.accounts import mail, pages, second_factor, signing_in

urlpatterns: list[URLPattern] = [
    path("login/", signing_in.login, name="login"),
    path("logout/", signing_in.logout, name="logout"),
    path("password/", signing_in.password_change, name="password_change"),
    path("password/done/", signing_in.password_change_done, name="password_change_done"),
    path("code/", second_factor.second_factor, name="second_factor"),
    path("enrol/", second_factor.enrol, name="enrol"),
    path("recovery/", second_factor.recovery_codes, name="recovery_codes"),
    path("confirm/", pages.confirm, name="confirm"),
    path("unsent/", pages.unsent, name="unsent"),
    path("mail/", mail.mail_choice, name="mail_choice"),
    path("home/", pages.home, name="home"),
]
