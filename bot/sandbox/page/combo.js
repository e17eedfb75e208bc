// A field with offers under it: type to find, arrows to go through them, Enter to take one.

import { fresh, h } from "./dom.js";

const BREATH = 180;

/** `search(query)` gives the offers, [{label, about, value}], or null for none yet; `pick(value, label)` takes one. */
export function combo(facts, search, pick) {
  const list = h("div", { class: "options", role: "listbox", id: fresh("options"), hidden: true });
  const field = h("input", { class: "field", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", ...facts });
  const root = h("div", { class: "combo" }, field, list);
  let [turn, later] = [0, 0];
  const show = (on) => {
    list.hidden = !on;
    field.setAttribute("aria-expanded", String(on));
  };
  const close = () => {
    turn += 1;
    clearTimeout(later);
    show(false);
  };
  const take = ({ value, label }) => {
    close();
    field.focus();
    pick(value, label);
  };
  const open = async () => {
    const mine = (turn += 1);
    const found = await search(field.value);
    if (mine !== turn) return;
    list.replaceChildren(...rowsOf(found ?? [], take));
    show(found !== null);
  };
  field.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(open, BREATH);
  });
  field.addEventListener("click", open);
  // A press in the list must not take the focus away before it counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  root.addEventListener("focusout", (event) => root.contains(event.relatedTarget) || close());
  root.addEventListener("keydown", (event) => steer(event, field, list, { open, close }));
  return { root, field, close };
}

function rowsOf(offers, take) {
  if (!offers.length) return [h("p", { class: "none" }, "Nothing found.")];
  return offers.map((offer) => h("button", { type: "button", role: "option", "aria-selected": "false", class: "option", onclick: () => take(offer) }, offer.label, offer.about ? h("small", {}, offer.about) : null));
}

function steer(event, field, list, { open, close }) {
  const rows = list.hidden ? [] : [...list.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  const act = {
    Escape: () => !list.hidden && [close(), field.focus()],
    ArrowDown: () => (rows.length ? rows[Math.min(at + 1, rows.length - 1)].focus() : open()),
    ArrowUp: () => at >= 0 && (rows[at - 1] ?? field).focus(),
    // Here Enter takes the first offer, and never sends a form with half a word in it.
    Enter: () => event.target === field && (rows[0] ? rows[0].click() : true),
  }[event.key];
  if (!act || act() === false) return;
  event.stopPropagation();
  event.preventDefault();
}

/** The same for many: what is taken stands as chips before the field; Backspace in an empty field gives the last back. */
export function manyCombo(facts, taken, search, changed) {
  const chips = h("span", { class: "chips", "aria-live": "polite" });
  const isTaken = (label) => taken.some((each) => each.label === label);
  const left = async (query) => (await search(query))?.filter((offer) => !isTaken(offer.label)) ?? null;
  const { root, field } = combo(facts, left, (value, label) => {
    field.value = "";
    keep([...taken, { value, label }]);
  });
  const keep = (now) => {
    taken = now;
    draw();
    changed(taken.map((each) => each.value));
  };
  const drop = (one) => {
    field.focus();
    keep(taken.filter((each) => each !== one));
  };
  const draw = () => chips.replaceChildren(...taken.map((one) => h("span", { class: "chip" }, one.label, h("button", { type: "button", class: "plain", "aria-label": `Remove ${one.label}`, onclick: () => drop(one) }, "×"))));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !field.value && taken.length) drop(taken.at(-1));
  });
  draw();
  root.prepend(chips);
  return root;
}
