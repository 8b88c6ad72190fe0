import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Gateway } from "./gateway.ts";
import type { Interaction, Interactions } from "./interactions.ts";
import type { Messages } from "./messages.ts";
import { asJson, Refusal, type Router, type Upload } from "./rest.ts";
import { messageFault, schemaFault } from "./schemas.ts";
import type { Seats } from "./seats.ts";
import {
  BOT_ID,
  channelJson,
  GUILD_ID,
  guildJson,
  type Json,
  memberJson,
  rolesJson,
  userJson,
  type World,
} from "./world.ts";

const EPHEMERAL = 1 << 6;
const LOADING = 1 << 7;

interface Parts {
  readonly world: World;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly seats: Seats;
  readonly violation: (text: string) => void;
}

const need = (parts: Parts, channel: string, ...permissions: bigint[]) => {
  if (!parts.world.channels.has(channel)) throw new Refusal(404, 10_003, "Unknown Channel");
  const has = parts.world.botPermissions(channel);
  if ((has & PermissionFlagsBits.ViewChannel) === 0n) throw new Refusal(403, 50_001, "Missing Access");
  if (permissions.some((each) => (has & each) === 0n)) throw new Refusal(403, 50_013, "Missing Permissions");
};

/** Who and what the bot is, its guild, and its commands. */
export const addApplicationRoutes = (route: Router, parts: Parts, gatewayAddress: () => string) => {
  const { world, messages } = parts;
  const bot = () => userJson(world.members.get(BOT_ID)!);
  const application = () => ({
    id: BOT_ID,
    name: "Lull",
    icon: null,
    description: "",
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: "00",
    flags: 0,
    bot: bot(),
    owner: null,
    team: null,
  });
  route("GET", "/gateway", () => ({ url: gatewayAddress() }), true);
  route("GET", "/gateway/bot", () => ({
    url: gatewayAddress(),
    shards: 1,
    session_start_limit: { total: 1_000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
  }));
  route("GET", "/users/@me", bot);
  route("GET", "/applications/@me", application);
  route("GET", "/oauth2/applications/@me", application);
  route("GET", `/guilds/${GUILD_ID}`, () => guildJson(world));
  route("GET", `/guilds/${GUILD_ID}/channels`, () => [...world.channels.values()].map(channelJson));
  route("GET", `/guilds/${GUILD_ID}/roles`, rolesJson);
  route("GET", `/guilds/${GUILD_ID}/members/:user`, ({ parameters: [user] }) => {
    const member = world.members.get(user === "@me" ? BOT_ID : (user ?? ""));
    if (member === undefined) throw new Refusal(404, 10_007, "Unknown Member");
    return memberJson(member);
  });

  const commandOf = (body: Json): Json => {
    messages.check(schemaFault("command", body));
    const name = String(body.name);
    if ((body.type ?? 1) === 1 && (!/^[-_'\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase())) {
      throw new Refusal(400, 50_035, `Invalid Form Body: name: ${name}`);
    }
    const existing = [...world.commands.values()].find((each) => each.name === name && each.type === (body.type ?? 1));
    const id = existing?.id ?? world.snowflake();
    const command = {
      nsfw: false,
      options: [],
      default_member_permissions: null,
      ...body,
      id,
      type: body.type ?? 1,
      application_id: BOT_ID,
      version: world.snowflake(),
    };
    world.commands.set(String(id), command);
    world.changed();
    return command;
  };
  for (const base of [`/applications/${BOT_ID}/commands`, `/applications/${BOT_ID}/guilds/${GUILD_ID}/commands`]) {
    const known = (id = "") => {
      const command = world.commands.get(id);
      if (command === undefined) throw new Refusal(404, 10_063, "Unknown application command");
      return command;
    };
    route("GET", base, () => [...world.commands.values()]);
    route("PUT", base, ({ body }) => {
      const wanted = body as Json[];
      if (!Array.isArray(wanted) || wanted.length > 100)
        throw new Refusal(400, 50_035, "Invalid Form Body: more than 100 commands");
      const kept = new Set(wanted.map((each) => commandOf(each).id));
      for (const id of [...world.commands.keys()]) if (!kept.has(id)) world.commands.delete(id);
      world.changed();
      return [...world.commands.values()];
    });
    route("POST", base, ({ body }) => commandOf(asJson(body)));
    route("GET", `${base}/:id`, ({ parameters: [id] }) => known(id));
    route("PATCH", `${base}/:id`, ({ parameters: [id], body }) => commandOf({ ...known(id), ...asJson(body) }));
    route("DELETE", `${base}/:id`, ({ parameters: [id] }) => {
      known(id);
      world.commands.delete(id ?? "");
      world.changed();
    });
  }
};

/** Messages, statuses and voice states of channels. */
export const addChannelRoutes = (route: Router, parts: Parts) => {
  const { world, messages, seats } = parts;
  route("GET", "/channels/:channel", ({ parameters: [channel = ""] }) => {
    need(parts, channel);
    return channelJson(world.channels.get(channel)!);
  });
  route("POST", "/channels/:channel/messages", ({ parameters: [channel = ""], body, files }) => {
    need(parts, channel, PermissionFlagsBits.SendMessages);
    if (files.length > 0) need(parts, channel, PermissionFlagsBits.AttachFiles);
    messages.checkNew("message", asJson(body), files);
    return messages.post({ channelId: channel, body: asJson(body), files }).json;
  });
  route("GET", "/channels/:channel/messages", ({ parameters: [channel = ""], query }) => {
    need(parts, channel, PermissionFlagsBits.ReadMessageHistory);
    const all = [...world.messages.values()].filter((each) => each.channelId === channel && each.onlyFor === undefined);
    return all
      .slice(-Number(query.get("limit") ?? 50))
      .reverse()
      .map((each) => each.json);
  });
  route("GET", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""] }) => {
    need(parts, channel, PermissionFlagsBits.ReadMessageHistory);
    return messages.find(id, channel).json;
  });
  route("PATCH", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""], body, files }) => {
    need(parts, channel);
    const message = messages.find(id, channel);
    messages.checkEdit("messageEdit", asJson(body), message);
    return messages.edit(message, asJson(body), files).json;
  });
  route("DELETE", "/channels/:channel/messages/:id", ({ parameters: [channel = "", id = ""] }) => {
    need(parts, channel);
    messages.remove(messages.find(id, channel));
  });
  route("PUT", "/channels/:channel/voice-status", ({ parameters: [channel = ""], body }) => {
    need(parts, channel, PermissionFlagsBits.SetVoiceChannelStatus);
    const status = asJson(body).status;
    if (typeof status === "string" && status.length > 500) throw new Refusal(400, 50_035, "Invalid Form Body: status");
    world.channels.get(channel)!.status = String(status ?? "");
    world.changed();
  });
  route("PATCH", `/guilds/${GUILD_ID}/voice-states/@me`, ({ body }) => {
    messages.check(schemaFault("voiceState", body));
    seats.patchBot(asJson(body));
  });
  route("PATCH", `/guilds/${GUILD_ID}/members/:user`, ({ parameters: [user = ""], body }) => {
    const { channel_id: channel } = asJson(body);
    if ((world.members.get(BOT_ID)!.permissions & PermissionFlagsBits.MoveMembers) === 0n) {
      throw new Refusal(403, 50_013, "Missing Permissions");
    }
    if (channel !== undefined) seats.sit(user, channel === null ? undefined : String(channel));
    return memberJson(world.members.get(user)!);
  });
};

