import { type Emulator, type EmulatorOptions, openEmulator } from "discord-emulator";
import { invitePermissions } from "../discord/invite.ts";

/** A Discord on this machine to which Lull has been invited. */
export const openLullEmulator = (
  options: Pick<EmulatorOptions, "certificatesIn" | "gateway" | "onTrouble" | "worldIn"> = {},
): Promise<Emulator> =>
  openEmulator({ guildName: "Pillow Fort", bot: { name: "Lull", permissions: invitePermissions }, ...options });
