import {
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { openEvening } from "../../src/rehearsal/evening.ts";
import type { Evening } from "../../src/rehearsal/scenario.ts";

export type Commands = readonly RESTPostAPIApplicationCommandsJSONBody[];

/** A log-in of plain discord.js to the rehearsal; Lull is not part of it. */
export const logIn = async (evening: Evening, options: Partial<ClientOptions> = {}) => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    ...options,
    rest: { api: evening.apiBase, ...options.rest },
  });
  const errors: Error[] = [];
  client.on(Events.Error, (error) => errors.push(error));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(evening.token);
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
  const evening = await openEvening();
  const { client, errors } = await logIn(evening, options.client);
  if (options.commands !== undefined) await client.application.commands.set([...options.commands]);
  client.on(Events.InteractionCreate, (interaction) => {
    options.answer?.(interaction as Interaction<"cached">).catch((error: Error) => errors.push(error));
  });
  return {
    evening,
    client,
    /** What the bot's answers have failed with. */
    errors,
    async close() {
      await client.destroy();
      await evening.close();
    },
  };
};
