import { type Client, DiscordjsError, DiscordjsErrorCodes, Events, GatewayCloseCodes } from "discord.js";
import { UserError } from "../kernel/errors.ts";

/**
 * Gateway close codes after which reconnecting is pointless, each with a sentence for the operator.
 */
const FATAL_CLOSE_CODES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]:
    "DISCORD_TOKEN is not accepted by Discord. Copy it again from the Bot page of your application.",
  [GatewayCloseCodes.InvalidShard]: "DISCORD_TOKEN: Discord refused the shard. Start Lull again.",
  [GatewayCloseCodes.ShardingRequired]:
    "DISCORD_TOKEN belongs to a bot in more communities than one connection can carry. Lull does not run that many yet.",
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

const loginError = (error: unknown, apiBase: string): unknown => {
  if (error instanceof UserError) return error;
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return new UserError("bad-token", FATAL_CLOSE_CODES[GatewayCloseCodes.AuthenticationFailed]!);
  if (error instanceof Error && ("code" in error || error.name === "AbortError" || error.cause !== undefined))
    return new UserError(
      "unreachable",
      `DISCORD_API_BASE: ${apiBase} cannot be reached (${error.message}). Check the address and the connection, then start again.`,
    );
  return error;
};

/**
 * Logs in and waits until every guild is known.
 * @throws UserError that names the variable when Discord refuses or cannot be reached
 */
export const login = async (client: Client, token: string, apiBase: string): Promise<Client<true>> => {
  const ready = new Promise<Client<true>>((resolve, reject) => {
    client.once(Events.ClientReady, resolve);
    client.on(Events.ShardDisconnect, ({ code }) => reject(fatalClose(code) ?? new Error(`Gateway closed: ${code}`)));
  });
  // The promise may reject after nobody is waiting for it any more.
  ready.catch(() => {});
  try {
    // If the gateway refuses, discord.js's own promise may never settle.
    await Promise.race([client.login(token), ready]);
    return await ready;
  } catch (error) {
    await client.destroy().catch(() => {});
    throw loginError(error, apiBase);
  }
};
