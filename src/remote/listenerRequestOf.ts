import type { ListenerRequest } from "../commands/listenerRequest.ts";
import { DEFAULT_EXTENSION, DEFAULT_TIMER } from "../commands/sleep/sleep.ts";
import { id, type SoundId } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { SessionView } from "../session/view.ts";
import type { RemoteRequest } from "./protocol.ts";

/** A request that concerns the session which is on. */
export type SessionRequest = Exclude<
  RemoteRequest,
  { type: "play" | "startProgramme" | "skipEvening" | "wakeAt" | "cancelWakeUp" }
>;

/** What a request of the page asks of the session, as a command or a button of the panel would. */
export const listenerRequestOf = (
  request: SessionRequest,
  { sleepTimer }: Pick<SessionView, "sleepTimer">,
  now: Millis,
): ListenerRequest => {
  switch (request.type) {
    case "pause":
      return { type: "paused" };
    case "resume":
      return { type: "resumed" };
    case "skip":
      return { type: "skipped" };
    case "stop":
      return { type: "stopped" };
    case "softer":
      return { type: "softened" };
    case "louder":
      return { type: "raised" };
    case "extend":
      return sleepTimer === undefined
        ? { type: "sleepRequested", endsAt: now + DEFAULT_TIMER }
        : { type: "sleepExtended", extra: DEFAULT_EXTENSION };
    case "sleepIn":
      return { type: "sleepRequested", endsAt: now + minutes(request.minutes) };
    case "layer": {
      const { sound, gainDb, place } = request;
      return {
        type: "layerChanged",
        sound: id<SoundId>(sound),
        ...(gainDb !== undefined && { gainDb }),
        ...(place !== undefined && { place }),
      };
    }
  }
};
