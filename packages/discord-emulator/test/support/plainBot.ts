import {
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import type { Emulator } from "../../src/api.ts";
import { openEmulator } from "../../src/emulator.ts";

export type Commands = readonly RESTPostAPIApplicationCommandsJSONBody[];

/** A log-in of plain discord.js to the rehearsal; Lull is not part of it. */
export const logIn = async (emulator: Emulator, options: Partial<ClientOptions> = {}) => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    ...options,
    rest: { api: emulator.apiBase, ...options.rest },
  });
  const errors: Error[] = [];
  client.on(Events.Error, (error) => errors.push(error));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(emulator.token);
  return { client: await ready, errors };
};

/** An evening, and a bot of plain discord.js in it that answers as it is told. */
export const openPlainBot = async (
  options: {
    readonly commands?: Commands;
    readonly answer?: (interaction: Interaction<"cached">) => Promise<unknown>;
    readonly client?: Partial<ClientOptions>;
  } = {},
) => {
  const emulator = await openEmulator();
  const { client, errors } = await logIn(emulator, options.client);
  if (options.commands !== undefined) await client.application.commands.set([...options.commands]);
  client.on(Events.InteractionCreate, (interaction) => {
    options.answer?.(interaction as Interaction<"cached">).catch((error: Error) => errors.push(error));
  });
  return {
    emulator,
    client,
    /** What the bot's answers have failed with. */
    errors,
    async close() {
      await client.destroy();
      await emulator.close();
    },
  };
};
