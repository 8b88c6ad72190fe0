import { systemClock } from "../../src/kernel/clock.ts";
import { id, type UserId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { openStorage } from "../../src/storage/openStorage.ts";
import { ana, bo, soundQueued } from "../session/sessionFixture.ts";
import { guild, openSessionsHarness } from "./sessionsHarness.ts";
import { durable, WISHES } from "./wishes.ts";

// Makes one wish on a real database, and prints the answer as soon as it is there; ended from outside.
const [path = "", kind = ""] = process.argv.slice(2);
const chosen = WISHES[kind];
if (chosen === undefined) throw new Error(`No wish is called ${kind}`);
const storage = await openStorage({ path });
const harness = openSessionsHarness({ clock: systemClock, store: storage.sessions });
harness.seat(ana, bo, id<UserId>("300"));
for (const event of chosen.before ?? [soundQueued("rain")]) await harness.sessions.dispatch(guild, event);
// The sounds are prepared, and nothing but the wish is still to be written.
await new Promise((resolve) => setTimeout(resolve, 50));
const answer = await harness.sessions.dispatch(guild, chosen.wish);
process.stdout.write(`${JSON.stringify(durable(answer))}\n`);
setTimeout(() => {}, minutes(1));
