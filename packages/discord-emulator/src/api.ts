import type { Millis } from "./shared/units.ts";
import type { Listener, VoiceServer, VoiceStatistics } from "./voice/types.ts";

/** What an emulator is opened with. */
export interface EmulatorOptions {
  /** Name of the guild that is there from the start; "Test Server" by default. */
  readonly guildName?: string;
  /** The bot that logs in: its name ("Bot" by default), and the permissions that its invite asks for. */
  readonly bot?: { readonly name?: string; readonly permissions?: bigint };
  /** Further bots that may log in, each with a token of its own; they are members of every guild. None by default. */
  readonly helpers?: readonly { readonly name: string; readonly permissions?: bigint }[];
  /** Port of the REST API and the gateway; any free one by default. */
  readonly port?: number;
  /** How many shards the gateway wants, and how often they may identify. */
  readonly gateway?: GatewayLimits;
  /** Folder in which the voice server's certificates are kept for the next time; a new temporary one by default. */
  readonly certificatesIn?: string;
  /**
   * File in which the first guild is kept for the next time: its channels, roles, members and scheduled events with
   * their ids, and the bot's permissions. None by default: every start is a new guild.
   */
  readonly worldIn?: string;
  /** Called with a sentence when that file is damaged, and has been set aside, or can't be written. */
  readonly onTrouble?: (sentence: string) => void;
}

/** How the main gateway divides a bot's guilds, and what it allows its shards. */
export interface GatewayLimits {
  /** Recommended number of shards; 1 by default. A bot may identify with any number. */
  readonly shards?: number;
  /** Most guilds that a shard may carry, 2,500 by default; one that would carry more is closed with 4011. */
  readonly guildsPerShard?: number;
  /**
   * `max_concurrency`: one Identify in five seconds for each value of `shard_id % max_concurrency`; an earlier one is
   * answered with Invalid Session. Absent: it says 1 and holds nobody to it, so that a test may start its bot again at
   * once.
   */
  readonly maxConcurrency?: number;
  /** Identifies that are left of the day's 1,000; all of them by default. */
  readonly identifies?: number;
}

/** One guild and its members. What cannot be done, such as joining a channel that does not exist, throws an Error. */
export interface EmulatedGuild {
  readonly guildId: string;
  /** The member of that name, created on first mention with the permissions of @everyone; options change them. */
  member(
    name: string,
    options?: { readonly permissions?: bigint; readonly roles?: readonly string[]; readonly locale?: string },
  ): Member;
  /** The channel of that name, created on first mention. There are general (text), lounge and loft (voice), and stage. */
  channel(
    name: string,
    options?: { readonly kind?: "text" | "voice" | "stage"; readonly userLimit?: number },
  ): EmulatedChannel;
  /** The role of that name, created on first mention; its permissions are added to those of members who have it. */
  role(name: string, options?: { readonly permissions?: readonly string[] }): EmulatedRole;
  /** Makes a voice channel the AFK channel; undefined: there is none. */
  setAfkChannel(channel: string | undefined): void;
  /** Adds permissions to the bot's role (names as in Discord's documentation, e.g. "MOVE_MEMBERS"). */
  grantBot(...permissions: readonly string[]): void;
  /** Takes permissions from the bot's role. */
  revokeBot(...permissions: readonly string[]): void;
  /** What the bot may do in every channel of the guild, as bits. */
  botPermissions(): bigint;
  /** Puts the bot in time-out for so many milliseconds; 0 ends it. */
  timeOutBot(duration: Millis): void;
  /**
   * Listens in real time and measures what was heard.
   * @param duration in milliseconds
   * @param options.as the member who listens; by default the first one in the channel
   * @param options.channel by default the bot's voice channel
   */
  listen(duration: Millis, options?: { readonly as?: string; readonly channel?: string }): Promise<Recording>;
  /** The voice channel of the bot, or of the further bot of that name, by name; undefined while it is in none. */
  botChannel(helper?: string): string | undefined;
  /** All messages that were posted and not deleted, oldest first, without ephemeral ones. */
  messages(channel?: string): readonly VisibleMessage[];
  /** In the order in which they are listed. */
  channels(): readonly ChannelView[];
  /** Roles that can be chosen: neither @everyone's nor the bot's. */
  roles(): readonly { readonly id: string; readonly name: string }[];
  /** All members; the bot once it has been online. */
  members(): readonly MemberView[];
  /** Faults of this guild; those of the gateway concern the shard that carries it, those of requests all guilds. */
  readonly faults: GatewayFaults & RestFaults;
}

