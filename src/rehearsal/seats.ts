import { PermissionFlagsBits } from "discord-api-types/v10";
import { type ChannelId, type GuildId, id, type UserId } from "../kernel/ids.ts";
import type { Gateway } from "./gateway.ts";
import { voiceStateJson } from "./objects.ts";
import { Refusal } from "./rest.ts";
import type { Listener, VoiceServer } from "./voice/contract.ts";
import { BOT_ID, type Json, type VoiceState, type World } from "./world.ts";

const BOT = id<UserId>(BOT_ID);
const STAGE = 13;

/** Who sits where, and what the two gateways hear of it. */
export const createSeats = (world: World, voice: VoiceServer, gateway: () => Gateway) => {
  const guild = id<GuildId>(world.guild);
  const ears = new Map<string, Listener>();
  let token = 0;
  let swallowing = false;
  let nullEndpoint: number | undefined;
  let endpoint = voice.endpoint;

  const announce = (user: string) =>
    gateway().dispatch("VOICE_STATE_UPDATE", voiceStateJson(world, user, world.voiceStates.get(user)));

  const announceVoiceServer = (state: VoiceState) => {
    token += 1;
    const ticket = {
      guild,
      channel: id<ChannelId>(state.channelId),
      user: BOT,
      sessionId: state.sessionId,
      token: `voice-${token}`,
    };
    voice.admit(ticket);
    const update = { token: ticket.token, guild_id: guild, endpoint };
    if (nullEndpoint === undefined) return gateway().dispatch("VOICE_SERVER_UPDATE", update);
    const wait = nullEndpoint;
    nullEndpoint = undefined;
    gateway().dispatch("VOICE_SERVER_UPDATE", { ...update, endpoint: null });
    setTimeout(() => gateway().dispatch("VOICE_SERVER_UPDATE", update), wait).unref();
  };

  const stand = (user: string) => {
    if (!world.voiceStates.has(user)) return;
    world.voiceStates.delete(user);
    ears.get(user)?.leave();
    ears.delete(user);
    announce(user);
    if (user === BOT_ID) voice.dismiss(guild, BOT);
    world.changed();
  };

  /** Seats a member, or moves them; undefined stands them up. */
  const sit = (user: string, channelId: string | undefined, flags: Partial<VoiceState> = {}) => {
    if (channelId === undefined) return stand(user);
    const channel = world.channels.get(channelId);
    if (channel === undefined || channel.type === 0) throw new Refusal(404, 10_003, "Unknown Channel");
    const before = world.voiceStates.get(user);
    const moved = before?.channelId !== channelId;
    const state: VoiceState = {
      channelId,
      sessionId: before?.sessionId ?? `session-${world.snowflake()}`,
      selfMute: before?.selfMute ?? false,
      selfDeaf: before?.selfDeaf ?? false,
      mute: before?.mute ?? false,
      deaf: before?.deaf ?? false,
      suppress: moved ? channel.type === STAGE : (before?.suppress ?? false),
      requestToSpeak: moved ? null : (before?.requestToSpeak ?? null),
      ...flags,
    };
    world.voiceStates.set(user, state);
    if (user !== BOT_ID && moved) {
      ears.get(user)?.leave();
      ears.set(user, voice.enter(guild, id<ChannelId>(channelId), id<UserId>(user)));
    }
    if (user === BOT_ID) voice.deafen(guild, BOT, state.selfDeaf || state.deaf);
    announce(user);
    if (user === BOT_ID && moved) {
      // The call that it was in hangs up on it before the next one takes it.
      if (before !== undefined) voice.dismiss(guild, BOT);
      announceVoiceServer(state);
    }
    world.changed();
  };

  return {
    sit,
    earsOf: (user: string) => ears.get(user),
    /** Opcode 4 of the bot. Discord does not answer at all when it may not come in. */
    botAsks(payload: Json) {
      if (swallowing || payload.guild_id !== guild) return;
      if (payload.channel_id === null) return stand(BOT_ID);
      const channel = world.channels.get(String(payload.channel_id));
      if (channel === undefined || channel.type === 0) return;
      const may = world.botPermissions(channel.id);
      if ((may & PermissionFlagsBits.Connect) === 0n || (may & PermissionFlagsBits.ViewChannel) === 0n) return;
      const inside = [...world.voiceStates].filter(
        ([user, each]) => each.channelId === channel.id && user !== BOT_ID,
      ).length;
      const before = world.voiceStates.get(BOT_ID);
      const isThere = before?.channelId === channel.id;
      if (channel.userLimit > 0 && inside >= channel.userLimit && !isThere) return;
      const sessionId = gateway().sessionId();
      sit(BOT_ID, channel.id, {
        ...(sessionId !== undefined && { sessionId }),
        selfMute: payload.self_mute === true,
        selfDeaf: payload.self_deaf === true,
        ...((may & PermissionFlagsBits.Speak) === 0n && channel.type === 2 && { suppress: true }),
      });
      // To come again is answered with a voice server too; to mute or deafen oneself is not.
      const sameEars =
        before?.selfMute === (payload.self_mute === true) && before.selfDeaf === (payload.self_deaf === true);
      const sameSession = before?.sessionId === sessionId;
      if (isThere && (sameEars || !sameSession)) announceVoiceServer(world.voiceStates.get(BOT_ID)!);
    },
    /** A change of a voice state on a stage, as REST asks for it. */
    patchStage(user: string, state: VoiceState, { suppress, request_to_speak_timestamp: hand }: Json) {
      if (world.channels.get(state.channelId)?.type !== STAGE) {
        throw new Refusal(400, 50_024, "Cannot execute action on this channel type");
      }
      const moderates = (world.botPermissions(state.channelId) & PermissionFlagsBits.MuteMembers) !== 0n;
      const mayAsk = (world.botPermissions(state.channelId) & PermissionFlagsBits.RequestToSpeak) !== 0n;
      // Anybody may go back to the audience; to speak, or to send others there, is a moderator's.
      if ((user !== BOT_ID || suppress === false) && suppress !== undefined && !moderates) {
        throw new Refusal(403, 50_013, "Missing Permissions");
      }
      if (typeof hand === "string" && !mayAsk) throw new Refusal(403, 50_013, "Missing Permissions");
      sit(user, state.channelId, {
        ...(suppress !== undefined && { suppress: suppress === true }),
        ...(hand !== undefined && { requestToSpeak: hand === null ? null : String(hand) }),
      });
    },
    swallow(on: boolean) {
      swallowing = on;
    },
    nullEndpointNext(then: number) {
      nullEndpoint = then;
    },
    migrate() {
      endpoint = endpoint === voice.endpoint ? voice.otherEndpoint : voice.endpoint;
      const state = world.voiceStates.get(BOT_ID);
      if (state !== undefined) announceVoiceServer(state);
    },
  };
};

export type Seats = ReturnType<typeof createSeats>;
