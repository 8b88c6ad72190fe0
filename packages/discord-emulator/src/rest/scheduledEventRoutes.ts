import { PermissionFlagsBits } from "discord-api-types/v10";
import { check } from "../messages/messageChecks.ts";
import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { asJson } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";
import { type GuildContext, requireGuild } from "./guildContext.ts";
import type { AddRoute } from "./server.ts";

const MOST_EVENTS = 100;
const STAGE = 1;
const EXTERNAL = 3;
const COMPLETED = 3;
const CANCELLED = 4;
/** To which states an event may go from scheduled and from active. */
const NEXT: Readonly<Record<number, readonly number[]>> = { 1: [2, CANCELLED], 2: [COMPLETED] };

/** Scheduled events of one guild, in voice channels and on stages. */
export const addScheduledEventRoutes = (route: AddRoute, context: GuildContext) => {
  const { guild, gateway } = context;
  const base = `/guilds/${guild.id}/scheduled-events`;
  const may = (...permissions: readonly bigint[]) => {
    requireGuild(context);
    const has = guild.botPermissionsIn();
    if (!permissions.some((each) => (has & each) !== 0n)) throw new ApiError(403, 50_013, "Missing Permissions");
  };
  const known = (id = "") => {
    const event = guild.events.get(id);
    if (event === undefined) throw new ApiError(404, 10_070, "Unknown Guild Scheduled Event");
    return event;
  };
  const placed = (event: Json) => {
    const channel = guild.channels.get(String(event.channel_id));
    if (event.entity_type === EXTERNAL || channel?.type !== (event.entity_type === STAGE ? 13 : 2)) {
      throw new ApiError(400, 50_035, "Invalid Form Body: channel_id: not a channel of the event's type");
    }
  };
  const inTheFuture = (time: unknown) => {
    if (!(Date.parse(String(time)) > Date.now())) {
      throw new ApiError(400, 50_035, "Invalid Form Body: scheduled_start_time: not in the future");
    }
  };
  const announce = (what: "CREATE" | "UPDATE" | "DELETE", event: Json) => {
    gateway.dispatch(`GUILD_SCHEDULED_EVENT_${what}`, event);
    guild.notifyChange();
    return event;
  };

  route("GET", base, () => {
    requireGuild(context);
    return [...guild.events.values()];
  });
  route("POST", base, ({ body }) => {
    may(PermissionFlagsBits.CreateEvents, PermissionFlagsBits.ManageEvents);
    const wanted = asJson(body);
    check(schemaFault(wanted.entity_type === STAGE ? "stageEvent" : "voiceEvent", wanted));
    placed(wanted);
    inTheFuture(wanted.scheduled_start_time);
    if (guild.events.size >= MOST_EVENTS) {
      throw new ApiError(400, 30_038, `Maximum number of uncompleted guild scheduled events reached (${MOST_EVENTS})`);
    }
    const event: Json = {
      description: null,
      scheduled_end_time: null,
      entity_metadata: null,
      entity_id: null,
      recurrence_rule: null,
      image: null,
      ...wanted,
      id: guild.snowflake(),
      guild_id: guild.id,
      creator_id: BOT_ID,
      creator: userJson(guild.botMember),
      status: 1,
      user_count: 0,
    };
    guild.events.set(String(event.id), event);
    return announce("CREATE", event);
  });
  route("GET", `${base}/:id`, ({ parameters: [id] }) => known(id));
  route("PATCH", `${base}/:id`, ({ parameters: [id], body }) => {
    may(PermissionFlagsBits.CreateEvents, PermissionFlagsBits.ManageEvents);
    const before = known(id);
    const change = asJson(body);
    const event = { ...before, ...change };
    check(schemaFault(event.entity_type === STAGE ? "stageEventEdit" : "voiceEventEdit", change));
    placed(event);
    if (change.scheduled_start_time !== undefined) inTheFuture(change.scheduled_start_time);
    if (change.status !== undefined && !NEXT[Number(before.status)]?.includes(Number(change.status))) {
      throw new ApiError(400, 180_000, "Cannot update a finished event");
    }
    const over = event.status === COMPLETED || event.status === CANCELLED;
    if (over) guild.events.delete(String(event.id));
    else guild.events.set(String(event.id), event);
    return announce("UPDATE", event);
  });
  route("DELETE", `${base}/:id`, ({ parameters: [id = ""] }) => {
    may(PermissionFlagsBits.CreateEvents, PermissionFlagsBits.ManageEvents);
    const event = known(id);
    guild.events.delete(id);
    announce("DELETE", event);
  });
};
