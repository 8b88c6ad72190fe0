import { PermissionFlagsBits } from "discord-api-types/v10";
import { ApiError } from "../shared/apiError.ts";
import { asJson } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID, type VoiceState } from "../state/guildState.ts";
import { channelJson, guildJson, memberJson, rolesJson, voiceStateJson } from "../state/objects.ts";
import { needGuild, type Parts } from "./guildContext.ts";
import type { Router } from "./server.ts";

/** What a change of a member asks for, and the permission for it. */
const CHANGES = {
  channel_id: PermissionFlagsBits.MoveMembers,
  mute: PermissionFlagsBits.MuteMembers,
  deaf: PermissionFlagsBits.DeafenMembers,
  nick: PermissionFlagsBits.ManageNicknames,
  roles: PermissionFlagsBits.ManageRoles,
} as const;

/** One guild, its members and who sits where. */
export const addGuildRoutes = (route: Router, parts: Parts) => {
  const { world, messages, seats } = parts;
  const guild = `/guilds/${world.guild}`;
  const memberOf = (user: string) => {
    needGuild(parts);
    const member = world.members.get(user === "@me" ? BOT_ID : user);
    if (member === undefined) throw new ApiError(404, 10_007, "Unknown Member");
    return member;
  };
  route("GET", guild, () => {
    needGuild(parts);
    return guildJson(world);
  });
  route("GET", `${guild}/channels`, () => {
    needGuild(parts);
    return [...world.channels.values()].map(channelJson);
  });
  route("GET", `${guild}/roles`, () => {
    needGuild(parts);
    return rolesJson(world);
  });
  route("GET", `${guild}/members/:user`, ({ parameters: [user = ""] }) => memberJson(memberOf(user)));

  route("PATCH", `${guild}/members/:user`, ({ parameters: [user = ""], body }) => {
    const member = memberOf(user);
    const change = asJson(body);
    const may = world.botPermissions();
    for (const [key, permission] of Object.entries(CHANGES)) {
      if (change[key] !== undefined && (may & permission) === 0n) {
        throw new ApiError(403, 50_013, "Missing Permissions");
      }
    }
    const state = world.voiceStates.get(member.id);
    const flags: Partial<VoiceState> = {
      ...(typeof change.mute === "boolean" && { mute: change.mute }),
      ...(typeof change.deaf === "boolean" && { deaf: change.deaf }),
    };
    const moves = change.channel_id !== undefined;
    if (!moves && Object.keys(flags).length === 0) return memberJson(member);
    if (state === undefined) throw new ApiError(400, 40_032, "Target user is not connected to voice.");
    const to = moves ? (change.channel_id as string | null) : state.channelId;
    seats.sit(member.id, to ?? undefined, flags);
    return memberJson(member);
  });

  const stateOf = (user: string) => {
    const state = world.voiceStates.get(memberOf(user).id);
    if (state === undefined) throw new ApiError(404, 10_065, "Unknown Voice State");
    return state;
  };
  route("GET", `${guild}/voice-states/:user`, ({ parameters: [user = ""] }) => {
    const state = stateOf(user);
    return voiceStateJson(world, memberOf(user).id, state);
  });
  route("PATCH", `${guild}/voice-states/:user`, ({ parameters: [user = ""], body }) => {
    const own = user === "@me" || user === BOT_ID;
    messages.check(schemaFault(own ? "selfVoiceState" : "voiceState", body));
    const state = stateOf(user);
    seats.patchStage(memberOf(user).id, state, asJson(body));
  });
};