/** A Discord on this machine, with one guild or more: what tests and the page drive. */
export interface Emulator extends EmulatedGuild {
  /** `http://127.0.0.1:port/api`, for DISCORD_API_BASE or the option `rest.api` of a discord.js client. */
  readonly apiBase: string;
  /** PEM file of the certificate authority, for NODE_EXTRA_CA_CERTS. */
  readonly certificateAuthority: string;
  /** The bot's token. */
  readonly token: string;
  /** The further bots. */
  readonly helpers: readonly { readonly id: string; readonly name: string; readonly token: string }[];
  /** Of the bot; also the id of its OAuth 2 client. */
  readonly applicationId: string;
  /** Of the bot's OAuth 2 client. */
  readonly clientSecret: string;
  /**
   * A code for `POST /oauth2/token`, as if a member had authorised the application in Discord.
   * @param user id of the member
   * @param scopes such as "identify" and "guilds"
   * @param challenge of PKCE, by the method S256: the exchange then takes a `code_verifier`
   */
  authorise(user: string, scopes: readonly string[], challenge?: string): string;
  readonly botName: string;
  readonly voice: VoiceServer;
  /** The shards that have a session, each with how many there are, in the order in which they identified. */
  shards(): readonly (readonly [id: number, count: number])[];
  /** Requests that were refused with 429, for the bot's limit of 50 a second or for a route's. */
  rateLimited(): number;
  /**
   * A further guild, with channels and members of its own, which invites the bot; on a second call the same one.
   * @param options.id its id, which decides on its shard; by default that of the moment
   */
  createGuild(name: string, options?: { readonly id?: string }): EmulatedGuild;
  /** Resolves when the condition holds; rejects with the description after the limit (30 s by default). */
  waitUntil(description: string, condition: () => boolean, limit?: Millis): Promise<void>;
  /**
   * Calls back after anything that somebody can see has changed: messages, ephemeral ones included, channels, members,
   * voice states, registered commands.
   * @returns a function that stops it
   */
  onChange(changed: () => void): () => void;
  /** The commands that the bot has registered for this guild and globally, as Discord's API returns them. */
  commands(): readonly Record<string, unknown>[];
  /** Requests and payloads that broke Discord's rules; `close` rejects when there are any. */
  readonly violations: readonly string[];
  /** Closes all servers. @throws Error that lists the violations, when there are any */
  close(): Promise<void>;
}

/** A channel, as a moderator changes it. */
export interface EmulatedChannel {
  readonly id: string;
  readonly name: string;
  /** How many members may join a voice channel; 0 is no limit. */
  setUserLimit(limit: number): void;
  /** Denies permissions to the bot in this channel (names as in Discord's documentation, e.g. "CONNECT"). */
  denyBot(...permissions: readonly string[]): void;
  /** Takes denials back. */
  allowBot(...permissions: readonly string[]): void;
  /** Gives a member permissions in this channel alone, as an overwrite of the channel. @throws Error for nobody */
  allowMember(name: string, ...permissions: readonly string[]): void;
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
  /** The voice channel status that the bot has set. */
  readonly status?: string;
}

/** A member as they are listed, with their voice state. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
  /** It is one of the further bots. */
  readonly isHelper?: boolean;
  readonly online: boolean;
  /** The voice channel by name, and flags of the voice state; absent in no voice channel. */
  readonly voice?: {
    readonly channel: string;
    readonly muted: boolean;
    readonly deafened: boolean;
    readonly suppressed: boolean;
  };
}

/** A file that a member sends. */
export interface FileUpload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** MIME type as Discord reports it; by the name's extension where it is left out. */
  readonly type?: string;
}

