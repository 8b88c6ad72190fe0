import { DefaultRestOptions, type RESTOptions } from "discord.js";

type Request = RESTOptions["makeRequest"];

/**
 * Sends forms (messages with pictures) as bytes. Node's HTTP client reads a form piece by piece while it sends; where
 * the server answers before the last piece, the next one fails in a promise that nobody can catch.
 * @returns a function for discord.js's `rest.makeRequest`
 */
export const sendWholeBodies =
  (send: Request = DefaultRestOptions.makeRequest): Request =>
  async (url, init) => {
    if (!(init.body instanceof FormData)) return send(url, init);
    const form = new Response(init.body);
    const headers = new Headers(init.headers as HeadersInit);
    headers.set("content-type", form.headers.get("content-type") ?? "");
    return send(url, { ...init, headers: Object.fromEntries(headers), body: new Uint8Array(await form.arrayBuffer()) });
  };
