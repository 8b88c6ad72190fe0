import { DiscordSDK } from "@discord/embedded-app-sdk";
import { SCOPE } from "../protocol.ts";
import { createVerifier } from "./codeVerifier.ts";

/** Discord around the page, as its SDK has it. */
export interface SurroundingDiscord {
  readonly guild: string;
  /** The voice channel. */
  readonly channel: string;
  /**
   * @returns a code for the member, and what proves that this page has asked for it
   * @throws what the SDK says where the member does not allow it
   */
  authorise(): Promise<{ readonly code: string; readonly verifier: string }>;
  /**
   * Makes itself at home, once the page may speak to Discord.
   * @param accessToken of the member
   * @param showPeople is told who has the page open, as often as that changes
   */
  settle(accessToken: string, showPeople: (names: readonly string[]) => void): Promise<void>;
}

/** Discord's `OrientationLockStateTypeObject`. */
const [PORTRAIT, LANDSCAPE] = [2, 3] as const;
/** Discord's `ThermalStateTypeObject`: from here on a phone slows down by itself. */
const [SERIOUS, CRITICAL] = [2, 3];
/** Discord's `LayoutModeTypeObject`: the whole window. */
const FOCUSED = 0;

const root = document.documentElement;

/** A warm phone draws fewer pictures, and a hot one none: see `visualView.ts`. */
const cool = (thermalState: number) => {
  root.dataset.pictures = thermalState >= CRITICAL ? "none" : thermalState >= SERIOUS ? "few" : "all";
};

/**
 * Finds Discord around the page.
 * @param application its id
 * @returns undefined where there is none: the page was opened by itself
 */
export const findDiscord = async (application: string): Promise<SurroundingDiscord | undefined> => {
  if (!new URLSearchParams(location.search).has("frame_id")) return undefined;
  // What the page logs is nobody else's.
  const sdk = new DiscordSDK(application, { disableConsoleLogOverride: true });
  await sdk.ready();
  const { guildId, channelId, commands } = sdk;
  if (guildId === null || channelId === null) return undefined;
  return {
    guild: guildId,
    channel: channelId,
    async authorise() {
      const { verifier, challenge } = await createVerifier();
      const { code } = await commands.authorize({
        client_id: application,
        response_type: "code",
        prompt: "none",
        scope: [SCOPE],
        code_challenge: challenge,
        code_challenge_method: "S256",
      });
      return { code, verifier };
    },
    async settle(accessToken, showPeople) {
      await commands.authenticate({ access_token: accessToken });
      const show = ({ participants }: Awaited<ReturnType<typeof commands.getInstanceConnectedParticipants>>) =>
        showPeople(participants.map(({ nickname, global_name, username }) => nickname ?? global_name ?? username));
      await sdk.subscribe("ACTIVITY_INSTANCE_PARTICIPANTS_UPDATE", show);
      show(await commands.getInstanceConnectedParticipants());
      await sdk.subscribe("ACTIVITY_LAYOUT_MODE_UPDATE", ({ layout_mode: mode }) => {
        root.classList.toggle("small", mode !== FOCUSED);
      });
      if (sdk.platform !== "mobile") return;
      // In bed, on their side, nobody wants the page to turn.
      await commands.setOrientationLockState({
        lock_state: PORTRAIT,
        picture_in_picture_lock_state: LANDSCAPE,
        grid_lock_state: LANDSCAPE,
      });
      await sdk.subscribe("THERMAL_STATE_UPDATE", ({ thermal_state: state }) => cool(state));
    },
  };
};
