// The assembly page works without this. With it: entries are dragged by their handle or moved by
// keyboard, a text is edited where it stands, and a form's answer changes the page in place.
// Every answer is a whole page of the server; the parts named here are taken out of it.
"use strict";

(() => {
  const PARTS = ["assembly-head", "assembly-list", "content-related", "assembly-trail"];
  const LATER = "assembly-later"; // where unsaved words go when their entry has gone

  const said = document.getElementById("assembly-said");
  const list = () => document.getElementById("assembly-list");
  const tell = (words) => {
    said.textContent = words;
  };

  // Answers

  async function ask(url, options = {}) {
    const answer = await fetch(url, options);
    const text = await answer.text();
    if (!/^text\/html/.test(answer.headers.get("Content-Type") || "")) throw new Error(answer.status);
    return { answer, page: new DOMParser().parseFromString(text, "text/html") };
  }

  // The messages of a page; they are shown where the page shows them and read aloud.
  function showMessages(page) {
    const lines = [
      ...page.querySelectorAll(".messagelist li"),
      ...document.querySelectorAll("#again > p"), // put in place already
    ];
    const fresh = page.querySelector(".messagelist");
    const old = document.querySelector(".messagelist");
    if (old) old.remove();
    if (fresh) document.getElementById("main").before(document.adoptNode(fresh));
    if (lines.length) tell(lines.map((line) => line.textContent.trim()).join(" "));
  }

  function show(page, focus, url) {
    if (!page.getElementById("assembly-list")) {
      window.location.assign(url); // another page: sent for sign-off, or signed out
      return;
    }
    const editors = [...document.querySelectorAll(".entry-editor")];
    const opened = [...document.querySelectorAll("details[id][open]")].map((one) => one.id);
    const shownPages = document.querySelector(".proof-pages").scrollTop;
    for (const id of PARTS) {
      const fresh = page.getElementById(id);
      const here = document.getElementById(id);
      if (fresh && here) here.replaceWith(document.adoptNode(fresh));
    }
    document.querySelector(".proof-pages").scrollTop = shownPages;
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    for (const editor of editors) keep(editor);
    showMessages(page);
    prepare();
    document.querySelector(focus)?.focus({ preventScroll: true });
  }

  // An open editor stays open; where its entry has gone its words stay all the same.
  function keep(editor) {
    const entry = document.getElementById(editor.dataset.of);
    if (entry) entry.append(editor);
    else if (dirty(editor)) {
      editor.classList.add(LATER);
      list().prepend(editor);
    }
  }

  const dirty = (editor) =>
    [...editor.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue);

  async function send(form, button) {
    const data = new FormData(form, button);
    const url = button?.hasAttribute("formaction") ? button.formAction : form.action;
    const editor = form.closest(".entry-editor");
    const focus = focusAfter(form, button);
    document.body.setAttribute("aria-busy", "true");
    let got;
    try {
      got = await ask(url, { method: "POST", body: data });
    } catch {
      form.submit(); // the ordinary way shows what is the matter
      return;
    } finally {
      document.body.removeAttribute("aria-busy");
    }
    if (editor && got.page.getElementById("entry-editor")) fill(editor, got.page);
    else {
      editor?.remove();
      show(got.page, focus, got.answer.url);
    }
  }

  // The same button again, where it still is; else the entry's text.
  function focusAfter(form, button) {
    const entry = (button || form).closest(".entry[id]");
    if (!entry) return "#readiness summary";
    const own = button?.value ? `#${entry.id} [value="${button.value}"]:not([disabled]), ` : "";
    return `${own}#${entry.id} [data-edit], #${entry.id} .grab`;
  }

  // Editing in place

  async function edit(link) {
    const entry = link.closest(".entry");
    const open = document.querySelector(`.entry-editor[data-of="${entry.id}"]`);
    if (open) {
      open.querySelector("textarea").focus();
      return;
    }
    try {
      const { page } = await ask(link.href);
      const editor = document.createElement("div");
      editor.className = "entry-editor";
      editor.dataset.of = entry.id;
      fill(editor, page);
      entry.append(editor);
      editor.querySelector("textarea").focus();
    } catch {
      window.location.assign(link.href);
    }
  }

  function fill(editor, page) {
    const inner = page.getElementById("entry-editor");
    const names = new Map();
    for (const one of inner.querySelectorAll("[id]")) {
      names.set(one.id, `${editor.dataset.of}-${one.id}`);
      one.id = names.get(one.id);
    }
    for (const label of inner.querySelectorAll("label[for]")) {
      label.htmlFor = names.get(label.htmlFor) || label.htmlFor;
    }
    for (const heading of inner.querySelectorAll("h2")) heading.classList.add("in-editor");
    editor.replaceChildren(...document.adoptNode(inner).childNodes);
    editor.querySelector("[role=alert]")?.setAttribute("tabindex", "-1");
    editor.querySelector("[role=alert]")?.focus();
  }

  function close(editor) {
    const link = document.querySelector(`#${editor.dataset.of} [data-edit]`);
    editor.remove();
    link?.focus();
  }

  // Moving: `held` is the entry in hand, `home` where it came from

  let held = null;
  let home = null;

  const places = () => [...document.querySelectorAll("[data-section]:not([data-fixed])")];
  const rows = (section) => [...section.querySelectorAll(":scope > .entry[data-entry]")];
  const words = (entry) => entry.querySelector(".entry-text > a").textContent.trim().slice(0, 16);

  function where(entry) {
    const section = entry.closest("[data-section]");
    const all = rows(section);
    return { section, at: all.indexOf(entry) + 1, of: all.length };
  }

  function put(entry, section, before) {
    section.insertBefore(entry, before || section.querySelector(":scope > .more"));
  }

  function grab(entry) {
    held = entry;
    const { section } = where(entry);
    home = { section, before: entry.nextElementSibling };
    entry.classList.add("held");
    entry.querySelector(".grab").setAttribute("aria-pressed", "true");
  }

  function letGo() {
    held.classList.remove("held");
    held.querySelector(".grab").setAttribute("aria-pressed", "false");
    held = null;
  }

  function giveUp() {
    const entry = held;
    put(entry, home.section, home.before);
    letGo();
    tell(`“${words(entry)}”放回了原处。`);
    entry.querySelector(".grab").focus();
  }

  async function drop() {
    const entry = held;
    const { section, at } = where(entry);
    const moved = home.section !== section || home.before !== entry.nextElementSibling;
    letGo();
    if (!moved) {
      tell(`“${words(entry)}”没有移动。`);
      return;
    }
    const form = new FormData(document.getElementById("arrows"));
    form.set("go", "to");
    form.set("section", section.dataset.section);
    form.set("position", at);
    try {
      const { answer, page } = await ask(entry.dataset.place, { method: "POST", body: form });
      show(page, `#${entry.id} .grab`, window.location.href);
      if (answer.ok && !page.querySelector(".messagelist .error")) {
        const now = where(document.getElementById(entry.id));
        tell(`已放到“${now.section.dataset.heading}”第${now.at}条。`);
      }
    } catch {
      window.location.reload();
    }
  }

  function step(by) {
    const { section, at } = where(held);
    const all = rows(section);
    const target = at - 1 + by;
    if (target >= 0 && target < all.length) {
      put(held, section, by > 0 ? all[target].nextElementSibling : all[target]);
    } else {
      const next = places()[places().indexOf(section) + by];
      if (!next) return;
      put(held, next, by > 0 ? rows(next)[0] : null);
    }
    const now = where(held);
    held.querySelector(".grab").focus();
    held.scrollIntoView({ block: "nearest" });
    tell(`“${now.section.dataset.heading}”第${now.at}条，共${now.of}条。`);
  }

  function keys(event) {
    const handle = event.target.closest?.(".grab");
    if (!handle) return;
    const moves = { ArrowUp: -1, ArrowDown: 1 };
    if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      if (held) drop();
      else {
        grab(handle.closest(".entry"));
        tell(`抓起了“${words(held)}”。用上下键移动，空格放下，退出键放回。`);
      }
    } else if (held && event.key in moves) {
      event.preventDefault();
      step(moves[event.key]);
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      giveUp();
    } else if (held && event.key === "Tab") giveUp();
  }

  // By mouse, pen or finger; near the edge of the window the page moves along. The document
  // listens: a node that moves in the page would lose its hold of the pointer.

  let pointer = null;

  function press(event) {
    const handle = event.target.closest?.(".grab");
    if (!handle || event.button || held) return;
    event.preventDefault();
    handle.focus();
    grab(handle.closest(".entry"));
    pointer = event.pointerId;
  }

  function drag(event) {
    if (!held || pointer !== event.pointerId) return;
    if (event.clientY < 60) window.scrollBy(0, -12);
    if (event.clientY > window.innerHeight - 60) window.scrollBy(0, 12);
    const section = nearest(event.clientY);
    const before = rows(section).find((row) => {
      const box = row.getBoundingClientRect();
      return row !== held && event.clientY < box.top + box.height / 2;
    });
    if (held.closest("[data-section]") !== section || held.nextElementSibling !== before) {
      put(held, section, before);
    }
  }

  function nearest(y) {
    const all = places();
    return all.find((one) => y < one.getBoundingClientRect().bottom) || all[all.length - 1];
  }

  function release(event) {
    if (!held || pointer !== event.pointerId) return;
    pointer = null;
    if (event.type === "pointercancel") giveUp();
    else drop();
  }

  function prepare() {
    for (const handle of document.querySelectorAll(".grab")) handle.hidden = false;
  }

  document.addEventListener("keydown", keys);
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointermove", drag);
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id !== "arrows" && !form.hasAttribute("data-inline")) return;
    event.preventDefault();
    send(form, event.submitter);
  });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest?.("[data-edit]");
    const closing = event.target.closest?.(".entry-editor [data-close]");
    const opens = event.target.closest?.("a[href^='#']");
    if (link) {
      event.preventDefault();
      edit(link);
    } else if (closing) {
      event.preventDefault();
      close(closing.closest(".entry-editor"));
    } else if (opens?.dataset.opens) document.getElementById(opens.dataset.opens).open = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll(".entry-editor")].some(dirty)) event.preventDefault();
  });
  prepare();
})();
