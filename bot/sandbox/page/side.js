// Who one is, and where one can go.

import { at, h, icon, paint } from "./dom.js";
import { avatar, goTo } from "./messages.js";
import { act } from "./wire.js";
import { botChannel, channelsOf, humans, isDirect, isWithBot, look, nameOf, now, roleOf, ui, unread, viewer, waitingFor, world } from "./world.js";
import { clock, offset } from "./zones.js";

let choosing = false;

export function showSide() {
  const people = humans().map((person) => [person, waitingFor(person.id)]);
  const places = channelsOf(ui.viewer).map((channel) => [channel, unread(ui.viewer, channel)]);
  const facts = [people, places, ui.viewer, ui.place, ui.home, choosing, world.board.now?.slice(0, 16)];
  paint(at("side"), facts, () => [switcher(people), choosing ? null : list(places)]);
}

function switcher(people) {
  const me = viewer();
  const others = people.reduce((sum, [person, count]) => sum + (person.id === ui.viewer ? 0 : count), 0);
  const flip = () => {
    choosing = !choosing;
    showSide();
    if (choosing) at("side").querySelector(".person[aria-current]")?.focus();
  };
  const button = h("button", { type: "button", class: "me", "aria-expanded": choosing ? "true" : "false", "data-key": "me", onclick: flip },
    avatar(me), h("span", { class: "me-words" }, h("small", {}, "You are"), h("strong", {}, me?.real ?? ""), h("span", { class: "muted" }, me ? roleOf(me) : "")),
    others && !choosing ? h("span", { class: "count soft", "aria-label": `${others} unread for others` }, String(others)) : null, icon("down"));
  if (!choosing) return [button];
  const rows = people.map(([person, count]) => h("li", {}, h("button", {
    type: "button", class: "person", "aria-current": person.id === ui.viewer ? "true" : null, "data-key": `as-${person.id}`, onclick: () => become(person.id),
  }, avatar(person), h("span", { class: "me-words" }, h("strong", {}, person.real), h("span", { class: "muted" }, roleOf(person)), h("span", { class: "muted" }, `${clock(now(), person.tz)} in ${city(person.tz)}, ${offset(now(), person.tz)}`)), counted(count))));
  const keys = (event) => steer(event);
  return [button, h("ul", { class: "people", "aria-label": "Be somebody else", onkeydown: keys }, rows)];
}

const city = (zone) => zone.split("/").at(-1).replaceAll("_", " ");
const counted = (count) => (count ? h("span", { class: "count", "aria-label": `${count} unread` }, String(count)) : null);

function steer(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    choosing = false;
    showSide();
    at("side").querySelector(".me").focus();
  }
  if (!step) return;
  event.preventDefault();
  const all = [...at("side").querySelectorAll(".person")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
}

/** See the world as somebody else; where he cannot be, his first channel comes up. */
export function become(id) {
  choosing = false;
  const here = world.channels.get(ui.place);
  const change = { viewer: id };
  if (isWithBot(here)) change.place = botChannel(id)?.id ?? here.id;
  if (!world.channels.get(change.place ?? ui.place)?.members.includes(id)) Object.assign(change, { place: channelsOf(id)[0]?.id ?? "", home: false, thread: "", panel: ui.panel === "thread" ? "" : ui.panel });
  look(change);
  if (ui.home) act("home", { who: id });
  at("side").querySelector(".me")?.focus();
}

function list(places) {
  const rooms = places.filter(([channel]) => !isDirect(channel));
  const direct = places.filter(([channel]) => isDirect(channel) && !isWithBot(channel));
  const app = places.find(([channel]) => isWithBot(channel));
  const bot = world.people.get(world.given.bot);
  const strangers = humans().filter((person) => person.id !== ui.viewer && !direct.some(([c]) => c.members.includes(person.id)));
  return h("div", { class: "places" },
    h("h2", {}, "Channels"), h("ul", {}, rooms.map(([channel, count]) => place(channel, count, h("span", { class: "hash", "aria-hidden": "true" }, channel.kind === "public_channel" ? "#" : icon("lock"))))),
    h("h2", {}, "Apps"), h("ul", {}, h("li", {}, placeButton(bot?.real ?? "App", avatar(bot, true), ui.home || isWithBot(world.channels.get(ui.place)), app?.[1] ?? { all: 0, loud: 0 }, "app", () => (app?.[1].all ? goTo(app[0].id) : openHome())))),
    direct.length ? [h("h2", {}, "Direct messages"), h("ul", {}, direct.map(([channel, count]) => place(channel, count, avatar(world.people.get(channel.members.find((m) => m !== ui.viewer)), true))))] : null,
    strangers.length ? h("h2", {}, "People here") : null, h("ul", {}, strangers.map((person) => h("li", {}, placeButton(person.real, avatar(person, true), false, { all: 0, loud: 0 }, `to-${person.id}`, () => write(person.id))))));
}

const place = (channel, count, mark) => h("li", {}, placeButton(nameOf(channel), mark, !ui.home && ui.place === channel.id, count, `go-${channel.id}`, () => goTo(channel.id)));

function placeButton(name, mark, isHere, count, key, go) {
  return h("button", { type: "button", class: count.all ? "place unread" : "place", "aria-current": isHere ? "page" : null, "data-key": key, onclick: go }, mark, h("span", { class: "place-name" }, name), counted(count.loud));
}

async function write(person) {
  const told = await act("direct", { who: ui.viewer, others: [person] });
  if (told.ok) goTo(told.channel);
}

export async function openHome() {
  look({ home: true, thread: "", panel: ui.panel === "thread" ? "" : ui.panel, screen: "main" });
  await act("home", { who: ui.viewer });
}

export async function openMessages() {
  const told = await act("direct", { who: ui.viewer });
  if (told.ok) goTo(told.channel);
}
