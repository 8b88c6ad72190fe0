import { expect, test } from "vitest";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { VISUALS } from "../../src/catalogue/visuals.ts";
import type { GuildId } from "../../src/kernel/ids.ts";
import { minutes } from "../../src/kernel/units.ts";
import { createPanelFaces } from "../../src/panel/panelFaces.ts";
import { SOUNDS } from "../commands/commandHarness.ts";
import { sessionFixture } from "../session/sessionFixture.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";

const log = { info() {}, warn() {}, error() {} };
const catalogueOf = (_guild: GuildId) =>
  ({ find: (name) => SOUNDS.find(({ id }) => id === name) }) as Pick<Catalogue, "find">;

test("each picture is drawn once, and nobody waits for it", async () => {
  const drawn: string[] = [];
  const clock = fakeClock();
  const render = async (id: string) => {
    drawn.push(id);
    return new Uint8Array([1]);
  };
  const faces = createPanelFaces({ render }, catalogueOf, clock.now, log);
  let ready = 0;
  const views = ["rain-window", "fire", "rain-window"].map((name) => sessionFixture(name).view());
  for (const view of views) expect(faces.of(view, () => ready++)).toBeUndefined();
  await settle();
  expect(drawn).toEqual(["rain-on-window", "candle"]);
  expect(ready).toBe(3);
  expect(views.map((view) => faces.of(view, () => ready++)?.name)).toEqual([
    "rain-on-window.webp",
    "candle.webp",
    "rain-on-window.webp",
  ]);
  expect(drawn.length).toBeLessThanOrEqual(VISUALS.length);
});

test("a picture that cannot be drawn is left out, and tried again ten minutes later", async () => {
  const clock = fakeClock();
  let tries = 0;
  const render = () => Promise.reject(new Error(`full ${++tries}`));
  const faces = createPanelFaces({ render }, catalogueOf, clock.now, log);
  const view = sessionFixture("fire").view();
  for (let i = 0; i < 3; i++) {
    expect(faces.of(view, () => {})).toBeUndefined();
    await settle();
  }
  expect(tries).toBe(1);
  await clock.advance(minutes(11));
  faces.of(view, () => {});
  expect(tries).toBe(2);
});
