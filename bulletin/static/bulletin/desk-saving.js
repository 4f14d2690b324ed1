// What is typed is kept: on this device at once, on the server when typing stops. The device's
// copy goes when the server has it; what the server never got is sent when the page opens again.
"use strict";

(() => {
  const WAIT = 1500; // ms after the last key
  const NOT_KEPT = new Set(["csrfmiddlewaretoken", "action", "files"]);

  const device = { // storage may be full or forbidden: then the server alone keeps it
    read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
    write(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* see above */ } },
    drop(name) { try { localStorage.removeItem(name); } catch { /* see above */ } },
  };

  class Saving {
    constructor(form) {
      this.form = form;
      this.said = document.getElementById("saved");
      this.name = `desk:${form.dataset.owner}:${form.dataset.scratch}`;
      this.base = form.dataset.saved;
      form.addEventListener("input", () => this.typed());
      form.addEventListener("submit", (event) => this.handIn(event), { capture: true }); // first
      window.addEventListener("online", () => this.send());
      document.addEventListener("visibilitychange", () => {
        if (document.hidden && this.waiting) this.send();
      });
      if (form.dataset.posted) this.typed(); // this page shows what was sent, newer than any copy
      else this.goOn();
    }

    fields() {
      return [...new FormData(this.form)].filter(([name]) => !NOT_KEPT.has(name));
    }

    typed() {
      device.write(this.name, { fields: this.fields(), base: this.base });
      this.waiting = true;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.send(), WAIT);
    }

    // What this device still has was never sent: the server takes it and shows the form again.
    async goOn() {
      const left = device.read(this.name);
      if (!left) return;
      const made = Object.fromEntries(left.fields).version;
      const version = this.form.elements.version;
      if (left.sent && version && version.value !== made) return device.drop(this.name); // it came
      if (this.base && left.base !== this.base) return this.offer(left);
      if ((await this.post(left.fields)) === "saved") window.location.reload();
    }

    offer(left) { // meanwhile something newer was kept from elsewhere: the person chooses
      const text = left.fields.filter(([name]) => name === "text" || name === "remarks");
      this.say("这台设备上还有一份没存上的文字。", "用这一份", async () => {
        if ((await this.post(left.fields)) === "saved") window.location.reload();
      });
      this.said.title = text.map(([, value]) => value).join("");
    }

    async send() {
      window.clearTimeout(this.timer);
      if (!this.waiting || this.leaving) return;
      this.waiting = false;
      const answer = await this.post(this.fields());
      if (answer === "failed") this.waiting = true;
    }

    async post(fields) {
      const data = new URLSearchParams(fields);
      data.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
      this.stop = new AbortController();
      const asked = { method: "POST", body: data, keepalive: true, signal: this.stop.signal };
      try {
        return await this.heard(await fetch(this.form.dataset.scratch, asked));
      } catch {
        if (!this.leaving) this.say("没有网络，文字先存在这台设备上，连上后自动保存。");
        return "failed";
      }
    }

    async heard(answer) {
      if (answer.redirected || answer.status === 401) return this.signedOut();
      if (!answer.ok) return this.refused();
      const { saved, at, over } = await answer.json();
      if (over || !this.waiting) device.drop(this.name);
      if (over) return "over";
      this.base = at;
      this.say(`已保存 ${saved}`);
      this.said.classList.remove("not-yet");
      return "saved";
    }

    signedOut() {
      this.out = true;
      this.say("登录已过期，文字存在这台设备上。", "重新登录，接着写", () => this.signIn());
      return "failed";
    }

    signIn() {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`${this.form.dataset.login}?next=${encodeURIComponent(here)}`);
    }

    refused() {
      this.say("没有存上，文字在这台设备上。", "重新打开这一页", () => window.location.reload());
      return "failed";
    }

    handIn(event) {
      if (event.defaultPrevented) return;
      if (!navigator.onLine) {
        event.preventDefault();
        this.say("没有网络，还没有提交。文字存在这台设备上，连上后请再按一次。");
      } else if (this.out) {
        event.preventDefault();
        this.signIn();
      } else {
        this.leaving = true; // what comes now is the form itself
        const left = device.read(this.name);
        if (left) device.write(this.name, { ...left, sent: true });
        window.clearTimeout(this.timer);
        if (this.stop) this.stop.abort();
      }
    }

    say(words, button, act) {
      this.said.replaceChildren(words);
      this.said.classList.add("not-yet");
      if (!button) return;
      const press = document.createElement("button");
      press.type = "button";
      press.className = "link";
      press.textContent = button;
      press.addEventListener("click", act);
      this.said.append(press);
    }
  }

  document.querySelectorAll("[data-scratch]").forEach((form) => new Saving(form));
})();
