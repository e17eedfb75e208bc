// What the page knows: the workspace as the stream tells it, and what the person at the page looks at.

const MEMORY = "sandbox-page";

export const world = {
  boot: "", given: {}, board: {}, people: new Map(), channels: new Map(), messages: new Map(),
  threads: new Map(), roots: new Map(), views: new Map(), homes: new Map(), log: new Map(), online: false,
};

export const ui = { viewer: "", place: "", home: false, panel: "guide", thread: "", screen: "main", read: {}, hidden: new Set(), drafts: {} };

const listeners = new Set();
export const onChange = (call) => listeners.add(call);
export const changed = (what) => listeners.forEach((call) => call(what));

/** Change what is looked at, remember it over a reload, and show it. */
export function look(change) {
  Object.assign(ui, change);
  remember();
  changed({ ui: true });
}

function remember() {
  const kept = { boot: world.boot, viewer: ui.viewer, place: ui.place, home: ui.home, panel: ui.panel, thread: ui.thread, screen: ui.screen, read: ui.read, drafts: ui.drafts };
  try {
    sessionStorage.setItem(MEMORY, JSON.stringify(kept));
  } catch { /* a browser may keep nothing: then a reload starts afresh */ }
}

export const keepDraft = (key, value) => {
  if (value === undefined || value === "") delete ui.drafts[key];
  else ui.drafts[key] = value;
  remember();
};

export function load(state) {
  const again = world.boot === state.boot;
  Object.assign(world, { boot: state.boot, given: state.given, board: state.board, online: true });
  for (const name of ["messages", "threads", "roots", "views", "homes"]) world[name].clear();
  if (!again) world.log.clear();
  takePlaces(state);
  state.messages.forEach(takeMessage);
  sortAll();
  state.views.forEach((view) => world.views.set(view.id, view));
  state.homes.forEach((view) => world.homes.set(view.user, view));
  if (!again) recall(state);
  changed({ all: true });
}

function recall(state) {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
  } catch { /* unreadable: as if nothing was kept */ }
  const first = personNamed(state.given.viewer) ?? humans()[0];
  const place = [...world.channels.values()].find((c) => c.name === state.given.channel || c.id === state.given.channel);
  Object.assign(ui, { viewer: first?.id ?? "", place: place?.id ?? [...world.channels.keys()][0] ?? "" });
  // On a phone the guide comes first; beside the conversation there is no room for it.
  ui.screen = matchMedia("(min-width: 860px)").matches ? "main" : "panel";
  if (kept?.boot === state.boot) Object.assign(ui, kept);
  if (!world.channels.has(ui.place)) ui.place = place?.id ?? "";
}

/** Take one frame of the stream; tells the parts of the page what is new. */
export function take(frame) {
  const fresh = (frame.messages ?? []).filter((m) => !m.deleted && !known(m));
  takePlaces(frame);
  (frame.messages ?? []).forEach(takeMessage);
  (frame.views ?? []).forEach((view) => (view.open ? world.views.set(view.id, view) : world.views.delete(view.id)));
  (frame.homes ?? []).forEach((view) => world.homes.set(view.user, view));
  (frame.log ?? []).forEach((line) => world.log.set(line.key, line));
  if (frame.board) world.board = frame.board;
  sortAll();
  changed({ frame, fresh });
}

function takePlaces(told) {
  if (told.people) world.people = new Map(told.people.map((person) => [person.id, person]));
  if (told.channels) world.channels = new Map(told.channels.map((channel) => [channel.id, channel]));
}

const keyOf = (message) => `${message.channel}/${message.ts}`;
const known = (message) => world.messages.has(keyOf(message));
const listOf = (message) => (message.root ? listAt(world.threads, `${message.channel}/${message.root}`) : listAt(world.roots, message.channel));
const unsorted = new Set();

function listAt(map, key) {
  if (!map.has(key)) map.set(key, []);
  return map.get(key);
}

