import { createHash, randomBytes } from "node:crypto";
import type { Emulator } from "discord-emulator";
import { openActivity } from "../../src/activity/activity.ts";
import { openPagesHarness } from "../remote/pagesHarness.ts";

/** The activity of an application, such as the emulator's, on an HTTP server of its own. */
export const openActivityHarness = ({
  applicationId: application,
  clientSecret,
  apiBase,
}: Pick<Emulator, "applicationId" | "clientSecret" | "apiBase">) =>
  openPagesHarness((options) => openActivity({ ...options, application, clientSecret, apiBase }));

/** What a member's page has after Discord has asked them: a code, and the verifier with whose hash it asked. */
export const authorise = (emulator: Pick<Emulator, "authorise">, user: string) => {
  const verifier = randomBytes(32).toString("base64url");
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  return { code: emulator.authorise(user, ["identify"], challenge), verifier };
};
