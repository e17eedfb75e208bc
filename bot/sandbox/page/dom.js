// Elements are made here and nowhere else: what people wrote goes in as text nodes, never as markup.

const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "selected", "multiple", "htmlFor", "open"]);

export function h(tag, facts = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) put(made, name, value);
  made.append(...inside.flat(Infinity).filter((part) => part !== null && part !== undefined && part !== false));
  return made;
}

function put(made, name, value) {
  if (value === undefined || value === null || (value === false && !AS_PROPERTY.has(name))) return;
  if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
  else if (name === "class") made.className = value;
  else if (AS_PROPERTY.has(name)) made[name] = value;
  else made.setAttribute(name, value === true ? "" : String(value));
}

export const at = (id) => document.getElementById(id);

/** Rebuild what stands in `root` when `facts` differ from last time; the focused control (data-key) keeps its focus. */
export function paint(root, facts, build) {
  const seen = JSON.stringify(facts);
  if (root.dataset.painted && root.paintedFacts === seen) return false;
  root.paintedFacts = seen;
  root.dataset.painted = "yes";
  keepFocus(root, () => root.replaceChildren(...[build()].flat(Infinity).filter(Boolean)));
  return true;
}

export function keepFocus(root, change) {
  const focused = document.activeElement;
  const key = root.contains(focused) ? focused.dataset.key : undefined;
  change();
  if (key === undefined) return;
  const again = [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  again?.focus({ preventScroll: true });
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M4 5h16v11H9l-5 4z",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM8.5 10h.01M15.5 10h.01M8 14c1 1.6 2.4 2.3 4 2.3s3-.7 4-2.3",
  pen: "M4 20l1-4L16 5l3 3L8 19z",
  bin: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  clip: "M8 12l6-6a3 3 0 014 4l-8 8a5 5 0 01-7-7l7-7",
  send: "M4 12l16-8-5 16-4-6z",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 9a3 3 0 100 6 3 3 0 000-6z",
  log: "M4 6h16M4 12h16M4 18h10",
  guide: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 8h.01M11 11.5h1v5h1",
  storm: "M7 15a4 4 0 010-8 5 5 0 019.6 1.5A3.5 3.5 0 0117 15M12 12l-2 4h3l-2 4",
  menu: "M4 7h16M4 12h16M4 17h16",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  find: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L21 21",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  lock: "M6 11h12v9H6zM8 11V8a4 4 0 018 0v3",
  clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7v5l3 2",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  drawn.setAttribute("viewBox", "0 0 24 24");
  drawn.setAttribute("aria-hidden", "true");
  drawn.setAttribute("class", "icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", PATHS[name]);
  drawn.append(path);
  return drawn;
}

export function iconButton(name, label, facts = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...facts }, icon(name));
}

let numbers = 0;
export const fresh = (word) => `${word}-${(numbers += 1)}`;

/** Disable a control while its deed is under way, so that a double click is one press. */
export async function whileBusy(control, act) {
  if (control.getAttribute("aria-busy") === "true") return undefined;
  control.setAttribute("aria-busy", "true");
  try {
    return await act();
  } finally {
    control.removeAttribute("aria-busy");
  }
}
