// What stands beside the conversation: the guide, a thread, or the log. On a phone each is a screen of its own.

import { Composer, takeDrops } from "./composer.js";
import { at, h, iconButton } from "./dom.js";
import { showGuide } from "./guide.js";
import { showLog } from "./log.js";
import { MessageList } from "./list.js";
import { inThread, isDirect, look, messageAt, nameOf, ui, world } from "./world.js";

const TITLES = { guide: "Start here", thread: "Thread", log: "What goes over the wire" };

let opened = "";
let list = null;
export let threadComposer = null;

export const openPanel = (panel) => look(ui.panel === panel && ui.screen !== "side" && isWide() ? { panel: "" } : { panel, screen: "panel" });

const isWide = () => matchMedia("(min-width: 860px)").matches;

export const closePanel = () => look({ panel: "", thread: "", screen: "main" });

/** `bringTo` does what the guide suggests. */
export function showPanel(bringTo) {
  const root = at("panel");
  root.hidden = !ui.panel;
  document.body.dataset.panel = ui.panel;
  if (!ui.panel) {
    opened = "";
    return;
  }
  if (opened !== ui.panel) open(root);
  FILLS[ui.panel](bringTo);
}

function open(root) {
  opened = ui.panel;
  const head = h("header", {}, iconButton("back", "Back", { class: "icon-button only-narrow", onclick: closePanel }), h("h2", { id: "panel-title" }, TITLES[ui.panel]), iconButton("close", `Close ${TITLES[ui.panel].toLowerCase()}`, { class: "icon-button only-wide", onclick: closePanel }));
  const body = h("div", { id: "panel-body", class: ui.panel === "thread" ? "messages" : "panel-body", tabindex: -1 });
  root.setAttribute("aria-label", TITLES[ui.panel]);
  root.replaceChildren(head, body);
  if (ui.panel === "thread") openList(root, body);
}

function openList(root, body) {
  list = new MessageList(body, () => [messageAt(ui.place, ui.thread), ...inThread(ui.place, ui.thread)].filter(Boolean), true);
  const write = h("div", { class: "composer" });
  root.append(write);
  threadComposer = new Composer(write, () => ({ channel: ui.place, thread: ui.thread, label: "Reply…" }));
  takeDrops(root, threadComposer);
}

function showThread() {
  const channel = world.channels.get(ui.place);
  at("panel-title").textContent = channel ? `Thread in ${isDirect(channel) ? nameOf(channel) : `#${channel.name}`}` : "Thread";
  const isNew = !list.place.endsWith(`/${ui.place}/${ui.thread}`);
  list.show(`${ui.viewer}/${ui.place}/${ui.thread}`);
  threadComposer.show();
  if (isNew && !document.querySelector("dialog[open]")) threadComposer.field.focus({ preventScroll: true });
}

const FILLS = { thread: showThread, guide: (bringTo) => showGuide(at("panel-body"), bringTo), log: () => showLog(at("panel-body")) };
