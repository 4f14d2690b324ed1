// The sample page follows the settings above it. Without this it shows what is saved.
"use strict";

(() => {
  const NAMES = ["rows_per_page", "cells_per_row", "hang_punctuation", "autospace"];

  document.addEventListener("DOMContentLoaded", () => {
    const image = document.querySelector("img[data-sample]");
    if (!image) return;
    const fields = NAMES.map((name) => document.querySelector(`[name="${name}"]`)).filter(Boolean);

    function show() {
      const asked = new URLSearchParams();
      for (const field of fields) {
        if (!field.checkValidity()) return;
        if (field.type !== "checkbox") asked.set(field.name, field.value);
        else if (field.checked) asked.set(field.name, "on");
      }
      image.src = `${image.dataset.sample}?${asked}`;
    }

    for (const field of fields) field.addEventListener("change", show);
  });
})();
