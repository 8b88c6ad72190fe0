import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { languageOf } from "../i18n/languages.ts";
import type { Language } from "../i18n/say.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../kernel/ids.ts";
import { hours, type Millis } from "../kernel/units.ts";

/** A night; a page that is open for longer asks Discord again who it is for. */
const VALID_FOR: Millis = hours(12);

/** Whom a page in Discord is for, and where it was opened. */
interface Seat {
  readonly guild: GuildId;
  readonly user: UserId;
  readonly channel: ChannelId;
  /** Of the page. */
  readonly language: Language;
}

/** Tokens that say for whom a page is. Nothing of them is kept: they are signed, and hold across a restart. */
export interface SessionTokens {
  issue(seat: Seat, now: Millis): string;
  /** @returns undefined for a token that was forged or has expired */
  read(token: string, now: Millis): Seat | undefined;
}

const Payload = z.tuple([z.string(), z.string(), z.string(), z.string(), z.number()]);

/**
 * Signs tokens with HMAC-SHA-256, under a key that is derived from the application's secret: a member who has one cannot
 * make one for another guild, and a new secret ends all of them.
 */
export const createSessionTokens = (clientSecret: string): SessionTokens => {
  const key = createHmac("sha256", clientSecret).update("lull: session tokens of the activity").digest();
  const sign = (payload: string) => createHmac("sha256", key).update(payload).digest();
  return {
    issue({ guild, user, channel, language }, now) {
      const payload = Buffer.from(JSON.stringify([guild, user, channel, language, now + VALID_FOR]));
      const text = payload.toString("base64url");
      return `${text}.${sign(text).toString("base64url")}`;
    },
    read(token, now) {
      const [text = "", signature = "", ...rest] = token.split(".");
      const given = Buffer.from(signature, "base64url");
      const wanted = sign(text);
      if (rest.length > 0 || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      // It is ours, so it can be parsed.
      const [guild, user, channel, language, expires] = Payload.parse(
        JSON.parse(Buffer.from(text, "base64url").toString("utf8")),
      );
      if (now >= expires) return undefined;
      return {
        guild: id<GuildId>(guild),
        user: id<UserId>(user),
        channel: id<ChannelId>(channel),
        language: languageOf(language),
      };
    },
  };
};