/** A command's options by name. */
export type OptionValues = Readonly<Record<string, string | number | boolean | FileUpload>>;

/** A modal's values by custom id: texts, chosen values, checkboxes, files. */
export type ModalValues = Readonly<Record<string, string | boolean | readonly (string | FileUpload)[]>>;

/** The bot's activity in a member's client: what the client says to its page, and what happens to it there. */
export interface ActivityFrame {
  /** The same for all who have it open in one voice channel. */
  readonly instanceId: string;
  /** Of the page's address, without a question mark. */
  readonly query: string;
  /** Takes what the page has posted: opcode and payload. A page that breaks the protocol is closed. */
  receive(message: unknown): void;
  /** How the page has locked the screen (1 unlocked, 2 portrait, 3 landscape); undefined: it has not. */
  orientationLock(): number | undefined;
  /** Refuses what the page asks for next in AUTHORIZE, as a member can. */
  refuseAuthorisation(): void;
  /** 0 nominal to 3 critical. */
  setThermalState(state: 0 | 1 | 2 | 3): void;
  /** 0 focused, 1 picture in picture, 2 grid. */
  setLayoutMode(mode: 0 | 1 | 2): void;
  /** Closes it, as the member's click on its cross does. */
  close(): void;
}

/** A member of a guild, and all that they can do. What Discord's own client would not let them send throws an Error. */
export interface Member {
  readonly id: string;
  readonly name: string;
  /** Joins a voice or stage channel, or moves there. */
  join(channel: string): Promise<Member>;
  /** Leaves the voice channel. */
  leave(): Promise<Member>;
  setSelfMute(on: boolean): void;
  setSelfDeaf(on: boolean): void;
  /** Sends an emoji as an effect into their voice channel. */
  sendVoiceEffect(emoji: string): void;
  /** Runs a command; `path` is e.g. "play" or "sleep in". Options are checked against what the bot has registered. */
  slash(path: string, options?: OptionValues, where?: { readonly channel?: string }): Promise<InteractionResponse>;
  /** The choices that the bot offers for an option while it is being typed. */
  autocomplete(
    path: string,
    option: string,
    typed: string,
    others?: OptionValues,
    where?: { readonly channel?: string },
  ): Promise<readonly { name: string; value: string | number }[]>;
  /** Clicks the button with this custom_id or label, on the message or, by default, on the newest one that has it. */
  click(button: string, on?: VisibleMessage): Promise<InteractionResponse>;
  /** Chooses values of the select with this custom_id, on the message or the newest one that has it. */
  select(customId: string, values: readonly string[], on?: VisibleMessage): Promise<InteractionResponse>;
  /** Submits the modal that the bot has shown last. */
  submit(customId: string, fields: ModalValues): Promise<InteractionResponse>;
  /** Runs a command of a message's context menu, by the name with which it is registered. */
  useMessageCommand(command: string, on: VisibleMessage): Promise<InteractionResponse>;
  /**
   * Opens the bot's activity in their voice channel, until they leave it.
   * @param send is called with each message for the page: opcode and payload
   */
  openActivity(
    send: (message: readonly [opcode: number, payload: unknown]) => void,
    options?: { readonly platform?: "desktop" | "mobile" },
  ): ActivityFrame;
  /** The activity that they have open. */
  activity(): ActivityFrame | undefined;
  addRole(role: EmulatedRole): void;
  removeRole(role: EmulatedRole): void;
  /** What this member sees in a channel, oldest first: all messages, and the ephemeral ones that are theirs. */
  messages(channel: string): readonly VisibleMessage[];
  /** Dismisses an ephemeral message of theirs: nobody sees it any more. @throws Error for any other */
  dismiss(message: VisibleMessage): void;
  /** Sends a plain message, with up to ten files, to "general" by default. */
  send(text: string, where?: { readonly channel?: string; readonly files?: readonly FileUpload[] }): VisibleMessage;
  /** What they hear, and their microphone; undefined while they are in no voice channel. */
  listener(): Listener | undefined;
  leaveGuild(): Promise<void>;
}

