import { expect, test } from "vitest";
import { customId } from "../../src/commands/customId.ts";
import { type ChannelId, type GuildId, id, type MessageId, type UserId } from "../../src/kernel/ids.ts";
import type { Uploads } from "../../src/ports/sounds.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { ana, bo, lounge } from "../session/sessionFixture.ts";
import { noUploads } from "../support/noUploads.ts";
import { openCommandHarness, SOUNDS, sound } from "./commandHarness.ts";
import { everyUse, nameOfUse, type Use } from "./everyUse.ts";

const cy = id<UserId>("300");
const mallory = id<UserId>("666");

/** What Mallory has been given. */
const RIGHTS = {
  nothing: () => false,
  /** Everything that a channel can give, in every channel but the one where it plays. */
  "other channels": (channel?: ChannelId) => channel !== undefined && channel !== lounge,
  "all channels": (channel?: ChannelId) => channel !== undefined,
  "the server": () => true,
} as const;
type Rights = keyof typeof RIGHTS;

const gutter = sound("up-gutter", "Our gutter", "water", { added: { guild, by: ana, at: 0 } as never });

/** Ids that are drawn at random, by the order in which they appear. */
const withoutIds = (shown: unknown): string => {
  const names = new Map<string, string>();
  return JSON.stringify(shown).replace(
    /(?<![0-9a-f])(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-)?[0-9a-f]{12}(?![0-9a-f])/g,
    (drawn) => {
      const name = names.get(drawn) ?? `drawn-${names.size}`;
      names.set(drawn, name);
      return name;
    },
  );
};

/** An evening on which there is something of everything, and Mallory with rights of a kind. */
const openEvening = async (rights: Rights) => {
  const changed: unknown[] = [];
  const record =
    (what: string) =>
    async (...given: readonly unknown[]): Promise<never> => {
      changed.push([what, ...given.slice(0, 2)]);
      return { sound: gutter, title: gutter.title, suddenAt: [], softened: false } as never;
    };
  const uploads: Uploads = {
    ...noUploads,
    add: record("add"),
    reprocess: record("reprocess"),
    change: record("change"),
    remove: record("remove"),
  };
  const harness = await openCommandHarness({
    sounds: [...SOUNDS, gutter],
    uploads,
    hasPermission: (user, _permission, channel) => user === ana || (user === mallory && RIGHTS[rights](channel)),
  });
  const { storage } = harness;
  for (const user of [bo, cy, mallory]) harness.sit(user, lounge);
  harness.seat(ana, bo, cy, mallory);
  await harness.slash("evening schedule", { programme: "calm", at: "21:00", channel: lounge });
  await harness.slash("wake at", { time: "19:00" });
  for (const [name, one] of [
    ["Shore", "ocean"],
    ["Hearth", "fire"],
  ] as const)
    await harness.slash("favourites add", { sound: one, name });
  await harness.slash("play", { sound: "rain-window" });
  for (const one of ["ocean", "fire"]) await harness.slash("play", { sound: one }, bo);
  await harness.clock.advance(1_000);

  const [evening] = await storage.schedules.of(guild as GuildId);
  const [favourite] = await storage.favourites.list(guild);
  const [wakeUp] = await storage.wakeUpStore.all();
  const names: Readonly<Record<string, string | undefined>> = {
    evening: evening?.id,
    favourite: favourite?.id,
    "wake-up": wakeUp?.id,
    session: harness.view()?.id,
  };
  const meant = (value: string) => names[value] ?? value;

  const perform = (use: Use, user: UserId) => {
    switch (use.kind) {
      case "command":
        return harness.slash(
          use.path,
          Object.fromEntries(Object.entries(use.options).map(([name, value]) => [name, names[value] ?? value])),
          user,
        );
      case "message": {
        const message = { id: id<MessageId>("1"), files: [use.file], customIds: [] };
        return harness.ask({ kind: "messageCommand", name: use.name, message }, user);
      }
      case "component":
        return harness.press(customId(use.action, ...use.parts.map(meant)), user, use.values);
      case "form": {
        const { action, fields, file } = use;
        const form = { customId: customId(action), values: (field: string) => fields[field] ?? [] };
        return harness.ask({ kind: "modalSubmit", ...form, files: () => (file === undefined ? [] : [file]) }, user);
      }
    }
  };

  /** What holds for the whole server, and what everybody hears. */
  const state = async () => [
    changed,
    await storage.settings.of(guild),
    await storage.optInStore.all(),
    await storage.programmes.of(guild),
    await storage.schedules.of(guild),
    evening && (await storage.schedules.occurrences(evening.id, 10)),
    harness.view(),
  ];
  const close = async () => {
    const closing = harness.sessions.close();
    await harness.clock.advance(10_000);
    await closing;
    await storage.close();
  };
  return { harness, perform, state, close };
};