function takeMessage(message) {
  const before = world.messages.get(keyOf(message));
  if (message.deleted) {
    if (!before) return;
    world.messages.delete(keyOf(message));
    const list = listOf(before);
    list.splice(list.indexOf(before), 1);
    return;
  }
  world.messages.set(keyOf(message), message);
  const list = listOf(message);
  if (before) {
    list[list.indexOf(before)] = message;
    return;
  }
  if (list.length && list[list.length - 1].ts > message.ts) unsorted.add(list);
  list.push(message);
}

function sortAll() {
  unsorted.forEach((list) => list.sort((a, b) => (a.ts < b.ts ? -1 : 1)));
  unsorted.clear();
}

// What a person sees.

export const now = () => new Date(world.board.now ?? 0);
export const viewer = () => world.people.get(ui.viewer);
export const zone = () => viewer()?.tz ?? "UTC";
export const humans = () => {
  const order = new Map((world.given.roles ?? []).map(([name], place) => [name, place]));
  const people = [...world.people.values()].filter((person) => !person.bot);
  return people.sort((a, b) => (order.get(a.name) ?? 99) - (order.get(b.name) ?? 99));
};
export const personNamed = (name) => [...world.people.values()].find((person) => person.name === name || person.id === name);
export const roleOf = (person) => (world.given.roles ?? []).find(([name]) => name === person.name)?.[1] ?? "";
export const firstName = (person) => person.name;

export const facts = () => ({
  viewer: ui.viewer, zone: zone(), now: now(),
  personName: (id) => world.people.get(id)?.name,
  channelName: (id) => world.channels.get(id)?.name,
});

export const isSeen = (message, who = ui.viewer) => (!message.only || message.only === who) && !(ui.hidden.size && ui.hidden.has(keyOf(message)));
export const inChannel = (channel, who = ui.viewer) => (world.roots.get(channel) ?? []).filter((m) => isSeen(m, who));
export const inThread = (channel, root, who = ui.viewer) => (world.threads.get(`${channel}/${root}`) ?? []).filter((m) => isSeen(m, who));
export const messageAt = (channel, ts) => world.messages.get(`${channel}/${ts}`);
export const channelsOf = (who) => [...world.channels.values()].filter((channel) => channel.members.includes(who));
export const isDirect = (channel) => channel.kind === "im" || channel.kind === "mpim";
export const isWithBot = (channel) => channel?.kind === "im" && channel.members.includes(world.given.bot);
export const botChannel = (who = ui.viewer) => channelsOf(who).find(isWithBot);

export function nameOf(channel, who = ui.viewer) {
  if (!isDirect(channel)) return channel.name;
  const others = channel.members.filter((member) => member !== who).map((member) => world.people.get(member)?.real ?? member);
  return others.join(", ") || "You";
}

export const dismiss = (message) => {
  ui.hidden.add(keyOf(message));
  changed({ ui: true });
};

// Unread: in a direct conversation everything; elsewhere what is new (bold) and what names the person (counted).

const readAt = (who, channel) => ui.read[`${who}/${channel}`] ?? "";

export function markRead(who, channel) {
  const newest = newestIn(channel);
  if (newest <= readAt(who, channel)) return false;
  ui.read[`${who}/${channel}`] = newest;
  remember();
  return true;
}

function newestIn(channel) {
  let newest = world.roots.get(channel)?.at(-1)?.ts ?? "";
  for (const [key, list] of world.threads) {
    if (key.startsWith(`${channel}/`) && (list.at(-1)?.ts ?? "") > newest) newest = list.at(-1).ts;
  }
  return newest;
}

export function unread(who, channel) {
  const since = readAt(who, channel.id);
  const direct = isDirect(channel);
  const count = { all: 0, loud: 0 };
  const look_ = (list) => {
    for (let place = list.length - 1; place >= 0 && list[place].ts > since; place -= 1) {
      const message = list[place];
      if (message.user === who || !isSeen(message, who)) continue;
      count.all += 1;
      if (direct || message.only || message.text.includes(`<@${who}>`)) count.loud += 1;
    }
  };
  look_(world.roots.get(channel.id) ?? []);
  for (const [key, list] of world.threads) if (key.startsWith(`${channel.id}/`)) look_(list);
  return count;
}

export const waitingFor = (who) => channelsOf(who).reduce((sum, channel) => sum + unread(who, channel).loud, 0);
