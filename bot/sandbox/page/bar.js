// The clock: what it is, what falls due next, and how to move it.

import { at, h, icon, iconButton, paint, whileBusy } from "./dom.js";
import { openPanel } from "./panel.js";
import { say } from "./toast.js";
import { act } from "./wire.js";
import { look, now, ui, viewer, world, zone } from "./world.js";
import { ago, fromField, offset, short, toField } from "./zones.js";

const HOUR = 3600000;

export function showBar() {
  const { due, moving } = world.board;
  const minute = Math.floor(now().getTime() / 60000);
  paint(at("bar"), [minute, due, moving, zone(), ui.panel, world.online, world.given.title], build);
}

function build() {
  const { due, moving } = world.board;
  const when = now();
  const face = h("div", { class: "face" }, icon("clock"), h("span", { class: "face-words" }, h("strong", {}, short(when, zone())), h("span", { class: "muted" }, `${viewer()?.name ?? ""}'s time, ${offset(when, zone())}`)));
  return [
    iconButton("menu", "People and channels", { class: "icon-button only-narrow", onclick: () => look({ screen: ui.screen === "side" ? "main" : "side" }), "data-key": "menu" }),
    h("strong", { class: "brand only-wide" }, world.given.title),
    h("div", { class: "clock", role: "group", "aria-label": "The clock" }, face, moving ? [progress(new Date(moving), when), stopper()] : movers(due, when)),
    world.online ? null : h("span", { class: "offline", role: "status" }, "Not connected"),
    h("div", { class: "panel-buttons" }, panelButton("guide", "Start here"), panelButton("log", "Log")),
  ];
}

const panelButton = (name, label) => h("button", { type: "button", class: ui.panel === name ? "button flat on" : "button flat", "aria-label": label, "aria-pressed": ui.panel === name ? "true" : "false", "data-key": `panel-${name}`, onclick: () => openPanel(name) }, icon(name), h("span", { class: "only-wide" }, label));

function nextButton(due, when) {
  if (!due) return h("button", { type: "button", class: "button next-button", disabled: true, "data-key": "next" }, "Nothing is due");
  const to = new Date(Math.max(new Date(due), when));
  return h("button", { type: "button", class: "button next-button", title: `Play what falls due at ${short(to, zone())}`, "data-key": "next", onclick: press(to) }, h("span", {}, "Next", h("span", { class: "only-wide" }, " due")), h("span", { class: "muted" }, ago(to, when)));
}

function progress(to, when) {
  return h("span", { class: "moving", role: "status" }, h("span", { class: "spinner", "aria-hidden": "true" }), `playing up to ${short(to, zone())}`, to - when > 60000 ? h("span", { class: "muted only-wide" }, `${ago(to, when).replace("in ", "")} to go`) : null);
}

const stopper = () => h("button", { type: "button", class: "button stopper", "data-key": "stop", onclick: () => act("stop", {}) }, "Stop");

export async function move(to) {
  const told = await act("move", { to: to.toISOString() });
  if (told.ok) at("live").append(h("p", {}, `The clock is at ${short(new Date(told.now), zone())}.`));
}

const press = (to) => (event) => whileBusy(event.currentTarget, () => move(to));

function movers(due, when) {
  const button = (label, title, to, key) => h("button", { type: "button", class: "button", title, "data-key": key, onclick: press(to) }, label);
  const field = h("input", { type: "datetime-local", class: "field", value: toField(when, zone()), "data-key": "when" });
  const go = () => {
    const to = fromField(field.value, zone());
    if (!to) say("Give a date and a time.", "trouble");
    else move(to);
  };
  return h("div", { class: "movers" },
    nextButton(due, when),
    button("+1 h", "An hour on", new Date(when.getTime() + HOUR), "hour"), button("+1 day", "A day on", new Date(when.getTime() + 24 * HOUR), "day"),
    h("details", { class: "to-when" }, h("summary", { class: "button", "data-key": "to" }, "To…"),
      h("div", { class: "pop" }, h("label", {}, `Play up to (${zone().replaceAll("_", " ")})`, field), h("button", { type: "button", class: "button primary", "data-key": "go", onclick: go }, "Go"))));
}
