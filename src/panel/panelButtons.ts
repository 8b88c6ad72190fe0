import type { CommandContext, ComponentHandler, Invoker } from "../commands/command.ts";
import { saveCurrentSound } from "../commands/favourites/favourites.ts";
import { inBotChannel, isCurrentPanel } from "../commands/guards.ts";
import { isSessionHost } from "../commands/hostGuard.ts";
import { DEFAULT_EXTENSION } from "../commands/sleep/sleep.ts";
import { minutes } from "../kernel/units.ts";
import type { MemberRequest } from "../session/events.ts";

const DEFAULT_TIMER = minutes(30);

const panelButton = (
  action: string,
  of: (invoker: Invoker, context: CommandContext) => MemberRequest | Promise<MemberRequest>,
): ComponentHandler => ({
  action,
  scope: "shared",
  guards: [isCurrentPanel, inBotChannel],
  async run(press, context) {
    await context.sessions.dispatch(press.guild, await of(press, context));
    return "no-reply";
  },
});

/**
 * Handlers of the now-playing panel's buttons. Their custom ids carry the session, so that those of
 * an earlier one do nothing.
 */
export const panelButtons: readonly ComponentHandler[] = [
  panelButton("pause", ({ user }) => ({ type: "paused", by: user })),
  panelButton("resume", ({ user }) => ({ type: "resumed", by: user })),
  panelButton("skip", async (invoker, context) => ({
    type: "skipped",
    by: invoker.user,
    asHost: await isSessionHost(invoker, context),
  })),
  panelButton("stop", async (invoker, context) => ({
    type: "stopped",
    by: invoker.user,
    asHost: await isSessionHost(invoker, context),
  })),
  panelButton("extend", ({ user }) => ({ type: "sleepExtended", by: user, extra: DEFAULT_EXTENSION })),
  panelButton("sleep", ({ user }, { now }) => ({ type: "sleepRequested", by: user, endsAt: now() + DEFAULT_TIMER })),
  {
    action: "favourite",
    scope: "shared",
    guards: [isCurrentPanel, inBotChannel],
    run: (press, context) => saveCurrentSound(press, context),
  },
];
