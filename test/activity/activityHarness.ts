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
