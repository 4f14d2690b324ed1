// The newsroom works without this. With it: who else is at the page, told every 20 seconds; a
// text copied in one press; comments written beside a text that is being edited, which stays.
// Server and page agree by data- attributes.
"use strict";

(() => {
  const EVERY = 20000; // ms

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]").value;

  async function look(line) {
    if (document.hidden) return;
    try {
      const answer = await fetch(line.dataset.presence, {
        method: "POST",
        headers: { "X-CSRFToken": token() },
        redirect: "error",
      });
      if (!answer.ok) return;
      const { who } = await answer.json();
      if (line.textContent !== who) line.textContent = who;
    } catch {
      // no network, or signed out: the next press will say so
    }
  }

  async function copy(button) {
    const area = document.getElementById(button.dataset.copy);
    const said = document.getElementById(button.dataset.said);
    area.closest("details").open = true;
    area.focus();
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      said.textContent = button.dataset.done;
    } catch {
      said.textContent = button.dataset.failed;
    }
  }

  // 还有2天3小时5分: how long until a scheduled issue is public; 到时间了 when it should be.
  function countDown(time) {
    const minutes = Math.ceil((new Date(time.dateTime) - Date.now()) / 60000);
    const parts = [
      [Math.floor(minutes / 1440), "天"],
      [Math.floor(minutes / 60) % 24, "小时"],
      [minutes % 60, "分"],
    ];
    const told = parts.filter(([many]) => many > 0).map(([many, unit]) => `${many}${unit}`);
    time.textContent = minutes > 0 ? `还有${told.join("")}` : "到时间了，正在发布";
  }

  for (const time of document.querySelectorAll("[data-countdown]")) {
    countDown(time);
    window.setInterval(countDown, 15000, time);
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The page that a comment leads to is fetched, and its comments alone are taken from it.
  async function say(event) {
    const form = event.target;
    const old = form.closest("[data-comments]");
    if (!old) return;
    event.preventDefault();
    const asked = new FormData(form, event.submitter);
    const to = event.submitter?.getAttribute("formaction") || form.action;
    try {
      const answer = await fetch(to, { method: "POST", body: asked });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-comments]");
      if (!answer.ok || !fresh) throw new Error(answer.statusText);
      old.replaceWith(document.adoptNode(fresh));
      fresh.querySelector("[data-said]").textContent = fresh.dataset.done;
      fresh.querySelector("textarea").focus();
    } catch {
      old.querySelector("[data-said]").textContent = old.dataset.failed;
    }
  }

  document.addEventListener("submit", say);

  const line = document.querySelector("[data-presence]");
  if (line) window.setInterval(look, EVERY, line);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
