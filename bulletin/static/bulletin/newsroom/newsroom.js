// The newsroom works without this. With it: who else is at the page, told every 20 seconds, and
// a text copied in one press. Server and page agree by data- attributes.
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

  const line = document.querySelector("[data-presence]");
  if (line) window.setInterval(look, EVERY, line);
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
})();
