import type { OAuth } from "../activities/oauth.ts";
import { ApiError } from "../shared/apiError.ts";
import { asJson, type Json } from "../shared/json.ts";
import type { GuildMember, GuildState } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";
import type { AddRoute } from "./server.ts";

/** What a user learns of themselves with the scope `identify` (`UserPIIResponse` in Discord's OpenAPI document). */
const ownUserJson = (member: GuildMember): Json => ({
  ...userJson(member),
  flags: 0,
  banner: null,
  accent_color: null,
  mfa_enabled: false,
  premium_type: 0,
  locale: member.locale,
});

/** What the application does in the name of members who have authorised it. */
export const addOAuthRoutes = (route: AddRoute, oauth: OAuth, guilds: readonly GuildState[]): void => {
  const memberships = (user: string) =>
    guilds.flatMap((guild) => {
      const member = guild.members.get(user);
      return member === undefined ? [] : [{ guild, member }];
    });

  route("POST", "/oauth2/token", ({ body }) => oauth.exchange(asJson(body)), { unauthenticated: true });
  route(
    "GET",
    "/users/@me",
    ({ user = "" }) => {
      const [first] = memberships(user);
      if (first === undefined) throw new ApiError(401, 0, "401: Unauthorized");
      return ownUserJson(first.member);
    },
    { scope: "identify" },
  );
  route(
    "GET",
    "/users/@me/guilds",
    ({ user = "" }) =>
      memberships(user).map(({ guild, member }) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: false,
        permissions: guild.permissionsOf(member).toString(),
        features: [],
      })),
    { scope: "guilds" },
  );
};
