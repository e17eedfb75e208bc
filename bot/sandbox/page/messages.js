// One message: who, when, what it says, and what can be done with it.

import { blocks } from "./blocks.js";
import { h, icon, iconButton } from "./dom.js";
import { draw, QUICK } from "./emoji.js";
import { openFile, size } from "./file.js";
import { mrkdwn } from "./mrkdwn.js";
import { act } from "./wire.js";
import { dismiss, facts, look, now, ui, viewer, world, zone } from "./world.js";
import { ago, clock, full, instantOf } from "./zones.js";

export const tint = (id) => `tint-${[...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % 8}`;
export const initials = (person) => (person?.real ?? "?").split(" ").map((word) => word[0]).slice(0, 2).join("").toUpperCase();
export const avatar = (person, small = false) => h("span", { class: `avatar ${tint(person?.id ?? "")}${small ? " small" : ""}${person?.bot ? " bot" : ""}`, "aria-hidden": "true" }, initials(person));

export function row(message, grouped, replies) {
  const person = world.people.get(message.user);
  const when = instantOf(message.ts);
  const stamp = h("time", { datetime: when.toISOString(), title: `${full(when, zone())} ${zone()}` }, clock(when, zone()));
  const badge = person?.bot ? h("span", { class: "tag" }, "APP") : person?.outside ? h("span", { class: "tag" }, "outside") : person?.guest ? h("span", { class: "tag" }, "guest") : null;
  const who = h("div", { class: grouped ? "who unseen" : "who" }, h("strong", {}, person?.real ?? message.user), badge, grouped ? null : stamp);
  const body = h("div", { class: "body" }, message.only ? onlyYou(message) : null, who, content(message), files(message), reactions(message), replies.length ? threadLink(message, replies) : null);
  const kind = ["message", grouped && "grouped", message.only && "only", ui.thread === message.ts && "open"].filter(Boolean).join(" ");
  const made = h("article", { class: kind, "data-ts": message.ts, tabindex: -1, "data-key": `row-${message.ts}` }, grouped ? h("span", { class: "aside" }, stamp) : avatar(person), body);
  // The tools of a row are made when somebody comes near: a thousand unseen buttons make scrolling slow.
  const near = () => {
    if (!made.querySelector(".tools")) made.append(tools(message) ?? "");
    return made.querySelector(".tools");
  };
  if (matchMedia("(max-width: 859px)").matches && !message.only) made.append(iconButton("more", "What can be done with this message", { class: "icon-button more", onclick: () => near().querySelector("button").focus() }));
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

const files = (message) => (message.files ?? []).map((file) => h("button", { type: "button", class: "file", "data-key": `file-${file.id}`, onclick: () => openFile(file) }, icon("file"), h("span", {}, h("span", { class: "unseen" }, "Open "), file.name), h("span", { class: "muted" }, size(file.size))));

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
  if (world.given.shortcuts?.length) bar.append(...shortcuts(message));
  if (mine) bar.append(iconButton("pen", "Edit", { onclick: () => edit(message) }), iconButton("bin", "Delete", { onclick: () => act("remove", { who: ui.viewer, channel: message.channel, ts: message.ts }) }));
  return bar;
}

/** The "..." of a message, and what apps offer there. */
function shortcuts(message) {
  const choose = (name) => act("shortcut", { who: ui.viewer, channel: message.channel, ts: message.ts, name });
  const offers = world.given.shortcuts.map(([name, words]) => h("button", { type: "button", role: "menuitem", class: "option", onclick: () => {
    menu.hidden = true;
    choose(name);
  } }, words));
  const menu = h("div", { class: "menu shortcuts", role: "menu", hidden: true }, offers);
  const opener = iconButton("more", "More actions", { "aria-haspopup": "menu", onclick: () => {
    menu.hidden = !menu.hidden;
    if (!menu.hidden) offers[0].focus();
  } });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    menu.hidden = true;
    opener.focus();
  });
  return [opener, menu];
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
