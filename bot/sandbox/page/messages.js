// A list of messages: the newest ones first drawn, older ones as one scrolls up; a changed row is drawn anew, the rest stay.

import { blocks } from "./blocks.js";
import { h, icon, iconButton, keepFocus } from "./dom.js";
import { draw, QUICK } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { act } from "./wire.js";
import { dismiss, facts, inThread, look, now, ui, viewer, world, zone } from "./world.js";
import { ago, clock, day, dayKey, full, instantOf } from "./zones.js";

const FIRST = 60;
const MORE = 30;
const MOST = 150;
const NEAR = 700;
const TOGETHER = 300;

export class MessageList {
  /** `list()` gives what is there, `isThread` leaves the thread links away. Only a window of it is ever drawn. */
  constructor(root, list, isThread = false) {
    Object.assign(this, { root, list, isThread, rows: new Map(), place: "", newest: "" });
    this.inner = h("div", { class: "rows" });
    root.replaceChildren(this.inner);
    root.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Whoever reads the end stays at the end, also when the window or a row changes its size.
    const pin = new ResizeObserver(() => this.pin());
    pin.observe(this.inner);
    pin.observe(root);
  }

  /** Show this place (another one than before starts at its end). */
  show(place) {
    const all = this.list();
    const newest = all.at(-1);
    const isOwn = newest && newest.ts > this.newest && newest.user === ui.viewer;
    if (place !== this.place) this.rows.clear();
    if (place !== this.place || isOwn) Object.assign(this, { place, from: Math.max(0, all.length - FIRST), to: all.length, atEnd: true });
    else if (this.atEnd || this.to > all.length) this.to = all.length;
    this.from = Math.max(Math.min(this.from, this.to - 1), this.to - MOST, 0);
    this.newest = newest?.ts ?? "";
    keepFocus(this.root, () => this.fill(all));
    this.pin();
  }

  pin() {
    if (this.atEnd) this.root.scrollTop = this.root.scrollHeight;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    const below = scrollHeight - scrollTop - clientHeight;
    if (scrollTop < NEAR && this.from > 0) this.shift(-MORE);
    else if (below < NEAR) this.shift(MORE);
    this.atEnd = below < 60 && this.to === this.list().length;
  }

