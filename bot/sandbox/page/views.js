// Modals and the app's home: views that the app filled with blocks.

import { blocks } from "./blocks.js";
import { at, h, iconButton, keepFocus, whileBusy } from "./dom.js";
import { textOf } from "./mrkdwn.js";
import { act } from "./wire.js";
import { facts, keepDraft, ui, world } from "./world.js";

const errors = new Map();
let shown = "";

const keyOf = (view, block, one) => `view/${view.id}/${block.block_id}/${one.action_id}`;

/** What the elements of a view do: an input holds its value until the form is sent, the others act at once. */
function placeOf(view) {
  const wish = (one) => ({ view: view.id, control: one.action_id });
  return {
    press: (one) => act("press", { ...wish(one), value: one.value }),
    choose: (one, option) => act("choose", { ...wish(one), option }),
    suggest: (one, query) => act("suggest", { ...wish(one), query }),
    error: (block) => errors.get(view.id)?.[block],
    of: (block) => ({
      held: (one, initial) => {
        const draft = ui.drafts[keyOf(view, block, one)];
        return draft !== undefined ? draft : (stateOf(view, block, one) ?? initial);
      },
      hold: (one, value) => keepDraft(keyOf(view, block, one), value),
    }),
  };
}

function stateOf(view, block, one) {
  const held = view.state?.[block.block_id]?.[one.action_id];
  return held && Object.entries(held).find(([name]) => name !== "type")?.[1];
}

function valuesOf(view) {
  const inputs = view.body.blocks.filter((block) => block.type === "input");
  const held = inputs.map((block) => [block.block_id, ui.drafts[keyOf(view, block, block.element)]]);
  return Object.fromEntries(held.filter(([, value]) => value !== undefined));
}

export function showModal() {
  const dialog = at("modal");
  const view = [...world.views.values()].filter((each) => each.open && each.user === ui.viewer).at(-1);
  if (!view) {
    if (dialog.open) dialog.close();
    shown = "";
    return;
  }
  const sign = JSON.stringify([view.id, view.hash, errors.get(view.id)]);
  if (sign !== shown) keepFocus(dialog, () => dialog.replaceChildren(...draw(view)));
  const isNew = !shown.startsWith(JSON.stringify([view.id]).slice(0, -1));
  shown = sign;
  if (!dialog.open) dialog.showModal();
  if (isNew) dialog.querySelector("input, select, textarea")?.focus();
}

function draw(view) {
  const { title, submit, close: no, blocks: list } = view.body;
  const look = facts();
  const away = () => act("close", { view: view.id });
  const send = submit ? h("button", { type: "submit", class: "button primary", "data-key": "submit" }, textOf(submit, look)) : null;
  const form = h("form", { method: "dialog", novalidate: true }, blocks(list, placeOf(view)),
    h("footer", {}, h("button", { type: "button", class: "button", "data-key": "close", onclick: away }, no ? textOf(no, look) : "Close"), send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (send) whileBusy(send, () => submitForm(view));
  });
  return [h("header", {}, h("h2", { id: "modal-title" }, textOf(title, look)), iconButton("close", "Close the form", { onclick: away })), form];
}

async function submitForm(view) {
  errors.delete(view.id);
  const told = await act("submit", { view: view.id, values: valuesOf(view) });
  if (told.errors && Object.keys(told.errors).length) errors.set(view.id, told.errors);
  else if (told.ok) Object.keys(ui.drafts).filter((key) => key.startsWith(`view/${view.id}/`)).forEach((key) => keepDraft(key, ""));
  showModal();
  at("modal").querySelector("[aria-invalid]")?.focus();
}

export function prepareModal() {
  at("modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    const view = [...world.views.values()].filter((each) => each.open && each.user === ui.viewer).at(-1);
    if (view) act("close", { view: view.id });
  });
}

let homeShown = "";

export function showHome(root, name) {
  const view = world.homes.get(ui.viewer);
  const sign = JSON.stringify([ui.viewer, view?.hash]);
  if (sign === homeShown) return;
  homeShown = sign;
  const filled = view?.body.blocks?.length;
  const empty = () => h("div", { class: "home-empty" }, h("h2", {}, `${name} has put nothing here yet`), h("p", {}, "An app fills this page when somebody opens it. What it says to you alone is under Messages."));
  keepFocus(root, () => root.replaceChildren(filled ? h("div", { class: "home" }, blocks(view.body.blocks, placeOf(view))) : empty()));
}
