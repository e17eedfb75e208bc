// The question before an act, as Slack asks it.

import { h } from "./dom.js";
import { textOf } from "./mrkdwn.js";
import { facts } from "./world.js";

/** Ask; gives true for yes. Escape is no. */
export function confirm(question) {
  return new Promise((answer) => {
    const said = (text) => textOf(text, facts());
    const style = question.style === "danger" ? "danger" : "primary";
    const dialog = h("dialog", { class: "dialog small", "aria-labelledby": "confirm-title" });
    const end = (yes) => {
      dialog.close();
      dialog.remove();
      answer(yes);
    };
    dialog.append(
      h("h2", { id: "confirm-title" }, said(question.title)),
      h("div", { class: "dialog-words" }, said(question.text)),
      h("footer", {},
        h("button", { type: "button", class: "button", onclick: () => end(false) }, said(question.deny)),
        h("button", { type: "button", class: `button ${style}`, onclick: () => end(true) }, said(question.confirm))),
    );
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
