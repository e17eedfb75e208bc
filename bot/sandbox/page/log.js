// Every envelope, every call of the program's, every trouble; payloads open on demand. And Slack's bad days.

import { h, keepFocus } from "./dom.js";
import { act, fetchLine } from "./wire.js";
import { nameOf, world } from "./world.js";

const SHOWN = 200;
const WAYS = { in: ["→", "Slack to the program"], out: ["←", "the program to Slack"], trouble: ["!", "trouble"] };

const DAYS = [
  ["429", "Next post: 429", "Slack answers the next chat.postMessage with 429, Retry-After 5"],
  ["500", "Next post: 500", "The next chat.postMessage fails with 500"],
  ["500 accepted", "Next post: taken, then 500", "The next chat.postMessage is taken, and answered 500 all the same"],
  ["again", "Last envelope again", "Slack delivers its last envelope a second time"],
  ["disconnect", "Disconnect", "Slack asks the program to reconnect"],
  ["hang up", "Hang up", "The connection is cut without a word"],
];
const SWITCHES = [["twice", "Every event twice"], ["paced", "One post a second per channel"]];

const rows = new Map();
let list = null;

export function showLog(root) {
  if (!list?.isConnected) {
    list = h("ol", { class: "log", "aria-label": "Envelopes, newest first" });
    rows.clear();
    root.replaceChildren(h("div", { id: "days" }), list);
  }
  showDays(root.querySelector("#days"));
  const lines = [...world.log.values()].sort((a, b) => b.at - a.at).slice(0, SHOWN);
  keepFocus(list, () => list.replaceChildren(...(lines.length ? lines.map(row) : [h("li", { class: "muted" }, "Nothing was sent yet.")])));
}

function row(line) {
  const sign = JSON.stringify([line.state, line.ms]);
  const kept = rows.get(line.key);
  if (kept?.sign === sign) return kept.made;
  const [arrow, way] = WAYS[line.way];
  const body = h("pre", { tabindex: 0 }, "…");
  const bad = ["timed out", "undeliverable", "trouble"].includes(line.state) || (line.way === "out" && line.state !== "ok");
  const made = h("li", {}, h("details", { ontoggle: (event) => event.target.open && unfold(line.key, body) },
    h("summary", { "data-key": line.key }, h("span", { class: `way ${line.way}`, title: way, "aria-label": way }, arrow), h("span", { class: "log-name" }, named(line.name) || line.type), h("span", { class: "log-type" }, line.type),
      h("span", { class: bad ? "log-state bad" : "log-state" }, stateOf(line))), body));
  rows.set(line.key, { sign, made });
  return made;
}

/** Ids in a line as the names people know. */
const named = (words) => words.replace(/\b[CDGU]0[A-Z0-9]+/g, (id) => (world.channels.has(id) ? nameOf(world.channels.get(id), world.given.bot) : (world.people.get(id)?.name ?? id)));

function stateOf(line) {
  const again = line.retry ? `retry ${line.retry}, ` : "";
  return again + (line.ms !== undefined ? `${line.state} in ${line.ms} ms` : line.state);
}

async function unfold(key, body) {
  body.textContent = JSON.stringify(await fetchLine(key), null, 2);
}

let daysShown = "";

function showDays(root) {
  const { switches = {}, planned = [] } = world.board;
  const sign = JSON.stringify([switches, planned]);
  if (sign === daysShown && root.children.length) return;
  daysShown = sign;
  keepFocus(root, () => root.replaceChildren(...[
    h("h3", {}, "Slack's bad days"),
    h("div", { class: "actions" }, DAYS.map(([day, label, title]) => h("button", { type: "button", class: "button", title, "data-key": day, onclick: () => act("bad", { day }) }, label))),
    h("div", { class: "choices" }, SWITCHES.map(([day, label]) => {
      const box = h("input", { type: "checkbox", checked: Boolean(switches[day]), "data-key": day, onchange: () => act("bad", { day }) });
      return h("label", { class: "choice" }, box, label);
    })),
    planned.length ? h("p", { class: "muted" }, `Planned: ${planned.join(", ")}. `, h("button", { type: "button", class: "plain link", onclick: () => act("bad", { day: "good" }) }, "Be good again")) : null,
    h("h3", {}, "Envelopes"),
  ].filter(Boolean)));
}
