// The page's side of the wire: one snapshot, one live stream, and one small POST for each deed.

import { say } from "./toast.js";

export async function fetchState() {
  const answer = await fetch("page/state");
  if (!answer.ok) throw new Error(`The sandbox answered ${answer.status}.`);
  return answer.json();
}

export async function fetchLine(key) {
  const answer = await fetch(`page/log/${encodeURIComponent(key)}`);
  return answer.json();
}

/** What is in a file: {ok, text, cut}, with text null for what is not text. */
export const fetchFile = (id) => read(false, () => fetch(`page/file/${encodeURIComponent(id)}`));

/** Do one deed; tells the person when it is refused, unless `quiet`. Gives the answer, with `ok`. */
export async function act(deed, wish, quiet = false) {
  return read(quiet, () =>
    fetch(`page/do/${deed}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(wish),
    }),
  );
}

/** Drop a file into a channel; or, with `deed` attach, keep it for a form. */
export async function dropFile(facts, file, deed = "drop") {
  const query = new URLSearchParams({ ...facts, name: file.name });
  return read(false, () =>
    fetch(`page/do/${deed}?${query}`, {
      method: "POST",
      headers: { "Content-Type": "application/octet-stream" },
      body: file,
    }),
  );
}

async function read(quiet, send) {
  let told;
  try {
    const answer = await send();
    told = answer.headers.get("Content-Type")?.startsWith("application/json")
      ? await answer.json()
      : { ok: false, error: `The sandbox answered ${answer.status}.` };
  } catch {
    told = { ok: false, error: "The sandbox cannot be reached. Is it still running in its terminal?" };
  }
  if (!told.ok && told.error && !quiet) say(told.error, "trouble");
  return told;
}

/** Listen to the stream from line `seq` on; `onFrame` gets each frame, `onLost` and `onBack` the connection's state. */
export function listen(seq, onFrame, onLost) {
  const source = new EventSource(`page/stream?since=${seq}`);
  source.onmessage = (event) => onFrame(JSON.parse(event.data));
  source.onerror = () => {
    source.close();
    onLost();
  };
  return source;
}