/** A file of a message, as it can be fetched. */
export interface VisibleAttachment {
  readonly name: string;
  /** The alternative text. */
  readonly description: string | undefined;
  /** MIME type; empty where Discord does not know it. */
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly url: string;
}

/** A message as somebody sees it. */
export interface VisibleMessage {
  readonly id: string;
  /** Name of its channel. */
  readonly channel: string;
  readonly ephemeral: boolean;
  /** All that can be read, a line each: content, embeds, text displays, labels of buttons. */
  readonly text: string;
  /** Bits of Discord's message flags. */
  readonly flags: number;
  readonly attachments: readonly VisibleAttachment[];
  /** The message object as Discord would send it. */
  readonly raw: Record<string, unknown>;
}

/** The first response to an interaction. Awaiting it rejects with an Error when none comes within 3 s. */
export interface InteractionResponse extends VisibleMessage {
  readonly kind: "message" | "update" | "modal" | "none";
  /** Milliseconds from the interaction to the first callback, on the monotonic clock. */
  readonly responseTime: Millis;
  /** The message with all edits so far, read again at each call. */
  latest(): VisibleMessage;
}

/** What was heard, decoded and measured. */
export interface Recording {
  /** 48 kHz, full scale at ±1, decoded by one continuous decoder. */
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** Integrated loudness in LUFS (ITU-R BS.1770-4); −Infinity for silence. */
  readonly lufs: number;
  /** RMS in dBFS of each 20 ms frame, in the order of the timeline. */
  readonly levels: readonly number[];
  /** Highest absolute sample. */
  readonly peak: number;
  /** Power spectrum in third octaves from 25 Hz on, in dB. */
  readonly spectrum: readonly { readonly hertz: number; readonly db: number }[];
  /** Gaps of more than 40 ms between arrivals while something was being sent, in milliseconds. */
  readonly gaps: readonly number[];
  /** Lateness of each packet against its 20 ms tick, in milliseconds: median, 99th percentile, maximum. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly packets: number;
  readonly silencePackets: number;
  /** Of the voice server since its start. */
  readonly statistics: VoiceStatistics;
}

/** What moderators, the network and Discord itself do to the bot on the main gateway. */
export interface GatewayFaults {
  /** Closes the bot's main gateway socket with the code. */
  closeGateway(code: number): void;
  /** Leaves the bot's new sockets without an answer while it is on; then they are answered. */
  holdGateway(on: boolean): void;
  /** Sends Invalid Session. */
  invalidateSession(resumable: boolean): void;
  /** Sends Reconnect. */
  requestReconnect(): void;
  /** Leaves opcode 4 (Update Voice State) unanswered. */
  ignoreVoiceStateUpdates(on: boolean): void;
  /** Sends the next VOICE_SERVER_UPDATE with a null endpoint; the real one follows after this many milliseconds. */
  withholdEndpoint(then: Millis): void;
  /** Sends this to the bot as it is, be it JSON or not. */
  sendRaw(text: string): void;
  /** Moves the guild's call to another voice server. */
  changeVoiceServer(): Promise<void>;
  disconnectBot(): void;
  moveBot(channel: string): void;
  suppressBot(on: boolean): void;
  serverMuteBot(on: boolean): void;
  /** Makes the guild unavailable, or available again. */
  outage(on: boolean): void;
  kickBot(): void;
  /** Adds the bot to the guild again, with the permissions of its role as they are. */
  inviteBot(): void;
}

/** What happens to the bot's next requests. `path` is matched against the path after `/api/v10`. */
export interface RestFaults {
  /** Answers the next `times` requests whose path matches with this status; 429 carries `retryAfter` seconds. */
  failRequests(path: RegExp, status: number, times: number, retryAfter?: number): void;
  /** Rejects them with status 400 and one of Discord's JSON error codes. */
  rejectRequests(path: RegExp, code: number, times: number): void;
  /** Answers them so many milliseconds later. */
  delayRequests(path: RegExp, delay: Millis, times: number): void;
  /** Resets their TCP connections instead of answering. */
  resetRequests(path: RegExp, times: number): void;
}
