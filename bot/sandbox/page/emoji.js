// The short names we can draw. One that is not here stays as it was typed.

export const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", "+1": "👍", thumbsup: "👍", "-1": "👎",
  thumbsdown: "👎", x: "❌", no_entry: "⛔", no_entry_sign: "🚫", warning: "⚠️", question: "❓", grey_question: "❔",
  exclamation: "❗", eyes: "👀", ok_hand: "👌", saluting_face: "🫡", pray: "🙏", wave: "👋", clap: "👏", tada: "🎉",
  fire: "🔥", rocket: "🚀", bell: "🔔", no_bell: "🔕", alarm_clock: "⏰", clock3: "🕒", hourglass: "⌛", stopwatch: "⏱️", timer_clock: "⏲️", raised_hand: "✋", handshake: "🤝",
  hourglass_flowing_sand: "⏳", calendar: "📅", date: "📅", round_pushpin: "📍", truck: "🚚", bus: "🚌", guitar: "🎸",
  microphone: "🎤", musical_note: "🎵", notes: "🎶", drum_with_drumsticks: "🥁", loud_sound: "🔊", bulb: "💡", wrench: "🔧",
  hammer: "🔨", package: "📦", memo: "📝", clipboard: "📋", pushpin: "📌", link: "🔗", lock: "🔒", key: "🔑",
  moneybag: "💰", red_circle: "🔴", large_orange_circle: "🟠", large_yellow_circle: "🟡", large_green_circle: "🟢",
  large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫", heart: "❤️", smile: "😄", slightly_smiling_face: "🙂",
  cry: "😢", disappointed: "😞", sunny: "☀️", umbrella: "☔", zzz: "💤", house: "🏠", ticket: "🎫", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", mag: "🔍", arrow_right: "➡️", speech_balloon: "💬", information_source: "ℹ️", gear: "⚙️",
  repeat: "🔁", running: "🏃", shrug: "🤷", thinking_face: "🤔", checkered_flag: "🏁", rotating_light: "🚨",
};

export const QUICK = ["+1", "white_check_mark", "eyes", "x", "question", "tada"];

export const draw = (name) => EMOJI[name.split("::")[0]] ?? `:${name}:`;

export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
