import { PermissionFlagsBits } from "discord-api-types/v10";
import type { Emulator } from "../api.ts";
import { EVERYONE_PERMISSIONS } from "../state/guild.ts";
import { PageError } from "./pageError.ts";
import type { BotPermission } from "./protocol.ts";

/** Permissions that the page offers, in the order in which Discord's settings list them. */
const OFFERED = {
  VIEW_CHANNEL: PermissionFlagsBits.ViewChannel,
  SEND_MESSAGES: PermissionFlagsBits.SendMessages,
  ATTACH_FILES: PermissionFlagsBits.AttachFiles,
  CONNECT: PermissionFlagsBits.Connect,
  SPEAK: PermissionFlagsBits.Speak,
  MUTE_MEMBERS: PermissionFlagsBits.MuteMembers,
  MOVE_MEMBERS: PermissionFlagsBits.MoveMembers,
  SET_VOICE_CHANNEL_STATUS: PermissionFlagsBits.SetVoiceChannelStatus,
  CREATE_EVENTS: PermissionFlagsBits.CreateEvents,
} as const;

const bitOf = (permission: string): bigint => {
  const bit = OFFERED[permission as keyof typeof OFFERED];
  if (bit === undefined) throw new PageError(`There is no permission "${permission}".`, "noSuchPermission");
  return bit;
};

/** What a moderator does to the bot: its permissions, and its place on a stage. */
export interface BotControls {
  permissions(): readonly BotPermission[];
  /** @throws PageError for a permission that is not offered */
  setPermission(permission: string, isGranted: boolean): void;
  /** @throws PageError where the bot is on no stage */
  inviteToSpeak(on: boolean): void;
}

/** The bot, as the page's user controls it. */
export const createBotControls = (
  emulator: Pick<
    Emulator,
    "botChannel" | "botName" | "botPermissions" | "channel" | "channels" | "faults" | "grantBot" | "revokeBot"
  >,
): BotControls => {
  const channels = () => emulator.channels().map(({ name }) => emulator.channel(name));
  return {
    permissions() {
      const has = emulator.botPermissions();
      return Object.entries(OFFERED).map(([id, bit]) => ({ id, isGranted: (has & bit) !== 0n }));
    },
    setPermission(permission, isGranted) {
      // What everybody may do is taken from the bot by the channels, as a moderator has to do it on Discord.
      const isEverybodys = (bitOf(permission) & EVERYONE_PERMISSIONS) !== 0n;
      if (isGranted) {
        emulator.grantBot(permission);
        for (const channel of channels()) channel.allowBot(permission);
      } else {
        emulator.revokeBot(permission);
        if (isEverybodys) for (const channel of channels()) channel.denyBot(permission);
      }
    },
    inviteToSpeak(on) {
      const channel = emulator.channels().find(({ name }) => name === emulator.botChannel());
      if (channel?.kind !== "stage")
        throw new PageError(`${emulator.botName} is on no stage.`, "notOnStage", { name: emulator.botName });
      emulator.faults.suppressBot(!on);
    },
  };
};
