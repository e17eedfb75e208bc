// The first two minutes: what this is, three things to try, and how the program is doing.

import { h, paint } from "./dom.js";
import { ui, world } from "./world.js";

export function showGuide(root, bringTo) {
  const { about, suggestions } = world.given;
  const { status, planned } = world.board;
  paint(root, [about, suggestions, status, planned, ui.viewer], () => [
    ...about.split("\n").map((words) => h("p", { class: "lead" }, words)),
    suggestions.length ? [h("h3", {}, "Try this"), h("ol", { class: "suggestions" }, suggestions.map((one, number) => suggestion(one, number, bringTo)))] : null,
    status?.length ? [h("h3", {}, "How it is going"), h("dl", { class: "status" }, status.map(([label, text]) => [h("dt", {}, label), h("dd", {}, text)]))] : null,
    h("h3", {}, "Then"),
    h("p", { class: "muted" }, "Move the clock at the top: everything that falls due on the way is played. Change who you are at the top left: each person sees only his own messages. The log shows every envelope between Slack and the program."),
  ]);
}

function suggestion([title, who, where, text], number, bringTo) {
  const person = [...world.people.values()].find((each) => each.name === who);
  return h("li", {}, h("button", { type: "button", class: "suggestion", "data-key": `try-${number}`, onclick: () => bringTo(who, where, text) },
    h("strong", {}, title), h("span", { class: "as" }, `as ${person?.real ?? who}`), h("code", {}, text)));
}
