import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { PlayableSound } from "../../src/catalogue/sound.ts";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { type Engine, openEngine } from "../../src/engine/engine.ts";
import { type EngineWorker, openWorkerProcess } from "../../src/engine/engineWorker.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { seconds } from "../../src/kernel/units.ts";
import { openEvening } from "../../src/rehearsal/evening.ts";
import type { Evening } from "../../src/rehearsal/scenario.ts";
import { openCatalogue } from "../../src/render/openCatalogue.ts";
import { openRenderer } from "../../src/render/renderer.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";

let evening: Evening;
let discord: Discord;
let engine: Engine;
let noise: PlayableSound;
const machines: EngineWorker[] = [];

beforeAll(async () => {
  const workshop = openRenderer({
    catalogue: openCatalogue(),
    cache: resolve(import.meta.dirname, "../../.cache/sounds"),
    log: silentLog,
  });
  noise = await workshop.prepare(id<SoundId>("brown-noise"));
  await workshop.close();
  evening = await openEvening({ certificatesIn: tmpdir() });
  // The engine's process is started with the environment of this one.
  process.env.NODE_EXTRA_CA_CERTS = evening.certificateAuthority;
  const { token, apiBase } = evening;
  discord = await openDiscord({ token, apiBase, log: silentLog, onRefused() {} });
  engine = openEngine({
    voiceGateway: discord.voiceGateway,
    log: silentLog,
    open: () => (on) => {
      const machine = openWorkerProcess(on);
      machines.push(machine);
      return machine;
    },
  });
});
afterAll(async () => {
  await engine.close();
  await discord.close();
  await evening.close();
});

test("an engine that is killed is followed by another, which goes on within 10 s from where the sound was", async () => {
  const ana = await evening.member("ana").join("lounge");
  const events: PlayerEvent[] = [];
  const player = engine.open(id<GuildId>(evening.guild), (event) => events.push(event));
  const entry = id<EntryId>("1");
  player.send({ type: "setVolume", gainDb: -6, over: 0 });
  player.send({ type: "join", channel: id<ChannelId>(evening.channel("lounge").id) });
  player.send({
    type: "play",
    entry,
    layers: [{ sound: noise, gainDb: 0, place: "centre" }],
    from: 500,
    crossfade: 100,
  });
  await evening.until("it plays", () => events.some(({ type }) => type === "positionAdvanced"), 20_000);
  const before = (await evening.listen(seconds(1))).lufs;
  expect(before).toBeGreaterThan(-42);

  const killed = performance.now();
  machines[0]!.terminate();
  events.length = 0;
  await evening.until("the room hears of it", () => events.some(({ type }) => type === "interrupted"));
  await evening.until("it is connected again", () => events.some(({ type }) => type === "connected"), 20_000);
  expect(performance.now() - killed).toBeLessThan(seconds(10));
  await evening.until("it plays again", () => events.some(({ type }) => type === "positionAdvanced"), 20_000);
  // 250 frames are five seconds: the first report of each engine.
  const [first] = events.filter((event) => event.type === "positionAdvanced");
  expect(first?.position).toBeGreaterThan(500 + 250);
  expect(first?.position).toBeLessThan(500 + 250 + 1_500);
  expect((await evening.listen(seconds(1))).lufs).toBeGreaterThan(before - 3);
  expect(engine.counts()).toMatchObject({ restarts: 1, guilds: [1] });
  player.send({ type: "leave", over: 100 });
  await evening.until("it has left", () => events.some(({ type }) => type === "left"), 20_000);
  player.close();
  await ana.leave();
  expect(evening.violations).toEqual([]);
}, 90_000);
