import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { AvoidLists, Care, Consents, Personal, Tingles } from "../host/carePorts.ts";
import type {
  Attachments,
  Charts,
  Favourites,
  Samples,
  SoundPictures,
  Uploads,
  Visuals,
  Whispers,
} from "../host/libraryPorts.ts";
import type { Rooms, Settings } from "../host/ports.ts";
import type { Repertoire } from "../host/repertoire.ts";
import type { Evenings, Programmes } from "../host/schedulePorts.ts";
import type { Sessions } from "../host/sessions.ts";
import type { ChannelId, GuildId, MessageId, RoleId, UserId } from "../kernel/ids.ts";
import type { Say, Text } from "../kernel/text.ts";
import type { Millis } from "../kernel/units.ts";
import type { Catalogue } from "../library/catalogue.ts";

/** What keeps the bot from being heard in a voice channel. */
export type Obstacle = "unseen" | "no-connect" | "no-speak" | "full";

/** What the bot lacks, in sentences that say where to change it. */
export interface Diagnosis {
  /** What keeps it from being heard or from showing its panel, the worst first. */
  readonly inTheWay: readonly Text[];
  /** What it can do without. */
  readonly missing: readonly Text[];
}

/** What commands must know about channels beyond who sits in them. */
export interface Doors {
  /** Undefined when the bot may go in and be heard. */
  obstacle(guild: GuildId, channel: ChannelId): Obstacle | undefined;
  /** What is in the way in these two channels. */
  examine(guild: GuildId, text: ChannelId, voice: ChannelId | undefined): Diagnosis;
  /** Whether the bot may disconnect and move members. */
  mayMove(guild: GuildId): boolean;
}

/** All that commands may use. */
export interface House {
  readonly sessions: Sessions;
  /** As the asker's guild sees it. */
  readonly catalogue: Catalogue;
  /** As another guild sees it. */
  catalogueOf(guild: GuildId): Catalogue;
  /** What members have added. */
  readonly uploads: Uploads;
  readonly attachments: Attachments;
  readonly whispers: Whispers;
  readonly pictures: SoundPictures;
  /** The host's own guild, whose sounds can be shared with all. */
  readonly homeGuild: string | undefined;
  readonly favourites: Favourites;
  readonly care: Care;
  readonly avoid: Pick<AvoidLists, "of" | "set" | "forget">;
  readonly consents: Pick<Consents, "of" | "set">;
  readonly tingles: Pick<Tingles, "of">;
  readonly personal: Personal;
  readonly samples: Samples;
  readonly visuals: Visuals;
  readonly charts: Charts;
  readonly settings: Settings;
  readonly repertoire: Repertoire;
  readonly programmes: Pick<Programmes, "save" | "remove">;
  readonly evenings: Evenings;
  readonly rooms: Pick<Rooms, "channelOf">;
  readonly doors: Doors;
  /** Speaks the guild's language, for what the whole room sees. */
  sayTo(guild: GuildId): Promise<Say>;
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
  /** May manage the guild or its events, as Discord says with the interaction. */
  readonly manages: boolean;
  readonly roles: readonly RoleId[];
  /** Whether the asker has a permission in this channel; administrators have all. */
  may(permission: Permission): boolean;
  /** Speaks the asker's language. */
  readonly say: Say;
  /** What the files of an answer may weigh together, in bytes. */
  readonly fileLimit: number;
}

/** What an asker may have to be allowed, by Discord's names. */
type Permission = "ManageGuild" | "ManageEvents" | "MoveMembers";

/** A file that somebody gave, still on Discord's side. */
export interface GivenFile {
  readonly name: string;
  readonly url: string;
  /** In bytes, as Discord says. */
  readonly size: number;
  /** As its sender says; nothing to rely on. */
  readonly contentType: string | undefined;
}

/** The options as Discord has checked them against the definition. */
export interface Options {
  /** @throws Error when the option was not given */
  text(name: string): string;
  textIfGiven(name: string): string | undefined;
  /** @throws Error when the option was not given */
  integer(name: string): number;
  /** @throws Error when the option was not given */
  channel(name: string): ChannelId;
  channelIfGiven(name: string): ChannelId | undefined;
  flag(name: string): boolean | undefined;
  file(name: string): GivenFile | undefined;
}

/** A slash command as somebody ran it. */
interface Call extends Asker {
  readonly options: Options;
  /** Says, to the asker alone, how far it is; the reply takes its place. */
  progress(text: string): Promise<void>;
}

/** A message on which somebody ran a command of its menu. */
interface OnMessage extends Asker {
  readonly message: {
    readonly id: MessageId;
    readonly files: readonly GivenFile[];
    /** The custom ids of its buttons, where it is one of the bot's own. */
    readonly customIds: readonly string[];
  };
  progress(text: string): Promise<void>;
}

/** A form as somebody filled it in. */
interface Submission extends Asker {
  /** What the custom id carries after its action. */
  readonly parts: readonly string[];
  /** What was written or chosen in a field; empty where nothing was. */
  values(field: string): readonly string[];
  files(field: string): readonly GivenFile[];
  progress(text: string): Promise<void>;
}

/** A button or a select as somebody used it. */
interface Press extends Asker {
  /** What the custom id carries after its action. */
  readonly parts: readonly string[];
  /** What was chosen in a select. */
  readonly values: readonly string[];
}

/** A file that goes with an answer. */
interface AnswerFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** What it shows or holds, for those who do not see it. */
  readonly description?: string;
}

interface Extras {
  readonly files?: readonly AnswerFile[];
  /** For the whole room, in silence; otherwise the asker alone gets to see it. */
  readonly public?: boolean;
}

/** A form to be filled in; its submission goes to the `Form` of its custom id. */
export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly components: APIModalInteractionResponseCallbackData["components"];
}

/** Words, components v2, or a form. */
export type Reply =
  | ({ readonly text: string } & Extras)
  | ({
      readonly components: readonly APIMessageTopLevelComponent[];
      /** In place of the message on which the button was. */
      readonly inPlace?: boolean;
    } & Extras)
  | { readonly modal: Modal };

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

/** A command in the menu of a message. */
export interface MessageCommand {
  readonly definition: {
    readonly name: string;
    toJSON(): RESTPostAPIContextMenuApplicationCommandsJSONBody;
  };
  readonly guards?: readonly Guard[];
  run(call: OnMessage, house: House): Promise<Reply>;
}

/** What becomes of a form that was filled in. */
export interface Form {
  /** As in its custom id. */
  readonly action: string;
  readonly guards?: readonly Guard[];
  run(submission: Submission, house: House): Promise<Reply>;
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
