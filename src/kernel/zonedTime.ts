import { Temporal } from "temporal-polyfill";
import type { Millis } from "./units.ts";

/**
 * What the clocks of a time zone show at a moment.
 * @param zone IANA name, e.g. `Europe/Berlin`
 * @throws RangeError when the zone is unknown
 */
export const zonedTime = (at: Millis, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone);
