// The interactive elements. `place` says what happens when one is used: press(element), choose(element, option),
// suggest(element, query) and, in a form, hold(element, value) with held(element) for what is in it now.

import { combo, manyCombo } from "./combo.js";
import { confirm } from "./dialogs.js";
import { fresh, h, icon, whileBusy } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { textOf } from "./mrkdwn.js";
import { dropFile } from "./wire.js";
import { facts, humans, world } from "./world.js";
import { day, fromField, toField } from "./zones.js";

const plain = (text) => withEmoji(String(text?.text ?? ""));
const keyOf = (element) => `el-${element.action_id}-${element.value ?? ""}`;

export function element(one, place) {
  const build = BUILDERS[one.type];
  return build ? build(one, place) : h("span", { class: "unknown" }, `(${String(one.type)} is not drawn here)`);
}

/** Ask first where the element wants it, then act once, however often it is pressed. */
async function use(one, control, act) {
  if (one.confirm && !(await confirm(one.confirm))) return false;
  await whileBusy(control, act);
  return true;
}

function button(one, place) {
  const style = { primary: " primary", danger: " danger" }[one.style] ?? "";
  const label = one.accessibility_label;
  const made = h("button", { type: "button", class: `button${style}`, "aria-label": label, "data-key": keyOf(one) }, plain(one.text));
  made.addEventListener("click", (event) => {
    // The second of a double click: on a quick machine the first has been answered by then.
    if (event.detail > 1) return;
    if (one.url && /^https?:\/\//.test(one.url)) window.open(one.url, "_blank", "noopener,noreferrer");
    use(one, made, () => place.press(one));
  });
  return made;
}

const optionsOf = (one) => (one.option_groups ? one.option_groups.flatMap((group) => group.options) : (one.options ?? []));

function select(one, place, choices, initial, groups) {
  const placeholder = h("option", { value: "" }, plain(one.placeholder) || "Choose…");
  const drawn = choices.map(([label], number) => h("option", { value: String(number) }, label));
  const inside = groups ? groups(drawn) : drawn;
  const made = h("select", { class: "select", "data-key": keyOf(one), "aria-label": place.label ? null : plain(one.placeholder) || "Choose", id: place.id }, placeholder, inside);
  made.value = initial < 0 ? "" : String(initial);
  made.addEventListener("change", async () => {
    const chosen = made.value === "" ? null : choices[Number(made.value)][1];
    if (place.hold) place.hold(one, chosen);
    if (place.choose && chosen !== null && !(await use(one, made, () => place.choose(one, chosen)))) made.value = "";
  });
  return made;
}

function staticSelect(one, place) {
  const options = optionsOf(one);
  const held = place.held?.(one, one.initial_option);
  const at = options.findIndex((option) => option.value === held?.value);
  const groups = one.option_groups && ((drawn) => {
    let from = 0;
    return one.option_groups.map((group) => {
      const part = drawn.slice(from, (from += group.options.length));
      return h("optgroup", { label: plain(group.label) }, part);
    });
  });
  return select(one, place, options.map((option) => [plain(option.text), option]), at, groups);
}

const peopleSelect = (one, place) => {
  const people = humans();
  const held = place.held?.(one, one.initial_user);
  return select(one, place, people.map((p) => [`${p.real} (@${p.name})`, p.id]), people.findIndex((p) => p.id === held));
};

const channelSelect = (one, place) => {
  const channels = [...world.channels.values()].filter((channel) => channel.kind !== "im");
  const held = place.held?.(one, one.initial_channel ?? one.initial_conversation);
  return select(one, place, channels.map((c) => [`#${c.name}`, c.id]), channels.findIndex((c) => c.id === held));
};

const asOffer = (option) => ({ label: plain(option.text), about: plain(option.description), value: option });
const placed = (one, place, otherwise) => ({ placeholder: plain(one.placeholder) || otherwise, "data-key": keyOf(one), id: place.id, "aria-label": place.label ? null : plain(one.placeholder) || otherwise });

/** The app's own offers for what is typed; null while that is too short to ask. */
const asks = (one, place) => async (query) => {
  if (query.length < (one.min_query_length ?? 3)) return null;
  return ((await place.suggest(one, query)).options ?? []).map(asOffer);
};

function externalSelect(one, place) {
  const held = place.held?.(one, one.initial_option);
  const { root, field } = combo({ ...placed(one, place, "Type to search"), value: held ? plain(held.text) : "" }, asks(one, place), (option, label) => {
    field.value = label;
    place.hold?.(one, option);
    if (place.choose) use(one, field, () => place.choose(one, option));
  });
  field.addEventListener("input", () => place.hold?.(one, null));
  return root;
}

/** Many of what `offers` has; `initial` names where the first ones stand, `same` tells whether an offer is a held value. */
function many(offers, initial, same, search) {
  return (one, place) => {
    const held = place.held?.(one, one[initial]) ?? one[initial] ?? [];
    const all = offers(one);
    const taken = held.map((value) => all.find((offer) => same(offer.value, value)) ?? asOffer(value));
    const fits = (query) => all.filter((offer) => `${offer.label} ${offer.about}`.toLowerCase().includes(query.trim().toLowerCase()));
    const root = manyCombo(placed(one, place, "Type to find"), taken, search?.(one, place) ?? fits, (values) => {
      place.hold?.(one, values);
      if (place.choose) use(one, root, () => place.choose(one, values));
    });
    return root;
  };
}

const manyPeople = many(() => humans().map((p) => ({ label: p.real, about: `@${p.name}`, value: p.id })), "initial_users", (a, b) => a === b);
const sameOption = (a, b) => a.value === b.value;
const manyChannels = many(() => [...world.channels.values()].filter((c) => c.kind !== "im").map((c) => ({ label: `#${c.name}`, about: "", value: c.id })), "initial_channels", (a, b) => a === b);
const manyOptions = many((one) => optionsOf(one).map(asOffer), "initial_options", sameOption);
const manyAsked = many(() => [], "initial_options", sameOption, asks);

function overflow(one, place) {
  const menu = h("div", { class: "menu", role: "menu" });
  const made = h("details", { class: "overflow" }, h("summary", { class: "button", "aria-label": "More actions", "data-key": keyOf(one) }, "⋯"), menu);
  menu.append(...(one.options ?? []).map((option) => h("button", { type: "button", role: "menuitem", class: "option", onclick: () => {
    made.open = false;
    use(one, made, () => place.choose(one, option));
  } }, plain(option.text))));
  return made;
}

/** What was chosen in words that cannot be read two ways, whatever the browser's own way of writing it. */
const readBack = (type, value, zone) => [type === "date" && value ? day(new Date(`${value}T12:00:00Z`), "UTC") : value, zone?.replaceAll("_", " ")].filter(Boolean).join(" ");

function picker(type, initial) {
  return (one, place) => {
    const beside = h("span", { class: "muted", "aria-live": "polite" });
    const made = h("input", { class: "field short", type, value: place.held?.(one, one[initial]) ?? one[initial] ?? "", "data-key": keyOf(one), id: place.id, "aria-label": place.label ? null : plain(one.placeholder) || type });
    const tell = () => beside.replaceChildren(readBack(type, made.value, one.timezone));
    tell();
    made.addEventListener("change", () => {
      tell();
      place.hold?.(one, made.value || null);
      if (place.choose && made.value) use(one, made, () => place.choose(one, made.value));
    });
    return h("span", { class: "with-zone" }, made, beside);
  };
}

function instantPicker(one, place) {
  const { zone } = facts();
  const held = place.held?.(one, one.initial_date_time) ?? one.initial_date_time;
  const made = h("input", { class: "field short", type: "datetime-local", value: held ? toField(new Date(held * 1000), zone) : "", "data-key": keyOf(one), id: place.id });
  made.addEventListener("change", () => {
    const epoch = made.value ? Math.round(fromField(made.value, zone).getTime() / 1000) : null;
    place.hold?.(one, epoch);
    if (place.choose && epoch) use(one, made, () => place.choose(one, epoch));
  });
  return h("span", { class: "with-zone" }, made, h("span", { class: "muted" }, `${zone}, your zone`));
}

function choices(type, many) {
  return (one, place) => {
    const name = fresh("choice");
    const initial = many ? (one.initial_options ?? []) : one.initial_option ? [one.initial_option] : [];
    const held = place.held?.(one, many ? initial : initial[0]);
    let taken = (many ? (held ?? initial) : held ? [held] : initial).map((option) => option.value);
    const group = h("div", { class: "choices", role: many ? "group" : "radiogroup", "aria-labelledby": place.labelId });
    const changed = (option, on) => {
      taken = many ? one.options.map((o) => o.value).filter((v) => (v === option.value ? on : taken.includes(v))) : [option.value];
      const options = one.options.filter((o) => taken.includes(o.value));
      const value = many ? options : options[0];
      place.hold?.(one, value);
      if (place.choose) use(one, group, () => place.choose(one, value));
    };
    group.append(...one.options.map((option) => {
      const box = h("input", { type, name, checked: taken.includes(option.value), "data-key": `${keyOf(one)}-${option.value}` });
      box.addEventListener("change", () => changed(option, box.checked));
      const words = h("span", {}, textOf(option.text, facts()), option.description ? h("small", {}, textOf(option.description, facts())) : null);
      return h("label", { class: "choice" }, box, words);
    }));
    return group;
  };
}

function typed(type) {
  return (one, place) => {
    const value = place.held?.(one, one.initial_value) ?? one.initial_value ?? "";
    const made = h(one.multiline ? "textarea" : "input", {
      class: "field", type: one.multiline ? null : type, rows: one.multiline ? 4 : null, value, maxlength: one.max_length ?? 3000,
      placeholder: plain(one.placeholder), "data-key": keyOf(one), id: place.id,
    });
    made.addEventListener("input", () => place.hold?.(one, made.value || null));
    if (place.choose && place.dispatches) made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || one.multiline) return;
      event.preventDefault();
      use(one, made, () => place.choose(one, made.value));
    });
    return made;
  };
}

