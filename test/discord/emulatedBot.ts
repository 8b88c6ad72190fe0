import type { Emulator, GatewayLimits } from "discord-emulator";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { type Discord, type DiscordOptions, openDiscord } from "../../src/discord/client.ts";
import { type Clock, systemClock } from "../../src/kernel/clock.ts";
import type { UserError } from "../../src/kernel/errors.ts";
import { type HelperId, id, type SoundId } from "../../src/kernel/ids.ts";
import type { Log } from "../../src/kernel/log.ts";
import type { Millis } from "../../src/kernel/units.ts";
import { createListenerService } from "../../src/listeners/listenerService.ts";
import type { Players } from "../../src/ports/player.ts";
import { createEvenings } from "../../src/programmes/evenings.ts";
import { createGuildProgrammes } from "../../src/programmes/guildProgrammes.ts";
import { createQuietChannels } from "../../src/programmes/quietChannels.ts";
import { createWakeUps } from "../../src/programmes/wakeUps.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { createSessions } from "../../src/runtime/sessions.ts";
import { createShardResume } from "../../src/shardResume.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { SOUNDS } from "../commands/commandHarness.ts";
import { asLone } from "../runtime/loneSession.ts";
import { playable } from "../session/sessionFixture.ts";
import { noOptInSounds } from "../support/noOptInSounds.ts";
import { noUploads } from "../support/noUploads.ts";

interface LogLine {
  readonly message: string;
  readonly details: unknown;
}

/** An engine that joins and leaves through the real gateway, and says that it plays. */
const obedientPlayers = ({ voiceGateway }: Discord): Players => ({
  open(bot, onEvent) {
    const { guild } = bot;
    const gateway = voiceGateway.open(bot, {
      stateUpdate() {},
      serverUpdate() {},
      closed() {},
      barred() {},
      sent() {},
      waiting() {},
      renewed() {},
    });
    const sit = (channel: string | null) =>
      gateway.send({ op: 4, d: { guild_id: guild, channel_id: channel, self_mute: false, self_deaf: true } }, 0);
    return {
      send(command) {
        if (command.type === "join") {
          sit(command.channel);
          onEvent({ type: "connected", channel: command.channel });
        }
        if (command.type === "play") onEvent({ type: "soundStarted", entry: command.entry });
        if (command.type !== "leave") return;
        sit(null);
        onEvent({ type: "left", why: "asked" });
      },
      close: () => gateway.close(),
    };
  },
});

/** A bot that is logged in to a rehearsal Discord and answers there; its engine makes no sound. */
export const openEmulatedBot = async (
  options: Partial<DiscordOptions> = {},
  emulated: {
    readonly gateway?: GatewayLimits;
    /** What is there before the bot logs in. */
    readonly prepare?: (emulator: Emulator) => void;
    /** How many helpers there are. */
    readonly helpers?: number;
  } = {},
) => {
  const emulator = await openLullEmulator({
    ...(emulated.gateway && { gateway: emulated.gateway }),
    helpers: emulated.helpers ?? 0,
  });
  emulated.prepare?.(emulator);
  const lines: LogLine[] = [];
  const refusals: UserError[] = [];
  const news: string[] = [];
  let ahead: Millis = 0;
  /** The clock of this machine, which the test may put forward. */
  const clock: Clock = { ...systemClock, now: () => systemClock.now() + ahead };
  const keep = (message: string, details?: unknown) => void lines.push({ message, details });
  const log: Log = { info() {}, warn: keep, error: keep };
  const discord = await openDiscord({
    token: emulator.token,
    apiBase: emulator.apiBase,
    log,
    clock,
    onRefused: (reason) => refusals.push(reason),
    ...options,
    helperTokens: new Map([
      ...emulator.helpers.map((helper) => [id<HelperId>(helper.id), helper.token] as const),
      ...(options.helperTokens ?? []),
    ]),
    onHelperNews: (sentence) => news.push(sentence),
  });
  const storage = await openStorage({ path: ":memory:" });
  const listenerService = createListenerService({
    ...storage,
    catalogueOf: () => createCatalogue(SOUNDS),
    voiceChannels: discord.voiceChannels,
    appendToPanel: discord.appendToPanel,
    clock,
    timeZone: "Europe/Berlin",
    log,
  });
  const shardResume = createShardResume(discord);
  const registry = createSessions({
    players: obedientPlayers(discord),
    soundSource: { prepare: async (sound) => playable(id<SoundId>(sound)) },
    settings: storage.settings,
    voiceChannels: discord.voiceChannels,
    panels: discord.panels,
    voiceMembers: discord.voiceMembers,
    helpers: discord.helpers,
    channelAccess: discord.channelAccess,
    listenerService,
    clock,
    log,
  });
  const sessions = asLone(registry);
  const guildProgrammes = createGuildProgrammes({
    ...storage,
    sessions,
    catalogueOf: () => createCatalogue(SOUNDS),
    listenerService,
    sayInGuild: discord.sayInGuild,
  });
  const evenings = createEvenings({
    ...storage,
    guildProgrammes,
    scheduledEvents: discord.scheduledEvents,
    all: sessions.all,
    isAvailable: (guild) => shardResume.has(guild) && discord.isAvailable(guild),
    checkAccess() {},
    announce: discord.announce,
    visuals: { render: async (name, kind) => new TextEncoder().encode(`${kind} of ${name}`) },
    clock,
    log,
  });
  const wakeUps = createWakeUps({
    ...storage,
    ...discord,
    sessions,
    listenerService,
    catalogueOf: () => createCatalogue(SOUNDS),
    checkAccess() {},
    clock,
    log,
  });
  const quietChannels = createQuietChannels({
    ...storage,
    ...discord,
    sessions,
    guildProgrammes,
    listenerService,
    catalogueOf: () => createCatalogue(SOUNDS),
    checkAccess() {},
    clock,
    log,
  });
  await discord.serve({
    sessions,
    wakeUps,
    quietChannels,
    catalogue: createCatalogue(SOUNDS),
    catalogueOf: () => createCatalogue(SOUNDS),
    uploads: noUploads,
    optInSounds: noOptInSounds,
    attachments: { read: async () => new Uint8Array() },
    whispers: { say: () => Promise.reject(new Error("No whispers here")) },
    homeGuild: undefined,
    pictures: { of: async () => undefined },
    favourites: storage.favourites,
    personalFavourites: storage.personalFavourites,
    listenerService,
    avoidLists: storage.avoidLists,
    consents: storage.consents,
    tingles: storage.tingles,
    personalData: storage.personalData,
    samples: { of: async (name) => new TextEncoder().encode(`OggS ${name}`) },
    visuals: {
      list: () => VISUALS,
      isDrawn: () => true,
      render: async (name, kind) => new TextEncoder().encode(`${kind} of ${name}`),
    },
    charts: {
      draw: async ({ title, bars }) => ({
        png: new TextEncoder().encode("PNG"),
        alt: `${title}: ${bars.map(({ label, value }) => `${label} ${value}`).join(", ")}`,
        text: "",
      }),
    },
    settings: storage.settings,
    programmeStore: storage.programmes,
    guildProgrammes,
    evenings,
    remoteLinks: { issue: () => "https://lull.example/remote/#token" },
    timeZone: "Europe/Berlin",
  });
  await shardResume.start({ sessions, evenings, log });
  return {
    emulator,
    discord,
    sessions,
    shardResume,
    lines,
    refusals,
    /** What the operator has been told of helpers. */
    news,
    later(duration: Millis) {
      ahead += duration;
    },
    async close() {
      await sessions.close();
      await discord.close();
      await emulator.close();
    },
  };
};
