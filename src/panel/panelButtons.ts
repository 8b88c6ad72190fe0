import type { CommandContext, ComponentHandler } from "../commands/command.ts";
import { saveCurrentSound } from "../commands/favourites/favourites.ts";
import { listensToPanel } from "../commands/guards.ts";
import { type ListenerRequest, requestAsListener } from "../commands/listenerRequest.ts";
import { DEFAULT_EXTENSION, DEFAULT_TIMER } from "../commands/sleep/sleep.ts";

const panelButton = (action: string, of: (context: CommandContext) => ListenerRequest): ComponentHandler => ({
  action,
  scope: "shared",
  guards: [listensToPanel],
  async run(press, context) {
    await requestAsListener(press, context, of(context));
    return "no-reply";
  },
});

/**
 * Handlers of the now-playing panel's buttons. Their custom ids carry the session, so that those of
 * an earlier one do nothing.
 */
export const panelButtons: readonly ComponentHandler[] = [
  panelButton("pause", () => ({ type: "paused" })),
  panelButton("resume", () => ({ type: "resumed" })),
  panelButton("skip", () => ({ type: "skipped" })),
  panelButton("stop", () => ({ type: "stopped" })),
  panelButton("extend", () => ({ type: "sleepExtended", extra: DEFAULT_EXTENSION })),
  panelButton("sleep", ({ now }) => ({ type: "sleepRequested", endsAt: now() + DEFAULT_TIMER })),
  {
    action: "favourite",
    scope: "shared",
    guards: [listensToPanel],
    run: (press, context) => saveCurrentSound(press, context),
  },
];
