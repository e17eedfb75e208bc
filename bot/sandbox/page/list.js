// A list of messages of any length. Only those near the view are drawn; the room above and below stands for the rest.

import { h, keepFocus } from "./dom.js";
import { row } from "./messages.js";
import { inThread, ui, world, zone } from "./world.js";
import { day, dayKey, instantOf } from "./zones.js";

const FIRST = 40; // rows, when a place is opened
const NEAR = 1200; // pixels drawn beyond each edge of the view
const FAR = 2400; // pixels beyond which a row is taken away
const PACE = 8; // rows a frame
const TOGETHER = 300; // seconds in which one person's messages stand together
const GUESS = 56; // pixels of a row nobody has seen

export class MessageList {
  /** `list()` gives what is there, `isThread` leaves the thread links away. */
  constructor(root, list, isThread = false) {
    Object.assign(this, { root, list, isThread, all: [], rows: new Map(), place: "", newest: "", from: 0, to: 0, space: 0, tall: GUESS, waiting: false });
    this.above = h("div", { "aria-hidden": "true" });
    this.inner = h("div", { class: "rows", role: "feed", "aria-label": "Messages" });
    this.below = h("div", { "aria-hidden": "true" });
    root.replaceChildren(this.above, this.inner, this.below);
    root.addEventListener("scroll", () => this.scrolled(), { passive: true });
    root.addEventListener("keydown", (event) => this.steer(event));
    // Whoever reads the end stays at the end, also when the window or a row changes its size.
    const pin = new ResizeObserver(() => this.pin());
    pin.observe(this.inner);
    pin.observe(root);
  }

  /** Show this place (another one than before starts at its end). */
  show(place) {
    this.all = this.list();
    const newest = this.all.at(-1);
    const isOwn = newest && newest.ts > this.newest && newest.user === ui.viewer;
    if (place !== this.place) this.rows.clear();
    this.newest = newest?.ts ?? "";
    if (place !== this.place || isOwn) {
      Object.assign(this, { place, from: Math.max(0, this.all.length - FIRST), to: this.all.length, atEnd: true });
      this.setSpace(this.from * this.tall);
      keepFocus(this.root, () => this.fill());
    } else keepFocus(this.root, () => this.move(this.from, this.atEnd ? this.all.length : Math.min(this.to, this.all.length)));
    this.pin();
    this.refill();
  }

  pin() {
    if (this.atEnd) this.root.scrollTop = this.root.scrollHeight;
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.root;
    this.atEnd = scrollHeight - scrollTop - clientHeight < 60 && this.to === this.all.length;
    this.refill();
  }

  /** Draw what came near and take away what went far, a few rows a frame. */
  refill() {
    const { scrollTop: top, clientHeight } = this.root;
    if (!clientHeight || !this.all.length) return;
    const end = this.space + this.inner.offsetHeight;
    if (top + clientHeight < this.space - NEAR || top > end + NEAR) {
      this.jump(top);
      return;
    }
    const [missing, left] = [this.space - (top - NEAR), top + clientHeight + NEAR - end];
    const from = missing > 0 ? this.from - this.paced(missing) : this.from + this.gone(this.from, 1, (box, view) => box.bottom < view.top - FAR);
    const to = left > 0 ? this.to + this.paced(left) : this.to - this.gone(this.to - 1, -1, (box, view) => box.top > view.bottom + FAR);
    this.move(Math.max(0, from), Math.min(this.all.length, to));
    this.soon((missing > 0 && this.from > 0) || (left > 0 && this.to < this.all.length));
  }

  paced(pixels) {
    return Math.min(Math.ceil(pixels / this.tall), pixels > NEAR ? 4 * PACE : PACE);
  }

  /** How many rows from `at` on are far away. */
  gone(at, step, isFar) {
    const view = this.root.getBoundingClientRect();
    let count = 0;
    while (count < 2 * PACE && this.to - this.from - count > FIRST && isFar(this.boxOf(at + count * step), view)) count += 1;
    return count;
  }

  boxOf(number) {
    return this.rows.get(this.all[number].ts).nodes.at(-1).getBoundingClientRect();
  }

