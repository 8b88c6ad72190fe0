import { tmpdir } from "node:os";
import { resolve } from "node:path";
import type { Evening } from "discord-emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Discord, openDiscord } from "../../src/discord/client.ts";
import { type ChannelId, type EntryId, type GuildId, id, type SoundId } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { seconds } from "../../src/kernel/units.ts";
import type { PlayableSound } from "../../src/library/sound.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import type { PlayerEvent } from "../../src/session/protocol.ts";
import { type Engine, openEngine } from "../../src/voice/engine.ts";
import { type Machine, openProcess } from "../../src/voice/machine.ts";
import { openCatalogue } from "../../src/workshop/openCatalogue.ts";
import { openWorkshop } from "../../src/workshop/workshop.ts";

let evening: Evening;
let discord: Discord;
let engine: Engine;
let noise: PlayableSound;
const machines: Machine[] = [];

beforeAll(async () => {
  const workshop = openWorkshop({
    catalogue: openCatalogue(),
    cache: resolve(import.meta.dirname, "../../.cache/sounds"),
    log: silentLog,
  });
  noise = await workshop.prepare(id<SoundId>("brown-noise"));
  await workshop.close();
  evening = await openLullEmulator(tmpdir());
  // The engine's process is started with the environment of this one.
  process.env.NODE_EXTRA_CA_CERTS = evening.certificateAuthority;
  const { token, apiBase } = evening;
  discord = await openDiscord({ token, apiBase, log: silentLog, onRefused() {} });
  engine = openEngine({
    voiceGateway: discord.voiceGateway,
    log: silentLog,
    open: () => (on) => {
      const machine = openProcess(on);
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
  const player = engine.open(id<GuildId>(evening.guildId), (event) => events.push(event));
  const entry = id<EntryId>("1");
  player.send({ type: "setLoudness", gainDb: -6, over: 0 });
  player.send({ type: "join", channel: id<ChannelId>(evening.channel("lounge").id) });
  player.send({
    type: "play",
    entry,
    layers: [{ sound: noise, gainDb: 0, place: "centre" }],
    from: 500,
    crossfade: 100,
  });
  await evening.waitUntil("it plays", () => events.some(({ type }) => type === "positionAdvanced"), 20_000);
  const before = (await evening.listen(seconds(1))).lufs;
  expect(before).toBeGreaterThan(-42);

  const killed = performance.now();
  machines[0]!.end();
  events.length = 0;
  await evening.waitUntil("the room hears of it", () => events.some(({ type }) => type === "interrupted"));
  await evening.waitUntil("it is connected again", () => events.some(({ type }) => type === "connected"), 20_000);
  expect(performance.now() - killed).toBeLessThan(seconds(10));
  await evening.waitUntil("it plays again", () => events.some(({ type }) => type === "positionAdvanced"), 20_000);
  // 250 frames are five seconds: the first report of each engine.
  const [first] = events.filter((event) => event.type === "positionAdvanced");
  expect(first?.position).toBeGreaterThan(500 + 250);
  expect(first?.position).toBeLessThan(500 + 250 + 1_500);
  expect((await evening.listen(seconds(1))).lufs).toBeGreaterThan(before - 3);
  expect(engine.counts()).toMatchObject({ restarts: 1, guilds: [1] });
  player.send({ type: "leave", over: 100 });
  await evening.waitUntil("it has left", () => events.some(({ type }) => type === "left"), 20_000);
  player.close();
  await ana.leave();
  expect(evening.violations).toEqual([]);
}, 90_000);
