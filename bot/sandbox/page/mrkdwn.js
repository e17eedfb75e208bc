// Slack's mrkdwn to elements, by whitelist: whatever is not a known form stays text.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { fillDate } from "./zones.js";

const SAFE = /^(https?:\/\/|mailto:|tel:)/i;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

export const unescape = (text) => text.replace(/&(?:lt|gt|amp);/g, (found) => ENTITIES[found]);

export function link(address, ...words) {
  if (!SAFE.test(address)) return h("span", {}, ...words);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...words);
}

/** `look` knows people, channels, the reader's zone and the sandbox's now. */
export function mrkdwn(text, look) {
  const out = [];
  const fence = /```([\s\S]+?)```/g;
  let from = 0;
  for (const found of text.matchAll(fence)) {
    out.push(...lines(text.slice(from, found.index).replace(/\n$/, ""), look));
    out.push(h("pre", {}, h("code", {}, plainOf(found[1].replace(/^\n|\n$/g, ""), look))));
    from = found.index + found[0].length;
    if (text[from] === "\n") from += 1;
  }
  out.push(...lines(text.slice(from), look));
  return out;
}

function lines(text, look) {
  const out = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length) out.push(h("blockquote", {}, spans(quoted.join("\n"), look)));
    quoted = [];
  };
  const rows = text.split("\n");
  rows.forEach((row, number) => {
    if (row.startsWith("&gt;")) {
      quoted.push(row.replace(/^&gt; ?/, ""));
      return;
    }
    endQuote();
    const bullet = row.match(/^(\s*)([•◦▪-]|\d+\.) (.*)$/);
    if (bullet && bullet[2] !== "-") out.push(h("span", { class: "bullet" }, h("span", { class: "dot" }, bullet[2]), h("span", {}, spans(bullet[3], look))));
    else out.push(...spans(row, look), number < rows.length - 1 && !nextIsBlock(rows[number + 1]) ? "\n" : "");
  });
  endQuote();
  return out;
}

const nextIsBlock = (row) => row.startsWith("&gt;") || /^\s*([•◦▪]|\d+\.) /.test(row);

// One pass from the left: code first, then <…>, then the pairs that may hold others.
const FORMS = /`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(\S|\S.*?\S)\*(?![\w*])|(?<![\w_])_(\S|\S.*?\S)_(?![\w_])|(?<![\w~])~(\S|\S.*?\S)~(?![\w~])/;

function spans(text, look) {
  const out = [];
  let rest = text;
  for (let found = rest.match(FORMS); found; found = rest.match(FORMS)) {
    if (found.index) out.push(words(rest.slice(0, found.index)));
    out.push(form(found, look));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) out.push(words(rest));
  return out;
}

function form([, code, special, bold, italic, struck], look) {
  if (code !== undefined) return h("code", {}, plainOf(code, look));
  if (special !== undefined) return angled(special, look);
  if (bold !== undefined) return h("strong", {}, spans(bold, look));
  if (italic !== undefined) return h("em", {}, spans(italic, look));
  return h("s", {}, spans(struck, look));
}

const words = (text) => withEmoji(unescape(text));
const plainOf = (text, look) => unescape(text.replace(/<([^<>\n]+)>/g, (_, special) => angled(special, look).textContent));

function angled(special, look) {
  const bar = special.indexOf("|");
  const [target, label] = bar < 0 ? [special, ""] : [special.slice(0, bar), special.slice(bar + 1)];
  if (/^@[UW][A-Z0-9]+$/.test(target)) return mention(target.slice(1), label, look);
  if (/^#[CG][A-Z0-9]+$/.test(target)) return h("span", { class: "mention" }, `#${look.channelName(target.slice(1)) || unescape(label) || "private-channel"}`);
  if (target.startsWith("!date^")) return dated(target, label, look);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, unescape(label) || "@group");
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${unescape(label || target.slice(1)).replace(/^@/, "")}`);
  const address = unescape(target);
  return SAFE.test(address) ? link(address, label ? words(label) : address.replace(/^mailto:/, "")) : document.createTextNode(unescape(`<${special}>`));
}

export function mention(id, label, look) {
  const mine = id === look.viewer ? " mine" : "";
  return h("span", { class: `mention${mine}` }, `@${look.personName(id) || unescape(label) || id}`);
}

function dated(target, fallback, look) {
  const [, epoch, template, address] = target.split("^");
  if (!/^\d+$/.test(epoch) || template === undefined) return document.createTextNode(unescape(fallback));
  const shown = h("time", { class: "date", title: unescape(fallback) }, fillDate(unescape(template), Number(epoch), look.zone, look.now));
  return address ? link(unescape(address), shown) : shown;
}

/** A text object of a block: mrkdwn, or plain text as it stands. */
export function textOf(thing, look) {
  if (!thing) return [];
  return thing.type === "mrkdwn" ? mrkdwn(String(thing.text ?? ""), look) : [withEmoji(String(thing.text ?? ""))];
}

/** What a screen reader is told of a message: its text without the signs. */
export function spoken(text, look) {
  return h("span", {}, mrkdwn(text, look)).textContent;
}
