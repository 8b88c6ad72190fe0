import {
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
} from "discord.js";
import { UserError } from "../kernel/errors.ts";

/**
 * Gateway close codes after which reconnecting is pointless, each with a sentence for the operator.
 */
const FATAL_CLOSE_CODES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "DISCORD_TOKEN is not accepted by Discord. Copy it again from the Bot page of your application.",
  [GatewayCloseCodes.InvalidShard]: "LULL_SHARDS: Discord refused the shard. Set it to auto, and start again.",
  [GatewayCloseCodes.ShardingRequired]:
    "LULL_SHARDS is too small: the bot is in more servers than so many shards can carry. Set it to auto, or to more.",
  [GatewayCloseCodes.InvalidAPIVersion]:
    "DISCORD_API_BASE does not speak version 10 of Discord's gateway. Leave it empty to use Discord itself.",
  [GatewayCloseCodes.InvalidIntents]:
    "DISCORD_API_BASE does not know the intents that Lull asks for (Guilds, Guild Voice States). Leave it empty to use Discord itself.",
  [GatewayCloseCodes.DisallowedIntents]:
    "DISCORD_TOKEN belongs to an application that may not use the intents Lull asks for (Guilds, Guild Voice States). Check the Bot page of your application.",
};

/** @returns undefined for codes after which discord.js reconnects by itself */
export const fatalClose = (code: number): UserError | undefined => {
  const text = FATAL_CLOSE_CODES[code];
  return text === undefined ? undefined : new UserError("gateway-refused", text);
};

const isBadToken = (error: unknown) =>
  (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
  (error instanceof DiscordAPIError && error.status === 401);

const loginError = (error: unknown, address: string): unknown => {
  if (error instanceof UserError) return error;
  if (isBadToken(error)) return new UserError("bad-token", FATAL_CLOSE_CODES[GatewayCloseCodes.AuthenticationFailed]!);
  if (error instanceof Error && ("code" in error || error.name === "AbortError" || error.cause !== undefined))
    return new UserError(
      "unreachable",
      `${address} cannot be reached (${error.message}). Check the address and the connection, then start again.`,
    );
  return error;
};

/**
 * Logs in and waits until the guilds of the first shard are known.
 * @param address where it logs in, with the name of the variable: `DISCORD_API_BASE: https://…`
 * @param openShards what has to be done before: asks Discord which shards there are
 * @throws UserError that names the variable when Discord refuses or cannot be reached
 */
export const login = async <S>(
  client: Client,
  token: string,
  address: string,
  openShards: () => Promise<S>,
): Promise<{ readonly ready: Client<true>; readonly shards: S }> => {
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.on(Events.ShardDisconnect, ({ code }) => reject(fatalClose(code) ?? new Error(`Gateway closed: ${code}`)));
  });
  // The promise may reject after nobody is waiting for it any more.
  ready.catch(() => {});
  try {
    const shards = await openShards();
    // It resolves when the last shard is ready. If the gateway refuses, it may never settle.
    await Promise.race([client.login(token), ready]);
    return { ready: await ready, shards };
  } catch (error) {
    await client.destroy().catch(() => {});
    throw loginError(error, address);
  }
};
