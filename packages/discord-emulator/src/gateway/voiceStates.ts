import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { BOT_ID, type GuildState, type VoiceState } from "../state/guild.ts";
import { voiceStateJson } from "../state/objects.ts";
import type { Listener, VoiceServer } from "../voice/types.ts";
import type { Gateway } from "./gateway.ts";

const STAGE = 13;

/** Who sits where, and what the two gateways hear of it. */
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

  /** Seats a member, or moves them; undefined stands them up. */
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
    set: update,
    listenerOf: (user: string) => listeners.get(user),
    /** Opcode 4 of the bot. Discord does not answer at all when it may not come in. */
    onVoiceStateUpdate(payload: Json) {
      if (ignoring || payload.guild_id !== guild.id) return;
      if (payload.channel_id === null) return disconnect(BOT_ID);
      const channel = guild.channels.get(String(payload.channel_id));
      if (channel === undefined || channel.type === 0) return;
      const may = guild.botPermissionsIn(channel.id);
      if ((may & PermissionFlagsBits.Connect) === 0n || (may & PermissionFlagsBits.ViewChannel) === 0n) return;
      const inside = [...guild.voiceStates].filter(
        ([user, each]) => each.channelId === channel.id && user !== BOT_ID,
      ).length;
      const before = guild.voiceStates.get(BOT_ID);
      const isThere = before?.channelId === channel.id;
      if (channel.userLimit > 0 && inside >= channel.userLimit && !isThere) return;
      const sessionId = gateway().sessionId();
      update(BOT_ID, channel.id, {
        ...(sessionId !== undefined && { sessionId }),
        selfMute: payload.self_mute === true,
        selfDeaf: payload.self_deaf === true,
        ...((may & PermissionFlagsBits.Speak) === 0n && channel.type === 2 && { suppress: true }),
      });
      // To come again is answered with a voice server too; to mute or deafen oneself is not.
      const sameEars =
        before?.selfMute === (payload.self_mute === true) && before.selfDeaf === (payload.self_deaf === true);
      const sameSession = before?.sessionId === sessionId;
      if (isThere && (sameEars || !sameSession)) announceVoiceServer(guild.voiceStates.get(BOT_ID)!);
    },
    /** A change of a voice state on a stage, as REST asks for it. */
    patchStage(user: string, state: VoiceState, { suppress, request_to_speak_timestamp: hand }: Json) {
      if (guild.channels.get(state.channelId)?.type !== STAGE) {
        throw new ApiError(400, 50_024, "Cannot execute action on this channel type");
      }
      const moderates = (guild.botPermissionsIn(state.channelId) & PermissionFlagsBits.MuteMembers) !== 0n;
      const mayAsk = (guild.botPermissionsIn(state.channelId) & PermissionFlagsBits.RequestToSpeak) !== 0n;
      // Anybody may go back to the audience; to speak, or to send others there, is a moderator's.
      if ((user !== BOT_ID || suppress === false) && suppress !== undefined && !moderates) {
        throw new ApiError(403, 50_013, "Missing Permissions");
      }
      if (typeof hand === "string" && !mayAsk) throw new ApiError(403, 50_013, "Missing Permissions");
      update(user, state.channelId, {
        ...(suppress !== undefined && { suppress: suppress === true }),
        ...(hand !== undefined && { requestToSpeak: hand === null ? null : String(hand) }),
      });
    },
    ignoreUpdates(on: boolean) {
      ignoring = on;
    },
    withholdEndpoint(then: number) {
      withheldFor = then;
    },
    changeServer() {
      endpoint = endpoint === voice.endpoint ? voice.alternateEndpoint : voice.endpoint;
      const state = guild.voiceStates.get(BOT_ID);
      if (state !== undefined) announceVoiceServer(state);
    },
  };
};

export type VoiceStates = ReturnType<typeof createVoiceStates>;
