import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildChannel, type GuildState, type VoiceState } from "../state/guild.ts";
import { voiceStateJson } from "../state/objects.ts";
import type { Listener, VoiceServer } from "../voice/types.ts";
import type { Gateway } from "./gateway.ts";
import { stageFlags } from "./stageRequests.ts";

const STAGE = 13;

/** The voice channel of that id, where the bot may connect to it or is connected already. */
const channelForBot = (guild: GuildState, id: string): GuildChannel | undefined => {
  const channel = guild.channels.get(id);
  if (channel === undefined || channel.type === 0) return undefined;
  const may = guild.botPermissionsIn(id);
  if ((may & PermissionFlagsBits.Connect) === 0n || (may & PermissionFlagsBits.ViewChannel) === 0n) return undefined;
  const others = [...guild.voiceStates].filter(([user, state]) => state.channelId === id && user !== BOT_ID);
  const isThere = guild.voiceStates.get(BOT_ID)?.channelId === id;
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

  const announceVoiceServer = (state: VoiceState) => {
    token += 1;
    const credentials = {
      guild: guild.id,
      channel: state.channelId,
      user: BOT_ID,
      sessionId: state.sessionId,
      token: `voice-${token}`,
    };
    voice.authorise(credentials);
    const update = { token: credentials.token, guild_id: guild.id, endpoint };
    if (withheldFor === undefined) return gateway().dispatch("VOICE_SERVER_UPDATE", update);
    const wait = withheldFor;
    withheldFor = undefined;
    gateway().dispatch("VOICE_SERVER_UPDATE", { ...update, endpoint: null });
    setTimeout(() => gateway().dispatch("VOICE_SERVER_UPDATE", update), wait).unref();
  };

  const disconnect = (user: string) => {
    if (!guild.voiceStates.has(user)) return;
    guild.voiceStates.delete(user);
    listeners.get(user)?.leave();
    listeners.delete(user);
    announce(user);
    if (user === BOT_ID) voice.disconnect(guild.id, BOT_ID);
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
    if (user !== BOT_ID && moved) {
      listeners.get(user)?.leave();
      listeners.set(user, voice.join(guild.id, channelId, user));
    }
    if (user === BOT_ID) voice.setDeaf(guild.id, BOT_ID, state.selfDeaf || state.deaf);
    announce(user);
    if (user === BOT_ID && moved) {
      // The call that it was in hangs up on it before the next one takes it.
      if (before !== undefined) voice.disconnect(guild.id, BOT_ID);
      announceVoiceServer(state);
    }
    guild.notifyChange();
  };

  return {
    /** Connects a member to a voice channel, moves them, or sets flags; an undefined channel disconnects them. */
    set: update,
    /** What a member in a voice channel hears; undefined for others. */
    listenerOf: (user: string) => listeners.get(user),
    /** Opcode 4 of the bot. Discord does not answer at all where the bot may not connect. */
    onVoiceStateUpdate(payload: Json) {
      if (ignoring || payload.guild_id !== guild.id) return;
      if (payload.channel_id === null) return disconnect(BOT_ID);
      const channel = channelForBot(guild, String(payload.channel_id));
      if (channel === undefined) return;
      const before = guild.voiceStates.get(BOT_ID);
      const isThere = before?.channelId === channel.id;
      const maySpeak = (guild.botPermissionsIn(channel.id) & PermissionFlagsBits.Speak) !== 0n;
      const sessionId = gateway().sessionId();
      update(BOT_ID, channel.id, {
        ...(sessionId !== undefined && { sessionId }),
        selfMute: payload.self_mute === true,
        selfDeaf: payload.self_deaf === true,
        ...(!maySpeak && channel.type === 2 && { suppress: true }),
      });
      // To come again is answered with a voice server too; to mute or deafen oneself is not.
      const isUnchanged =
        before?.selfMute === (payload.self_mute === true) && before.selfDeaf === (payload.self_deaf === true);
      const sameSession = before?.sessionId === sessionId;
      const state = guild.voiceStates.get(BOT_ID);
      if (isThere && state !== undefined && (isUnchanged || !sameSession)) announceVoiceServer(state);
    },
    /** A change of a voice state on a stage, as REST asks for it. @throws ApiError where Discord refuses it */
    patchStage: (user: string, state: VoiceState, change: Json) =>
      update(user, state.channelId, stageFlags(guild, user, state, change)),
    /** Leaves the bot's opcode 4 unanswered. */
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
      const state = guild.voiceStates.get(BOT_ID);
      if (state !== undefined) announceVoiceServer(state);
    },
  };
};

/** The voice states of one guild. */
export type VoiceStates = ReturnType<typeof createVoiceStates>;
