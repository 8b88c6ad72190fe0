import { Client, Events, GatewayIntentBits } from "discord.js";
import { expect, test } from "vitest";
import { createRequestPacer, paceRequests, REQUESTS_PER_SECOND } from "../../src/discord/requestPacer.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { fakeClock } from "../support/fakeClock.ts";

test("no second takes more than its share, and what is more urgent passes what waits", async () => {
  const clock = fakeClock();
  const pacer = createRequestPacer(2, clock);
  const passed: string[] = [];
  const ask = (name: string, rank: 0 | 1) =>
    void pacer.turn(rank).then((done) => {
      passed.push(name);
      done();
    });
  for (const name of ["a", "b", "c", "d"]) ask(name, 1);
  ask("panel", 0);
  await clock.advance(0);
  expect(passed).toEqual(["a", "b"]);
  await clock.advance(999);
  expect(passed).toHaveLength(2);
  await clock.advance(1);
  expect(passed).toEqual(["a", "b", "panel", "c"]);
  await clock.advance(1_000);
  expect(passed).toEqual(["a", "b", "panel", "c", "d"]);
});

test("a request that has no answer yet counts until it has one, but holds nobody up for long", async () => {
  const clock = fakeClock();
  const pacer = createRequestPacer(1, clock);
  let passed = 0;
  for (const _ of [1, 2]) void pacer.turn(1).then(() => (passed += 1));
  await clock.advance(1_999);
  expect(passed).toBe(1);
  await clock.advance(1);
  expect(passed).toBe(2);
});

test("a command is answered at once while a hundred other requests wait, and none of them is refused", async () => {
  const emulator = await openLullEmulator();
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: emulator.apiBase, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
  });
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.editReply("Here");
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(emulator.token);
  await ready;
  await client.application?.commands.set([{ name: "here", description: "Answers" }]);

  /** On two routes, each within its own limit of 50 a second. */
  const storm = () =>
    Promise.all(
      Array.from({ length: 100 }, (_, i) => client.rest.get(i % 2 === 0 ? "/users/@me" : "/applications/@me")),
    );
  await storm();
  expect(emulator.rateLimited()).toBeGreaterThan(0);

  paceRequests(client.rest, createRequestPacer(REQUESTS_PER_SECOND, systemClock));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const refused = emulator.rateLimited();
  const settled = storm();
  const began = performance.now();
  const answer = await emulator.member("ana").slash("here");
  await emulator.waitUntil("the answer is there", () => answer.latest()?.text === "Here");
  expect(performance.now() - began).toBeLessThan(900);
  await settled;
  expect(performance.now() - began).toBeGreaterThan(1_900);
  expect(emulator.rateLimited()).toBe(refused);
  await client.destroy();
  await emulator.close();
}, 30_000);
