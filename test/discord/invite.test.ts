import { PermissionsBitField } from "discord.js";
import { expect, test } from "vitest";
import { inviteLink, invitePermissions } from "../../src/discord/invite.ts";

test("the invite asks for what Lull needs, and for no more", () => {
  expect(new PermissionsBitField(invitePermissions).toArray().sort()).toEqual([
    "AttachFiles",
    "Connect",
    "CreateEvents",
    "ReadMessageHistory",
    "SendMessages",
    "SetVoiceChannelStatus",
    "Speak",
    "ViewChannel",
  ]);
  const link = new URL(inviteLink("42"));
  expect(link.origin + link.pathname).toBe("https://discord.com/oauth2/authorize");
  expect(Object.fromEntries(link.searchParams)).toEqual({
    client_id: "42",
    scope: "bot applications.commands",
    permissions: invitePermissions.toString(),
  });
});
