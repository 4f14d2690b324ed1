// The desk works without this. With it: the length while typing, what will be printed, what is
// noticed about a number, and pasted text cleaned at once. Every rule stands on the server: the
// form is posted as a preview, which keeps nothing, and the parts marked data-live are taken over.
"use strict";

(() => {
  const WAIT = 600; // ms after the last key
  const RULER = 320; // characters the ruler shows; it is drawn 640 wide

  function countWhileTyping(area) {
    const len = area.closest(".q").querySelector(".len");
    if (!len) return;
    const count = area.value.replace(/\s/g, "").length + Number(len.dataset.before);
    const short = count < Number(len.dataset.short);
    const long = count > Number(len.dataset.long);
    len.querySelector("[data-number]").textContent = count;
    len.querySelector("[data-word]").textContent = short ? "偏短" : long ? "偏长" : "正合适";
    len.querySelector("[data-here]").setAttribute("x", (Math.min(count, RULER) * 640) / RULER);
  }

  class Live {
    constructor(form) {
      this.form = form;
      this.timer = 0;
      this.asked = 0;
      this.pasted = null;
      form.addEventListener("input", (event) => this.typed(event));
      form.addEventListener("paste", (event) => this.paste(event));
      form.addEventListener("click", (event) => this.undo(event));
      form.addEventListener("submit", (event) => this.once(event));
    }

    typed(event) {
      if (event.target.matches("[data-count]")) countWhileTyping(event.target);
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.look(), WAIT);
    }

    paste(event) {
      if (!event.target.matches("[data-count]")) return;
      const area = event.target;
      window.setTimeout(() => {
        this.pasted = { area, text: area.value };
        this.look();
      });
    }

    undo(event) {
      if (!event.target.matches("[data-undo]") || !this.original) return; // the server undoes it
      event.preventDefault();
      this.original.area.value = this.original.text;
      this.form.querySelector("[name=keep_typed]").checked = true;
      countWhileTyping(this.original.area);
      this.original.area.focus();
      this.original = null;
      this.look();
    }

    once(event) {
      if (event.defaultPrevented) return;
      if (this.sent) event.preventDefault();
      this.sent = true;
      window.setTimeout(() => { this.sent = false; }, 4000);
    }

    async look() {
      const asked = ++this.asked;
      const data = new FormData(this.form);
      data.set("action", "preview");
      data.delete("files");
      try {
        const answer = await fetch(window.location.href, { method: "POST", body: data });
        if (!answer.ok || answer.redirected || asked !== this.asked) return;
        this.show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      } catch {
        // no network: what is typed stays, and the page goes on without the preview
      }
    }

    show(page) {
      for (const part of document.querySelectorAll("[data-live]")) {
        const fresh = page.getElementById(part.id);
        if (!fresh || part.contains(document.activeElement)) continue;
        part.replaceChildren(...fresh.cloneNode(true).childNodes);
        part.hidden = fresh.hidden;
      }
      if (this.pasted) this.takeCleaned(page);
    }

    takeCleaned(page) {
      const { area, text } = this.pasted;
      this.pasted = null;
      const cleaned = page.getElementById(area.id).value;
      if (area.value !== text || cleaned === text) return;
      this.original = { area, text };
      area.value = cleaned;
      countWhileTyping(area);
    }
  }

  document.querySelectorAll("[data-live-form]").forEach((form) => new Live(form));
  window.addEventListener("load", () => { // where autofocus is for form fields only
    const sum = document.querySelector(".sum");
    if (sum && document.activeElement === document.body) sum.focus();
  });
})();
