// The grid of all windows is saved row by row with a button. With this, each cell as it is left:
// the answer brings the row, the sums and what is noticed anew, as the server has them.
"use strict";

(() => {
  class Grid {
    constructor(table) {
      this.table = table;
      this.said = document.getElementById("grid-said");
      this.queue = Promise.resolve();
      table.classList.add("live");
      table.addEventListener("change", (event) => this.save([event.target]));
      table.addEventListener("cells", (event) => this.save(event.detail));
    }

    save(inputs) {
      const rows = new Map();
      for (const input of inputs) {
        if (!input.matches("input[inputmode=numeric]")) continue;
        const row = input.closest("tr");
        rows.set(row, [...(rows.get(row) || []), input.closest("td")]);
      }
      for (const [row, cells] of rows) {
        this.queue = this.queue.then(() => this.send(row.id, [...new Set(cells)].map((cell) => cell.id)));
      }
    }

    async send(rowId, cellIds) {
      const row = document.getElementById(rowId);
      const data = new FormData();
      data.set("csrfmiddlewaretoken", row.querySelector("[name=csrfmiddlewaretoken]").value);
      for (const id of cellIds) {
        for (const input of document.getElementById(id).querySelectorAll("input[name]")) {
          data.set(input.name, input.value);
        }
      }
      try {
        const answer = await fetch(row.dataset.address, {
          method: "POST", body: data, headers: { "X-Requested-With": "fetch" }, redirect: "error",
        });
        if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        this.take(row, page, cellIds, answer.ok);
      } catch {
        row.classList.add("unsaved");
        this.say(["没有保存上：没有网络，或登录已过期。数还在格里，请稍后再改一次或重新登录。"], true);
      }
    }

    take(row, page, cellIds, good) {
      row.classList.remove("unsaved");
      const fresh = page.getElementById(row.id);
      for (const cell of [...fresh.cells]) this.takeCell(row, cell, cellIds, good);
      const sums = page.getElementById("sums");
      document.getElementById("sums").replaceWith(document.importNode(sums, true));
      const findings = page.getElementById("findings");
      document.getElementById("findings").replaceWith(document.importNode(findings, true));
      const words = [...page.querySelectorAll("#said li")].map((item) => item.textContent);
      if (words.length) this.say(words, !good);
    }

    takeCell(row, fresh, cellIds, good) {
      const cell = row.cells[fresh.cellIndex];
      const typed = [...cell.querySelectorAll("input[inputmode=numeric]")];
      const stored = [...fresh.querySelectorAll("input[inputmode=numeric]")];
      const differs = stored.length && typed.some((input, at) => input.value !== stored[at].value);
      const busy = cell.contains(document.activeElement);
      const refused = !good && cellIds.includes(cell.id) && differs;
      if (stored.length && (busy || refused)) { // what is typed stays, over what is stored now
        cell.querySelector("input[type=hidden]").value = fresh.querySelector("input[type=hidden]").value;
        typed.forEach((input) => input.setAttribute("aria-invalid", refused));
        cell.className = refused ? "block" : fresh.className;
        return;
      }
      cell.className = fresh.className;
      cell.replaceChildren(...document.importNode(fresh, true).childNodes);
    }

    say(words, bad) {
      const undo = this.said.querySelector("button");
      this.said.classList.toggle("bad", bad);
      this.said.replaceChildren(words.join(""), ...(undo ? [undo] : []));
    }
  }

  document.querySelectorAll("[data-save]").forEach((table) => new Grid(table));
})();
