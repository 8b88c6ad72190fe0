import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { ChannelId, GuildId, MessageId, RoleId, UserId } from "../kernel/ids.ts";
import type { Say } from "../kernel/text.ts";
import type { Millis } from "../kernel/units.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { Favourites, Settings, VoiceChannels } from "../ports/guild.ts";
import type { AvoidLists, Consents, ListenerService, PersonalDataStore, Tingles } from "../ports/listeners.ts";
import type { Charts, SoundPictures, Visuals } from "../ports/pictures.ts";
import type { Evenings, ProgrammeStore } from "../ports/programmes.ts";
import type { Attachments, Samples, Uploads, Whispers } from "../ports/sounds.ts";
import type { GuildProgrammes } from "../programmes/guildProgrammes.ts";
import type { Sessions } from "../runtime/sessions.ts";

/** All that commands may use. */
export interface CommandContext {
  readonly sessions: Sessions;
  /** As the invoker's guild sees it. */
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
  readonly listenerService: ListenerService;
  readonly avoidLists: Pick<AvoidLists, "of" | "set" | "forget">;
  readonly consents: Pick<Consents, "of" | "set">;
  readonly tingles: Pick<Tingles, "of">;
  readonly personalData: PersonalDataStore;
  readonly samples: Samples;
  readonly visuals: Visuals;
  readonly charts: Charts;
  readonly settings: Settings;
  readonly guildProgrammes: GuildProgrammes;
  readonly programmeStore: Pick<ProgrammeStore, "save" | "remove">;
  readonly evenings: Evenings;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf">;
  readonly channelAccess: ChannelAccess;
  /** Speaks the guild's language, for what the whole room sees. */
  sayInGuild(guild: GuildId): Promise<Say>;
  /** IANA name of the zone in which `/sleep at` reads the clock. */
  readonly timeZone: string;
  now(): Millis;
}

/** Who asks, and where. */
export interface Invoker {
  readonly guild: GuildId;
  readonly user: UserId;
  /** The text channel. */
  readonly channel: ChannelId;
  /** The voice channel in which the invoker sits. */
  readonly voiceChannel: ChannelId | undefined;
  /** May manage the guild or its events, as Discord says with the interaction. */
  readonly isManager: boolean;
  readonly roles: readonly RoleId[];
  /** Whether the invoker has a permission in this channel; administrators have all. */
  hasPermission(permission: Permission): boolean;
  /** Speaks the invoker's language. */
  readonly say: Say;
  /** What the files of an answer may weigh together, in bytes. */
  readonly fileLimit: number;
}

/** What an invoker may have to be allowed, by Discord's names. */
type Permission = "ManageGuild" | "ManageEvents" | "MoveMembers";

/** A file that somebody gave, still on Discord's side. */
export interface AttachedFile {
  readonly name: string;
  readonly url: string;
  /** In bytes, as Discord says. */
  readonly size: number;
  /** As its sender says; nothing to rely on. */
  readonly contentType: string | undefined;
}

/** The options as Discord has checked them against the definition. */
export interface CommandOptions {
  /** @throws Error when the option was not given */
  text(name: string): string;
  optionalText(name: string): string | undefined;
  /** @throws Error when the option was not given */
  integer(name: string): number;
  /** @throws Error when the option was not given */
  channel(name: string): ChannelId;
  optionalChannel(name: string): ChannelId | undefined;
  flag(name: string): boolean | undefined;
  file(name: string): AttachedFile | undefined;
}

/** A slash command as somebody ran it. */
interface CommandCall extends Invoker {
  readonly options: CommandOptions;
  /** Says, to the invoker alone, how far it is; the reply takes its place. */
  progress(text: string): Promise<void>;
}

/** A message on which somebody ran a command of its menu. */
interface MessageCommandCall extends Invoker {
  readonly message: {
    readonly id: MessageId;
    readonly files: readonly AttachedFile[];
    /** The custom ids of its buttons, where it is one of the bot's own. */
    readonly customIds: readonly string[];
  };
  progress(text: string): Promise<void>;
}

/** A form as somebody filled it in. */
interface ModalSubmission extends Invoker {
  /** What the custom id carries after its action. */
  readonly parts: readonly string[];
  /** What was written or chosen in a field; empty where nothing was. */
  values(field: string): readonly string[];
  files(field: string): readonly AttachedFile[];
  progress(text: string): Promise<void>;
}

/** A button or a select as somebody used it. */
interface ComponentPress extends Invoker {
  /** What the custom id carries after its action. */
  readonly parts: readonly string[];
  /** What was chosen in a select. */
  readonly values: readonly string[];
}

/** A file that goes with an answer. */
interface ReplyFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** What it shows or holds, for those who do not see it. */
  readonly description?: string;
}

interface ReplyOptions {
  readonly files?: readonly ReplyFile[];
  /** For the whole room, in silence; otherwise the invoker alone gets to see it. */
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
  | ({ readonly text: string } & ReplyOptions)
  | ({
      readonly components: readonly APIMessageTopLevelComponent[];
      /** In place of the message on which the button was. */
      readonly inPlace?: boolean;
    } & ReplyOptions)
  | { readonly modal: Modal };

export interface Choice<Value extends string | number = string | number> {
  readonly name: string;
  readonly value: Value;
}

/** Refuses by throwing a `UserError`. */
export type Guard = (invoker: Invoker & { readonly parts?: readonly string[] }, context: CommandContext) => void;

/** @returns at most 25 choices, best first */
export type Autocomplete = (
  typed: string,
  invoker: Invoker,
  context: CommandContext,
) => Promise<readonly Choice[]> | readonly Choice[];

/** A command without subcommands, or one of its subcommands. */
export interface CommandHandler {
  readonly guards?: readonly Guard[];
  /** By option. */
  readonly autocomplete?: Readonly<Record<string, Autocomplete>>;
  /** @throws UserError when it cannot be */
  run(call: CommandCall, context: CommandContext): Promise<Reply>;
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
  run(call: MessageCommandCall, context: CommandContext): Promise<Reply>;
}

/** What becomes of a form that was filled in. */
export interface ModalHandler {
  /** As in its custom id. */
  readonly action: string;
  readonly guards?: readonly Guard[];
  run(submission: ModalSubmission, context: CommandContext): Promise<Reply>;
}

export interface PlainCommand extends CommandHandler {
  readonly definition: Definition;
}

export interface GroupCommand {
  readonly definition: Definition;
  /** By subcommand. */
  readonly subcommands: Readonly<Record<string, CommandHandler>>;
}

export type Command = PlainCommand | GroupCommand;

/** What a button or select does. */
export interface ComponentHandler {
  /** As in its custom id. */
  readonly action: string;
  /** `shared`: of a panel that everybody sees, so that several presses at once are one. `private`: of the invoker's own message. */
  readonly scope: "shared" | "private";
  readonly guards?: readonly Guard[];
  /** @returns "no-reply" when there is nothing to say, because the panel will show it */
  run(press: ComponentPress, context: CommandContext): Promise<Reply | "no-reply">;
}

/** @returns undefined for a subcommand that is not there */
export const handlerOf = (command: Command, subcommand: string | undefined): CommandHandler | undefined => {
  if (!("subcommands" in command)) return command;
  return subcommand !== undefined && Object.hasOwn(command.subcommands, subcommand)
    ? command.subcommands[subcommand]
    : undefined;
};
