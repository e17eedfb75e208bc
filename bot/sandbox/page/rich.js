// rich_text and table blocks.

import { h } from "./dom.js";
import { draw } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";
import { facts } from "./world.js";
import { fillDate } from "./zones.js";

export const richText = (block) => h("div", { class: "rich" }, (block.elements ?? []).map(part));

function part(one) {
  const inside = () => (one.elements ?? []).map(leaf);
  switch (one.type) {
    case "rich_text_list":
      return h(one.style === "ordered" ? "ol" : "ul", { class: `indent-${Math.min(one.indent ?? 0, 6)}` }, (one.elements ?? []).map((row) => h("li", {}, (row.elements ?? []).map(leaf))));
    case "rich_text_quote":
      return h("blockquote", {}, inside());
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, inside()));
    default:
      return h("div", { class: "words" }, inside());
  }
}

function leaf(one) {
  const look = facts();
  switch (one.type) {
    case "text":
      return styled(String(one.text ?? ""), one.style);
    case "link":
      return link(String(one.url ?? ""), styled(String(one.text || one.url || ""), one.style));
    case "emoji":
      return draw(String(one.name ?? ""));
    case "user":
      return mention(String(one.user_id), "", look);
    case "channel":
      return h("span", { class: "mention" }, `#${look.channelName(one.channel_id) ?? one.channel_id}`);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${String(one.range)}`);
    case "date":
      return h("time", { class: "date", title: String(one.fallback ?? "") }, fillDate(String(one.format ?? "{date}"), Number(one.timestamp), look.zone, look.now));
    default:
      return String(one.text ?? "");
  }
}

function styled(words, style = {}) {
  let made = words;
  for (const [name, tag] of [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]]) if (style?.[name]) made = h(tag, {}, made);
  return made;
}

export function table(block) {
  const [head, ...rows] = block.rows ?? [];
  const settings = block.column_settings ?? [];
  const cell = (tag) => (one, column) => h(tag, { class: alignOf(settings[column], one), scope: tag === "th" ? "col" : null }, cellOf(one));
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": "Table" },
    h("table", {}, h("thead", {}, h("tr", {}, (head ?? []).map(cell("th")))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td")))))));
}

const alignOf = (setting, one) => setting?.align ?? (one?.type === "raw_number" ? "right" : "left");

function cellOf(one) {
  if (one?.type === "rich_text") return richText(one);
  return String(one?.text ?? one?.value ?? "");
}
