import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import type { GuildChannel, GuildState, VoiceState } from "../state/guild.ts";
import { voiceStateJson } from "../state/objects.ts";
import type { Listener, VoiceServer } from "../voice/types.ts";
import type { Gateway } from "./gateway.ts";
import { stageFlags } from "./stageRequests.ts";

const STAGE = 13;

/** The voice channel of that id, where a bot may connect to it or is connected already. */
const channelForBot = (guild: GuildState, id: string, bot: string): GuildChannel | undefined => {
  const channel = guild.channels.get(id);
  if (channel === undefined || channel.type === 0) return undefined;
  const may = guild.botPermissionsIn(id, bot);
  if ((may & PermissionFlagsBits.Connect) === 0n || (may & PermissionFlagsBits.ViewChannel) === 0n) return undefined;
  const others = [...guild.voiceStates].filter(([user, state]) => state.channelId === id && user !== bot);
  const isThere = guild.voiceStates.get(bot)?.channelId === id;
  return channel.userLimit > 0 && others.length >= channel.userLimit && !isThere ? undefined : channel;
};

/**
 * The voice states of one guild, and what the main gateway and the voice server are told of them.
 * @param gateway the main gateway, once it is open
 */
export const createVoiceStates = (guild: GuildState, voice: VoiceServer, gateway: () => Gateway) => {
  const listeners = new Map<string, Listener>();
  let token = 0;
  let ignoring = false;
  let withheldFor: number | undefined;
  let endpoint = voice.endpoint;

  const announce = (user: string) =>
    gateway().dispatch("VOICE_STATE_UPDATE", voiceStateJson(guild, user, guild.voiceStates.get(user)));

  const announceVoiceServer = (bot: string, state: VoiceState) => {
    token += 1;
    const credentials = {
      guild: guild.id,
      channel: state.channelId,
      user: bot,
      sessionId: state.sessionId,
      token: `voice-${token}`,
    };
    voice.authorise(credentials);
    const update = { token: credentials.token, guild_id: guild.id, endpoint };
    if (withheldFor === undefined) return gateway().dispatch("VOICE_SERVER_UPDATE", update, bot);
    const wait = withheldFor;
    withheldFor = undefined;
    gateway().dispatch("VOICE_SERVER_UPDATE", { ...update, endpoint: null }, bot);
    setTimeout(() => gateway().dispatch("VOICE_SERVER_UPDATE", update, bot), wait).unref();
  };

  const disconnect = (user: string) => {
    if (!guild.voiceStates.has(user)) return;
    guild.voiceStates.delete(user);
    listeners.get(user)?.leave();
    listeners.delete(user);
    announce(user);
    if (guild.isBot(user)) voice.disconnect(guild.id, user);
    guild.notifyChange();
  };

  const update = (user: string, channelId: string | undefined, flags: Partial<VoiceState> = {}) => {
    if (channelId === undefined) return disconnect(user);
    const channel = guild.channels.get(channelId);
    if (channel === undefined || channel.type === 0) throw new ApiError(404, 10_003, "Unknown Channel");
    const before = guild.voiceStates.get(user);
    const moved = before?.channelId !== channelId;
    const state: VoiceState = {
      channelId,
      sessionId: before?.sessionId ?? `session-${guild.snowflake()}`,
      selfMute: before?.selfMute ?? false,
      selfDeaf: before?.selfDeaf ?? false,
      mute: before?.mute ?? false,
      deaf: before?.deaf ?? false,
      suppress: moved ? channel.type === STAGE : (before?.suppress ?? false),
      requestToSpeak: moved ? null : (before?.requestToSpeak ?? null),
      ...flags,
    };
    guild.voiceStates.set(user, state);
    const isBot = guild.isBot(user);
    if (!isBot && moved) {
      listeners.get(user)?.leave();
      listeners.set(user, voice.join(guild.id, channelId, user));
    }
    if (isBot) voice.setDeaf(guild.id, user, state.selfDeaf || state.deaf);
    announce(user);
    if (isBot && moved) {
      // The call that it was in hangs up on it before the next one takes it.
      if (before !== undefined) voice.disconnect(guild.id, user);
      announceVoiceServer(user, state);
    }
    guild.notifyChange();
  };

  return {
    /** Connects a member to a voice channel, moves them, or sets flags; an undefined channel disconnects them. */
    set: update,
    /** What a member in a voice channel hears; undefined for others. */
    listenerOf: (user: string) => listeners.get(user),
    /** A session of a bot is over; where it is in a voice channel by another one, it stays there. */
    onSessionEnd({ id, bot }: { readonly id: string; readonly bot: string }) {
      if (guild.voiceStates.get(bot)?.sessionId === id || !gateway().hasSession(bot)) disconnect(bot);
    },
    /** Opcode 4 of a bot, by one of its sessions. Discord does not answer at all where it may not connect. */
    onVoiceStateUpdate(payload: Json, { id: sessionId, bot }: { readonly id: string; readonly bot: string }) {
      if (ignoring || payload.guild_id !== guild.id) return;
      if (payload.channel_id === null) return disconnect(bot);
      const channel = channelForBot(guild, String(payload.channel_id), bot);
      if (channel === undefined) return;
      const before = guild.voiceStates.get(bot);
      const isThere = before?.channelId === channel.id;
      const maySpeak = (guild.botPermissionsIn(channel.id, bot) & PermissionFlagsBits.Speak) !== 0n;
      update(bot, channel.id, {
        sessionId,
        selfMute: payload.self_mute === true,
        selfDeaf: payload.self_deaf === true,
        ...(!maySpeak && channel.type === 2 && { suppress: true }),
      });
      // To come again is answered with a voice server too; to mute or deafen oneself is not.
      const isUnchanged =
        before?.selfMute === (payload.self_mute === true) && before.selfDeaf === (payload.self_deaf === true);
      const sameSession = before?.sessionId === sessionId;
      const state = guild.voiceStates.get(bot);
      if (isThere && state !== undefined && (isUnchanged || !sameSession)) announceVoiceServer(bot, state);
    },
    /** A change of a voice state on a stage, as REST asks for it. @throws ApiError where Discord refuses it */
    patchStage: (user: string, state: VoiceState, change: Json) =>
      update(user, state.channelId, stageFlags(guild, user, state, change)),
    /** Leaves opcode 4 unanswered. */
    ignoreUpdates(on: boolean) {
      ignoring = on;
    },
    /** Announces the next voice server without an endpoint, and with it so many milliseconds later. */
    withholdEndpoint(then: number) {
      withheldFor = then;
    },
    /** Moves the guild's call to the voice server's other endpoint. */
    changeServer() {
      endpoint = endpoint === voice.endpoint ? voice.alternateEndpoint : voice.endpoint;
      for (const [user, state] of guild.voiceStates) if (guild.isBot(user)) announceVoiceServer(user, state);
    },
  };
};

/** The voice states of one guild. */
export type VoiceStates = ReturnType<typeof createVoiceStates>;
