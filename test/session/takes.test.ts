import { expect, test } from "vitest";
import { id, type SoundId } from "../../src/kernel/ids.ts";
import { seconds } from "../../src/kernel/units.ts";
import type { PlayerCommand } from "../../src/session/protocol.ts";
import { reduce } from "../../src/session/reduce.ts";
import { restoreSession } from "../../src/session/restore.ts";
import { trackOf } from "../../src/session/session.ts";
import { playable, sessionFixture } from "./sessionFixture.ts";

test("after a restart, a session goes on in the take that was heard", () => {
  const room = sessionFixture();
  const takes = { [id<SoundId>("rain")]: { take: 3, pass: 2, from: 31_000 } };
  const entry = trackOf(room.session())!.entry.id;
  room.dispatch({ type: "playerReported", report: { type: "positionAdvanced", entry, position: 33_000, takes } });
  const restored = restoreSession(room.session(), room.now(), room.now() + seconds(8));
  expect(restored?.session).toMatchObject({ status: "waiting", takes });
  const { effects } = reduce(
    restored!.session,
    { type: "soundPrepared", entry, sound: playable("rain") },
    room.now() + seconds(9),
  );
  const sent = effects.flatMap((effect): readonly PlayerCommand[] =>
    effect.type === "sendToPlayer" ? [effect.command] : [],
  );
  expect(sent).toContainEqual(expect.objectContaining({ type: "play", takes }));
});