  soon(isMore) {
    if (!isMore || this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.refill();
    });
  }

  /** Draw another part; what is being read stays where it is on the screen, and the room above makes up for it. */
  move(from, to) {
    const view = this.root.getBoundingClientRect().top;
    const anchor = [...this.inner.children].find((child) => child.dataset.ts && child.getBoundingClientRect().bottom > view);
    const before = anchor?.getBoundingClientRect().top;
    Object.assign(this, { from, to });
    if (!this.fill()) return;
    const moved = anchor?.isConnected ? anchor.getBoundingClientRect().top - before : 0;
    this.settle(moved);
  }

  settle(moved) {
    const wanted = this.space - moved;
    const isOff = this.from === 0 || wanted < Math.min(this.from * this.tall, NEAR);
    const space = isOff ? this.from * this.tall : wanted;
    this.setSpace(space);
    if (space !== wanted && !this.atEnd) this.root.scrollTop += space - wanted;
  }

  setSpace(pixels) {
    if (pixels !== this.space) this.above.style.height = `${pixels}px`;
    this.space = pixels;
  }

  /** The view was thrown far away: draw what should be there. */
  jump(top) {
    const all = this.all.length;
    const isUp = top < this.space;
    const end = this.space + this.inner.offsetHeight;
    const at = isUp ? (top / this.space) * this.from : this.to + (top - end) / this.tall;
    this.drawAt(Math.min(Math.floor(at), all - 1), top);
    this.refill();
  }

  /** The row of that number at this height of the whole list. */
  drawAt(number, top) {
    Object.assign(this, { from: Math.max(0, number - PACE), to: Math.min(this.all.length, number + FIRST) });
    this.fill();
    const before = this.boxOf(number).top - this.inner.getBoundingClientRect().top;
    const space = this.from === 0 ? 0 : Math.max(top - before, this.from);
    this.setSpace(space);
    this.root.scrollTop = space + before;
  }

  /** Bring a message into view; gives its row. */
  reveal(ts, block = "center") {
    const number = this.all.findIndex((message) => message.ts === ts);
    if (number < 0) return undefined;
    this.atEnd = false;
    if (number < this.from || number >= this.to) this.drawAt(number, number * this.tall);
    const made = this.rows.get(ts).nodes.at(-1);
    made.scrollIntoView({ block });
    return made;
  }

  /** Show a message as the one that was found; "" for none. */
  mark(ts) {
    this.inner.querySelector(".found")?.classList.remove("found");
    if (ts) this.reveal(ts)?.classList.add("found");
  }

  focus(made) {
    this.inner.querySelector("[data-ts][tabindex='0']")?.setAttribute("tabindex", "-1");
    made.setAttribute("tabindex", "0");
    made.focus({ preventScroll: true });
  }

  /** Arrows go from message to message, Home and End to the first and the last; Tab goes into one. */
  steer(event) {
    const here = event.target;
    if (!here.matches("[data-ts]")) return;
    const number = this.all.findIndex((message) => message.ts === here.dataset.ts);
    const to = { ArrowDown: number + 1, ArrowUp: number - 1, Home: 0, End: this.all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = this.all[to];
    if (!next) return;
    this.focus(this.reveal(next.ts, "nearest"));
  }

  /** Put the rows of the window in; true when anything changed. */
  fill() {
    const wanted = [];
    for (let number = this.from; number < this.to; number += 1) wanted.push(...this.rowsOf(this.all[number], this.all[number - 1], number));
    if (!wanted.length) wanted.push((this.empty ??= h("p", { class: "empty" }, "Nothing here yet.")));
    const isChanged = reconcile(this.inner, wanted);
    this.below.style.height = `${(this.all.length - this.to) * this.tall}px`;
    if (this.rows.size > 400) this.forget();
    const last = wanted.at(-1);
    if (last.dataset.ts && !this.inner.querySelector("[data-ts][tabindex='0']")) last.setAttribute("tabindex", "0");
    return isChanged;
  }

  forget() {
    const kept = new Set(this.all.slice(this.from, this.to).map((message) => message.ts));
    for (const ts of this.rows.keys()) if (!kept.has(ts)) this.rows.delete(ts);
  }

  rowsOf(message, before, number) {
    const newDay = !before || dayOf(before) !== dayOf(message);
    const replies = this.isThread ? [] : inThread(message.channel, message.ts);
    const grouped = !newDay && follows(message, before) && !(this.isThread && before.ts === ui.thread);
    const sign = [ui.viewer, newDay, grouped, replies.length, replies.at(-1)?.ts, ui.thread === message.ts, ages(message) && world.board.now, message.only && ui.hidden.size].join();
    const kept = this.rows.get(message.ts);
    const nodes = kept?.message === message && kept.sign === sign ? kept.nodes : [newDay ? dayLine(message) : null, row(message, grouped, replies)].filter(Boolean);
    if (nodes !== kept?.nodes) this.rows.set(message.ts, { message, sign, nodes });
    place(nodes.at(-1), number + 1, this.all.length);
    return nodes;
  }
}

const dayLine = (message) => h("div", { class: "day" }, h("span", {}, day(instantOf(message.ts), zone())));

/** Where a row stands among all, for those who do not see the rest. */
function place(made, number, all) {
  if (made.placed === `${number}/${all}`) return;
  made.placed = `${number}/${all}`;
  made.setAttribute("aria-posinset", number);
  made.setAttribute("aria-setsize", all);
}

function reconcile(root, wanted) {
  const keep = new Set(wanted);
  const gone = [...root.children].filter((child) => !keep.has(child));
  gone.forEach((child) => child.remove());
  let isChanged = gone.length > 0;
  let here = root.firstChild;
  for (const node of wanted) {
    if (node === here) here = here.nextSibling;
    else {
      root.insertBefore(node, here);
      isChanged = true;
    }
  }
  return isChanged;
}

function dayOf(message) {
  if (message.dayIn !== zone()) Object.assign(message, { dayIn: zone(), dayKept: dayKey(instantOf(message.ts), zone()) });
  return message.dayKept;
}

const ages = (message) => {
  message.ages ??= JSON.stringify([message.text, message.blocks]).includes("{ago}");
  return message.ages;
};

const isBare = (message) => !message.blocks?.length && !message.only;

const follows = (message, before) => before.user === message.user && isBare(message) && isBare(before) && !message.files?.length && Number(message.ts) - Number(before.ts) < TOGETHER && !inThread(before.channel, before.ts).length;
