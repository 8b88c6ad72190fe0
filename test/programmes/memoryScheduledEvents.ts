import { english } from "../../src/i18n/english.ts";
import { plain } from "../../src/i18n/message.ts";
import type { Millis } from "../../src/kernel/units.ts";
import type { ScheduledEvents } from "../../src/ports/programmes.ts";

/** Events in memory, and all that was done to them. */
export const memoryScheduledEvents = () => {
  const events = new Map<string, { title: string; next: Millis; active: boolean }>();
  const done: string[] = [];
  let trouble: string | undefined;
  let count = 0;
  const scheduledEvents: ScheduledEvents = {
    async publish({ event, title, next }) {
      if (trouble !== undefined) return { trouble: plain(trouble) };
      const id = event !== undefined && events.has(event) ? event : `event-${++count}`;
      done.push(events.has(id) ? "moved" : "posted");
      events.set(id, { title: english.of(title), next, active: false });
      return { event: id };
    },
    async start(_guild, event) {
      done.push("opened");
      const found = events.get(event);
      if (found) found.active = true;
    },
    async end(_guild, event) {
      done.push("ended");
      const found = events.get(event);
      if (found) found.active = false;
    },
    async remove(_guild, event) {
      done.push("removed");
      events.delete(event);
    },
  };
  return {
    scheduledEvents,
    events: () => [...events.values()],
    done: () => done.splice(0),
    refuse(why: string | undefined) {
      trouble = why;
    },
  };
};
