import { PermissionsBitField } from "discord.js";
import { z } from "zod";
import { type Millis, seconds } from "../kernel/units.ts";
import { invitePermissions, PERMISSION_NAMES } from "./invite.ts";

const TIMEOUT: Millis = seconds(10);

const Bot = z.object({ username: z.string() });
const GatewayBot = z.object({
  shards: z.number(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});
const Guilds = z.array(z.object({ name: z.string(), permissions: z.string() }));

/** What Discord's API says of a token, without logging in. */
export interface Inspection {
  /** The bot's name; undefined where the token is refused. */
  readonly bot: string | undefined;
  /** How far this machine's clock is ahead of Discord's; undefined where Discord does not say. */
  readonly clockAhead: Millis | undefined;
  readonly shards: number;
  /** Identifies that are left today, of how many. */
  readonly identifies: { readonly left: number; readonly of: number };
  /** Of the first 200 guilds, those whose roles lack permissions, in the words of Discord's settings. */
  readonly guilds: readonly { readonly name: string; readonly missing: readonly string[] }[];
}

const missingOf = (permissions: string): readonly string[] =>
  new PermissionsBitField(BigInt(permissions))
    .missing(new PermissionsBitField(invitePermissions))
    .map((name) => PERMISSION_NAMES[name as keyof typeof PERMISSION_NAMES]);

/**
 * Asks Discord's API about the bot; it does not identify, so it costs nothing of the day's limit.
 * @throws Error of `fetch` when the API cannot be reached, or when it answers with another error
 */
export const inspectBot = async (token: string, apiBase: string): Promise<Inspection> => {
  let clockAhead: Millis | undefined;
  const ask = async (path: string): Promise<unknown> => {
    const response = await fetch(`${apiBase}/v10${path}`, {
      headers: { Authorization: `Bot ${token}` },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const date = Date.parse(response.headers.get("Date") ?? "");
    if (Number.isFinite(date)) clockAhead = Date.now() - date;
    if (response.status === 401) return undefined;
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return response.json();
  };
  const bot = await ask("/users/@me");
  const none = { shards: 0, identifies: { left: 0, of: 0 }, guilds: [] };
  if (bot === undefined) return { bot: undefined, clockAhead, ...none };
  const { shards, session_start_limit: limit } = GatewayBot.parse(await ask("/gateway/bot"));
  const guilds = Guilds.parse(await ask("/users/@me/guilds"));
  return {
    bot: Bot.parse(bot).username,
    clockAhead,
    shards,
    identifies: { left: limit.remaining, of: limit.total },
    guilds: guilds.map(({ name, permissions }) => ({ name, missing: missingOf(permissions) })),
  };
};
