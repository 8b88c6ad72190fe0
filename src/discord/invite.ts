import { type Guild, OAuth2Scopes, PermissionFlagsBits, PermissionsBitField, Routes } from "discord.js";

/** The permissions Lull needs, by the names that Discord's settings show. */
export const PERMISSION_NAMES = {
  ViewChannel: "View Channels",
  SendMessages: "Send Messages",
  AttachFiles: "Attach Files",
  ReadMessageHistory: "Read Message History",
  Connect: "Connect",
  Speak: "Speak",
  SetVoiceChannelStatus: "Set Voice Channel Status",
  CreateEvents: "Create Events",
} as const;

/** Exactly the permissions that Lull needs. */
export const invitePermissions: bigint = (Object.keys(PERMISSION_NAMES) as (keyof typeof PERMISSION_NAMES)[]).reduce(
  (all, name) => all | PermissionFlagsBits[name],
  0n,
);

/** What a helper needs: to see a voice channel, to be heard in it, and to say in its status what plays. */
export const helperPermissions: bigint =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.Connect |
  PermissionFlagsBits.Speak |
  PermissionFlagsBits.SetVoiceChannelStatus;

const linkFor = (application: string, permissions: bigint, scopes: readonly OAuth2Scopes[]): string => {
  const query = new URLSearchParams({
    client_id: application,
    scope: scopes.join(" "),
    permissions: permissions.toString(),
  });
  return `https://discord.com${Routes.oauth2Authorization()}?${query}`;
};

/** The link with which a member who can manage the guild invites the bot. */
export const inviteLink = (application: string): string =>
  linkFor(application, invitePermissions, [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands]);

/** The link that invites a helper. */
export const helperInviteLink = (application: string): string =>
  linkFor(application, helperPermissions, [OAuth2Scopes.Bot]);

/** Missing permissions in a guild, by the names that Discord's settings show. */
export const missingPermissions = (guild: Guild): readonly string[] => {
  const { me } = guild.members;
  if (me === null) return [];
  return me.permissions
    .missing(new PermissionsBitField(invitePermissions))
    .map((name) => PERMISSION_NAMES[name as keyof typeof PERMISSION_NAMES]);
};
