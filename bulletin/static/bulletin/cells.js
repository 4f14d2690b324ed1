// Cells of numbers are filled in without this. With it: arrows and Enter go from cell to cell as
// in a spreadsheet, a block copied from one goes into the cells from here on, and can be undone.
// A table (or form) marked data-cells names in data-said the line where it is told what was taken.
"use strict";

(() => {
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  class Cells {
    constructor(table) {
      this.table = table;
      this.said = document.getElementById(table.dataset.said || "grid-said");
      table.addEventListener("keydown", (event) => this.key(event));
      table.addEventListener("paste", (event) => this.paste(event));
      table.addEventListener("focusin", (event) => {
        if (event.target.matches("input[inputmode=numeric]")) event.target.select();
      });
    }

    // Rows of places; a place is where an input stands: the cell's number, then its order within.
    rows() {
      return [...this.table.querySelectorAll("tr")].map((row) => {
        const places = new Map();
        for (const cell of row.cells) {
          cell.querySelectorAll("input[inputmode=numeric]").forEach((input, order) => {
            places.set(cell.cellIndex * 2 + order, input);
          });
        }
        return places;
      }).filter((places) => places.size);
    }

    find(input) {
      const rows = this.rows();
      for (const [at, places] of rows.entries()) {
        for (const [place, one] of places) if (one === input) return { rows, at, place };
      }
      return null;
    }

    key(event) {
      const input = event.target;
      if (!input.matches("input[inputmode=numeric]") || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.key === "z" && this.before) {
        event.preventDefault();
        this.undo();
        return;
      }
      if (event.key === "Enter") this.go(event, input, event.shiftKey ? -1 : 1, 0);
      const step = STEPS[event.key];
      if (!step || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
      const inside = input.selectionStart !== input.selectionEnd ? false
        : step[1] < 0 ? input.selectionStart > 0 : input.selectionEnd < input.value.length;
      const whole = input.selectionEnd - input.selectionStart === input.value.length;
      if (step[1] && inside && !whole) return; // the caret moves within the number first
      this.go(event, input, ...step);
    }

    go(event, input, down, along) {
      const here = this.find(input);
      if (!here) return;
      event.preventDefault();
      const next = down ? this.below(here, down) : this.beside(here, along);
      if (next) next.focus();
    }

    below({ rows, at, place }, down) {
      for (let row = at + down; row >= 0 && row < rows.length; row += down) {
        if (rows[row].has(place)) return rows[row].get(place);
        if (place % 2 && rows[row].has(place - 1)) return rows[row].get(place - 1);
      }
      return null;
    }

    beside({ rows, at, place }, along) {
      const places = [...rows[at].keys()].sort((a, b) => a - b);
      const next = places[places.indexOf(place) + along];
      return next === undefined ? null : rows[at].get(next);
    }

    paste(event) {
      const here = this.find(event.target);
      const text = event.clipboardData.getData("text").replace(/[\r\n]+$/, "");
      if (!here || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      const block = text.split(/\r?\n/).map((line) => line.split("\t"));
      this.fill(here, block);
    }

    fill({ rows, at, place }, block) {
      const columns = [...new Set(rows.flatMap((places) => [...places.keys()]))].sort((a, b) => a - b);
      const from = columns.indexOf(place);
      const taken = [];
      let left = 0;
      block.forEach((line, down) => line.forEach((raw, along) => {
        const input = rows[at + down] && rows[at + down].get(columns[from + along]);
        const text = raw.trim();
        if (input) taken.push({ input, before: input.value, text, cell: input.closest("td").id, name: input.name });
        else if (text) left += 1;
      }));
      taken.forEach(({ input, text }) => { input.value = text; });
      this.before = taken;
      this.tell(block, taken, left);
      this.changed(taken);
    }

    tell(block, taken, left) {
      const wide = Math.max(...block.map((line) => line.length));
      const rest = left ? `；${left}格放不下或不用填，没有放进去` : "";
      const undo = document.createElement("button");
      undo.type = "button";
      undo.className = "link";
      undo.textContent = "撤销粘贴";
      undo.addEventListener("click", () => this.undo());
      this.said.replaceChildren(`粘贴了${taken.length}格（${block.length}行×${wide}列）${rest}。`, undo);
    }

    undo() {
      const taken = this.before.map((one) => ({ ...one, input: this.now(one) }));
      this.before = null;
      taken.forEach(({ input, before }) => { if (input) input.value = before; });
      this.said.replaceChildren(`已撤销粘贴，${taken.length}格恢复原样。`);
      this.changed(taken);
      const first = taken.find(({ input }) => input);
      if (first) first.input.focus();
    }

    // A cell that was saved came anew from the server: the input is looked up by its place.
    now({ input, cell, name }) {
      if (input.isConnected) return input;
      const fresh = cell && document.getElementById(cell);
      return fresh ? fresh.querySelector(`[name="${name}"]`) : null;
    }

    changed(taken) {
      const inputs = taken.map(({ input }) => input).filter(Boolean);
      this.table.dispatchEvent(new CustomEvent("cells", { bubbles: true, detail: inputs }));
      if (inputs.length) inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  document.querySelectorAll("[data-cells]").forEach((table) => new Cells(table));
})();
