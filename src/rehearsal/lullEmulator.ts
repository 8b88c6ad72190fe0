import { type Emulator, type EmulatorOptions, openEmulator } from "discord-emulator";
import { helperPermissions, invitePermissions } from "../discord/invite.ts";

/** What helpers are called, in the order in which they are asked to speak. */
const HELPERS = ["Lull’s second voice", "Lull’s third voice"];

/**
 * A Discord on this machine to which Lull has been invited.
 * @param options.helpers how many of Lull's helpers have been invited as well; none by default
 */
export const openLullEmulator = ({
  helpers = 0,
  ...options
}: Pick<EmulatorOptions, "certificatesIn" | "gateway" | "onTrouble" | "worldIn"> & {
  readonly helpers?: number;
} = {}): Promise<Emulator> =>
  openEmulator({
    guildName: "Pillow Fort",
    bot: { name: "Lull", permissions: invitePermissions },
    helpers: HELPERS.slice(0, helpers).map((name) => ({ name, permissions: helperPermissions })),
    ...options,
  });

/** The tokens of the emulator's helpers, as an operator gives them to Lull. */
export const helperEnvironment = ({ helpers }: Pick<Emulator, "helpers">): Readonly<Record<string, string>> => ({
  DISCORD_HELPER_TOKENS: helpers.map(({ token }) => token).join(","),
});
