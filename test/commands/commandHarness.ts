import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { createGuildCatalogue } from "../../src/catalogue/guildCatalogue.ts";
import type { Sound, Trigger } from "../../src/catalogue/sound.ts";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { commands, components, messageCommands, modals } from "../../src/commands/all.ts";
import type { AttachedFile, Choice, Reply } from "../../src/commands/command.ts";
import type { InteractionOrigin, InteractionRequest } from "../../src/discord/interaction.ts";
import { createRouter } from "../../src/discord/router.ts";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, id, type RoleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { createListenerService } from "../../src/listeners/listenerService.ts";
import { openOptInSounds } from "../../src/listeners/optInSounds.ts";
import { panelButtons } from "../../src/panel/panelButtons.ts";
import type { AccessProblem } from "../../src/ports/channelAccess.ts";
import type { Uploads } from "../../src/ports/sounds.ts";
import { createEvenings, type EveningsService } from "../../src/programmes/evenings.ts";
import { createGuildProgrammes } from "../../src/programmes/guildProgrammes.ts";
import { createQuietChannels, type QuietChannels } from "../../src/programmes/quietChannels.ts";
import { createWakeUps } from "../../src/programmes/wakeUps.ts";
import { type DatabasePlace, openStorage } from "../../src/storage/openStorage.ts";
import { memoryScheduledEvents } from "../programmes/memoryScheduledEvents.ts";
import { guild, openSessionsHarness } from "../runtime/sessionsHarness.ts";
import { ana, chat, lounge } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { noUploads } from "../support/noUploads.ts";

export const sound = (name: string, title: string, trigger: Trigger, more: Partial<Sound> = {}): Sound => ({
  id: id<SoundId>(name),
  title,
  description: `${title}, close by.`,
  trigger,
  goals: ["sleep"],
  intensity: 2,
  risks: [],
  motion: "static",
  tags: [],
  licence: "CC0-1.0",
  origin: { kind: "recipe", recipe: name, seed: 1, seconds: 120 },
  ...more,
});

export const SOUNDS: readonly Sound[] = [
  sound("rain-window", "Rain on Glass", "rain"),
  sound("ocean", "Slow Shore", "water"),
  sound("fire", "Hearth", "fire", { risks: ["sharp onset"] }),
  sound("scissors", "Haircut", "personal attention"),
];

/** Off in each guild until it is turned on. */
export const CLOCK = sound("clock", "Ticking Clock", "methodical", {
  risks: ["ticking"],
  tags: ["tick"],
  optIn: true,
});

/** All that can be read in a reply, from its text displays to its buttons and choices. */
export const readableText = (reply: unknown): string => {
  if (Array.isArray(reply)) return reply.map(readableText).filter(Boolean).join("\n");
  if (typeof reply !== "object" || reply === null) return "";
  const { text, content, label, components, options } = reply as Record<string, unknown>;
  const own = [text, content, label].filter((part) => typeof part === "string");
  return [...own, readableText(components), readableText(options)].filter(Boolean).join("\n");
};

