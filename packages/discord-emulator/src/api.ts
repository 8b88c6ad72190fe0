import type { Millis } from "./shared/units.ts";
import type { Listener, VoiceServer, VoiceStatistics } from "./voice/types.ts";

/** What an emulator is opened with. */
export interface EmulatorOptions {
  /** Name of the guild that is there from the start; "Test Server" by default. */
  readonly guildName?: string;
  /** The bot that logs in: its name ("Bot" by default), and the permissions that its invite asks for. */
  readonly bot?: { readonly name?: string; readonly permissions?: bigint };
  /** Port of the REST API and the gateway; any free one by default. */
  readonly port?: number;
  /** Folder in which the voice server's certificates are kept for the next time; a new temporary one by default. */
  readonly certificatesIn?: string;
}

/** One guild of an evening, and the people in it. */
export interface EmulatedGuild {
  /** Its id. */
  readonly guildId: string;
  /** The member of that name, created on first mention; permissions are those of @everyone unless said. */
  member(name: string, options?: { permissions?: bigint; roles?: readonly string[]; locale?: string }): Member;
  /** Adds a channel, or returns the one of that name. The guild starts with general (text), lounge and loft (voice), stage. */
  channel(name: string, options?: { kind?: "text" | "voice" | "stage"; userLimit?: number }): EmulatedChannel;
  /** The role of that name, created on first mention; its permissions are added to those of whoever has it. */
  role(name: string, options?: { permissions?: readonly string[] }): EmulatedRole;
  /** Makes a voice channel the one for those who do nothing, or none. */
  setAfkChannel(channel: string | undefined): void;
  /** Gives the bot's role permissions beyond the invite's (names as in Discord's documents, e.g. "MOVE_MEMBERS"). */
  grantBot(...permissions: readonly string[]): void;
  /** Takes permissions from the bot's role. */
  revokeBot(...permissions: readonly string[]): void;
  /** Listens with a member's ears for so long (in real time) and measures what was heard. */
  listen(duration: Millis, options?: { as?: string; channel?: string }): Promise<Recording>;
  /** Where the bot sits now, by channel name. */
  botChannel(): string | undefined;
  /** Everything that was posted and not deleted, oldest first, ephemeral answers left out. */
  messages(channel?: string): readonly VisibleMessage[];
  /** In the order in which they are listed. */
  channels(): readonly ChannelView[];
  /** Roles that can be chosen, @everyone's and the bot's own left out. */
  roles(): readonly { readonly id: string; readonly name: string }[];
  /** Everybody in the guild; the bot too once it has been online. */
  members(): readonly MemberView[];
  /** What is done to the bot in this guild; what is done to its gateway or its requests is done to all guilds. */
  readonly faults: GatewayFaults & RestFaults;
}

/** A Discord of one's own, with one guild or more, and the people in them: what tests and the page drive. */
export interface Emulator extends EmulatedGuild {
  /** `http://127.0.0.1:port/api`, for DISCORD_API_BASE. */
  readonly apiBase: string;
  /** PEM file of the certificate authority, for NODE_EXTRA_CA_CERTS. */
  readonly certificateAuthority: string;
  /** The one token that the rehearsal accepts. */
  readonly token: string;
  readonly botName: string;
  readonly voice: VoiceServer;
  /** A further guild, with channels and people of its own, which invites the bot on first mention. */
  createGuild(name: string): EmulatedGuild;
  /** Resolves when the condition holds; rejects with the description after the limit (10 s by default). */
  waitUntil(description: string, condition: () => boolean, limit?: Millis): Promise<void>;
  /**
   * Calls back after anything that somebody can see has changed: messages, ephemeral answers, channels, members, voice states,
   * registered commands. @returns a function that stops it
   */
  onChange(changed: () => void): () => void;
  /** The commands that the bot has registered for this guild and for everybody, as Discord's API returns them. */
  commands(): readonly Record<string, unknown>[];
  /** Requests and payloads that broke Discord's rules; `close` rejects when there are any. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

/** A channel, as a moderator changes it. */
export interface EmulatedChannel {
  readonly id: string;
  readonly name: string;
  setUserLimit(limit: number): void;
  /** Denies permissions to the bot here (names as in Discord's documents, e.g. "CONNECT"). */
  denyBot(...permissions: readonly string[]): void;
  allowBot(...permissions: readonly string[]): void;
  delete(): void;
}

/** A role that members can be given. */
export interface EmulatedRole {
  readonly id: string;
  readonly name: string;
}

/** A channel as it is listed. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: "text" | "voice" | "stage";
  readonly userLimit: number;
  /** What the bot has set as the channel's status. */
  readonly status?: string;
}

/** A member as they are listed, with their voice state. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  readonly online: boolean;
  /** Where they sit: a channel's name, with the flags of their voice state. */
  readonly voice?: {
    readonly channel: string;
    readonly muted: boolean;
    readonly deafened: boolean;
    readonly suppressed: boolean;
  };
}

/** A file as somebody hands it over. */
export interface FileUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** MIME type as Discord would tell it; by the name's ending where it is left out. */
  readonly type?: string;
}

/** A command's options by name. */
export type OptionValues = Readonly<Record<string, string | number | boolean | FileUpload>>;

/** What a form is filled in with, by custom id: texts, what is chosen, ticks, files. */
export type ModalValues = Readonly<Record<string, string | boolean | readonly (string | FileUpload)[]>>;