/** Interaction callbacks, follow-ups and the original answer. */
export const addInteractionRoutes = (route: Router, parts: Parts) => {
  const { world, interactions, messages, violation } = parts;
  const metadata = (interaction: Interaction): Json => ({
    id: interaction.id,
    type: 2,
    user: userJson(world.members.get(interaction.user)!),
    authorizing_integration_owners: {},
  });
  const say = (interaction: Interaction, body: Json, files: readonly Upload[]) => {
    const ephemeral = (Number(body.flags ?? 0) & EPHEMERAL) !== 0;
    return messages.post({
      channelId: interaction.channelId,
      body,
      files,
      webhook: true,
      interaction: metadata(interaction),
      onlyFor: ephemeral ? interaction.user : undefined,
    });
  };
  const refuse = (code: number, message: string) => {
    violation(message);
    return new Refusal(code === 40_060 ? 400 : 404, code, message);
  };

  route(
    "POST",
    "/interactions/:id/:token/callback",
    ({ parameters: [id = "", token], body, files, query }) => {
      const interaction = interactions.byId(id);
      if (interaction === undefined || interaction.token !== token) throw refuse(10_062, "Unknown interaction");
      if (interaction.answered) throw refuse(40_060, "Interaction has already been acknowledged.");
      const took = performance.now() - interaction.started;
      if (took > 3_000) throw refuse(10_062, "Unknown interaction");
      const { type, data } = asJson(body) as { type: number; data?: Json };
      const content = data ?? {};
      const schema = ({ 4: "reply", 5: "reply", 6: "update", 7: "update", 8: "autocomplete", 9: "modal" } as const)[
        type as 4
      ];
      if (schema === undefined) throw new Refusal(400, 50_035, `Invalid Form Body: type: ${type}`);
      messages.check(schemaFault(schema, body));
      let message: Json | undefined;
      switch (type) {
        case 4:
          messages.checkNew("webhookMessage", content, files);
          interaction.kind = "message";
          message = say(interaction, content, files).json;
          interaction.original = String(message.id);
          break;
        case 5:
          interaction.kind = "message";
          message = say(interaction, { flags: Number(content.flags ?? 0) | LOADING }, []).json;
          interaction.original = String(message.id);
          break;
        case 6:
        case 7:
          if (interaction.on === undefined)
            throw new Refusal(400, 50_035, "Invalid Form Body: type: there is no message to update");
          interaction.kind = "update";
          interaction.original = String(interaction.on.json.id);
          if (type === 7) {
            messages.check(messageFault(content, interaction.on.json));
            messages.edit(interaction.on, content, files);
          }
          message = interaction.on.json;
          break;
        case 8:
          interaction.choices = (content.choices ?? []) as Json[];
          break;
        default:
          interaction.kind = "modal";
          interaction.modal = content;
          interactions.rememberModal(interaction.user, {
            ...content,
            channelId: interaction.channelId,
            on: interaction.on?.json.id,
          });
      }
      interaction.answered = true;
      interaction.took = took;
      interaction.ephemeral = (Number(message?.flags ?? 0) & EPHEMERAL) !== 0;
      interaction.settle();
      world.changed();
      if (query.get("with_response") !== "true") return undefined;
      return {
        interaction: { id, type: 2, response_message_id: message?.id },
        resource: { type, ...(message && { message }) },
      };
    },
    true,
  );

  const live = (token = "") => {
    const interaction = interactions.byToken(token);
    if (interaction === undefined) throw new Refusal(401, 50_027, "Invalid Webhook Token");
    return interaction;
  };
  const target = (interaction: Interaction, id: string) =>
    messages.find(id === "@original" ? (interaction.original ?? "") : id);
  const base = `/webhooks/${BOT_ID}/:token`;
  route(
    "POST",
    base,
    ({ parameters: [token], body, files }) => {
      const interaction = live(token);
      messages.checkNew("webhookMessage", asJson(body), files);
      return say(interaction, asJson(body), files).json;
    },
    true,
  );
  route("GET", `${base}/messages/:id`, ({ parameters: [token, id = ""] }) => target(live(token), id).json, true);
  route(
    "PATCH",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""], body, files }) => {
      const message = target(live(token), id);
      messages.checkEdit("webhookEdit", asJson(body), message);
      return messages.edit(message, asJson(body), files).json;
    },
    true,
  );
  route(
    "DELETE",
    `${base}/messages/:id`,
    ({ parameters: [token, id = ""] }) => {
      messages.remove(target(live(token), id));
    },
    true,
  );
};
