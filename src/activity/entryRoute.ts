import type { IncomingMessage } from "node:http";
import { z } from "zod";
import { type HttpServer, sendText } from "../http/httpServer.ts";
import { readBody } from "../http/readBody.ts";
import { languageOf, sayIn } from "../i18n/languages.ts";
import type { Clock } from "../kernel/clock.ts";
import { type ChannelId, type GuildId, id } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { VoiceChannels } from "../ports/guild.ts";
import { CLOSE } from "../remote/protocol.ts";
import { createRateLimit } from "../remote/rateLimit.ts";
import type { DiscordLogin } from "./discordLogin.ts";
import type { EntryAnswer, EntryRefusal } from "./protocol.ts";
import type { SessionTokens } from "./sessionTokens.ts";

const LARGEST_BODY = 1_024;
/** Each costs Discord two requests; a full voice channel comes in at once. */
const [BURST, PER_SECOND] = [50, 5];

const snowflake = z.string().regex(/^\d{1,20}$/);
const Entry = z.strictObject({
  code: z.string().min(1).max(200),
  // RFC 7636, section 4.1.
  verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  guild: snowflake,
  channel: snowflake,
});

/** What the route needs. */
export interface EntryRouteOptions {
  readonly http: HttpServer;
  readonly path: string;
  isOwn(origin: string | undefined): boolean;
  readonly login: DiscordLogin;
  readonly tokens: SessionTokens;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf">;
  /** Whether this process looks after the guild: it alone knows who sits where. */
  carries(guild: GuildId): boolean;
  readonly clock: Clock;
  readonly log: Log;
}

const readEntry = async (request: IncomingMessage): Promise<z.infer<typeof Entry> | undefined> => {
  try {
    return Entry.safeParse(JSON.parse((await readBody(request, LARGEST_BODY)) ?? "")).data;
  } catch {
    return undefined;
  }
};

/**
 * Answers a page that has a code of Discord's with a token: for the member whom Discord names, in the voice channel that
 * they sit in. What the page says of guild and channel is checked against the gateway's voice states.
 */
export const serveEntry = (options: EntryRouteOptions): void => {
  const { http, path, isOwn, login, tokens, voiceChannels, carries, clock, log } = options;
  const limit = createRateLimit(BURST, PER_SECOND);

  http.route("POST", path, async (request, response) => {
    const answer = (status: number, body: EntryAnswer | EntryRefusal) =>
      sendText(response, status, JSON.stringify(body), "application/json");
    if (!isOwn(request.headers.origin)) return answer(403, { refused: CLOSE.unexpected });
    if (!limit.take(clock.now())) return answer(429, { refused: CLOSE.unexpected });
    const entry = await readEntry(request);
    if (entry === undefined) return answer(400, { refused: CLOSE.unexpected });
    // A code can be used once: the replica that looks after the guild is to use it.
    if (!carries(id<GuildId>(entry.guild))) return answer(503, { refused: CLOSE.elsewhere });
    const known = await login.userOf(entry.code, entry.verifier).catch((error: unknown) => {
      log.error("Discord did not say who opened the activity", { error });
      return "failed" as const;
    });
    if (known === "failed") return answer(502, { refused: CLOSE.unexpected });
    if (known === undefined) return answer(403, { refused: CLOSE.linkUnknown });
    const { user, locale, accessToken } = known;
    const [guild, channel] = [id<GuildId>(entry.guild), id<ChannelId>(entry.channel)];
    if (voiceChannels.channelOf(guild, user) !== channel) return answer(403, { refused: CLOSE.leftChannel });
    const language = languageOf(locale);
    const say = sayIn(language);
    return answer(200, {
      token: tokens.issue({ guild, user, channel, language }, clock.now()),
      accessToken,
      language,
      here: say("activity.here", { names: "{names}" }),
    });
  });
};
