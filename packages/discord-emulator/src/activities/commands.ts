import type { z } from "zod";
import type { Json } from "../shared/json.ts";
import { userJson } from "../state/objects.ts";
import type { FrameOptions } from "./frameOptions.ts";
import { rpcChannel } from "./objects.ts";
import { ARGUMENTS, type Command, ErrorCode, EVENTS, RpcError } from "./rpc.ts";

type Arguments = typeof ARGUMENTS;

/** What a page may ask of the client, before and after it has authenticated. */
interface RpcCommands {
  /** @returns the data of the answer @throws RpcError */
  run(command: z.infer<typeof Command>): unknown;
  orientationLock(): number | undefined;
  refuseAuthorisation(): void;
}

/** @throws RpcError where the arguments are not what the command takes */
const read = <Name extends keyof Arguments>(name: Name, given: unknown): z.infer<Arguments[Name]> => {
  const { success, data, error } = ARGUMENTS[name].safeParse(given ?? {});
  if (success) return data as z.infer<Arguments[Name]>;
  const [issue] = error.issues;
  throw new RpcError(ErrorCode.invalidPayload, `child "${issue?.path.join(".")}" fails: ${issue?.message}`);
};

/** @param subscribed the events that the page is told of; changed as it subscribes */
export const createCommands = (options: FrameOptions, subscribed: Set<string>): RpcCommands => {
  const { application, guild, member, oauth } = options;
  let scopes: readonly string[] | undefined;
  let lock: number | undefined;
  let isRefused = false;

  const need = (scope?: string) => {
    if (scopes === undefined || (scope !== undefined && !scopes.includes(scope)))
      throw new RpcError(ErrorCode.invalidPermissions, "Not authenticated or invalid scope");
  };
  const eventOf = (event: unknown): string => {
    if (typeof event !== "string" || !(event in EVENTS))
      throw new RpcError(ErrorCode.invalidEvent, `Invalid event: ${String(event)}`);
    return event;
  };

  const commands: Readonly<Record<string, (args: unknown, event: unknown) => unknown>> = {
    AUTHORIZE(args) {
      const asked = read("AUTHORIZE", args);
      if (asked.client_id !== application) throw new RpcError(ErrorCode.invalidClientId, "Invalid client id");
      if (isRefused) {
        isRefused = false;
        throw new RpcError(ErrorCode.oauth2, "OAuth2 Error: access_denied: The resource owner denied the request");
      }
      const { scope, code_challenge: challenge, code_challenge_method: method } = asked;
      // Of the methods of RFC 7636, Discord has one.
      if (challenge !== undefined && method !== "S256")
        throw new RpcError(ErrorCode.oauth2, 'OAuth2 Error: invalid_request: Unsupported "code_challenge_method"');
      return { code: oauth.authorise(member.id, scope, challenge) };
    },
    AUTHENTICATE(args) {
      const { access_token: token } = read("AUTHENTICATE", args);
      const grant = oauth.grantOf(token);
      if (grant?.user !== member.id) throw new RpcError(ErrorCode.invalidToken, "Invalid access token");
      scopes = grant.scopes;
      const { id, username, discriminator, avatar, public_flags, global_name } = userJson(member);
      return {
        access_token: token,
        user: { id, username, discriminator, avatar, public_flags, global_name },
        scopes,
        expires: new Date(grant.expires).toISOString(),
        application: { id: application, name: guild.bot.name, description: "", icon: null, rpc_origins: [] },
      };
    },
    GET_CHANNEL(args) {
      const channel = guild.channels.get(read("GET_CHANNEL", args).channel_id);
      need("guilds");
      if (channel === undefined) throw new RpcError(ErrorCode.invalidChannel, "Invalid channel");
      return rpcChannel(guild, channel);
    },
    GET_CHANNEL_PERMISSIONS() {
      need("guilds.members.read");
      return { permissions: guild.permissionsOf(member, options.channel.id).toString() };
    },
    GET_ACTIVITY_INSTANCE_CONNECTED_PARTICIPANTS: () => ({ participants: options.participants() }),
    SET_ORIENTATION_LOCK_STATE(args) {
      lock = read("SET_ORIENTATION_LOCK_STATE", args).lock_state;
      return null;
    },
    USER_SETTINGS_GET_LOCALE() {
      need("identify");
      return { locale: member.locale };
    },
    CAPTURE_LOG: () => null,
    ENCOURAGE_HW_ACCELERATION: () => ({ enabled: true }),
    GET_PLATFORM_BEHAVIORS: () => ({}),
    SUBSCRIBE(_args, event) {
      const known = eventOf(event);
      const scope = EVENTS[known];
      if (scope !== undefined) need(scope);
      subscribed.add(known);
      return { evt: known };
    },
    UNSUBSCRIBE(_args, event) {
      subscribed.delete(eventOf(event));
      return { evt: event };
    },
  };

  return {
    run({ cmd, args, evt }): Json | unknown {
      const command = Object.hasOwn(commands, cmd) ? commands[cmd] : undefined;
      if (command === undefined) throw new RpcError(ErrorCode.invalidCommand, `Invalid command: ${cmd}`);
      return command(args, evt);
    },
    orientationLock: () => lock,
    refuseAuthorisation() {
      isRefused = true;
    },
  };
};
