import type {
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from "discord.js";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Say } from "../i18n/say.ts";
import type { ChannelId, GuildId, MessageId, RoleId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Millis } from "../kernel/units.ts";
import type { ChannelAccess } from "../ports/channelAccess.ts";
import type { Favourites, PersonalFavourites, Settings, VoiceChannels } from "../ports/guild.ts";
import type { AvoidLists, Consents, ListenerService, PersonalDataStore, Tingles } from "../ports/listeners.ts";
import type { Charts, SoundPictures, Visuals } from "../ports/pictures.ts";
import type { Evenings, ProgrammeStore } from "../ports/programmes.ts";
import type { RemoteLinks } from "../ports/remote.ts";
import type { Attachments, OptInSounds, Samples, Uploads, Whispers } from "../ports/sounds.ts";
import type { WakeUps } from "../ports/wakeUps.ts";
import type { GuildProgrammes } from "../programmes/guildProgrammes.ts";
import type { QuietChannels } from "../programmes/quietChannels.ts";
import type { Sessions } from "../runtime/sessions.ts";

/** Everything that commands may use. */
export interface CommandContext {
  readonly sessions: Sessions;
  /** As the invoker's guild sees it. */
  readonly catalogue: Catalogue;
  /** As another guild sees it. */
  catalogueOf(guild: GuildId): Catalogue;
  /** Recordings that members have added. */
  readonly uploads: Uploads;
  readonly attachments: Attachments;
  readonly optInSounds: OptInSounds;
  readonly whispers: Whispers;
  readonly pictures: SoundPictures;
  /** The operator's own guild, whose sounds can be shared with all others. */
  readonly homeGuild: string | undefined;
  readonly favourites: Favourites;
  readonly personalFavourites: PersonalFavourites;
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
  readonly wakeUps: WakeUps;
  readonly quietChannels: Pick<QuietChannels, "listenersChanged" | "settingsChanged">;
  readonly voiceChannels: Pick<VoiceChannels, "channelOf">;
  readonly channelAccess: ChannelAccess;
  /** Formats messages in the guild's language, for what everyone sees. */
  sayInGuild(guild: GuildId): Promise<Say>;
  /** The version of Lull that the operator could install; undefined where this is the latest. */
  newerRelease?(): string | undefined;
  /** Links to the remote; absent where the operator has not switched it on. */
  readonly remoteLinks?: RemoteLinks | undefined;
  /** IANA name of the operator's time zone, which `/sleep at` refers to. */
  readonly timeZone: string;
  now(): Millis;
}

/** The member who used a command or component, and where. */
export interface Invoker {
  readonly guild: GuildId;
  readonly user: UserId;
  /** The channel in which it was used. */
  readonly channel: ChannelId;
  /** The voice channel that the invoker is in. */
  readonly voiceChannel: ChannelId | undefined;
  readonly roles: readonly RoleId[];
  /**
   * Whether the invoker's roles give a permission in the whole guild; the owner and administrators
   * have every permission. Decides about what holds for the guild: a channel's overwrites don't count.
   */
  hasGuildPermission(permission: Permission): boolean;
  /**
   * Whether the invoker has a permission in one channel, its overwrites included. Decides about that
   * channel alone. False for a channel that isn't there.
   */
  hasChannelPermission(channel: ChannelId, permission: Permission): boolean;
  /** The bot's permissions in `channel`, as Discord stated them with the interaction: a bit field. */
  readonly botPermissions?: bigint;
  /** Formats messages in the invoker's language. */
  readonly say: Say;
  /** The maximum total size of an answer's files, in bytes. */
  readonly fileLimit: number;
}

/** What a member may do, from their roles and the channels' overwrites. */
export type MemberRights = Pick<Invoker, "roles" | "hasGuildPermission" | "hasChannelPermission">;

/** Permissions that a command may require, by Discord's names. */
type Permission = "ManageGuild" | "ManageEvents" | "MoveMembers";

/** A file that a member attached; it is still on Discord's servers. */
export interface AttachedFile {
  /** In ASCII, as Discord strips it. */
  readonly name: MemberText;
  /** The name as it was given, where it is not in ASCII. */
  readonly title?: MemberText | undefined;
  readonly url: string;
  /** In bytes, according to Discord. */
  readonly size: number;
  /** As the sender claims; not to be relied on. */
  readonly contentType: string | undefined;
}

/** The options, validated by Discord against the definition. */
export interface CommandOptions {
  /** @throws Error when the option was not given */
  text(name: string): string;
  optionalText(name: string): string | undefined;
  /** @throws Error when the option was not given */
  integer(name: string): number;
  optionalInteger(name: string): number | undefined;
  /** @throws Error when the option was not given */
  channel(name: string): ChannelId;
  optionalChannel(name: string): ChannelId | undefined;
  flag(name: string): boolean | undefined;
  file(name: string): AttachedFile | undefined;
}

/** One use of a slash command. */
export interface CommandCall extends Invoker {
  readonly options: CommandOptions;
  /** Shows the invoker alone how far it is; the reply replaces it. */
  progress(text: string): Promise<void>;
}