/** What Mallory is shown, and what has become of the server. */
const outcome = async (use: Use, rights: Rights): Promise<string> => {
  const { harness, perform, state, close } = await openEvening(rights);
  const answering = perform(use, mallory);
  await harness.clock.advance(5_000);
  const { replies } = await answering;
  const seen = withoutIds([replies, await state()]);
  await close();
  return seen;
};

/** The selects and buttons of `/settings`, as its page names them, with a value that changes something. */
const settingsUses = async () => {
  const { harness, close } = await openEvening("the server");
  await harness.slash("settings", {}, mallory);
  // Quiet hours that are on can be turned off.
  await harness.submit(
    customId("settings-quiet"),
    { from: "23:00", to: "07:00", zone: "Europe/Berlin", timer: "60m", softer: "6" },
    mallory,
  );
  // So can a quiet channel.
  await harness.submit(
    customId("settings-quiet-channel"),
    { channel: lounge, plays: "Slow Shore", zone: "Europe/Berlin", stay: "no" },
    mallory,
  );
  const { replies } = await harness.slash("settings", {}, mallory);
  await close();
  const found: (readonly [string, string])[] = [];
  const visit = (shown: unknown): void => {
    if (typeof shown !== "object" || shown === null) return;
    const { custom_id, options } = shown as {
      custom_id?: string;
      options?: readonly { value: string; default: boolean }[];
    };
    if (custom_id !== undefined)
      found.push([
        custom_id,
        options?.find((one) => !one.default)?.value ?? (/host|channel/.test(custom_id) ? "900" : ""),
      ]);
    for (const part of Object.values(shown)) visit(part);
  };
  visit(replies);
  return found;
};

/** What only the server's own rights allow. Whatever is new here is to be looked at: does it ask for the right one? */
const FOR_GUILD_HOSTS = [
  "/whisper",
  "/evening design",
  "/sounds add",
  "/sounds edit",
  "/sounds remove",
  "/sounds export",
  "/sounds optional",
  "/settings",
  "Add to sounds",
  "component sounds-optional",
  "component upload",
  ...[
    "ceiling",
    "fade",
    "grace",
    "end",
    "ducking",
    "language",
    "host",
    "channel",
    "quiet",
    "no-quiet",
    "eyes",
    "votes",
    "quiet-channel",
    "no-quiet-channel",
  ].map((key) => `component settings ${key}`),
  "form sounds-add",
  "form evening-design",
  "form settings-quiet",
  "form settings-quiet-channel",
];

/** What is decided in the channel that it is about. */
const FOR_CHANNEL_HOSTS = [
  "/queue remove",
  "/queue clear",
  "/skip",
  "/stop",
  "/evening schedule",
  "/evening skip-next",
  "/evening cancel",
  "component skip",
  "component stop",
];

test("rights in other channels change nothing, whatever is used; those in the channel decide about it alone", {
  timeout: 120_000,
}, async () => {
  const [byGuild, byChannel]: [string[], string[]] = [[], []];
  for (const use of everyUse(await settingsUses())) {
    const name = nameOfUse(use);
    const nothing = await outcome(use, "nothing");
    expect([name, await outcome(use, "other channels")]).toEqual([name, nothing]);
    if ((await outcome(use, "all channels")) !== nothing) byChannel.push(name);
    else if ((await outcome(use, "the server")) !== nothing) byGuild.push(name);
  }
  expect(byGuild).toEqual(FOR_GUILD_HOSTS);
  expect(byChannel).toEqual(FOR_CHANNEL_HOSTS);
});
