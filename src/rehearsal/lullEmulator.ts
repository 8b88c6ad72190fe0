import { type Emulator, openEmulator } from "discord-emulator";
import { invitePermissions } from "../discord/invite.ts";

/**
 * A Discord on this machine to which Lull has been invited.
 * @param certificatesIn folder in which the voice server's certificates are kept for the next time
 */
export const openLullEmulator = (certificatesIn?: string): Promise<Emulator> =>
  openEmulator({
    guildName: "Pillow Fort",
    bot: { name: "Lull", permissions: invitePermissions },
    ...(certificatesIn !== undefined && { certificatesIn }),
  });
