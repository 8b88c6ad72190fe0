import { ApiError } from "../shared/apiError.ts";
import type { Json } from "../shared/json.ts";
import { asJson } from "../shared/json.ts";
import { schemaFault } from "../shared/requestSchemas.ts";
import { BOT_ID, type GuildMember, type GuildState } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";
import { commandFault, ENTRY_POINT, withoutLocalisations } from "./commandRules.ts";
import type { GuildContext } from "./guildContext.ts";
import type { AddRoute } from "./server.ts";

const MOST_COMMANDS = 100;

const applicationJson = (bot: GuildMember): Json => ({
  id: bot.id,
  name: bot.name,
  icon: null,
  description: "",
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: "00",
  flags: 0,
  bot: userJson(bot),
  owner: null,
  team: null,
});

/**
 * Who and what the bot is, and where its gateway is.
 * @param gatewayBot the answer to `GET /gateway/bot`
 */
export const addApplicationRoutes = (
  route: AddRoute,
  { guild }: GuildContext,
  gatewayBot: (bot: string) => Json,
  everybody: (user: string) => GuildMember | undefined,
  guilds: readonly GuildState[],
) => {
  const self = (bot: string) => guild.members.get(bot) ?? guild.botMember;
  route("GET", "/gateway", ({ bot }) => ({ url: gatewayBot(bot).url }), { unauthenticated: true });
  route("GET", "/gateway/bot", ({ bot }) => gatewayBot(bot));
  route("GET", "/users/@me", ({ bot }) => userJson(self(bot)));
  route("GET", "/users/@me/guilds", () =>
    guilds
      .filter(({ botIsMember }) => botIsMember)
      .map((each) => ({
        id: each.id,
        name: each.name,
        owner: false,
        permissions: each.permissionsOf(each.botMember).toString(),
        features: [],
      })),
  );
  route("GET", "/users/:user", ({ parameters: [user = ""] }) => {
    const member = everybody(user);
    if (member === undefined) throw new ApiError(404, 10_013, "Unknown User");
    return userJson(member);
  });
  route("GET", "/applications/@me", ({ bot }) => applicationJson(self(bot)));
  route("GET", "/oauth2/applications/@me", ({ bot }) => applicationJson(self(bot)));
};

/** The schema knows permissions as a number alone; Discord's documents write them as a string, and it takes both. */
const asSchemaSays = (body: Json): Json => {
  const { default_member_permissions: permissions } = body;
  if (typeof permissions !== "string" || !/^\d+$/.test(permissions)) return body;
  return { ...body, default_member_permissions: Number(permissions) };
};

const checked = (body: Json): Json => {
  const fault = schemaFault("command", asSchemaSays(body)) ?? commandFault(body);
  if (fault !== undefined) throw new ApiError(400, 50_035, `Invalid Form Body: ${fault}`);
  return body;
};

/** The commands that the bot has registered, for everybody or for one guild. */
export const addCommandRoutes = (route: AddRoute, { guild }: GuildContext, guildId?: string) => {
  const base = `/applications/${BOT_ID}${guildId === undefined ? "" : `/guilds/${guildId}`}/commands`;
  const all = () => [...guild.commands.values()].filter((each) => each.guild_id === guildId);
  const known = (id = "") => {
    const command = guild.commands.get(id);
    if (command === undefined || command.guild_id !== guildId) {
      throw new ApiError(404, 10_063, "Unknown application command");
    }
    return command;
  };
  const completed = (body: Json, before?: Json): Json => {
    const type = body.type ?? 1;
    const same =
      before ??
      all().find(({ id }) => id === body.id) ??
      all().find((each) => each.name === body.name && each.type === type);
    return {
      nsfw: false,
      options: [],
      default_member_permissions: null,
      ...body,
      type,
      id: same?.id ?? guild.snowflake(),
      application_id: BOT_ID,
      ...(guildId !== undefined && { guild_id: guildId }),
      version: guild.snowflake(),
    };
  };
  const keep = (command: Json): Json => {
    guild.commands.set(String(command.id), command);
    guild.notifyChange();
    return command;
  };

  route("GET", base, ({ query }) => (query.get("with_localizations") === "true" ? all() : withoutLocalisations(all())));
  route("PUT", base, ({ body }) => {
    if (!Array.isArray(body) || body.length > MOST_COMMANDS) {
      throw new ApiError(400, 50_035, `Invalid Form Body: a list of at most ${MOST_COMMANDS} commands is wanted`);
    }
    const wanted = (body as Json[]).map((each) => completed(checked(each)));
    if (new Set(wanted.map((each) => `${String(each.type)} ${String(each.name)}`)).size !== wanted.length) {
      throw new ApiError(400, 50_035, "Invalid Form Body: a name is used twice");
    }
    const entryPoints = wanted.filter(({ type }) => type === ENTRY_POINT).map(({ id }) => id);
    if (entryPoints.length > 1) throw new ApiError(400, 50_035, "Invalid Form Body: more than one entry point");
    if (all().some(({ type, id }) => type === ENTRY_POINT && !entryPoints.includes(id)))
      throw new ApiError(
        400,
        50_240,
        "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point " +
          "command in your update request or delete it separately.",
      );
    for (const command of all()) guild.commands.delete(String(command.id));
    for (const command of wanted) keep(command);
    guild.notifyChange();
    return wanted;
  });
  route("POST", base, ({ body }) => {
    const command = completed(checked(asJson(body)));
    if (!guild.commands.has(String(command.id)) && all().length >= MOST_COMMANDS) {
      throw new ApiError(400, 30_032, `Maximum number of application commands reached (${MOST_COMMANDS})`);
    }
    return keep(command);
  });
  route("GET", `${base}/:id`, ({ parameters: [id] }) => known(id));
  route("PATCH", `${base}/:id`, ({ parameters: [id], body }) => {
    const before = known(id);
    const { name, description, options } = before;
    checked({ name, description, options, type: before.type, ...asJson(body) });
    return keep(completed({ ...before, ...asJson(body) }, before));
  });
  route("DELETE", `${base}/:id`, ({ parameters: [id] }) => {
    guild.commands.delete(String(known(id).id));
    guild.notifyChange();
  });
};
