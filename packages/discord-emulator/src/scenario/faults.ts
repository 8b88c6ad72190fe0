import type { GatewayFaults, RestFaults } from "../api.ts";
import type { Parts } from "../rest/guildContext.ts";
import type { Fault } from "../rest/server.ts";
import { BOT_ID, type VoiceState } from "../state/guildState.ts";
import { guildJson } from "../state/objects.ts";
import type { VoiceServer } from "../voice/types.ts";

/** What a test may do to the bot, and what moderators, networks and Discord itself do to it. */
export const createMisfortunes = (
  { world, gateway, seats }: Parts,
  voice: VoiceServer,
  faults: Fault[],
): GatewayFaults & RestFaults => {
  const seat = () => {
    const state = world.voiceStates.get(BOT_ID);
    if (state === undefined) throw new Error("The bot sits in no voice channel.");
    return state;
  };
  const flag = (flags: Partial<VoiceState>) => seats.sit(BOT_ID, seat().channelId, flags);
  return {
    dropGateway: gateway.close,
    invalidateSession: gateway.invalidate,
    askToReconnect: gateway.askToReconnect,
    swallowVoiceStates: seats.swallow,
    babble: gateway.babble,
    nullEndpoint: seats.nullEndpointNext,
    async migrate() {
      seats.migrate();
    },
    disconnectBot() {
      seat();
      seats.sit(BOT_ID, undefined);
    },
    moveBot(name) {
      const channel = world.channelNamed(name);
      if (channel === undefined) throw new Error(`There is no channel "${name}".`);
      seat();
      seats.sit(BOT_ID, channel.id);
    },
    suppressBot: (on) => flag({ suppress: on }),
    serverMuteBot: (on) => flag({ mute: on }),
    outage(on) {
      if (world.outage === on) return;
      world.outage = on;
      if (!on) {
        gateway.dispatch("GUILD_CREATE", guildJson(world));
        return world.changed();
      }
      world.voiceStates.delete(BOT_ID);
      gateway.dispatch("GUILD_DELETE", { id: world.guild, unavailable: true });
      voice.dismiss(world.guild, BOT_ID);
      world.changed();
    },
    kickBot() {
      // Of a guild that it is no member of, the bot is told nothing more.
      world.botIsMember = false;
      gateway.dispatch("GUILD_DELETE", { id: world.guild });
      seats.sit(BOT_ID, undefined);
      world.changed();
    },
    inviteBot() {
      if (world.botIsMember) throw new Error("The bot is in the guild already.");
      world.botIsMember = true;
      gateway.dispatch("GUILD_CREATE", guildJson(world));
      world.changed();
    },
    failRest: (path, status, times, retryAfter) =>
      void faults.push({ path, status, times, ...(retryAfter !== undefined && { retryAfter }) }),
    refuseRest: (path, code, times) => void faults.push({ path, status: 400, code, times }),
    delayRest: (path, delay, times) => void faults.push({ path, delay, times }),
    resetRest: (path, times) => void faults.push({ path, times, reset: true }),
  };
};
