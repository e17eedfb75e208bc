// The page: gets the snapshot, follows the stream, shows what changed.

import { showBar } from "./bar.js";
import { Composer, takeDrops } from "./composer.js";
import { at, h, iconButton, paint } from "./dom.js";
import { Finder } from "./find.js";
import { MessageList } from "./list.js";
import { spoken } from "./mrkdwn.js";
import { closePanel, showPanel, threadComposer } from "./panel.js";
import { openHome, openMessages, showSide } from "./side.js";
import { say, whisper } from "./toast.js";
import { prepareModal, showHome, showModal } from "./views.js";
import { fetchState, listen } from "./wire.js";
import { changed, facts, inChannel, isDirect, isSeen, isWithBot, load, look, markRead, messageAt, nameOf, onChange, personNamed, take, ui, world } from "./world.js";

const list = new MessageList(at("list"), () => inChannel(ui.place));
const finder = new Finder(at("find"), list);
const composer = new Composer(at("write"), () => {
  const channel = world.channels.get(ui.place);
  return { channel: ui.place, thread: undefined, label: channel ? `Message ${isDirect(channel) ? nameOf(channel) : `#${channel.name}`}` : "Message" };
});

function showHead() {
  const channel = world.channels.get(ui.place);
  const withBot = ui.home || isWithBot(channel);
  const name = ui.home ? (world.people.get(world.given.bot)?.real ?? "App") : channel ? nameOf(channel) : "";
  at("main").setAttribute("aria-label", name);
  paint(at("head"), [name, withBot, ui.home, channel?.members.length, channel?.topic], () => [
    iconButton("back", "People and channels", { class: "icon-button only-narrow", onclick: () => look({ screen: "side" }) }),
    h("h1", {}, channel && !withBot && !isDirect(channel) ? "#" : null, name),
    withBot ? h("div", { class: "tabs", role: "tablist" }, tab("Home", ui.home, openHome), tab("Messages", !ui.home, openMessages)) : null,
    channel && !withBot ? h("span", { class: "muted topic" }, channel.topic || `${channel.members.length} members`) : null,
    ui.home ? null : iconButton("find", "Find in this conversation", { class: "icon-button finds", "data-key": "finds", onclick: () => finder.open() }),
  ]);
}

const tab = (name, on, go) => h("button", { type: "button", role: "tab", class: on ? "tab on" : "tab", "aria-selected": on ? "true" : "false", "data-key": name, onclick: go }, name);

function showAll() {
  document.body.dataset.screen = ui.screen;
  document.title = `${world.given.title}`;
  const isHome = ui.home;
  at("home").hidden = !isHome;
  at("list").hidden = isHome;
  at("write").hidden = isHome;
  showHead();
  finder.close(isHome ? "" : `${ui.viewer}/${ui.place}`);
  if (isHome) showHome(at("home"), world.people.get(world.given.bot)?.real ?? "The app");
  else {
    list.show(`${ui.viewer}/${ui.place}`);
    composer.show();
    if (document.visibilityState === "visible" && ui.screen !== "side") markRead(ui.viewer, ui.place);
  }
  showPanel(bringTo);
  showBar();
  showSide();
  showModal();
}

let waiting = false;

/** Frames that come together are drawn together, once a picture. */
function showSoon() {
  if (waiting) return;
  waiting = true;
  const draw = () => {
    if (!waiting) return;
    waiting = false;
    showAll();
  };
  requestAnimationFrame(draw);
  setTimeout(draw, 60);
}

function tellFresh(fresh) {
  for (const message of fresh) {
    const here = message.channel === ui.place && isSeen(message) && message.user !== ui.viewer;
    if (here) whisper(`${world.people.get(message.user)?.real ?? ""}: ${spoken(message.text, facts())}`);
  }
}

onChange(({ ui: byHand, fresh }) => {
  if (fresh) tellFresh(fresh);
  if (byHand) showAll();
  else showSoon();
});

/** Be somebody, somewhere, with words ready to be sent. `where` is a channel, or channel/ts for a thread. */
export function bringTo(who, where, text) {
  const [name, ts] = where.split("/");
  const channel = [...world.channels.values()].find((each) => each.name === name || each.id === name);
  const person = personNamed(who);
  if (!channel || !person) {
    say("That is not there any more.", "trouble");
    return;
  }
  const root = ts ? messageAt(channel.id, ts) : undefined;
  const wide = matchMedia("(min-width: 860px)").matches;
  look({ viewer: person.id, place: channel.id, home: false, ...(root ? { panel: "thread", thread: root.ts, screen: "panel" } : { screen: "main", ...(wide ? {} : { panel: "" }) }) });
  (root ? threadComposer : composer).prepare(text);
}

async function start() {
  try {
    const state = await fetchState();
    load(state);
    listen(state.seq, take, () => {
      world.online = false;
      changed({});
      setTimeout(start, 1000);
    });
  } catch {
    world.online = false;
    if (!world.boot) say("The sandbox cannot be reached. Is it still running in its terminal?", "trouble");
    setTimeout(start, 2000);
  }
}

document.addEventListener("keydown", (event) => {
  // Pressed a second time it is the browser's own search.
  if (event.key === "f" && (event.ctrlKey || event.metaKey) && !ui.home && at("find").hidden && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    finder.open();
  }
  if (event.key === "Escape" && !document.querySelector("dialog[open]") && ui.panel === "thread") closePanel();
});
prepareModal();
takeDrops(at("main"), composer);
start();