/** Words with line ends; Slack keeps them as a rich_text block. */
function richInput(one, place) {
  const wordsIn = (held) => (held?.elements ?? []).map((part) => (part.elements ?? []).map((leaf) => leaf.text ?? "").join("")).join("\n");
  const asRich = (line) => ({ type: "rich_text_section", elements: [{ type: "text", text: line }] });
  const made = h("textarea", { class: "field", rows: 4, value: wordsIn(place.held?.(one, one.initial_value)), placeholder: plain(one.placeholder), "data-key": keyOf(one), id: place.id });
  made.addEventListener("input", () => place.hold?.(one, made.value ? { type: "rich_text", elements: made.value.split("\n").map(asRich) } : null));
  return made;
}

function fileInput(one, place) {
  const most = one.max_files ?? 10;
  const kept = h("span", { class: "muted", role: "status" });
  const made = h("input", { class: "field", type: "file", multiple: most > 1, accept: (one.filetypes ?? []).map((kind) => `.${kind}`).join(",") || null, "data-key": keyOf(one), id: place.id });
  const tell = (count) => kept.replaceChildren(count ? `${count} ${count === 1 ? "file" : "files"} kept` : "");
  tell(place.held?.(one)?.length);
  made.addEventListener("change", () => whileBusy(made, async () => {
    const told = await Promise.all([...made.files].slice(0, most).map((file) => dropFile({ who: facts().viewer }, file, "attach")));
    const ids = told.filter((each) => each.ok).map((each) => each.file);
    place.hold?.(one, ids.length ? ids : null);
    tell(ids.length);
  }));
  return h("span", { class: "with-zone" }, made, kept);
}

export function image(one) {
  const source = String(one.image_url ?? "");
  // No picture is fetched from elsewhere: outside this address its words stand for it.
  const near = source.startsWith("data:image/") || source.startsWith(`${location.origin}/`);
  if (near) return h("img", { src: source, alt: String(one.alt_text ?? "") });
  return h("span", { class: "no-image", role: "img", "aria-label": String(one.alt_text ?? "") }, icon("file"), String(one.alt_text ?? ""));
}

const BUILDERS = {
  button, overflow, image, static_select: staticSelect, external_select: externalSelect, users_select: peopleSelect,
  conversations_select: channelSelect, channels_select: channelSelect, multi_users_select: manyPeople,
  multi_conversations_select: manyChannels, multi_channels_select: manyChannels, file_input: fileInput, rich_text_input: richInput,
  multi_static_select: manyOptions, multi_external_select: manyAsked,
  datepicker: picker("date", "initial_date"), timepicker: picker("time", "initial_time"), datetimepicker: instantPicker,
  checkboxes: choices("checkbox", true), radio_buttons: choices("radio", false), plain_text_input: typed("text"),
  email_text_input: typed("email"), url_text_input: typed("url"), number_input: typed("text"), workflow_button: button,
};
