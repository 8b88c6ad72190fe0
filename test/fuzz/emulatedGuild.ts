import { setTimeout as sleep } from "node:timers/promises";
import { PermissionFlagsBits } from "discord-api-types/v10";
import {
  type EmulatedGuild,
  EVERYONE_PERMISSIONS,
  type InteractionResponse,
  type Member,
  type VisibleMessage,
} from "discord-emulator";
import type { Random } from "../../src/kernel/random.ts";
import { type Millis, minutes } from "../../src/kernel/units.ts";
import { Component, createChance, createDraws, type Field, fieldsOf, MESSAGE_COMMAND } from "./draws.ts";
import { HOSTILE, misfits } from "./hostile.ts";
import type { createPace } from "./pace.ts";
import { type Actor, escalations, type Rights, type StoredState } from "./storedState.ts";

type Pace = Pick<ReturnType<typeof createPace>, "turn" | "wasHeldUp">;

interface Person {
  readonly member: Member;
  rights: Rights;
}

const LOADING = 1 << 7;
const LOCALES = ["en-GB", "de", "fr", "es-ES", "ja"];
/** Other errors are what Discord's own client does not let a member send. */
const NO_ANSWER = /did not respond/;
/** So many in a row say that it is no client's refusal. */
const MOST_REFUSED = 1_000;
/** How long an answer that was promised may take. */
const PROMISED: Millis = minutes(10);
/** Messages of a guild that may be used again. */
const MOST_SEEN = 40;
const STILL_EDITED: Millis = minutes(5);

/** What an action was, and what must not have come of it. */
export interface Action {
  readonly kind: string;
  readonly faults: readonly string[];
  /** Milliseconds until it was answered. */
  readonly took: Millis;
}

/**
 * One guild of an emulator, in which random members with random rights do random things, one after the other.
 * @param state what is stored of it at the moment
 * @param commands all that the bot has registered
 */
