"""Sign-in, sign-out, password; and where each role begins."""

from __future__ import annotations

from django.urls import URLPattern, path

from bulletin.views.accounts import views

urlpatterns: list[URLPattern] = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password_change, name="password_change"),
    path("password/done/", views.password_change_done, name="password_change_done"),
    path("home/", views.home, name="home"),
]