/** A member of a guild, and all that they can do. What Discord's own client would not let them send throws an Error. */
export interface Member {
  readonly id: string;
  readonly name: string;
  join(channel: string): Promise<Member>;
  leave(): Promise<Member>;
  setSelfMute(on: boolean): void;
  setSelfDeaf(on: boolean): void;
  /** Sends an emoji as an effect in the voice channel in which they sit. */
  sendVoiceEffect(emoji: string): void;
  /** Runs a command; `path` is e.g. "play" or "sleep in". Options are checked against what the bot registered. */
  slash(path: string, options?: OptionValues, where?: { channel?: string }): Promise<InteractionResponse>;
  autocomplete(
    path: string,
    option: string,
    typed: string,
    others?: OptionValues,
    where?: { channel?: string },
  ): Promise<readonly { name: string; value: string | number }[]>;
  /** Presses the button whose custom_id or label is this, on the message (the newest that has it, by default). */
  click(button: string, on?: VisibleMessage): Promise<InteractionResponse>;
  select(customId: string, values: readonly string[], on?: VisibleMessage): Promise<InteractionResponse>;
  /** Fills in the form that the bot showed last, and sends it. */
  submit(customId: string, fields: ModalValues): Promise<InteractionResponse>;
  /** Has a role from now on. */
  addRole(role: EmulatedRole): void;
  removeRole(role: EmulatedRole): void;
  /** Runs a command of a message's menu, by the name with which it is registered. */
  useMessageCommand(command: string, on: VisibleMessage): Promise<InteractionResponse>;
  /** What this member sees in a channel, oldest first: everybody's messages, and the ephemeral answers that are theirs alone. */
  messages(channel: string): readonly VisibleMessage[];
  /** Writes a plain message, with up to ten files. */
  send(text: string, where?: { channel?: string; files?: readonly FileUpload[] }): VisibleMessage;
  /** Their ears, while they sit in a voice channel. */
  listener(): Listener | undefined;
  /** Leaves the guild. */
  leaveGuild(): Promise<void>;
}

/** A file of a message, as it can be fetched. */
export interface VisibleAttachment {
  readonly name: string;
  /** For those who do not see it. */
  readonly description: string | undefined;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly url: string;
}

/** A message as somebody sees it. */
export interface VisibleMessage {
  readonly id: string;
  readonly channel: string;
  readonly ephemeral: boolean;
  /** All that can be read: content, embeds, text displays, labels of buttons. */
  readonly text: string;
  readonly flags: number;
  /** What hangs on it, as it can be fetched. */
  readonly attachments: readonly VisibleAttachment[];
  /** The message object as Discord would send it. */
  readonly raw: Record<string, unknown>;
}

/** The answer to an interaction: rejects with the reason when none came within 3 s. */
export interface InteractionResponse extends VisibleMessage {
  readonly kind: "message" | "update" | "modal" | "none";
  /** Milliseconds from the interaction to the first callback, on the monotonic clock. */
  readonly responseTime: Millis;
  /** The follow-ups and edits so far, read afresh at each call. */
  latest(): VisibleMessage;
}

/** What was heard. */
export interface Recording {
  /** 48 kHz, planar, decoded by one continuous decoder. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Integrated loudness (ITU-R BS.1770); −Infinity for silence. */
  readonly lufs: number;
  /** RMS in dBFS of each 20 ms frame, in order of the timeline. */
  readonly levels: readonly number[];
  /** Highest absolute sample. */
  readonly peak: number;
  /** Power spectrum in third octaves from 25 Hz on, in dB. */
  readonly spectrum: readonly { readonly hertz: number; readonly db: number }[];
  /** Arrival gaps of more than 40 ms while something was being sent, in milliseconds. */
  readonly gaps: readonly number[];
  /** Lateness of each packet against its 20 ms tick, in milliseconds: median, 99th percentile, maximum. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly packets: number;
  readonly silencePackets: number;
  readonly statistics: VoiceStatistics;
}

/** What moderators, the network and Discord itself do to the bot on the main gateway. */
export interface GatewayFaults {
  /** Closes the bot's main gateway socket with the code. */
  closeGateway(code: number): void;
  invalidateSession(resumable: boolean): void;
  requestReconnect(): void;
  /** Swallows opcode 4 (voice state updates). */
  ignoreVoiceStateUpdates(on: boolean): void;
  /** Sends VOICE_SERVER_UPDATE with a null endpoint next time; the real one follows after so long. */
  withholdEndpoint(then: Millis): void;
  /** Sends this to the bot as it stands, be it JSON or not. */
  sendRaw(text: string): void;
  /** Moves the guild's call to another voice server. */
  changeVoiceServer(): Promise<void>;
  disconnectBot(): void;
  moveBot(channel: string): void;
  suppressBot(on: boolean): void;
  serverMuteBot(on: boolean): void;
  outage(on: boolean): void;
  kickBot(): void;
  /** Lets it in again, with the permissions of its role as they are. */
  inviteBot(): void;
}

/** What happens to the bot's next requests. `path` is matched against the path after `/api/v10`. */
export interface RestFaults {
  /** Answers the next `times` requests whose path matches with this status (429 carries retry_after seconds). */
  failRequests(path: RegExp, status: number, times: number, retryAfter?: number): void;
  /** Refuses them with 400 and this of Discord's JSON error codes. */
  rejectRequests(path: RegExp, code: number, times: number): void;
  delayRequests(path: RegExp, delay: Millis, times: number): void;
  /** Resets the TCP connection instead of answering. */
  resetRequests(path: RegExp, times: number): void;
}
