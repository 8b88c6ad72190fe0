import { createCare } from "../../src/care/care.ts";
import { commands, controls, forms, messageCommands } from "../../src/commands/all.ts";
import type { Choice, GivenFile, Obstacle, Reply } from "../../src/commands/command.ts";
import type { Origin, Request } from "../../src/discord/incoming.ts";
import { createRouter } from "../../src/discord/router.ts";
import type { Uploads } from "../../src/host/libraryPorts.ts";
import { createRepertoire } from "../../src/host/repertoire.ts";
import { type ChannelId, id, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { english } from "../../src/kernel/text.ts";
import { type Catalogue, createCatalogue } from "../../src/library/catalogue.ts";
import type { Sound, Trigger } from "../../src/library/sound.ts";
import { VISUALS } from "../../src/library/visuals.ts";
import { createEvenings, type EveningsHouse } from "../../src/schedule/evenings.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { guild, openHouse } from "../host/house.ts";
import { memoryBoard } from "../schedule/memoryBoard.ts";
import { ana, chat, lounge } from "../session/evening.ts";
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

/** All that can be read in a reply, from its text displays to its buttons and choices. */
export const readable = (reply: unknown): string => {
  if (Array.isArray(reply)) return reply.map(readable).filter(Boolean).join("\n");
  if (typeof reply !== "object" || reply === null) return "";
  const { text, content, label, components, options } = reply as Record<string, unknown>;
  const own = [text, content, label].filter((part) => typeof part === "string");
  return [...own, readable(components), readable(options)].filter(Boolean).join("\n");
};

/** The commands as members use them, with sessions, storage and catalogue as they are; the engine is the test's. */
export const openDesk = async (
  options: {
    sounds?: readonly Sound[];
    catalogue?: Catalogue;
    obstacle?: Obstacle;
    uploads?: Uploads;
    locale?: string;
  } = {},
) => {
  const clock = fakeClock();
  const { locale = "en-GB" } = options;
  const storage = await openStorage({ path: ":memory:", clock });
  const seats = new Map<UserId, ChannelId>([[ana, lounge]]);
  const complaints: unknown[] = [];
  let obstacle = options.obstacle;
  let catalogue: Catalogue = options.catalogue ?? createCatalogue(options.sounds ?? SOUNDS);
  /** What members attach. */
  const files = new Map<string, string>();
  const told: string[] = [];
  const timeZone = "Europe/Berlin";
  const care: ReturnType<typeof createCare> = createCare({
    ...storage,
    catalogueOf: () => catalogue,
    rooms: { listeners: (...room) => house.rooms.listeners(...room) },
    tellOnPanel: async (_guild, _posted, line) => void told.push(english.of(line)),
    clock,
    timeZone,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
  });
  const house = openHouse({ care, settings: storage.settings, onView: (view) => evenings.watch(view) }, clock);
  const repertoire = createRepertoire({ ...storage, sessions: house.sessions, catalogueOf: () => catalogue, care });
  const events = memoryBoard();
  const evenings: EveningsHouse = createEvenings({
    ...storage,
    repertoire,
    events: events.board,
    clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    view: (of) => house.sessions.view(of),
    isHere: () => true,
    enter() {},
    writeLine: async (_guild, _channel, line) => void told.push(english.of(line)),
    visuals: { render: async (name, kind) => new TextEncoder().encode(`${kind} of ${name}`) },
  });
  await evenings.open();
  const hosts = new Set<UserId>();
  let count = 0;

  const router = createRouter({
    commands,
    controls,
    messageCommands,
    forms,
    clock: house.clock,
    log: { info() {}, warn: (...line) => complaints.push(line), error: (...line) => complaints.push(line) },
    house: {
      sessions: house.sessions,
      favourites: storage.favourites,
      care,
      avoid: storage.avoid,
      consents: storage.consents,
      tingles: storage.tingles,
      personal: storage.personal,
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
      programmes: storage.programmes,
      repertoire,
      evenings,
      get catalogue() {
        return catalogue;
      },
      catalogueOf: () => catalogue,
      uploads: options.uploads ?? noUploads,
      attachments: { read: async ({ url }) => new TextEncoder().encode(files.get(url)) },
      whispers: { say: async (_guild, text) => ({ id: id<SoundId>("ocean"), title: `Whisper: ${text}` }) },
      homeGuild: guild,
      pictures: { of: async () => undefined },
      rooms: { channelOf: (_guild, user) => seats.get(user) },
      doors: { mayMove: () => true, obstacle: () => obstacle, examine: () => ({ inTheWay: [], missing: [] }) },
      sayTo: async () => english,
      timeZone,
      now: house.clock.now,
    },
  });

  const ask = async (request: Request, user: UserId, interaction = `i${++count}`) => {
    const origin: Origin = {
      guild,
      user,
      channel: chat,
      manages: hosts.has(user),
      roles: [],
      may: () => hosts.has(user),
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
      async answer(reply) {
        steps.push("answered");
        replies.push(reply);
      },
      async acknowledge() {
        steps.push("acknowledged");
      },
      async answerLater(reply) {
        steps.push("answered later");
        replies.push(reply);
      },
      async offer(offered) {
        choices = offered;
      },
    });
    await settle();
    return { text: readable(replies), replies, steps, choices };
  };

  const named = (path: string) => {
    const [name = "", subcommand] = path.split(" ");
    return { name, subcommand };
  };

  return {
    ...house,
    complaints,
    favourites: storage.favourites,
    storage,
    care,
    events,
    /** Who may manage events from now on. */
    appoint: (user: UserId) => void hosts.add(user),
    told,
    sit: (user: UserId, channel: ChannelId | undefined) =>
      channel === undefined ? seats.delete(user) : seats.set(user, channel),
    block: (with_: Obstacle | undefined) => {
      obstacle = with_;
    },
    stock: (sounds: readonly Sound[]) => {
      catalogue = createCatalogue(sounds);
    },
    /** Runs a command, e.g. `slash("sleep in", { duration: "30m" })`. */
    slash(
      path: string,
      given: Readonly<Record<string, string | number | GivenFile>> = {},
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
        textIfGiven: (name: string) => (given[name] === undefined ? undefined : String(given[name])),
        integer: (name: string) => Number(value(name)),
        channel: (name: string) => id<ChannelId>(String(value(name))),
        channelIfGiven: (name: string) => (given[name] === undefined ? undefined : id<ChannelId>(String(given[name]))),
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
      return (await ask({ kind: "complete", ...named(path), option, typed }, ana)).choices;
    },
    press: (customId: string, user = ana, values: readonly string[] = []) =>
      ask({ kind: "control", customId, values }, user),
    /** Fills in a form. */
    submit: (customId: string, fields: Readonly<Record<string, string | readonly string[]>>, user = ana) =>
      ask(
        {
          kind: "form",
          customId,
          values: (field) => [fields[field] ?? []].flat(),
          files: () => [],
        },
        user,
      ),
    view: () => house.sessions.view(guild),
  };
};
