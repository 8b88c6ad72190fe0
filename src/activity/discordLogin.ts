import { z } from "zod";
import { id, type UserId } from "../kernel/ids.ts";
import { type Millis, seconds } from "../kernel/units.ts";

/** Somebody waits before a dark page. */
const ANSWER_WITHIN: Millis = seconds(5);

/** Whom Discord says a code is from. */
interface DiscordUser {
  readonly user: UserId;
  /** Of their Discord, such as "en-GB". */
  readonly locale: string;
  /** With which the page itself speaks to Discord; the bot keeps no copy. */
  readonly accessToken: string;
}

/** Asks Discord who opened a page. */
export interface DiscordLogin {
  /**
   * @param code that Discord has given the page; it can be used once
   * @param verifier with whose hash the page has asked for it
   * @returns undefined where Discord does not know the code, or it was asked for with another verifier
   * @throws Error where Discord does not answer, or refuses the application itself
   */
  userOf(code: string, verifier: string): Promise<DiscordUser | undefined>;
}

const Tokens = z.object({ access_token: z.string(), token_type: z.literal("Bearer") });
const User = z.object({ id: z.string(), locale: z.string().default("en-US") });

/**
 * The authorisation code grant of OAuth 2 (RFC 6749, section 4.1.3) with PKCE (RFC 7636, section 4.5), at Discord.
 * @param apiBase without the version, such as `https://discord.com/api`
 * @param application id, which is also the client's
 */
export const createDiscordLogin = (apiBase: string, application: string, clientSecret: string): DiscordLogin => {
  const ask = (path: string, request: RequestInit) =>
    fetch(`${apiBase}/v10${path}`, { ...request, redirect: "error", signal: AbortSignal.timeout(ANSWER_WITHIN) });
  return {
    async userOf(code, verifier) {
      const body = new URLSearchParams({
        client_id: application,
        client_secret: clientSecret,
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
      });
      const granted = await ask("/oauth2/token", { method: "POST", body });
      if (granted.status === 400) return undefined;
      if (!granted.ok) throw new Error(`Discord answered the exchange of a code with ${granted.status}.`);
      const { access_token: accessToken } = Tokens.parse(await granted.json());
      const asked = await ask("/users/@me", { headers: { authorization: `Bearer ${accessToken}` } });
      if (!asked.ok) throw new Error(`Discord answered who a page is for with ${asked.status}.`);
      const { id: user, locale } = User.parse(await asked.json());
      return { user: id<UserId>(user), locale, accessToken };
    },
  };
};