/** The commands as members use them, with sessions, storage and catalogue as they are; the engine is the test's. */
export const openCommandHarness = async (
  options: {
    sounds?: readonly Sound[];
    catalogue?: Catalogue;
    obstacle?: AccessProblem;
    uploads?: Uploads;
    locale?: string;
    /** Absent: those who are appointed have every permission, and the others none. */
    hasPermission?: (user: UserId, permission: string, channel?: ChannelId) => boolean;
    /** Whether the bot may disconnect members; by default it may. */
    canMoveMembers?: boolean;
    rolesOf?: (user: UserId) => readonly RoleId[];
    /** By default in memory. */
    database?: DatabasePlace;
  } = {},
) => {
  const clock = fakeClock();
  const { locale = "en-GB" } = options;
  const storage = await openStorage({ ...(options.database ?? { path: ":memory:" }), clock });
  const seats = new Map<UserId, ChannelId>([[ana, lounge]]);
  const complaints: unknown[] = [];
  let obstacle = options.obstacle;
  let library = createGuildCatalogue([...(options.sounds ?? SOUNDS), CLOCK]);
  const catalogueOf = (): Catalogue => options.catalogue ?? library.of(guild);
  const optInSounds = await openOptInSounds({
    library: { optInSounds: library.optInSounds, setOptedIn: (...change) => library.setOptedIn(...change) },
    store: storage.optInStore,
  });
  /** What members attach. */
  const files = new Map<string, string>();
  const told: string[] = [];
  const timeZone = "Europe/Berlin";
  const listenerService: ReturnType<typeof createListenerService> = createListenerService({
    ...storage,
    catalogueOf,
    voiceChannels: {
      listeners: (...room) => sessionsHarness.rooms.listeners(...room),
      presences: (...room) => sessionsHarness.rooms.presences(...room),
    },
    appendToPanel: async (_guild, _posted, line) => void told.push(english.of(line)),
    clock,
    timeZone,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
  });
  const sessionsHarness = openSessionsHarness(
    {
      listenerService,
      settings: storage.settings,
      onView(view) {
        evenings.observe(view);
        quietChannels.observe(view);
      },
    },
    clock,
  );
  const guildProgrammes = createGuildProgrammes({
    ...storage,
    sessions: sessionsHarness.sessions,
    catalogueOf,
    listenerService,
    sayInGuild: async () => english,
  });
  const events = memoryScheduledEvents();
  const evenings: EveningsService = createEvenings({
    ...storage,
    guildProgrammes,
    scheduledEvents: events.scheduledEvents,
    clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    all: (of) => sessionsHarness.sessions.all(of),
    isAvailable: () => true,
    checkAccess() {},
    announce: async (_guild, _channel, line) => void told.push(english.of(line)),
    visuals: { render: async (name, kind) => new TextEncoder().encode(`${kind} of ${name}`) },
  });
  const wakeUps = createWakeUps({
    ...storage,
    sessions: sessionsHarness.sessions,
    voiceChannels: sessionsHarness.rooms,
    listenerService,
    catalogueOf,
    clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    isAvailable: () => true,
    checkAccess() {},
    announce: async (_guild, _channel, line) => void told.push(english.of(line)),
  });
  const quietChannels: QuietChannels = createQuietChannels({
    ...storage,
    sessions: sessionsHarness.sessions,
    voiceChannels: sessionsHarness.rooms,
    guildProgrammes,
    listenerService,
    catalogueOf,
    botUser: id<UserId>("999"),
    clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    isAvailable: () => true,
    checkAccess() {},
  });
  await evenings.open();
  await wakeUps.open();
  await quietChannels.open();
  const hosts = new Set<UserId>();
  let newerRelease: string | undefined;
  let count = 0;

  const router = createRouter({
    commands,
    components: [...panelButtons, ...components],
    messageCommands,
    modals,
    clock: sessionsHarness.clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    context: {
      sessions: sessionsHarness.sessions,
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
      newerRelease: () => newerRelease,
      programmeStore: storage.programmes,
      guildProgrammes,
      evenings,
      wakeUps,
      quietChannels,
      get catalogue() {
        return catalogueOf();
      },
      catalogueOf,
      uploads: options.uploads ?? noUploads,
      attachments: { read: async ({ url }) => new TextEncoder().encode(files.get(url)) },
      optInSounds,
      whispers: { say: async (_guild, text) => ({ id: id<SoundId>("ocean"), title: `Whisper: ${text}` }) },
      homeGuild: guild,
      pictures: { of: async () => undefined },
      voiceChannels: { channelOf: (_guild, user) => seats.get(user) },
      channelAccess: {
        canMoveMembers: () => options.canMoveMembers ?? true,
        accessProblem: () => obstacle,
        diagnose: () => ({ problems: [], optional: [] }),
      },
      sayInGuild: async () => english,
      timeZone,
      now: sessionsHarness.clock.now,
    },
  });

  const ask = async (request: InteractionRequest, user: UserId, interaction = `i${++count}`) => {
    const origin: InteractionOrigin = {
      guild,
      user,
      channel: chat,
      roles: options.rolesOf?.(user) ?? [],
      hasGuildPermission: (permission) => options.hasPermission?.(user, permission) ?? hosts.has(user),
      hasChannelPermission: (channel, permission) =>
        options.hasPermission?.(user, permission, channel) ?? hosts.has(user),
      fileLimit: 10_000_000,
    };
    const replies: Reply[] = [];
    const steps: string[] = [];
    let choices: readonly Choice[] = [];
    await router.handle({
      id: interaction,
      locale,
      origin,
      request,
      async reply(reply) {
        steps.push("answered");
        replies.push(reply);
      },
      async defer() {
        steps.push("acknowledged");
      },
      async editReply(reply) {
        steps.push("answered later");
        replies.push(reply);
      },
      async respond(offered) {
        steps.push("suggested");
        choices = offered;
      },
    });
    await settle();
    return { text: readableText(replies), replies, steps, choices };
  };

  const named = (path: string) => {
    const [name = "", subcommand] = path.split(" ");
    return { name, subcommand };
  };

  return {
    ...sessionsHarness,
    guild,
    /** What the guild can play. */
    catalogue: catalogueOf,
    /** Handles any interaction. */
    ask,
    /** What members attach, by address. */
    files,
    complaints,
    favourites: storage.favourites,
    storage,
    care: listenerService,
    events,
    /** Brings out another version of Lull. */
    release(version: string) {
      newerRelease = version;
    },
    /** Who may manage events from now on. */
    appoint: (user: UserId) => void hosts.add(user),
    told,
    sit: (user: UserId, channel: ChannelId | undefined) =>
      channel === undefined ? seats.delete(user) : seats.set(user, channel),
    block: (with_: AccessProblem | undefined) => {
      obstacle = with_;
    },
    stock: (sounds: readonly Sound[]) => {
      library = createGuildCatalogue([...sounds, CLOCK]);
      library.setOptedIn(guild, optInSounds.of(guild));
    },
    /** Runs a command, e.g. `slash("sleep in", { duration: "30m" })`. */
    slash(
      path: string,
      given: Readonly<Record<string, string | number | AttachedFile>> = {},
      user = ana,
      interaction?: string,
    ) {
      const value = (name: string) => {
        const found = given[name];
        if (found === undefined) throw new Error(`The option ${name} is missing`);
        return found;
      };
      const options = {
        text: (name: string) => String(value(name)),
        optionalText: (name: string) => (given[name] === undefined ? undefined : String(given[name])),
        integer: (name: string) => Number(value(name)),
        optionalInteger: (name: string) => (given[name] === undefined ? undefined : Number(given[name])),
        channel: (name: string) => id<ChannelId>(String(value(name))),
        optionalChannel: (name: string) => (given[name] === undefined ? undefined : id<ChannelId>(String(given[name]))),
        flag: (name: string) => (given[name] === undefined ? undefined : given[name] === "true"),
        file: (name: string) => {
          const content = given[name];
          if (content === undefined || typeof content === "object") return content;
          files.set(`file:${name}`, String(content));
          return { name, url: `file:${name}`, size: String(content).length, contentType: undefined };
        },
      };
      return ask({ kind: "command", ...named(path), options }, user, interaction);
    },
    async complete(path: string, option: string, typed: string) {
      return (await ask({ kind: "autocomplete", ...named(path), option, typed }, ana)).choices;
    },
    press: (customId: string, user = ana, values: readonly string[] = []) =>
      ask({ kind: "component", customId, values }, user),
    /** Fills in a form. */
    submit: (customId: string, fields: Readonly<Record<string, string | readonly string[]>>, user = ana) =>
      ask(
        {
          kind: "modalSubmit",
          customId,
          values: (field) => [fields[field] ?? []].flat(),
          files: () => [],
        },
        user,
      ),
    view: () => sessionsHarness.sessions.view(guild),
  };
};
