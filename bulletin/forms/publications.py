"""How a publication is set, asked apart from everything else about it."""

from __future__ import annotations

from django import forms

from bulletin.models import Publication


class LayoutForm(forms.ModelForm):
    class Meta:
        model = Publication
        fields = ("rows_per_page", "cells_per_row", "hang_punctuation", "autospace")