  /** Move the window; what is being read stays where it is on the screen. */
  shift(by) {
    const all = this.list();
    if (by > 0 && this.to >= all.length) return;
    if (by < 0) this.from = Math.max(0, this.from + by);
    else this.to = Math.min(all.length, this.to + by);
    if (by < 0) this.to = Math.min(this.to, this.from + MOST);
    else this.from = Math.max(this.from, this.to - MOST);
    const top = this.root.getBoundingClientRect().top;
    const anchor = [...this.inner.children].find((child) => child.getBoundingClientRect().bottom > top);
    const before = anchor?.getBoundingClientRect().top;
    this.fill(all);
    if (anchor?.isConnected) this.root.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  fill(all) {
    const wanted = [];
    for (let number = this.from; number < this.to; number += 1) wanted.push(...this.rowsOf(all[number], all[number - 1]));
    if (!wanted.length) wanted.push(h("p", { class: "empty" }, "Nothing here yet."));
    reconcile(this.inner, wanted);
    if (this.rows.size > 2 * MOST) this.forget(all);
  }

  forget(all) {
    const kept = new Set(all.slice(this.from, this.to).map((message) => message.ts));
    for (const ts of this.rows.keys()) if (!kept.has(ts)) this.rows.delete(ts);
  }

  rowsOf(message, before) {
    const when = instantOf(message.ts);
    const newDay = !before || dayKey(instantOf(before.ts), zone()) !== dayKey(when, zone());
    const grouped = !newDay && follows(message, before) && !(this.isThread && before.ts === ui.thread);
    const replies = this.isThread ? [] : inThread(message.channel, message.ts);
    const sign = [ui.viewer, newDay, grouped, replies.length, replies.at(-1)?.ts, ui.thread === message.ts, ages(message) && world.board.now].join();
    const kept = this.rows.get(message.ts);
    if (kept?.message === message && kept.sign === sign) return kept.nodes;
    const nodes = [newDay ? h("div", { class: "day" }, h("span", {}, day(when, zone()))) : null, row(message, grouped, replies)].filter(Boolean);
    this.rows.set(message.ts, { message, sign, nodes });
    return nodes;
  }
}

function reconcile(root, wanted) {
  const keep = new Set(wanted);
  [...root.children].forEach((child) => keep.has(child) || child.remove());
  let here = root.firstChild;
  for (const node of wanted) {
    if (node === here) here = here.nextSibling;
    else root.insertBefore(node, here);
  }
}

const ages = (message) => {
  message.ages ??= JSON.stringify([message.text, message.blocks]).includes("{ago}");
  return message.ages;
};

const follows = (message, before) => before.user === message.user && !message.blocks?.length && !before.blocks?.length && !message.only && !before.only && !message.files?.length && Number(message.ts) - Number(before.ts) < TOGETHER && !inThread(before.channel, before.ts).length;

export const tint = (id) => `tint-${[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % 8}`;
export const initials = (person) => (person?.real ?? "?").split(" ").map((word) => word[0]).slice(0, 2).join("").toUpperCase();
export const avatar = (person, small = false) => h("span", { class: `avatar ${tint(person?.id ?? "")}${small ? " small" : ""}${person?.bot ? " bot" : ""}`, "aria-hidden": "true" }, initials(person));

function row(message, grouped, replies) {
  const person = world.people.get(message.user);
  const when = instantOf(message.ts);
  const stamp = h("time", { datetime: when.toISOString(), title: `${full(when, zone())} ${zone()}` }, clock(when, zone()));
  const badge = person?.bot ? h("span", { class: "tag" }, "APP") : person?.outside ? h("span", { class: "tag" }, "outside") : person?.guest ? h("span", { class: "tag" }, "guest") : null;
  const who = h("div", { class: grouped ? "who unseen" : "who" }, h("strong", {}, person?.real ?? message.user), badge, grouped ? null : stamp);
  const body = h("div", { class: "body" }, message.only ? onlyYou(message) : null, who, content(message), files(message), reactions(message), replies.length ? threadLink(message, replies) : null);
  const kind = ["message", grouped && "grouped", message.only && "only", ui.thread === message.ts && "open"].filter(Boolean).join(" ");
  const made = h("article", { class: kind, "data-ts": message.ts, tabindex: 0, "data-key": `row-${message.ts}` }, grouped ? h("span", { class: "aside" }, stamp) : avatar(person), body);
  // The tools of a row are made when somebody comes near: a thousand unseen buttons make scrolling slow.
  const near = () => made.querySelector(".tools") ?? made.append(tools(message) ?? "");
  if (matchMedia("(max-width: 859px)").matches) near();
  made.addEventListener("pointerenter", near);
  made.addEventListener("focusin", near);
  return made;
}

const onlyYou = (message) => h("p", { class: "only-you" }, icon("eye"), "Only you can see this", h("button", { type: "button", class: "plain", onclick: () => dismiss(message) }, "Dismiss"));

function content(message) {
  const edited = message.edited ? h("span", { class: "edited" }, "(edited)") : null;
  if (message.blocks?.length) return [blocks(message.blocks, placeOf(message)), edited && h("div", {}, edited)];
  return message.text ? h("div", { class: "words" }, mrkdwn(message.text, facts()), edited ? [" ", edited] : null) : edited;
}

/** What the elements of a message do. */
function placeOf(message) {
  const spot = () => ({ who: ui.viewer, channel: message.channel, ts: message.ts });
  return {
    press: (one) => act("press", { ...spot(), control: one.action_id, value: one.value }),
    choose: (one, option) => act("choose", { ...spot(), control: one.action_id, option }),
    suggest: (one, query) => act("suggest", { ...spot(), control: one.action_id, query }),
  };
}

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`);

const files = (message) => (message.files ?? []).map((file) => h("div", { class: "file" }, icon("file"), h("span", {}, file.name), h("span", { class: "muted" }, size(file.size))));

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("div", { class: "reactions" }, message.reactions.map(([name, users]) => {
    const mine = users.includes(ui.viewer);
    const names = users.map((user) => world.people.get(user)?.name ?? user).join(", ");
    return h("button", {
      type: "button", class: mine ? "reaction mine" : "reaction", "aria-pressed": mine ? "true" : "false", title: `${names} :${name}:`,
      "aria-label": `${name.replaceAll("_", " ")}, ${users.length}: ${names}`, "data-key": `react-${message.ts}-${name}`, onclick: () => react(message, name, !mine),
    }, h("span", { "aria-hidden": "true" }, draw(name)), String(users.length));
  }));
}

const react = (message, name, on) => act(on ? "react" : "unreact", { who: ui.viewer, channel: message.channel, ts: message.ts, name });

function threadLink(message, replies) {
  const people = [...new Set(replies.map((reply) => reply.user))].slice(0, 4);
  const last = instantOf(replies.at(-1).ts);
  return h("button", { type: "button", class: "thread-link", "data-key": `thread-${message.ts}`, onclick: () => openThread(message) },
    people.map((id) => avatar(world.people.get(id), true)), h("strong", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`), h("span", { class: "muted" }, `last ${ago(last, now())}`));
}

