import { vi } from "vitest";
import { createCatalogue } from "../../src/catalogue/catalogue.ts";
import { RISKS, TRIGGERS, type Trigger } from "../../src/catalogue/sound.ts";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import { commands, components, messageCommands, modals } from "../../src/commands/all.ts";
import type { Reply } from "../../src/commands/command.ts";
import type { InteractionRequest } from "../../src/discord/interaction.ts";
import { createRouter } from "../../src/discord/router.ts";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, type GuildId, type HelperId, id, type UserId } from "../../src/kernel/ids.ts";
import { type Millis, seconds } from "../../src/kernel/units.ts";
import { createListenerService } from "../../src/listeners/listenerService.ts";
import { panelButtons } from "../../src/panel/panelButtons.ts";
import type { VoiceChannels } from "../../src/ports/guild.ts";
import type { Helpers } from "../../src/ports/helpers.ts";
import type { AnonymitySet, AvoidList } from "../../src/ports/listeners.ts";
import type { EveningsService } from "../../src/programmes/evenings.ts";
import { openProgrammes } from "../../src/programmes/openProgrammes.ts";
import type { QuietChannels } from "../../src/programmes/quietChannels.ts";
import { createSessions } from "../../src/runtime/sessions.ts";
import { LEAVE_RAMP } from "../../src/session/timing.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { sound } from "../commands/commandHarness.ts";
import { memoryScheduledEvents } from "../programmes/memoryScheduledEvents.ts";
import { playable } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";
import { noOptInSounds } from "../support/noOptInSounds.ts";
import { noUploads } from "../support/noUploads.ts";

const guild = id<GuildId>("1");
export const CHANNELS: readonly ChannelId[] = ["10", "11", "12"].map((channel) => id<ChannelId>(channel));
const chat = id<ChannelId>("20");

/** Names that the programmes and `/breathe` play, and one sound of every other kind. */
const NAMED: readonly (readonly [string, Trigger])[] = [
  ["rain-window", "rain"],
  ["ocean", "water"],
  ["stream", "water"],
  ["brown-noise", "noise"],
  ["brush-ears", "brushing"],
  ["bowl", "tone"],
  ["breath-swell", "noise"],
  ["breath-box", "tone"],
  ["pages", "crinkling"],
];
export const SOUNDS = [
  ...NAMED,
  ...TRIGGERS.filter((trigger) => !NAMED.some(([, one]) => one === trigger)).map(
    (trigger) => [trigger.replaceAll(" ", "-"), trigger] as const,
  ),
].map(([name, trigger], i) =>
  sound(name, `The ${name}`, trigger, { risks: RISKS.filter((_, at) => (at + i) % 4 === 0) }),
);

const catalogue = createCatalogue(SOUNDS);

/** What was seen, and by whom; absent: by everybody. */
export interface Seen {
  readonly by?: UserId;
  readonly what: string;
}

/** What may perform in a guild on an evening. */
export type SimulatedEvent =
  | { readonly kind: "moved"; readonly who: UserId; readonly to: ChannelId | undefined }
  | { readonly kind: "waited"; readonly time: Millis }
  | {
      readonly kind: "asked";
      readonly who: UserId;
      readonly command: string;
      readonly options?: Readonly<Record<string, string>>;
    }
  /** Presses the first button of their latest answer from `/discover`. */
  | { readonly kind: "tookFirst"; readonly who: UserId }
  | { readonly kind: "pressed"; readonly who: UserId; readonly customId: string }
  /** Types into an option that suggests something: `["mix add", "sound"]`. */
  | {
      readonly kind: "typed";
      readonly who: UserId;
      readonly into: readonly [command: string, option: string];
      readonly text: string;
    }
  /** A host chooses the quiet channel; a programme or a sound plays there all day. */
  | {
      readonly kind: "quietChannel";
      readonly who: UserId;
      readonly channel: ChannelId;
      readonly plays: string;
      readonly stays: boolean;
    }
  /** Mutes or unmutes themselves, as members do who are still awake. */
  | { readonly kind: "stirred"; readonly who: UserId; readonly muted: boolean }
  /**
   * Presses *Too much for me* on the panel; then what its answer offers: nothing, or softer for
   * everyone.
   */
  | { readonly kind: "tooMuch"; readonly who: UserId; readonly softer: boolean }
  /** The member who has a list presses it, wherever they are, and leaves out what plays. */
  | { readonly kind: "leftOut" }
  /** The member who has a list changes it, wherever they are. */
  | { readonly kind: "listChanged"; readonly list: AvoidList | undefined }
  | { readonly kind: "restarted" };