/** One use of a message command. */
interface MessageCommandCall extends Invoker {
  readonly message: {
    readonly id: MessageId;
    readonly files: readonly AttachedFile[];
    /** The custom ids of its buttons, if it is one of the bot's own messages. */
    readonly customIds: readonly string[];
  };
  progress(text: string): Promise<void>;
}

/** What was typed or selected in a field of a modal; empty if nothing was. */
export type FormValues = (field: string) => readonly string[];

/** A submitted modal. */
interface ModalSubmission extends Invoker {
  /** What the custom id contains after the action. */
  readonly parts: readonly string[];
  readonly values: FormValues;
  files(field: string): readonly AttachedFile[];
  progress(text: string): Promise<void>;
}

/** One use of a button or a select. */
interface ComponentPress extends Invoker {
  /** What the custom id contains after the action. */
  readonly parts: readonly string[];
  /** The selected values. */
  readonly values: readonly string[];
}

/** A file attached to an answer. */
interface ReplyFile {
  readonly name: string;
  readonly data: Uint8Array;
  /** Alternative text for people who can't see it. */
  readonly description?: string;
}

interface ReplyOptions {
  readonly files?: readonly ReplyFile[];
  /** Posted for everyone, silently; otherwise only the invoker sees it. */
  readonly public?: boolean;
}

/** A modal; its submission goes to the `ModalHandler` of its custom id. */
export interface Modal {
  readonly customId: string;
  readonly title: string;
  readonly components: APIModalInteractionResponseCallbackData["components"];
}

/** Text, components v2, or a modal. */
export type Reply =
  | ({ readonly text: string } & ReplyOptions)
  | ({
      readonly components: readonly APIMessageTopLevelComponent[];
      /** Replaces the message that the button is on. */
      readonly inPlace?: boolean;
    } & ReplyOptions)
  | { readonly modal: Modal };

/** A choice of a select, or one suggested by autocomplete. */
export interface Choice<Value extends string | number = string | number> {
  readonly name: string;
  readonly value: Value;
}

/** Refuses by throwing a `UserError`. */
export type Guard = (invoker: Invoker & { readonly parts?: readonly string[] }, context: CommandContext) => void;

/**
 * @param given what has been given for another option so far
 * @returns at most 25 choices, best first
 */
export type Autocomplete = (
  typed: string,
  invoker: Invoker,
  context: CommandContext,
  given: (option: string) => string | undefined,
) => Promise<readonly Choice[]> | readonly Choice[];

/** A command without subcommands, or one of its subcommands. */
export interface CommandHandler {
  readonly guards?: readonly Guard[];
  /** By the option's name. */
  readonly autocomplete?: Readonly<Record<string, Autocomplete>>;
  /** @throws UserError when it is not possible */
  run(call: CommandCall, context: CommandContext): Promise<Reply>;
}

interface Definition {
  readonly name: string;
  toJSON(): RESTPostAPIChatInputApplicationCommandsJSONBody;
}

/** A command in the menu of a message (Discord: message command). */
export interface MessageCommand {
  readonly definition: {
    readonly name: string;
    toJSON(): RESTPostAPIContextMenuApplicationCommandsJSONBody;
  };
  readonly guards?: readonly Guard[];
  run(call: MessageCommandCall, context: CommandContext): Promise<Reply>;
}

/** Handles a submitted modal. */
export interface ModalHandler {
  /** As in its custom id. */
  readonly action: string;
  readonly guards?: readonly Guard[];
  /**
   * The modal with what was submitted: a refusal offers it again.
   * @throws UserError when the invoker can't submit it at all
   */
  filledIn(submission: ModalSubmission, context: CommandContext): Promise<Modal>;
  run(submission: ModalSubmission, context: CommandContext): Promise<Reply>;
}

/** A slash command without subcommands. */
export interface PlainCommand extends CommandHandler {
  readonly definition: Definition;
}

/** A slash command with subcommands. */
export interface GroupCommand {
  readonly definition: Definition;
  /** By the subcommand's name. */
  readonly subcommands: Readonly<Record<string, CommandHandler>>;
}

/** A slash command: what is registered with Discord, and what handles it. */
export type Command = PlainCommand | GroupCommand;

/** Handles a button or a select. */
export interface ComponentHandler {
  /** As in its custom id. */
  readonly action: string;
  /**
   * `shared`: on a panel that everyone sees, so several presses at once count as one. `private`: on
   * the invoker's own message.
   */
  readonly scope: "shared" | "private";
  readonly guards?: readonly Guard[];
  /** @returns "no-reply" if nothing needs to be said because the panel shows it */
  run(press: ComponentPress, context: CommandContext): Promise<Reply | "no-reply">;
}

/** @returns undefined if the command has no such subcommand */
export const handlerOf = (command: Command, subcommand: string | undefined): CommandHandler | undefined => {
  if (!("subcommands" in command)) return command;
  return subcommand !== undefined && Object.hasOwn(command.subcommands, subcommand)
    ? command.subcommands[subcommand]
    : undefined;
};
