import type { GatewayFaults, RestFaults } from "../api.ts";
import type { GuildContext } from "../rest/guildContext.ts";
import type { RestFault } from "../rest/server.ts";
import { BOT_ID, type VoiceState } from "../state/guild.ts";
import { guildJson } from "../state/objects.ts";
import type { VoiceServer } from "../voice/types.ts";

/** What moderators, the network and Discord itself do to the bot, as a test asks for it. */
export const createFaults = (
  { guild, gateway, voiceStates }: GuildContext,
  voice: VoiceServer,
  faults: RestFault[],
): GatewayFaults & RestFaults => {
  const seat = () => {
    const state = guild.voiceStates.get(BOT_ID);
    if (state === undefined) throw new Error("The bot is in no voice channel.");
    return state;
  };
  const flag = (flags: Partial<VoiceState>) => voiceStates.set(BOT_ID, seat().channelId, flags);
  return {
    closeGateway: gateway.close,
    holdGateway: gateway.hold,
    invalidateSession: gateway.invalidate,
    requestReconnect: gateway.requestReconnect,
    ignoreVoiceStateUpdates: voiceStates.ignoreUpdates,
    sendRaw: gateway.sendRaw,
    withholdEndpoint: voiceStates.withholdEndpoint,
    async changeVoiceServer() {
      voiceStates.changeServer();
    },
    disconnectBot() {
      seat();
      voiceStates.set(BOT_ID, undefined);
    },
    moveBot(name) {
      const channel = guild.channelNamed(name);
      if (channel === undefined) throw new Error(`There is no channel "${name}".`);
      seat();
      voiceStates.set(BOT_ID, channel.id);
    },
    suppressBot: (on) => flag({ suppress: on }),
    serverMuteBot: (on) => flag({ mute: on }),
    outage(on) {
      if (guild.outage === on) return;
      guild.outage = on;
      if (!on) {
        gateway.dispatch("GUILD_CREATE", guildJson(guild));
        return guild.notifyChange();
      }
      const bots = [...guild.voiceStates.keys()].filter(guild.isBot);
      for (const bot of bots) guild.voiceStates.delete(bot);
      gateway.dispatch("GUILD_DELETE", { id: guild.id, unavailable: true });
      for (const bot of bots) voice.disconnect(guild.id, bot);
      guild.notifyChange();
    },
    kickBot() {
      // A bot receives no more events of a guild that it is not a member of.
      guild.botIsMember = false;
      gateway.dispatch("GUILD_DELETE", { id: guild.id }, BOT_ID);
      voiceStates.set(BOT_ID, undefined);
      guild.notifyChange();
    },
    inviteBot() {
      if (guild.botIsMember) throw new Error("The bot is in the guild already.");
      guild.botIsMember = true;
      gateway.dispatch("GUILD_CREATE", guildJson(guild), BOT_ID);
      guild.notifyChange();
    },
    failRequests: (path, status, times, retryAfter) =>
      void faults.push({ path, status, times, ...(retryAfter !== undefined && { retryAfter }) }),
    rejectRequests: (path, code, times) => void faults.push({ path, status: 400, code, times }),
    delayRequests: (path, delay, times) => void faults.push({ path, delay, times }),
    resetRequests: (path, times) => void faults.push({ path, times, reset: true }),
  };
};
