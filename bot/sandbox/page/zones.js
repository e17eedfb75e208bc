// Times in a person's own zone. A ts or an instant goes in, words come out; 24-hour clock.

const kept = new Map();

function format(zone, options) {
  const key = `${zone} ${JSON.stringify(options)}`;
  if (!kept.has(key)) kept.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return kept.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { weekday: "long", day: "numeric", month: "long" };

export const instantOf = (ts) => new Date(Number(ts) * 1000);
export const clock = (when, zone) => format(zone, CLOCK).format(when);
export const day = (when, zone) => format(zone, DAY).format(when);
export const dayKey = (when, zone) => format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }).format(when);
export const full = (when, zone) => format(zone, { ...DAY, year: "numeric", ...CLOCK }).format(when);
export const short = (when, zone) => format(zone, { weekday: "short", day: "numeric", month: "short", ...CLOCK }).format(when);

/** `in 2 h 10 min`, `3 days ago`. */
export function ago(when, now) {
  const minutes = Math.round(Math.abs(when - now) / 60000);
  if (minutes < 1) return "now";
  const words = span(minutes);
  return when > now ? `in ${words}` : `${words} ago`;
}

function span(minutes) {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  if (hours < 72) return `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return `${Math.round(hours / 24)} days`;
}

/** Slack's <!date^…> tokens, in the reader's own zone. */
export function fillDate(template, epoch, zone, now) {
  const when = new Date(epoch * 1000);
  const day_ = (options) => format(zone, options).format(when);
  const date = day_({ day: "numeric", month: "long", year: "numeric" });
  const long = day_({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const brief = day_({ day: "numeric", month: "short", year: "numeric" });
  const near = (words) => nearDay(when, now, zone) || words;
  const tokens = {
    date_num: day_({ year: "numeric", month: "2-digit", day: "2-digit" }).split("/").reverse().join("-"),
    date_short_pretty: near(brief), date_long_pretty: near(long), date_pretty: near(date),
    date_short: brief, date_long: long, date, day_divider_pretty: near(long),
    time: clock(when, zone), time_secs: format(zone, { ...CLOCK, second: "2-digit" }).format(when),
    ago: ago(when, now),
  };
  return template.replace(/\{(\w+)\}/g, (whole, name) => tokens[name] ?? whole);
}

function nearDay(when, now, zone) {
  const apart = [-1, 0, 1].find((n) => dayKey(new Date(now.getTime() + n * 86400000), zone) === dayKey(when, zone));
  return apart === undefined ? "" : ["yesterday", "today", "tomorrow"][apart + 1];
}

/** The wall clock of an instant in a zone as YYYY-MM-DDTHH:MM, for a date-time field. */
export function toField(when, zone) {
  const parts = Object.fromEntries(
    format(zone, { year: "numeric", month: "2-digit", day: "2-digit", ...CLOCK }).formatToParts(when).map((p) => [p.type, p.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The instant of a wall clock in a zone; a time that does not exist lands after the gap. */
export function fromField(text, zone) {
  const asUtc = new Date(`${text}:00Z`);
  if (Number.isNaN(asUtc.getTime())) return null;
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = new Date(`${toField(guess, zone)}:00Z`);
    guess = new Date(guess.getTime() + (asUtc - shown));
  }
  return guess;
}

/** `CET, UTC+1`: how far a zone is from UTC at an instant. */
export function offset(when, zone) {
  const name = format(zone, { timeZoneName: "shortOffset" }).formatToParts(when).find((p) => p.type === "timeZoneName");
  return (name?.value ?? "").replace("GMT", "UTC");
}