function tools(message) {
  if (message.only) return null;
  const mine = message.user === ui.viewer;
  const bar = h("div", { class: "tools" });
  const quick = h("div", { class: "quick", hidden: true });
  const face = (name) => h("button", { type: "button", class: "plain", "aria-label": `React with ${name.replaceAll("_", " ")}`, title: `:${name}:`, onclick: () => {
    quick.hidden = true;
    react(message, name, true);
  } }, draw(name));
  const offer = () => {
    quick.hidden = !quick.hidden;
    quick.replaceChildren(...QUICK.map(face));
  };
  bar.append(quick,
    iconButton("smile", "Add a reaction", { onclick: offer }),
    iconButton("reply", "Reply in thread", { onclick: () => openThread(message) }));
  if (mine) bar.append(iconButton("pen", "Edit", { onclick: () => edit(message) }), iconButton("bin", "Delete", { onclick: () => act("remove", { who: ui.viewer, channel: message.channel, ts: message.ts }) }));
  return bar;
}

function edit(message) {
  const row_ = document.querySelector(`[data-ts="${CSS.escape(message.ts)}"] .body`);
  const field = h("textarea", { class: "field", rows: 2, value: readable(message.text), "aria-label": "Edit the message" });
  const end = () => form.remove();
  const save = async () => {
    if ((await act("edit", { who: ui.viewer, channel: message.channel, ts: message.ts, text: field.value })).ok) end();
  };
  const form = h("div", { class: "editor" }, field, h("div", { class: "actions" }, h("button", { type: "button", class: "button", onclick: end }, "Cancel"), h("button", { type: "button", class: "button primary", onclick: save }, "Save")));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      save();
    }
  });
  row_?.append(form);
  field.focus();
}

/** A message as its writer typed it. */
function readable(text) {
  const names = { "@": (id) => world.people.get(id)?.name, "#": (id) => world.channels.get(id)?.name };
  return text.replace(/<([@#])([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, sign, id) => `${sign}${names[sign](id) ?? id}`).replace(/<!(\w+)>/g, "@$1").replace(/<(https?:[^>|]+)>/g, "$1").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

const openThread = (message) => look({ panel: "thread", thread: message.root ?? message.ts, screen: "panel" });

export const goTo = (channel) => look({ place: channel, home: false, thread: "", panel: ui.panel === "thread" ? "" : ui.panel, screen: "main", viewer: viewer()?.id ?? ui.viewer });
