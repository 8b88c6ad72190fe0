import { minutes } from "../kernel/units.ts";
import type { Wish } from "../session/events.ts";
import type { Asker, Control, House } from "./command.ts";
import { keepWhatPlays } from "./favourites.ts";
import { inTheRoom, ofThisSession } from "./guards.ts";
import { isHost } from "./hosts.ts";
import { USUAL_EXTENSION } from "./sleep.ts";

const FIRST_TIMER = minutes(30);

const wish = (action: string, of: (asker: Asker, house: House) => Wish | Promise<Wish>): Control => ({
  action,
  of: "room",
  guards: [ofThisSession, inTheRoom],
  async run(press, house) {
    await house.sessions.dispatch(press.guild, await of(press, house));
    return "seen";
  },
});

/** The buttons of the now-playing panel. Their custom ids carry the session, so that last night's do nothing. */
export const panelControls: readonly Control[] = [
  wish("pause", ({ user }) => ({ type: "paused", by: user })),
  wish("resume", ({ user }) => ({ type: "resumed", by: user })),
  wish("skip", async (asker, house) => ({ type: "skipped", by: asker.user, asHost: await isHost(asker, house) })),
  wish("stop", async (asker, house) => ({ type: "stopped", by: asker.user, asHost: await isHost(asker, house) })),
  wish("extend", ({ user }) => ({ type: "sleepExtended", by: user, extra: USUAL_EXTENSION })),
  wish("sleep", ({ user }, { now }) => ({ type: "sleepRequested", by: user, endsAt: now() + FIRST_TIMER })),
  {
    action: "favourite",
    of: "room",
    guards: [ofThisSession, inTheRoom],
    run: (press, house) => keepWhatPlays(press, house),
  },
];
