import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestTls } from "node:https";
import type { LookupFunction } from "node:net";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { isPublicAddress } from "./publicAddress.ts";
import { forbiddingService, type SourceList } from "./sourceList.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const notAnAddress = () => new UserError("not-an-address", message("sources.notAnAddress"));
const notListed = (host: string) => new UserError("source-not-listed", message("sources.notListed", { host }));
const noneListed = () => new UserError("no-sources", message("sources.noneListed"));
const forbidden = (service: string) => new UserError("source-forbidden", message("sources.forbidden", { service }));
const privateAddress = (host: string) => new UserError("source-private", message("sources.privateAddress", { host }));
/** The host does not answer, or not with what was asked for. */
export const sourceUnreachable = (host: string) =>
  new UserError("source-unreachable", message("sources.unreachable", { host }));
const tooManyRedirects = (host: string) =>
  new UserError("source-redirects", message("sources.tooManyRedirects", { host }));

/** Finds the addresses of a name, as `dns.lookup` does. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveByDns: Resolve = (host) => lookup(host, { all: true });

/**
 * A `lookup` for a socket that lets it connect only to the addresses that it has checked: a name
 * that means something else a moment later changes nothing. One address that is not public refuses
 * the name.
 */
export const createCheckedLookup =
  (resolve: Resolve = resolveByDns): LookupFunction =>
  (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const [first] = found;
        if (first === undefined || !found.every(({ address }) => isPublicAddress(address)))
          return callback(privateAddress(host), "", 0);
        if (options.all === true) return callback(null, [...found]);
        return callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };

/**
 * The address, when recordings may be fetched from there.
 * @throws UserError that says why not
 */
export const checkSource = (text: string, sources: SourceList): URL => {
  if (!URL.canParse(text)) throw notAnAddress();
  const url = new URL(text);
  if (!["https:", "http:"].includes(url.protocol) || url.username !== "" || url.password !== "") throw notAnAddress();
  const service = forbiddingService(url);
  if (service !== undefined) throw forbidden(service);
  if (sources.isEmpty) throw noneListed();
  // A number that the operator has listed may be private, as it is not looked up; a name never is.
  if (!sources.allows(url)) throw notListed(url.hostname);
  return url;
};

/** What has been opened, where the redirects led. */
export interface OpenedAddress {
  readonly url: URL;
  readonly response: IncomingMessage;
}

const open = (url: URL, signal: AbortSignal, resolve: Resolve | undefined): Promise<IncomingMessage> =>
  new Promise((opened, failed) => {
    const request = url.protocol === "https:" ? requestTls : requestPlain;
    request(
      url,
      {
        agent: false,
        signal,
        lookup: createCheckedLookup(resolve),
        headers: {
          accept: "audio/*, application/rss+xml, application/xml;q=0.9, */*;q=0.1",
          "accept-encoding": "identity",
          "user-agent": "Lull",
        },
      },
      opened,
    )
      .on("error", failed)
      .end();
  });

/**
 * Opens an address that the operator has listed, and follows its redirects, each checked again.
 * The caller reads or destroys the response.
 * @throws UserError when it is not listed, leads elsewhere, or does not answer
 */
export const openAddress = async (
  text: string,
  {
    sources,
    signal,
    resolve,
  }: { readonly sources: SourceList; readonly signal: AbortSignal; readonly resolve?: Resolve | undefined },
): Promise<OpenedAddress> => {
  let url = checkSource(text, sources);
  for (let hops = 0; ; hops++) {
    const { hostname } = url;
    const response = await open(url, signal, resolve).catch((error: unknown) => {
      if (error instanceof UserError || signal.aborted) throw error;
      const refusal = sourceUnreachable(hostname);
      refusal.cause = error;
      throw refusal;
    });
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 && ["identity", undefined].includes(headers["content-encoding"])) return { url, response };
    response.destroy();
    const { location } = headers;
    if (!REDIRECTS.has(statusCode) || location === undefined) throw sourceUnreachable(hostname);
    if (hops === MAX_REDIRECTS) throw tooManyRedirects(hostname);
    if (!URL.canParse(location, url)) throw sourceUnreachable(hostname);
    url = checkSource(new URL(location, url).href, sources);
  }
};
