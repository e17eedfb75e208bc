// Find in a conversation: most of a long one is not drawn, so the browser's own search would not see it.

import { at, h, iconButton } from "./dom.js";
import { spoken } from "./mrkdwn.js";
import { facts } from "./world.js";

export class Finder {
  /** Looks through what `list` has, newest first, and brings what it found into view. */
  constructor(root, list) {
    Object.assign(this, { root, list, found: [], at: -1, place: "" });
    this.field = h("input", { type: "search", class: "field", "aria-label": "Find in this conversation", placeholder: "Find in this conversation", "data-key": "find" });
    this.told = h("span", { class: "muted", role: "status" });
    const form = h("form", { class: "finder", role: "search" }, this.field, this.told,
      iconButton("up", "Older", { type: "submit" }), iconButton("down", "Newer", { onclick: () => this.step(-1) }), iconButton("close", "Close the search", { onclick: () => this.close() }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    form.addEventListener("keydown", (event) => this.keyed(event));
    this.field.addEventListener("input", () => this.look());
    root.replaceChildren(form);
  }

  open() {
    this.root.hidden = false;
    this.field.select();
    this.field.focus();
  }

  /** Put away; with `place` only when that is another one than before. */
  close(place) {
    if (place !== undefined && place === this.place) return;
    if (place !== undefined) this.place = place;
    if (this.root.hidden) return;
    this.root.hidden = true;
    this.field.value = this.told.textContent = "";
    this.list.mark("");
    if (place === undefined) at("list").focus();
  }

  keyed(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && event.shiftKey && event.target === this.field) {
      event.preventDefault();
      this.step(-1);
    }
  }

  look() {
    const sought = this.field.value.trim().toLowerCase();
    this.found = sought ? this.list.all.filter((message) => wordsOf(message).includes(sought)).reverse() : [];
    this.at = -1;
    this.list.mark("");
    this.told.textContent = sought ? "Not found" : "";
    if (this.found.length) this.step(1);
  }

  step(by) {
    if (!this.found.length) return;
    this.at = (this.at + by + this.found.length) % this.found.length;
    this.told.textContent = `${this.at + 1} of ${this.found.length}`;
    this.list.mark(this.found[this.at].ts);
  }
}

function wordsOf(message) {
  message.sought ??= [spoken(message.text, facts()), ...strings(message.blocks), ...(message.files ?? []).map((file) => file.name)].join(" ").toLowerCase();
  return message.sought;
}

const strings = (part) => (Array.isArray(part) ? part.flatMap(strings) : part && typeof part === "object" ? Object.entries(part).flatMap(([name, one]) => (name === "text" && typeof one === "string" ? [one] : strings(one))) : []);
