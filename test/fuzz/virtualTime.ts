import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { toShareCode, toShareFile } from "../../src/catalogue/shareCode.ts";
import { commands, messageCommands } from "../../src/commands/all.ts";
import type { InteractionRequest } from "../../src/discord/interaction.ts";
import { english } from "../../src/i18n/english.ts";
import { type ChannelId, id, type MessageId, type RoleId, type SoundId, type UserId } from "../../src/kernel/ids.ts";
import { prng } from "../../src/kernel/random.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { panelOf } from "../../src/panel/panelView.ts";
import { openCommandHarness, SOUNDS, sound } from "../commands/commandHarness.ts";
import { guild } from "../runtime/sessionsHarness.ts";
import { attic, lounge } from "../session/sessionFixture.ts";
import { HOSTILE, LINK, misfits, type Usable, usables } from "./hostile.ts";

/** What an option or a component of Discord's looks like to who draws values for it. */
interface Option {
  readonly name: string;
  readonly type: number;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
  readonly options?: readonly Option[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly max_length?: number;
}
const [SUBCOMMAND, STRING, INTEGER, BOOLEAN, CHANNEL, ATTACHMENT] = [1, 3, 4, 5, 7, 11];

const ROLE = id<RoleId>("900");
const NOBODY_SPECIAL = ["u5", "u6", "u7", "u8"].map((_, at) => id<UserId>(`${105 + at}`));
/** Manage Server, Manage Events, Manage Events in one channel, the host role, and nothing at all. */
const [OWNER, MANAGER, LOUNGE_HOST, ROLE_HOST] = [101, 102, 103, 104].map((user) => id<UserId>(`${user}`)) as [
  UserId,
  UserId,
  UserId,
  UserId,
];
const EVERYBODY = [OWNER, MANAGER, LOUNGE_HOST, ROLE_HOST, ...NOBODY_SPECIAL];

const hasPermission = (user: UserId, permission: string, channel?: ChannelId): boolean =>
  (user === OWNER && permission === "ManageGuild") ||
  (user === MANAGER && permission === "ManageEvents") ||
  (user === LOUNGE_HOST && permission === "ManageEvents" && channel === lounge);

interface OpenForm {
  readonly customId: string;
  readonly fields: readonly Usable[];
}

const collectGarbage = (): (() => void) => {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as () => void;
};

/** What came of it. */
export interface InteractionOutcome {
  readonly actions: number;
  /** How many there were of each kind of interaction. */
  readonly kinds: ReadonlyMap<string, number>;
  /** What must not happen, each with the action before it. */
  readonly faults: readonly string[];
  /** Bytes of the heap in use after the first fifth, and at the end. */
  readonly heap: readonly [number, number];
}

/**
 * Random interactions by random members with random rights, on real commands, sessions and database;
 * the engine and Discord are the test's.
 * @param options.seed the same actions for the same seed
 */
export const fuzzVirtualTime = async ({
  actions,
  seed,
}: {
  readonly actions: number;
  readonly seed: number;
}): Promise<InteractionOutcome> => {
  const random = prng(seed);
  const below = (count: number) => Math.floor(random() * count);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const chance = (share: number) => random() < share;
  const gc = collectGarbage();
  const harness = await openCommandHarness({
    sounds: [...SOUNDS, sound("hostile", LINK, "water", { description: LINK }), sound("tone", "A tone", "tone")],
    hasPermission,
    rolesOf: (user) => (user === ROLE_HOST ? [ROLE] : []),
  });
  const { storage, clock } = harness;
  await storage.settings.change(guild, { hostRole: ROLE });
  const faults: string[] = [];
  const kinds = new Map<string, number>();
  /** The latest of what was shown and can be used. */
  const buttons: Usable[] = [];
  const forms: OpenForm[] = [];
  const remember = <T>(list: T[], ...seen: readonly T[]) => {
    list.push(...seen);
    list.splice(0, list.length - 60);
  };

  const textOf = async (option: Pick<Option, "max_length" | "name">): Promise<string> => {
    const favourites = await storage.favourites.list(guild);
    const schedules = await storage.schedules.of(guild);
    const mix = [{ sound: id<SoundId>("ocean"), gainDb: 0, place: "centre" as const }];
    const known = [
      () => pick(["rain-window", "ocean", "fire", "hostile", "tone"]),
      () => String(pick(favourites)?.name ?? "none"),
      () => pick(schedules)?.id ?? "none",
      () => pick(["sleep", "calm", "discovery", "20m", "2h", "23:15", "daily", "mon,fri", "Europe/Berlin"]),
      () => toShareCode({ name: pick(HOSTILE) || "name", mix }),
      () => `lull1.${Buffer.from(pick(HOSTILE)).toString("base64url")}`,
    ];
    const text = chance(0.6) ? pick(known)() : pick(HOSTILE);
    return text.slice(0, option.max_length ?? 6_000);
  };

  const fileOf = () => {
    const mix = [{ sound: id<SoundId>("fire"), gainDb: -6, place: "left" as const }];
    const many = Array.from({ length: below(20) }, (_, at) => ({ name: `${pick(HOSTILE)}${at}`.slice(0, 300), mix }));
    const content = pick([toShareFile(many), pick(HOSTILE), `{"lull":1,"favourites":[${"[".repeat(2_000)}`]);
    harness.files.set("file:fuzz", content);
    return { name: pick(HOSTILE), url: "file:fuzz", size: content.length, contentType: pick(["audio/wav", undefined]) };
  };

  const drawValue = async (option: Option): Promise<string | number | boolean | ReturnType<typeof fileOf>> => {
    if (option.choices !== undefined && option.choices.length > 0) return pick(option.choices).value;
    if (option.type === INTEGER) {
      const [least, most] = [option.min_value ?? -5, option.max_value ?? 900];
      return least + below(most - least + 1);
    }
    if (option.type === BOOLEAN) return chance(0.5);
    if (option.type === CHANNEL) return pick([lounge, attic, id<ChannelId>("20")]);
    if (option.type === ATTACHMENT) return fileOf();
    return textOf(option);
  };

  const chosen = () => {
    const { name, options = [] } = pick(commands).definition.toJSON() as unknown as Option;
    const subcommands = options.filter(({ type }) => type === SUBCOMMAND);
    const part = subcommands.length > 0 ? pick(subcommands) : undefined;
    return { name, subcommand: part?.name, options: part?.options ?? (subcommands.length > 0 ? [] : options) };
  };

  const command = async (): Promise<InteractionRequest> => {
    const { options, ...names } = chosen();
    const given = new Map<string, Awaited<ReturnType<typeof drawValue>>>();
    for (const option of options)
      if (option.required === true || chance(0.4)) given.set(option.name, await drawValue(option));
    const need = (option: string) => {
      if (!given.has(option)) throw new Error(`Not required by its definition, but read: ${option}`);
      return given.get(option)!;
    };
    const file = (option: string) => given.get(option) as ReturnType<typeof fileOf> | undefined;
    return {
      kind: "command",
      ...names,
      options: {
        text: (option) => String(need(option)),
        optionalText: (option) => (given.has(option) ? String(given.get(option)) : undefined),
        integer: (option) => Number(need(option)),
        optionalInteger: (option) => (given.has(option) ? Number(given.get(option)) : undefined),
        channel: (option) => id<ChannelId>(String(need(option))),
        optionalChannel: (option) => (given.has(option) ? id<ChannelId>(String(given.get(option))) : undefined),
        flag: (option) => given.get(option) as boolean | undefined,
        file,
      },
    };
  };

  const autocomplete = async (): Promise<InteractionRequest> => {
    for (;;) {
      const { options, ...names } = chosen();
      const option = pick(options.filter((one) => one.autocomplete === true && one.type === STRING));
      if (option !== undefined)
        return { kind: "autocomplete", ...names, option: option.name, typed: (await textOf(option)).slice(0, 100) };
    }
  };

  const component = async (): Promise<InteractionRequest> => {
    const used = pick(buttons);
    const customId = chance(0.15) || used === undefined ? `lull:${pick(HOSTILE).slice(0, 90)}` : used.custom_id;
    const offered = used?.options?.map(({ value }) => value) ?? [];
    const values = chance(0.1) || offered.length === 0 ? [pick(HOSTILE).slice(0, 100)] : [pick(offered)];
    return { kind: "component", customId: chance(0.05) ? `${customId}:x` : customId, values };
  };

  const form = async (): Promise<InteractionRequest> => {
    const open = pick(forms);
    if (open === undefined) return command();
    const filled = new Map<string, readonly string[]>();
    for (const { custom_id, options } of open.fields) {
      const value =
        options !== undefined && options.length > 0 ? pick(options).value : await textOf({ name: custom_id });
      if (chance(0.9)) filled.set(custom_id, chance(0.1) ? [pick(HOSTILE)] : [value]);
    }
    const attached = chance(0.3) ? [fileOf()] : [];
    return {
      kind: "modalSubmit",
      customId: open.customId,
      values: (field) => filled.get(field) ?? [],
      files: () => attached,
    };
  };

  const onMessage = async (): Promise<InteractionRequest> => ({
    kind: "messageCommand",
    name: pick(messageCommands).definition.name,
    message: {
      id: id<MessageId>("1"),
      files: chance(0.5) ? [fileOf()] : [],
      customIds: buttons.slice(-below(4)).map(({ custom_id }) => custom_id),
    },
  });

  /** What only hosts may change, and what is another member's own. */
  const guarded = async (victim: UserId): Promise<string> => {
    // The volume is what the last session had: everybody who listens may change it.
    const { volumeDb: _, ...settings } = await storage.settings.of(guild);
    return JSON.stringify([
      settings,
      await storage.programmes.of(guild),
      (await storage.schedules.of(guild)).map((schedule) => schedule.id).sort(),
      await storage.avoidLists.of(victim),
      await storage.consents.of(guild, victim),
    ]);
  };

  /** An answer within 20 s; some wait for a ramp, or for a bot that is leaving. */
  const within = async <T>(asked: Promise<T>): Promise<T | undefined> => {
    let answer: { readonly is: T } | undefined;
    const told = asked.then((is) => {
      answer = { is };
    });
    for (let waited = 0; answer === undefined && waited < 40; waited++) await clock.advance(waited === 0 ? 0 : 500);
    if (answer !== undefined) await told;
    return answer?.is;
  };

  /** Members come and go, time passes, and what piles up in the test itself is put away. */
  const live = async () => {
    harness.seat(...EVERYBODY.filter(() => chance(0.6)));
    const user = pick(EVERYBODY);
    harness.sit(user, chance(0.8) ? pick([lounge, lounge, attic]) : undefined);
    if (harness.view() === undefined)
      await within(harness.slash("play", { sound: pick(["rain-window", "hostile"]) }, user));
    await clock.advance(pick([seconds(2), seconds(40), minutes(3), minutes(20)]));
    for (const view of harness.panels().slice(-3)) {
      const panel = panelOf(view, english, { now: 0 });
      faults.push(...misfits(panel).map((what) => `${what} (on a panel)`));
      remember(buttons, ...usables(panel));
    }
    harness.commands();
    harness.told.splice(0);
  };

  const act = async (action: number): Promise<void> => {
    const make = pick([command, command, command, autocomplete, component, component, form, onMessage]);
    const request = await make();
    const user = pick(EVERYBODY);
    const victim = pick(NOBODY_SPECIAL.filter((one) => one !== user));
    const powerless = NOBODY_SPECIAL.includes(user);
    const before = powerless ? await guarded(victim) : "";
    const name =
      "name" in request ? `${request.name} ${"subcommand" in request ? (request.subcommand ?? "") : ""}` : "";
    const what = `${request.kind} ${name || ("customId" in request ? request.customId : "")} by ${user}, action ${action} of seed ${seed}`;
    const fault = (of: string) => void faults.push(`${of}: ${what}`);
    const answer = await within(harness.ask(request, user));
    if (answer === undefined) return fault("hangs");
    const { steps, replies, choices, text } = answer;
    if (steps.length === 0) fault("unanswered");
    if (/Something went wrong/.test(text)) fault("an error of its own");
    for (const complaint of harness.complaints.splice(0)) fault(`complains ${JSON.stringify(complaint).slice(0, 300)}`);
    for (const misfit of misfits(replies)) fault(misfit);
    if (choices.some((one) => one.name.length === 0 || one.name.length > 100 || String(one.value).length > 100))
      fault("a choice that Discord refuses");
    if (powerless && (await guarded(victim)) !== before) fault("an escalation");
    remember(buttons, ...usables(replies.map((reply) => ("components" in reply ? reply.components : []))));
    for (const reply of replies)
      if ("modal" in reply)
        remember(forms, { customId: reply.modal.customId, fields: usables(reply.modal.components) });
    kinds.set(request.kind, (kinds.get(request.kind) ?? 0) + 1);
  };

  const heap = () => {
    gc();
    return process.memoryUsage().heapUsed;
  };
  let early = 0;
  for (let action = 0; action < actions; action++) {
    if (action % 12 === 0) await live();
    await act(action);
    if (action === Math.floor(actions / 5)) early = heap();
  }
  const late = heap();
  const closing = harness.sessions.close();
  await clock.advance(seconds(10));
  await closing;
  await storage.close();
  return { actions, kinds, faults, heap: [early, late] };
};
