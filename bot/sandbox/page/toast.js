// Short words to the person at the page: what was refused, what went wrong.

import { at, h } from "./dom.js";

const SHOWN_FOR = 7000;

export function say(words, kind = "note") {
  const place = at("toasts");
  const toast = h("div", { class: `toast ${kind}`, role: kind === "trouble" ? "alert" : "status" }, h("p", {}, words));
  const away = () => toast.remove();
  toast.append(h("button", { type: "button", class: "plain", "aria-label": "Dismiss", onclick: away }, "×"));
  place.append(toast);
  while (place.children.length > 3) place.firstChild.remove();
  setTimeout(away, SHOWN_FOR);
}

/** Say something to screen readers only. */
export function whisper(words) {
  const place = at("live");
  place.append(h("p", {}, words));
  while (place.children.length > 5) place.firstChild.remove();
}
