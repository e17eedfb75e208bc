// Block Kit to elements.

import { fresh, h } from "./dom.js";
import { element, image } from "./elements.js";
import { link, textOf } from "./mrkdwn.js";
import { richText, table } from "./rich.js";
import { facts } from "./world.js";

export const blocks = (list, place) => h("div", { class: "blocks" }, (list ?? []).map((block) => draw(block, place)));

function draw(block, place) {
  const build = BUILDERS[block.type];
  return build ? build(block, { ...place, ...(place.of?.(block) ?? {}) }) : h("p", { class: "unknown" }, `(a ${String(block.type)} block is not drawn here)`);
}

function section(block, place) {
  const look = facts();
  const words = block.text ? h("div", { class: "words" }, textOf(block.text, look)) : null;
  const fields = block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "words" }, textOf(field, look)))) : null;
  const beside = block.accessory ? h("div", { class: "accessory" }, element(block.accessory, place)) : null;
  return h("div", { class: beside ? "section split" : "section" }, h("div", { class: "section-words" }, words, fields), beside);
}

const context = (block) => h("div", { class: "context" }, block.elements.map((part) => (part.type === "image" ? image(part) : h("span", { class: "words" }, textOf(part, facts())))));

const actions = (block, place) => h("div", { class: "actions", role: "group" }, block.elements.map((part) => element(part, place)));

const picture = (block) => h("figure", { class: "picture" }, block.title ? h("figcaption", {}, textOf(block.title, facts())) : null, image(block));

function input(block, place) {
  const id = fresh("field");
  const [hintId, errorId, labelId] = [`${id}-hint`, `${id}-error`, `${id}-label`];
  const error = place.error?.(block.block_id);
  const looked = { ...place, id, labelId, label: true, dispatches: block.dispatch_action };
  // An input tells nobody before the form is sent, unless it is told to.
  if (!block.dispatch_action) looked.choose = undefined;
  const control = element(block.element, looked);
  const focusable = control.matches("input, textarea, select") ? control : (control.querySelector("input, textarea, select") ?? control);
  focusable.setAttribute("aria-describedby", [block.hint && hintId, error && errorId].filter(Boolean).join(" "));
  if (error) focusable.setAttribute("aria-invalid", "true");
  if (!block.optional) focusable.setAttribute("aria-required", "true");
  return h("div", { class: error ? "input wrong" : "input", "data-block": block.block_id },
    h("label", { for: id, id: labelId }, textOf(block.label, facts()), block.optional ? h("span", { class: "muted" }, " (optional)") : null),
    control,
    error ? h("p", { class: "error", id: errorId }, error) : null,
    block.hint ? h("p", { class: "hint", id: hintId }, textOf(block.hint, facts())) : null);
}

/** Nothing is played from elsewhere: its title leads there. */
const video = (block) => h("div", { class: "words" }, link(String(block.title_url ?? block.video_url ?? ""), textOf(block.title, facts())), h("p", { class: "muted" }, `${String(block.alt_text ?? "")} (a video)`));

const BUILDERS = {
  video,
  alert: (block) => h("p", { class: "alert", role: "note" }, textOf(block.text, facts())),
  section, context, actions, input, table,
  image: picture,
  header: (block) => h("h3", { class: "header" }, textOf(block.text, facts())),
  divider: () => h("hr"),
  rich_text: richText,
  markdown: (block) => h("div", { class: "words" }, String(block.text ?? "")),
};