export const createEmulatedGuild = (
  guild: EmulatedGuild,
  state: (guild: string, members: readonly string[]) => StoredState,
  commands: () => readonly unknown[],
  random: Random,
  pace: Pace,
) => {
  const chances = createChance(random);
  const { pick, chance } = chances;
  const hosts = guild.role("Hosts");
  const everybody: readonly Person[] = (
    ["server", "events", "one channel", "host role", "none", "none", "none", "none"] as const
  ).map((rights, at) => {
    const more = { server: PermissionFlagsBits.ManageGuild, events: PermissionFlagsBits.ManageEvents } as const;
    const permissions = EVERYONE_PERMISSIONS | (rights in more ? more[rights as keyof typeof more] : 0n);
    const member = guild.member(`member${at}`, { permissions, locale: pick(LOCALES) });
    return { member, rights };
  });
  const members = everybody.map(({ member }) => member.id);
  const [owner, , ofLounge, ofRole] = everybody as readonly [Person, Person, Person, Person];
  guild.channel("lounge").allowMember(ofLounge.member.name, "MANAGE_EVENTS");
  ofRole.member.addRole(hosts);
  const { textOf, file, ids, chosen, given, fieldValue } = createDraws(guild, members, commands, chances);
  const stored = () => state(guild.guildId, members);

  /** What can be used: who sees it, and the message. */
  const seen: { readonly by: Person | undefined; readonly message: VisibleMessage }[] = [];
  const forms = new Map<Person, { readonly customId: string; readonly fields: readonly Field[] }>();
  /** What is not used any more, with the time from which on the bot does not edit it either. */
  const old: { readonly by: Person | undefined; readonly message: VisibleMessage; readonly until: Millis }[] = [];
  const remember = (by: Person | undefined, message: VisibleMessage) => {
    const at = seen.findIndex((one) => one.message.id === message.id);
    if (at >= 0) seen.splice(at, 1);
    seen.push({ by, message });
    const now = performance.now();
    old.push(...seen.splice(0, seen.length - MOST_SEEN).map((one) => ({ ...one, until: now + STILL_EDITED })));
    // The emulator would keep tens of thousands.
    while (old[0] !== undefined && old[0].until < now) {
      const { by: whose, message: dismissed } = old.shift()!;
      try {
        if (dismissed.ephemeral) whose?.member.dismiss(dismissed);
      } catch {
        // The bot has deleted it.
      }
    }
  };

  const somewhere = () => ({ channel: pick(["general", "general", "lounge", "loft"]) });

  /** What a member does: its name, and how it is done. */
  interface Deed {
    readonly kind: string;
    readonly what: string;
    perform(): Promise<InteractionResponse | undefined>;
  }

  const command = ({ member }: Person): Deed => {
    const { path, options } = chosen();
    const values = given(options);
    const told = Object.entries(values).map(
      ([name, value]) => ` ${name}:${typeof value === "object" ? value.name : value}`,
    );
    const what = `/${path}${told.join("").slice(0, 200)}`;
    return { kind: "command", what, perform: () => member.slash(path, values, somewhere()) };
  };

  const autocomplete = ({ member }: Person): Deed => {
    for (;;) {
      const { path, options } = chosen();
      const option = pick(options.filter((one) => one.autocomplete === true));
      if (option === undefined) continue;
      const typed = textOf(option).slice(0, 100);
      return {
        kind: "autocomplete",
        what: `/${path} ${option.name}: ${typed}`,
        async perform() {
          await member.autocomplete(path, option.name, typed, {}, somewhere());
          return undefined;
        },
      };
    }
  };

  const component = (person: Person): Deed => {
    const { member } = person;
    const usable = seen
      .filter(({ by }) => by === undefined || by === person)
      .map(({ message }) => ({ message, fields: fieldsOf(message.raw.components).filter((field) => !field.disabled) }))
      .filter(({ fields }) => fields.length > 0);
    const { message, fields = [] } = pick(usable) ?? {};
    const used = pick(fields);
    if (message === undefined || used === undefined) return command(person);
    const kind = used.type === Component.button ? "button" : "select";
    return {
      kind,
      what: `${kind} ${used.custom_id}`,
      perform() {
        if (used.type === Component.button) return member.click(used.custom_id, message);
        const all =
          used.type === Component.stringSelect ? (used.options ?? []).map(({ value }) => value) : ids(used.type);
        const values = used.min_values === 0 && chance(0.2) ? [] : [pick(all)];
        return member.select(used.custom_id, values, message);
      },
    };
  };

  const form = (person: Person): Deed => {
    const { customId, fields } = forms.get(person)!;
    forms.delete(person);
    const values = Object.fromEntries(
      fields.filter(() => chance(0.9)).map((field) => [field.custom_id, fieldValue(field)]),
    );
    return { kind: "form", what: `form ${customId}`, perform: () => person.member.submit(customId, values) };
  };

  const onMessage = (person: Person): Deed => {
    const { member } = person;
    const { name } = pick((commands() as readonly Field[]).filter(({ type }) => type === MESSAGE_COMMAND));
    const panel = pick(seen.filter(({ by }) => by === undefined))?.message;
    const posted =
      panel === undefined || chance(0.3) ? member.send(pick(HOSTILE) || "hello", { files: [file()] }) : panel;
    return { kind: "message command", what: name, perform: () => member.useMessageCommand(name, posted) };
  };

  const DEEDS = [
    command,
    command,
    command,
    command,
    autocomplete,
    component,
    component,
    component,
    component,
    onMessage,
  ];

  /** When the member who is given a role had it last. */
  let roleTaken: Millis = -Infinity;

  /** Members come and go, and a right is given or taken. */
  const live = async () => {
    // Every coming and going makes new keys for everybody in the channel, which takes most of the time.
    const { member } = pick(everybody);
    if (chance(0.3)) await (chance(0.5) ? member.join(pick(["lounge", "lounge", "loft"])) : member.leave());
    if (chance(0.3)) {
      const has = ofRole.rights === "host role";
      if (has) roleTaken = performance.now();
      if (has) ofRole.member.removeRole(hosts);
      else ofRole.member.addRole(hosts);
      ofRole.rights = has ? "none" : "host role";
    }
    for (const message of guild.messages("general").slice(-3)) remember(undefined, message);
  };

  const finished = async (answer: InteractionResponse): Promise<boolean> => {
    const limit = performance.now() + PROMISED;
    while ((answer.latest().flags & LOADING) !== 0) {
      if (performance.now() > limit) return false;
      await sleep(20);
    }
    return true;
  };

  let last: { readonly after: StoredState; readonly by: Actor; readonly what: string } | undefined;

  /** Does something as somebody; what Discord's own client does not let them send is drawn again. */
  const act = async (): Promise<Action> => {
    for (let refused = 0; ; ) {
      const person = pick(everybody);
      const draw = forms.has(person) && chance(0.5) ? form : pick(DEEDS);
      const { kind, what, perform } = draw(person);
      const told = `${what} by a member with rights: ${person.rights} (${person.member.name} of ${guild.guildId})`;
      const faults: string[] = [];
      const before = stored();
      // A right that is given or taken later on does not count.
      const hasSentFiles = person === ofRole && performance.now() - roleTaken < PROMISED;
      const by = { id: person.member.id, rights: person.rights, hasSentFiles };
      if (last !== undefined)
        faults.push(...escalations(last.after, before, last.by).map((fault) => `${fault}, later, after ${last?.what}`));
      const began = performance.now();
      let answer: InteractionResponse | undefined;
      try {
        answer = await pace.turn(perform);
      } catch (error) {
        const { message } = error as Error;
        if (!NO_ANSWER.test(message)) {
          refused += 1;
          if (refused > MOST_REFUSED) throw error;
          continue;
        }
        if (pace.wasHeldUp(began)) return { kind: "held up", faults, took: 0 };
        faults.push(`unanswered: ${told}`);
      }
      const took = answer?.responseTime ?? performance.now() - began;
      if (answer !== undefined) {
        if (!(await finished(answer))) faults.push(`answered, and then left waiting: ${told}`);
        const latest = answer.latest();
        faults.push(...misfits(latest.raw.components).map((fault) => `${fault}: ${told}`));
        if (answer.kind === "modal")
          forms.set(person, { customId: String(latest.raw.custom_id), fields: fieldsOf(latest.raw.components) });
        else if (latest.id !== "") remember(latest.ephemeral ? person : undefined, latest);
      }
      const after = stored();
      faults.push(...escalations(before, after, by).map((fault) => `${fault}: ${told}`));
      last = { after, by, what: told };
      return { kind, faults, took };
    }
  };

  return {
    live,
    act,
    /** Has the owner choose the role of hosts. */
    async open() {
      for (const { member } of everybody.filter((_, at) => at % 2 === 0)) await member.join("lounge");
      const page = await owner.member.slash("settings");
      await finished(page);
      await owner.member.select("lull:settings:host", [hosts.id], page.latest());
      await finished(await owner.member.slash("play", { sound: "ocean" }));
    },
  };
};
