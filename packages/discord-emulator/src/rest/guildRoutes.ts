import { PermissionFlagsBits } from "discord-api-types/v10";
import { check } from "../messages/messageChecks.ts";
import { ApiError } from "../shared/apiError.ts";
import { asJson } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID, type VoiceState } from "../state/guild.ts";
import { channelJson, guildJson, memberJson, rolesJson, voiceStateJson } from "../state/objects.ts";
import { type GuildContext, requireGuild } from "./guildContext.ts";
import type { AddRoute } from "./server.ts";

/** What a change of a member asks for, and the permission for it. */
const CHANGES = {
  channel_id: PermissionFlagsBits.MoveMembers,
  mute: PermissionFlagsBits.MuteMembers,
  deaf: PermissionFlagsBits.DeafenMembers,
  nick: PermissionFlagsBits.ManageNicknames,
  roles: PermissionFlagsBits.ManageRoles,
} as const;

/** One guild, its channels, roles, members and voice states. */
export const addGuildRoutes = (route: AddRoute, context: GuildContext) => {
  const { guild, voiceStates } = context;
  const base = `/guilds/${guild.id}`;
  const memberOf = (user: string, bot = BOT_ID) => {
    if (bot === BOT_ID) requireGuild(context);
    const member = guild.members.get(user === "@me" ? bot : user);
    if (member === undefined) throw new ApiError(404, 10_007, "Unknown Member");
    return member;
  };
  route("GET", base, () => {
    requireGuild(context);
    return guildJson(guild);
  });
  route("GET", `${base}/channels`, () => {
    requireGuild(context);
    return [...guild.channels.values()].map(channelJson);
  });
  route("GET", `${base}/roles`, () => {
    requireGuild(context);
    return rolesJson(guild);
  });
  route("GET", `${base}/members/:user`, ({ parameters: [user = ""] }) => memberJson(memberOf(user)));

  route("PATCH", `${base}/members/:user`, ({ parameters: [user = ""], body }) => {
    const member = memberOf(user);
    const change = asJson(body);
    const may = guild.botPermissionsIn();
    for (const [key, permission] of Object.entries(CHANGES)) {
      if (change[key] !== undefined && (may & permission) === 0n) {
        throw new ApiError(403, 50_013, "Missing Permissions");
      }
    }
    const state = guild.voiceStates.get(member.id);
    const flags: Partial<VoiceState> = {
      ...(typeof change.mute === "boolean" && { mute: change.mute }),
      ...(typeof change.deaf === "boolean" && { deaf: change.deaf }),
    };
    const moves = change.channel_id !== undefined;
    if (!moves && Object.keys(flags).length === 0) return memberJson(member);
    if (state === undefined) throw new ApiError(400, 40_032, "Target user is not connected to voice.");
    const to = moves ? (change.channel_id as string | null) : state.channelId;
    voiceStates.set(member.id, to ?? undefined, flags);
    return memberJson(member);
  });

  const stateOf = (user: string, bot: string) => {
    const state = guild.voiceStates.get(memberOf(user, bot).id);
    if (state === undefined) throw new ApiError(404, 10_065, "Unknown Voice State");
    return state;
  };
  route("GET", `${base}/voice-states/:user`, ({ parameters: [user = ""], bot }) => {
    const state = stateOf(user, bot);
    return voiceStateJson(guild, memberOf(user, bot).id, state);
  });
  route("PATCH", `${base}/voice-states/:user`, ({ parameters: [user = ""], body, bot }) => {
    const own = user === "@me" || user === bot;
    check(schemaFault(own ? "selfVoiceState" : "voiceState", body));
    const state = stateOf(user, bot);
    voiceStates.patchStage(memberOf(user, bot).id, state, asJson(body));
  });
};
