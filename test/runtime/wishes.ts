import { hours } from "../../src/kernel/units.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { singleLayer } from "../../src/session/mix.ts";
import type { EntryView, SessionView } from "../../src/session/view.ts";
import { ana, bo, chat, lounge, soundQueued, soundRef } from "../session/sessionFixture.ts";

const inTime = Date.now() + hours(2);
const programme = {
  id: "p",
  title: "Slow evening",
  ends: "silence" as const,
  phases: [
    { name: "settle" as const, minutes: 10, fromDb: 0, toDb: -6, title: "rain", layers: singleLayer(soundRef("rain")) },
  ],
};

/** Every kind of wish, and what is done before so that it can be. */
export const WISHES: Readonly<
  Record<string, { readonly before?: readonly SessionEvent[]; readonly wish: SessionEvent }>
> = {
  "first sound": { before: [], wish: soundQueued("rain") },
  queue: { wish: soundQueued("ocean") },
  mix: { wish: { type: "layerAdded", by: ana, sound: soundRef("fire"), gainDb: -6, place: "left" } },
  skip: { before: [soundQueued("rain"), soundQueued("ocean")], wish: { type: "skipped", by: ana } },
  loop: { wish: { type: "loopChanged", by: ana, loop: "one" } },
  volume: { wish: { type: "volumeChanged", by: ana, volume: "quiet" } },
  pause: { wish: { type: "paused", by: ana } },
  timer: { wish: { type: "sleepRequested", by: ana, endsAt: inTime } },
  programme: { wish: { type: "programmeStarted", by: ana, programme, channel: lounge, panel: chat } },
  vote: { wish: { type: "stopped", by: bo } },
  departure: { wish: { type: "departureSet", by: ana, at: inTime } },
  stop: { wish: { type: "stopped", by: ana } },
};

const entryOf = ({ entry, title, layers }: EntryView) => ({
  entry,
  title,
  layers: layers.map(({ ready: _, ...layer }) => layer),
});

/** What of an answer is to survive: not the position, the listeners or how far a sound is prepared. */
export const durable = (view: SessionView | undefined) => {
  if (view === undefined || view.status === "over") return "over";
  const heard = view.coming ?? view.now;
  return {
    heard: heard && entryOf(heard),
    queue: view.queue.map(entryOf),
    loop: view.loop,
    volume: view.volume,
    paused: view.pauseReason,
    endsAt: view.sleepTimer?.endsAt,
    programme: view.programme?.phases,
    departures: view.departures,
    votes: view.votes,
  };
};
