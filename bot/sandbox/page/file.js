// What is in a dropped file: shown as words in cells or lines, never as a page of its own.

import { h } from "./dom.js";
import { fetchFile } from "./wire.js";

const ROWS_MOST = 500;

export const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`);

export async function openFile(file) {
  const told = await fetchFile(file.id);
  if (!told.ok) return;
  const dialog = h("dialog", { class: "dialog wide", "aria-labelledby": "file-title" });
  const away = () => {
    dialog.close();
    dialog.remove();
  };
  dialog.append(
    h("header", {}, h("h2", { id: "file-title" }, file.name), h("span", { class: "muted" }, size(file.size))),
    h("div", { class: "file-body", tabindex: 0, role: "region", "aria-label": `What is in ${file.name}` }, content(file, told)),
    h("footer", {}, h("a", { class: "button", href: `page/file/${encodeURIComponent(file.id)}/raw`, download: file.name }, "Download"), h("button", { type: "button", class: "button primary", onclick: away }, "Close")));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    away();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function content(file, told) {
  if (told.text === null) return h("p", {}, "This file is not text, so it is not shown here. You can download it.");
  if (!told.text) return h("p", {}, "This file is empty.");
  const cut = told.cut ? h("p", { class: "muted" }, `Only its first ${size(told.text.length)} are shown.`) : null;
  if (!/\.(csv|tsv)$/i.test(file.name)) return [cut, h("pre", {}, told.text)];
  const rows = cells(told.text);
  const more = rows.length > ROWS_MOST ? h("p", { class: "muted" }, `The first ${ROWS_MOST} of ${rows.length} rows.`) : null;
  return [cut, more, sheet(rows.slice(0, ROWS_MOST))];
}

function sheet([head, ...rows]) {
  const line = (row, tag) => h("tr", {}, row.map((words) => h(tag, { scope: tag === "th" ? "col" : null }, words)));
  return h("div", { class: "table" }, h("table", {}, h("thead", {}, line(head, "th")), h("tbody", {}, rows.map((row) => line(row, "td")))));
}

/** Rows of cells; quotes may hold commas, line ends and doubled quotes. */
export function cells(text) {
  const first = text.split("\n", 1)[0];
  const between = [",", ";", "\t"].reduce((best, sign) => (first.split(sign).length > first.split(best).length ? sign : best));
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const [sign, row] = [text[at], rows.at(-1)];
    if (quoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (sign === '"' && (quoted || !row.at(-1))) quoted = !quoted;
    else if (!quoted && sign === between) row.push("");
    else if (!quoted && sign === "\n") rows.push([""]);
    else if (quoted || sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.filter((row) => row.some(Boolean));
}
