import type { APIMessageTopLevelComponent, RESTPostAPIChatInputApplicationCommandsJSONBody } from "discord.js";
import type { AvoidLists, Care, Consents, Favourites, Personal, Rooms, Tingles } from "../host/ports.ts";
import type { Sessions } from "../host/sessions.ts";
import type { ChannelId, GuildId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import type { Catalogue } from "../library/catalogue.ts";

/** What keeps the bot from being heard in a voice channel. */
export type Obstacle = "unseen" | "no-connect" | "no-speak" | "full";

/** What commands must know about channels beyond who sits in them. */
export interface Doors {
  /** Undefined when the bot may go in and be heard. */
  obstacle(guild: GuildId, channel: ChannelId): Obstacle | undefined;
  /** Whether the bot may disconnect and move members. */
  mayMove(guild: GuildId): boolean;
}

/** All that commands may use. */
export interface House {
  readonly sessions: Sessions;
  readonly catalogue: Catalogue;
  readonly favourites: Favourites;
  readonly care: Care;
  readonly avoid: Pick<AvoidLists, "of" | "set" | "forget">;
  readonly consents: Pick<Consents, "of" | "set">;
  readonly tingles: Pick<Tingles, "of">;
  readonly personal: Personal;
  readonly rooms: Pick<Rooms, "channelOf">;
  readonly doors: Doors;
  /** IANA name of the zone in which `/sleep at` reads the clock. */
  readonly timeZone: string;
  now(): Millis;
}

/** Who asks, and where. */
export interface Asker {
  readonly guild: GuildId;
  readonly user: UserId;
  /** The text channel. */
  readonly channel: ChannelId;
  /** The voice channel in which the asker sits. */
  readonly voice: ChannelId | undefined;
}

/** The options as Discord has checked them against the definition. */
export interface Options {
  /** @throws Error when the option was not given */
  text(name: string): string;
  textIfGiven(name: string): string | undefined;
  /** @throws Error when the option was not given */
  integer(name: string): number;
}

/** A slash command as somebody ran it. */
interface Call extends Asker {
  readonly options: Options;
}

/** A button or a select as somebody used it. */
interface Press extends Asker {
  /** What the custom id carries after its action. */
  readonly parts: readonly string[];
  /** What was chosen in a select. */
  readonly values: readonly string[];
}

/** What the asker alone gets to see: words, or components v2. */
export type Reply =
  | { readonly text: string }
  | {
      readonly components: readonly APIMessageTopLevelComponent[];
      /** In place of the message on which the button was. */
      readonly inPlace?: boolean;
    };

export interface Choice<Value extends string | number = string | number> {
  readonly name: string;
  readonly value: Value;
}

/** Refuses by throwing a `UserError`. */
export type Guard = (asker: Asker & { readonly parts?: readonly string[] }, house: House) => void;

/** @returns at most 25 choices, best first */
export type Complete = (typed: string, asker: Asker, house: House) => Promise<readonly Choice[]> | readonly Choice[];

/** A command without subcommands, or one of its subcommands. */
export interface Part {
  readonly guards?: readonly Guard[];
  /** By option. */
  readonly complete?: Readonly<Record<string, Complete>>;
  /** @throws UserError when it cannot be */
  run(call: Call, house: House): Promise<Reply>;
}

interface Definition {
  readonly name: string;
  toJSON(): RESTPostAPIChatInputApplicationCommandsJSONBody;
}

export interface PlainCommand extends Part {
  readonly definition: Definition;
}

export interface GroupCommand {
  readonly definition: Definition;
  /** By subcommand. */
  readonly parts: Readonly<Record<string, Part>>;
}

export type Command = PlainCommand | GroupCommand;

/** What a button or select does. */
export interface Control {
  /** As in its custom id. */
  readonly action: string;
  /** `room`: of a panel that everybody sees, so that several presses at once are one. `member`: of the asker's own message. */
  readonly of: "room" | "member";
  readonly guards?: readonly Guard[];
  /** @returns "seen" when there is nothing to say, because the panel will show it */
  run(press: Press, house: House): Promise<Reply | "seen">;
}

/** @returns undefined for a subcommand that is not there */
export const partOf = (command: Command, subcommand: string | undefined): Part | undefined => {
  if (!("parts" in command)) return command;
  return subcommand !== undefined && Object.hasOwn(command.parts, subcommand) ? command.parts[subcommand] : undefined;
};
