// The server's interface. Other machines need its token: it comes in the part of the address that browsers do not send.

const TOKEN = "charnn.token";

function readToken() {
  const found = /^#token=([0-9a-f]+)$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem(TOKEN, found[1]);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(TOKEN);
}

const token = readToken();

/** An error that the server tells of, or that it is not there. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, options = {}) {
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer. Is it still running?");
  }
  if (!response.ok && response.status !== 304) {
    let message = `The server answers ${response.status}.`;
    try {
      message = (await response.json()).error.message;
    } catch {
      // It is no JSON: the number has to do.
    }
    if (response.status === 401) message = "The server wants its token: open the address that it printed.";
    throw new ApiError(response.status, message);
  }
  return response;
}

const json = (body, signal) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  signal,
});

export async function get(path) {
  return (await request(path)).json();
}

export async function post(path, body, signal) {
  return (await request(path, json(body, signal))).json();
}

/** Returns the text of a file and its tag, or null if it still has the tag. */
export async function getText(path, tag) {
  const response = await request(path, { headers: tag ? { "If-None-Match": tag } : {} });
  return response.status === 304 ? null : { text: await response.text(), tag: response.headers.get("ETag") };
}

/** Yields the events of a completion as they come. */
export async function* stream(body, signal) {
  const response = await request("/v1/completions", json({ ...body, stream: true }, signal));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    buffer += value;
    let end;
    while ((end = buffer.indexOf("\n\n")) >= 0) {
      const data = buffer.slice("data: ".length, end);
      buffer = buffer.slice(end + 2);
      if (data === "[DONE]") return;
      const event = JSON.parse(data);
      if (event.error) throw new ApiError(503, event.error.message);
      yield event;
    }
  }
}