/** Whose list it is, and when each account joined the guild. */
interface World {
  readonly avoider: UserId;
  readonly list: AvoidList | undefined;
  /** Since when each account has been a member, before the evening. */
  readonly membership: ReadonlyMap<UserId, Millis>;
  /** Members with *Manage Events* in every channel, as a server can give it. */
  readonly hosts: readonly UserId[];
  /** How many helpers speak beside the bot itself. */
  readonly helpers?: number;
}

const isPending = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => false), settle().then(() => true)]);

/** Names ids that are drawn at random by the order in which a viewer gets to see them. */
export const createNaming = () => {
  const names = new Map<string, string>();
  return (text: string) =>
    text.replace(/(?<![0-9a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)?[0-9a-f]{12}(?![0-9a-f])/g, (drawn) => {
      const name = names.get(drawn) ?? `drawn-${names.size}`;
      names.set(drawn, name);
      return name;
    });
};

/**
 * Plays an evening in a guild: real commands, sessions, programmes and database; the engine and Discord are the test's.
 * @returns everything that anybody got to see or hear, the members of each anonymity set in the order of their forming, and
 * how many scheduled evenings began, and how many of the wake-ups that follow them, and in how many channels at once
 * something was on
 */
export const playNight = async (
  events: readonly SimulatedEvent[],
  { avoider, list, membership, hosts, helpers = 0 }: World,
) => {
  const clock = fakeClock();
  const began = clock.now();
  // Work gives way to other work after 5 ms of this machine's time: which of two evenings of one minute begins first would
  // depend on how busy it is.
  using _machine = vi.spyOn(performance, "now").mockReturnValue(0);
  const storage = await openStorage({ path: ":memory:", clock });
  const seats = new Map<UserId, { readonly channel: ChannelId; readonly at: Millis }>();
  const seen: Seen[] = [];
  const complaints: unknown[] = [];
  const sets: (readonly UserId[])[] = [];
  const known = new Set<string>();
  const helpersHere = ["901", "902"].slice(0, helpers).map((helper) => id<HelperId>(helper));
  const helperPort: Helpers = { in: () => helpersHere, mayBeIn: (_guild, helper) => helpersHere.includes(helper) };
  /** The most channels in which something was on at once. */
  let channelsAtOnce = 0;
  const [occurrences, mornings] = [new Set<string>(), new Set<string>()];
  const show = (what: unknown, by?: UserId) => {
    const text = typeof what === "string" ? what : JSON.stringify(what);
    seen.push(by === undefined ? { what: text } : { what: text, by });
  };
  const complain = (...line: unknown[]) => void complaints.push(line);
  const log = { info() {}, warn: complain, error: complain };
  const timeZone = "Europe/Berlin";
  const here = (channel: ChannelId) => [...seats].filter(([, seat]) => seat.channel === channel);
  const voiceChannels: VoiceChannels = {
    channelOf: (_guild, user) => seats.get(user)?.channel,
    listeners: (_guild, channel) => here(channel).map(([user]) => user),
    presences: (_guild, channel) =>
      here(channel).map(([user, { at }]) => ({
        user,
        joinedGuildAt: began - (membership.get(user) ?? 0),
        joinedChannelAt: at,
      })),
  };
  const anonymitySets = {
    ...storage.anonymitySets,
    async save(night: string, set: AnonymitySet) {
      if (!known.has(set.id)) sets.push(set.members);
      known.add(set.id);
      await storage.anonymitySets.save(night, set);
    },
  };
  const visuals = {
    list: () => VISUALS,
    isDrawn: () => true,
    render: async (name: string, kind: string) => new TextEncoder().encode(`${kind} of ${name}`),
  };

  let eveningsOf: EveningsService | undefined;
  let quietChannelsOf: QuietChannels | undefined;
  const start = async () => {
    const listenerService: ReturnType<typeof createListenerService> = createListenerService({
      ...storage,
      anonymitySets,
      catalogueOf: () => catalogue,
      voiceChannels,
      helpers: helperPort,
      appendToPanel: async (_guild, _posted, line) => show(english.of(line)),
      clock,
      timeZone,
      log,
    });
    const sessions = createSessions({
      clock,
      log,
      store: storage.sessions,
      helpers: helperPort,
      onView(view) {
        channelsAtOnce = Math.max(channelsAtOnce, sessions.all(guild).length);
        if (view.programme?.occurrence !== undefined) occurrences.add(view.programme.occurrence);
        // A wake-up after an evening has the evening's name.
        if (view.wakeUp?.id.includes("/")) mornings.add(view.wakeUp.id);
        eveningsOf?.observe(view);
        quietChannelsOf?.observe(view);
      },
      listenerService,
      settings: storage.settings,
      voiceChannels,
      voiceMembers: { disconnect: async () => {}, moveAtTimerEnd: async () => {} },
      soundSource: { prepare: async (name) => playable(name) },
      players: {
        open: ({ helper }, onEvent) => ({
          send(command) {
            show(helper === undefined ? command : { helper, ...command });
            if (command.type === "join") clock.after(1, () => onEvent({ type: "connected", channel: command.channel }));
            if (command.type === "play") clock.after(1, () => onEvent({ type: "soundStarted", entry: command.entry }));
            if (command.type === "leave") clock.after(command.over, () => onEvent({ type: "left", why: "asked" }));
          },
          close() {},
        }),
      },
      panels: {
        async show(view) {
          show(view);
          return { channel: chat, message: id("30"), at: clock.now() };
        },
      },
    });
    const { guildProgrammes, evenings, wakeUps, quietChannels } = openProgrammes({
      ...storage,
      sayInGuild: async () => english,
      programmeStore: storage.programmes,
      sessions,
      botUser: id<UserId>("999"),
      scheduledEvents: memoryScheduledEvents().scheduledEvents,
      voiceChannels,
      listenerService,
      catalogueOf: () => catalogue,
      clock,
      log,
      isAvailable: () => true,
      checkAccess() {},
      announce: async (_guild, _channel, line) => show(english.of(line)),
      visuals,
    });
    eveningsOf = evenings;
    quietChannelsOf = quietChannels;
    const router = createRouter({
      commands,
      components: [...panelButtons, ...components],
      messageCommands,
      modals,
      clock,
      log,
      context: {
        ...storage,
        sessions,
        wakeUps,
        quietChannels,
        listenerService,
        catalogue,
        catalogueOf: () => catalogue,
        samples: { of: async (name) => new TextEncoder().encode(`OggS ${name}`) },
        visuals,
        charts: { draw: async () => ({ png: new Uint8Array(), alt: "", text: "" }) },
        programmeStore: storage.programmes,
        guildProgrammes,
        evenings,
        uploads: noUploads,
        optInSounds: noOptInSounds,
        attachments: { read: async () => new Uint8Array() },
        whispers: { say: () => Promise.reject(new Error("No whispers here")) },
        homeGuild: guild,
        pictures: { of: async () => undefined },
        voiceChannels,
        channelAccess: {
          canMoveMembers: () => true,
          accessProblem: () => undefined,
          diagnose: () => ({ problems: [], optional: [] }),
        },
        sayInGuild: async () => english,
        timeZone,
        now: clock.now,
      },
    });
    await listenerService.open();
    await sessions.restore();
    await evenings.open();
    evenings.resume(() => true);
    await wakeUps.open();
    await quietChannels.open();
    const close = async () => {
      evenings.close();
      wakeUps.close();
      quietChannels.close();
      const closing = sessions.close();
      await clock.advance(seconds(5));
      await closing;
      listenerService.close();
    };
    return { sessions, evenings, router, close };
  };

  let count = 0;
  const offered = new Map<UserId, string>();
  let bot = await start();

  const ask = async (who: UserId, request: InteractionRequest) => {
    const reply = async (said: Reply) => {
      const [, first] = /"(lull:discover:[^"]+)"/.exec(JSON.stringify(said)) ?? [];
      if (first !== undefined) offered.set(who, first);
      if ("public" in said && said.public === true) show(said);
      else show(said, who);
    };
    const handled = bot.router.handle({
      id: `i${count++}`,
      locale: "en-GB",
      origin: {
        guild,
        user: who,
        channel: chat,
        roles: [],
        hasGuildPermission: () => hosts.includes(who),
        hasChannelPermission: () => hosts.includes(who),
        fileLimit: 10_000_000,
      },
      request,
      reply,
      editReply: reply,
      async defer() {},
      async respond(choices) {
        show(choices, who);
      },
    });
    await settle();
    // A session that begins waits until the one before has left.
    if (await isPending(handled)) await clock.advance(LEAVE_RAMP + 100);
    if (await isPending(handled)) throw new Error(`Nobody answered ${JSON.stringify(request)}.`);
    await handled;
  };

  const slash = async (who: UserId, path: string, asked: Readonly<Record<string, string>> = {}) => {
    const [name = "", subcommand] = path.split(" ");
    // Ids of evenings are drawn at random: the first is meant, as autocomplete offers it.
    const [first] = asked.evening === undefined ? [] : await bot.evenings.list(guild);
    const given: Readonly<Record<string, string>> =
      asked.evening === undefined ? asked : { ...asked, evening: first?.id ?? "none" };
    const options = {
      text: (option: string) => given[option] ?? "",
      optionalText: (option: string) => given[option],
      integer: (option: string) => Number(given[option]),
      channel: (option: string) => id<ChannelId>(given[option] ?? ""),
      optionalInteger: () => undefined,
      optionalChannel: (option: string) => (given[option] === undefined ? undefined : id<ChannelId>(given[option])),
      flag: (option: string) => (given[option] === undefined ? undefined : given[option] === "true"),
      file: () => undefined,
    };
    return ask(who, { kind: "command", name, subcommand, options });
  };

  const sessionOf = (who: UserId) => {
    const channel = seats.get(who)?.channel;
    return channel === undefined ? bot.sessions.all(guild)[0] : bot.sessions.view(guild, channel);
  };

  const perform = async (event: SimulatedEvent): Promise<void> => {
    switch (event.kind) {
      case "moved":
        if (event.to === undefined) seats.delete(event.who);
        else if (seats.get(event.who)?.channel !== event.to)
          seats.set(event.who, { channel: event.to, at: clock.now() });
        bot.sessions.listenersChanged(guild);
        quietChannelsOf?.listenersChanged(guild);
        return settle();
      case "waited":
        return clock.advance(event.time);
      case "asked":
        return slash(event.who, event.command, event.options);
      case "tookFirst":
        return ask(event.who, { kind: "component", customId: offered.get(event.who) ?? "", values: [] });
      case "tooMuch": {
        const session = sessionOf(event.who)?.id ?? "none";
        await ask(event.who, { kind: "component", customId: `lull:too-much:${session}`, values: [] });
        if (event.softer)
          await ask(event.who, { kind: "component", customId: `lull:too-much-softer:${session}`, values: [] });
        return;
      }
      case "leftOut": {
        // Wherever they are: a choice that depended on it would make two lists of one.
        const { id: session, now } = bot.sessions.all(guild)[0] ?? {};
        await ask(avoider, { kind: "component", customId: `lull:too-much:${session ?? "none"}`, values: [] });
        const values = now?.layers.flatMap(({ sound }) => catalogue.find(sound)?.trigger ?? []) ?? [];
        return values.length === 0
          ? undefined
          : ask(avoider, { kind: "component", customId: "lull:too-much-avoid", values });
      }
      case "typed": {
        const { who, text, into } = event;
        const [name = "", subcommand] = into[0].split(" ");
        return ask(who, { kind: "autocomplete", name, subcommand, option: into[1], typed: text });
      }
      case "quietChannel": {
        const fields: Readonly<Record<string, string>> = {
          channel: event.channel,
          plays: event.plays,
          zone: timeZone,
          stay: event.stays ? "yes" : "no",
        };
        return ask(event.who, {
          kind: "modalSubmit",
          customId: "lull:settings-quiet-channel",
          values: (field) => [fields[field]].filter((value) => value !== undefined),
          files: () => [],
        });
      }
      case "pressed":
        return ask(event.who, { kind: "component", customId: event.customId, values: [] });
      case "stirred":
        bot.sessions.listenerActive(guild, event.who, event.muted);
        return settle();
      case "listChanged":
        await (event.list === undefined
          ? storage.avoidLists.forget(avoider)
          : storage.avoidLists.set(avoider, event.list));
        bot.sessions.avoidListChanged(guild);
        return settle();
      case "restarted": {
        await bot.close();
        bot = await start();
        return clock.advance(100);
      }
    }
  };

  if (list !== undefined) await storage.avoidLists.set(avoider, list);
  for (const event of events) await perform(event);
  await clock.advance(2_000);
  await bot.close();
  await storage.close();
  return { seen, sets, complaints, evenings: occurrences.size, mornings: mornings.size, channelsAtOnce };
};
