import { Client, Events, GatewayIntentBits, REST, type ResponseLike, Routes } from "discord.js";
import { expect, test } from "vitest";
import { createRequestPacer, PACED, paceRequests, REQUESTS_PER_SECOND } from "../../src/discord/requestPacer.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { openLullEmulator } from "../../src/rehearsal/lullEmulator.ts";
import { fakeClock } from "../support/fakeClock.ts";

test("no second takes more than its share, and what is more urgent passes what waits", async () => {
  const clock = fakeClock();
  const pacer = createRequestPacer(() => 2, clock);
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
  const pacer = createRequestPacer(() => 1, clock);
  let passed = 0;
  for (const _ of [1, 2]) void pacer.turn(1).then(() => (passed += 1));
  await clock.advance(1_999);
  expect(passed).toBe(1);
  await clock.advance(1);
  expect(passed).toBe(2);
});

/** discord.js's REST client, and what it has sent, without a network. */
const openRest = () => {
  const sent: string[] = [];
  const rest = new REST({
    ...PACED,
    makeRequest: async (url, { method }) => {
      sent.push(`${method} ${new URL(url).pathname.replace("/api/v10", "")}`);
      return new Response(null, { status: 204 }) as ResponseLike;
    },
  }).setToken("pacer.test.token");
  return { rest, sent };
};

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test("what members wait for takes no turns; everything else does, new panels first", async () => {
  const { rest, sent } = openRest();
  const ranks: number[] = [];
  paceRequests(rest, {
    turn(rank) {
      ranks.push(rank);
      return new Promise(() => {});
    },
  });
  const [awaited, first, others] = [
    [
      { method: "POST", route: Routes.interactionCallback("1", "token") },
      { method: "GET", route: Routes.webhookMessage("2", "token") },
      { method: "PATCH", route: Routes.webhookMessage("2", "token") },
      { method: "DELETE", route: Routes.webhookMessage("2", "token") },
      { method: "POST", route: Routes.webhook("2", "token") },
    ],
    [{ method: "POST", route: Routes.channelMessages("3") }],
    [
      { method: "PATCH", route: Routes.channelMessage("3", "4") },
      { method: "DELETE", route: Routes.channelMessage("3", "4") },
      { method: "GET", route: Routes.channelMessage("3", "4") },
      { method: "POST", route: Routes.guildScheduledEvents("5") },
      { method: "PATCH", route: Routes.guildScheduledEvent("5", "6") },
      { method: "DELETE", route: Routes.guildScheduledEvent("5", "6") },
      { method: "PUT", route: "/channels/3/voice-status" },
      { method: "PATCH", route: Routes.guildMember("5", "@me") },
      { method: "PUT", route: Routes.applicationCommands("2") },
      { method: "GET", route: Routes.gatewayBot() },
    ],
  ] as const;
  for (const { method, route } of [...others, ...first, ...awaited])
    void rest.request({ method: method as never, fullRoute: route });
  await expect.poll(() => sent.length).toBeGreaterThanOrEqual(awaited.length);
  await settle();
  expect(sent.toSorted()).toEqual(awaited.map(({ method, route }) => `${method} ${route}`).toSorted());
  expect(ranks).toEqual([...others.map(() => 1), ...first.map(() => 0)]);
});

test("two hundred answers within a second wait behind none of two hundred edits of panels", async () => {
  const { rest, sent } = openRest();
  paceRequests(
    rest,
    createRequestPacer(() => REQUESTS_PER_SECOND, fakeClock()),
  );
  for (let index = 0; index < 200; index++) {
    void rest.patch(Routes.channelMessage(String(index), "1"));
    void rest.post(Routes.interactionCallback(String(index), "token"));
    void rest.patch(Routes.webhookMessage("2", `token-${index}`));
  }
  const on = (kind: string) => sent.filter((line) => line.includes(` /${kind}/`)).length;
  await expect.poll(() => on("interactions")).toBe(200);
  await expect.poll(() => on("webhooks")).toBe(200);
  await settle();
  expect(on("channels")).toBeLessThanOrEqual(REQUESTS_PER_SECOND);
});

test("a command is answered at once while a hundred other requests wait, and none of them is refused", async () => {
  const emulator = await openLullEmulator();
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: emulator.apiBase, ...PACED },
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

  paceRequests(
    client.rest,
    createRequestPacer(() => REQUESTS_PER_SECOND, systemClock),
  );
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const refused = emulator.rateLimited();
  const settled = storm();
  const began = performance.now();
  const answer = await emulator.member("ana").slash("here");
  await emulator.waitUntil("the answer is there", () => answer.latest()?.text === "Here");
  const answered = performance.now() - began;
  await settled;
  const all = performance.now() - began;
  expect(all).toBeGreaterThan(1_900);
  // Behind them, it would come at their end; a slow machine takes longer for both.
  expect(answered).toBeLessThan(0.45 * all);
  expect(emulator.rateLimited()).toBe(refused);
  await client.destroy();
  await emulator.close();
});
