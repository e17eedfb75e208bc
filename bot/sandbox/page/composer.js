// The field in which people write: messages, slash commands with their hints, files.

import { fresh, h, iconButton } from "./dom.js";
import { say as tell } from "./toast.js";
import { act, dropFile } from "./wire.js";
import { humans, keepDraft, ui, world } from "./world.js";

const HINTS_MOST = 12;

export class Composer {
  /** `spot()` gives {channel, thread, label}: where what is written goes. */
  constructor(root, spot) {
    Object.assign(this, { root, spot, offers: [], at: -1, draft: "", field: null, last: Promise.resolve() });
  }

  build() {
    const listId = fresh("hints");
    this.list = h("div", { class: "hints", role: "listbox", id: listId, "aria-label": "Suggestions", hidden: true });
    this.field = h("textarea", { rows: 1, "aria-autocomplete": "list", "aria-controls": listId, "data-key": "field" });
    this.note = h("p", { class: "composer-note", role: "alert", hidden: true });
    this.files = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Choose a file" });
    const send = iconButton("send", "Send", { class: "icon-button send", onclick: () => this.send() });
    const clip = iconButton("clip", "Attach a file", { onclick: () => this.files.click() });
    this.root.replaceChildren(this.list, this.note, h("div", { class: "composer-box" }, clip, this.field, send), this.files);
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.keyed(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.closeHints(), 150));
    this.files.addEventListener("change", () => this.drop(this.files.files));
  }

  /** Look at where we are now: the draft of that place comes back. Before the first look there is nothing to write in: it would go nowhere. */
  show() {
    if (!this.field) this.build();
    const { label } = this.spot();
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
    const key = this.key();
    if (key === this.draft) return;
    this.draft = key;
    this.field.value = ui.drafts[key] ?? "";
    this.say("");
    this.grow();
  }

  key() {
    const { channel, thread } = this.spot();
    return `${ui.viewer}/${channel}/${thread ?? ""}`;
  }

  /** Put words in and wait for Enter. */
  prepare(text) {
    this.show();
    this.field.value = text;
    this.typed();
    this.closeHints();
    this.field.focus();
  }

  typed() {
    keepDraft(this.key(), this.field.value);
    this.say("");
    this.grow();
    this.offer();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 220)}px`;
  }

  say(words) {
    this.note.textContent = words;
    this.note.hidden = !words;
  }

  offer() {
    const text = this.field.value.slice(0, this.field.selectionStart);
    this.offers = text.startsWith("/") && !/\s@\w*$/.test(text) ? commands(text) : names(text);
    this.at = -1;
    this.drawHints();
  }

  drawHints() {
    this.list.hidden = !this.offers.length;
    this.list.replaceChildren(...this.offers.map((offer, number) => h("button", {
      type: "button", role: "option", tabindex: -1, class: number === this.at ? "hint-row on" : "hint-row", id: `${this.list.id}-${number}`, "aria-selected": number === this.at ? "true" : "false",
      onmousedown: (event) => event.preventDefault(), onclick: () => this.take(offer),
    }, h("code", {}, offer.shown), h("span", { class: "muted" }, offer.about))));
    this.field.setAttribute("aria-activedescendant", this.at >= 0 ? `${this.list.id}-${this.at}` : "");
  }

  closeHints() {
    this.offers = [];
    this.drawHints();
  }

  take(offer) {
    const after = this.field.value.slice(this.field.selectionStart);
    const text = this.field.value.slice(0, this.field.selectionStart);
    this.field.value = text.slice(0, text.length - offer.over) + offer.put + after;
    this.closeHints();
    keepDraft(this.key(), this.field.value);
    this.grow();
    this.field.focus();
  }

  keyed(event) {
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (this.offers.length && steps[event.key]) {
      event.preventDefault();
      this.at = (this.at + steps[event.key] + this.offers.length) % this.offers.length;
      this.drawHints();
    } else if (this.offers.length && event.key === "Escape") {
      event.stopPropagation();
      this.closeHints();
    } else if (this.offers.length && (event.key === "Tab" || (event.key === "Enter" && this.at >= 0))) {
      event.preventDefault();
      this.take(this.offers[Math.max(this.at, 0)]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  async send() {
    const text = this.field.value.trim();
    if (!text) return;
    const { channel, thread } = this.spot();
    const key = this.key();
    const wish = { who: ui.viewer, channel, text, thread };
    this.closeHints();
    this.field.value = "";
    this.grow();
    keepDraft(key, "");
    // The field is free for the next words at once; what is sent goes one after the other.
    this.last = this.last.then(() => act(text.startsWith("/") ? "command" : "say", wish, true));
    const told = await this.last;
    if (told.ok) return;
    if (!ui.drafts[key]) keepDraft(key, text);
    if (this.key() !== key) return;
    if (!this.field.value) this.field.value = text;
    this.say(told.error ?? "");
    this.grow();
  }

  async drop(list) {
    const { channel, thread } = this.spot();
    if (!this.field) {
      tell("Open a conversation first, then drop the file there.", "trouble");
      return;
    }
    for (const file of list) await dropFile({ who: ui.viewer, channel, ...(thread ? { thread } : {}) }, file);
    this.files.value = "";
  }
}

function commands(text) {
  const hints = world.given.hints ?? [];
  const typed = text.toLowerCase();
  const stem = (usage) => usage.split(" ").slice(0, 2).join(" ");
  const fits = hints.filter(([usage]) => usage.toLowerCase().startsWith(typed) || (typed.startsWith(`${stem(usage)} `) && usage !== text));
  return fits.slice(0, HINTS_MOST).map(([usage, about]) => ({ shown: usage, about, put: typed.startsWith(`${stem(usage)} `) ? "" : `${stem(usage)} `, over: typed.startsWith(`${stem(usage)} `) ? 0 : text.length }));
}

function names(text) {
  const found = text.match(/(?:^|[\s(])([@#])(\w*)$/);
  if (!found) return [];
  const [, sign, begun] = found;
  const all = sign === "@" ? humans().map((person) => [person.name, person.real]) : [...world.channels.values()].filter((c) => c.kind !== "im").map((c) => [c.name, c.topic]);
  const fits = all.filter(([name]) => name.toLowerCase().startsWith(begun.toLowerCase()) && name !== begun);
  return fits.slice(0, HINTS_MOST).map(([name, about]) => ({ shown: sign + name, about, put: `${sign}${name} `, over: begun.length + 1 }));
}

/** Let files be dropped anywhere on `root`. */
export function takeDrops(root, composer) {
  const isFile = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  root.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    root.classList.add("dropping");
  });
  root.addEventListener("dragleave", (event) => event.target === root && root.classList.remove("dropping"));
  root.addEventListener("drop", (event) => {
    root.classList.remove("dropping");
    if (!isFile(event)) return;
    event.preventDefault();
    composer.drop([...event.dataTransfer.files]);
  });
}
