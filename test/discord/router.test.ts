import { SlashCommandBuilder } from "discord.js";
import { expect, test } from "vitest";
import type { Choice, CommandContext, ComponentHandler, PlainCommand, Reply } from "../../src/commands/command.ts";
import type { IncomingInteraction, InteractionRequest } from "../../src/discord/interaction.ts";
import { createRouter } from "../../src/discord/router.ts";
import { UserError } from "../../src/kernel/errors.ts";
import { type ChannelId, type GuildId, id, type UserId } from "../../src/kernel/ids.ts";
import { minutes, seconds } from "../../src/kernel/units.ts";
import { fakeClock, settle } from "../support/fakeClock.ts";

const nothing = () => undefined;
const options = {
  text: () => "",
  optionalText: nothing,
  integer: () => 0,
  optionalInteger: nothing,
  channel: () => id<ChannelId>("1"),
  optionalChannel: nothing,
  flag: nothing,
  file: nothing,
};
const slash: InteractionRequest = { kind: "command", name: "try", subcommand: undefined, options };
const typing: InteractionRequest = {
  kind: "autocomplete",
  name: "try",
  subcommand: undefined,
  option: "word",
  typed: "r",
};
const button: InteractionRequest = { kind: "component", customId: "lull:try", values: [] };

/** A router with one command and one button that do as the test says. */
const routerWith = (
  run: () => Promise<Reply>,
  more: { of?: ComponentHandler["scope"]; choices?: () => Promise<Choice[]> } = {},
) => {
  const clock = fakeClock();
  const errors: Record<string, unknown>[] = [];
  const command: PlainCommand = {
    definition: new SlashCommandBuilder().setName("try").setDescription("Try"),
    autocomplete: { word: more.choices ?? (async () => []) },
    run,
  };
  const control: ComponentHandler = { action: "try", scope: more.of ?? "private", run };
  const router = createRouter({
    commands: [command],
    components: [control],
    // The command of this test uses nothing of the context but channelOf.
    context: {
      voiceChannels: { channelOf: () => undefined },
      catalogueOf: () => undefined,
    } as unknown as CommandContext,
    clock,
    log: { info() {}, warn() {}, error: (_message, details = {}) => errors.push(details) },
  });
  let count = 0;
  const ask = (request: InteractionRequest, given: Partial<IncomingInteraction> = {}) => {
    const said: string[] = [];
    const say = (how: string) => async (what?: unknown) => {
      said.push(what === undefined ? how : `${how}: ${JSON.stringify(what)}`);
    };
    const incoming: IncomingInteraction = {
      id: `${++count}`,
      locale: "en-GB",
      origin: {
        guild: id<GuildId>("1"),
        user: id<UserId>("2"),
        channel: id<ChannelId>("3"),
        roles: [],
        hasGuildPermission: () => false,
        hasChannelPermission: () => false,
        fileLimit: 10_000_000,
      },
      request,
      reply: say("answer"),
      defer: say("acknowledge"),
      editReply: say("later"),
      respond: say("offer"),
      ...given,
    };
    return { said, done: router.handle(incoming) };
  };
  return { clock, errors, ask };
};

const text = (words: string) => async () => ({ text: words });

test("a quick answer is given at once", async () => {
  const { ask } = routerWith(text("done"));
  const { said, done } = ask(slash);
  await done;
  expect(said).toEqual(['answer: {"text":"done"}']);
});

test("what takes longer than a second is acknowledged within it, and answered later", async () => {
  const work = Promise.withResolvers<Reply>();
  const { ask, clock } = routerWith(() => work.promise);
  const { said, done } = ask(slash);
  await clock.advance(seconds(0.99));
  expect(said).toEqual([]);
  await clock.advance(seconds(0.01));
  expect(said).toEqual(["acknowledge"]);
  await clock.advance(seconds(20));
  work.resolve({ text: "done" });
  await done;
  expect(said).toEqual(["acknowledge", 'later: {"text":"done"}']);
});

test("what takes longer than Discord takes an answer for is told to the member, and nothing is said after it", async () => {
  const work = Promise.withResolvers<Reply>();
  const { ask, clock, errors } = routerWith(() => work.promise);
  const { said, done } = ask(slash);
  await clock.advance(minutes(14.9));
  await done;
  expect(said).toEqual(["acknowledge", expect.stringContaining("Try again in a while.")]);
  work.resolve({ text: "done" });
  await settle();
  expect(said).toHaveLength(2);
  expect(errors).toEqual([]);
});

test("a refusal is shown as it is, early or late", async () => {
  const early = routerWith(async () => Promise.reject(new UserError("no", "Not tonight.")));
  const first = early.ask(slash);
  await first.done;
  expect(first.said).toEqual(['answer: {"text":"Not tonight."}']);
  const work = Promise.withResolvers<Reply>();
  const late = routerWith(() => work.promise);
  const second = late.ask(slash);
  await late.clock.advance(seconds(2));
  work.reject(new UserError("no", "Not tonight."));
  await second.done;
  expect(second.said).toEqual(["acknowledge", 'later: {"text":"Not tonight."}']);
});

test("anything else is logged, and the user gets the number of the log's line", async () => {
  const { ask, errors } = routerWith(async () => Promise.reject(new Error("the secret of the database")));
  const { said, done } = ask(slash);
  await done;
  const reference = errors[0]?.reference;
  expect(reference).toMatch(/^[0-9A-F]{6}$/);
  expect(said[0]).toContain(reference as string);
  expect(said[0]).not.toContain("secret");
});

test("an interaction that is delivered twice has one effect", async () => {
  let runs = 0;
  const { ask } = routerWith(async () => ({ text: `${++runs}` }));
  await ask(slash, { id: "same" }).done;
  const again = ask(slash, { id: "same" });
  await again.done;
  expect(runs).toBe(1);
  expect(again.said).toEqual([]);
});

test("an answer that Discord does not take harms nobody", async () => {
  const { ask } = routerWith(text("done"));
  await ask(slash, { reply: () => Promise.reject(new Error("10062")) }).done;
  const next = ask(slash);
  await next.done;
  expect(next.said).toHaveLength(1);
});

test("outside a guild, and for commands and buttons of former times, there is a sentence", async () => {
  const { ask } = routerWith(text("done"));
  const outside = ask(slash, { origin: undefined });
  const former = ask({ ...slash, name: "former" } as InteractionRequest);
  const old = ask({ kind: "component", customId: "lull:former", values: [] });
  await Promise.all([outside.done, former.done, old.done]);
  expect(outside.said[0]).toContain("voice channels of a server");
  expect(former.said[0]).toContain("has changed");
  expect(old.said[0]).toContain("no longer works");
});

test("choices that come too late, or not at all, are left out", async () => {
  const slow = routerWith(text(""), { choices: () => new Promise(() => {}) });
  const waiting = slow.ask(typing);
  await slow.clock.advance(seconds(2));
  await waiting.done;
  expect(waiting.said).toEqual(["offer: []"]);
  const broken = routerWith(text(""), { choices: () => Promise.reject(new Error("broken")) });
  const failing = broken.ask(typing);
  await failing.done;
  expect(failing.said).toEqual(["offer: []"]);
});

test("presses of a shared button count once a second; those of a private one all count", async () => {
  let runs = 0;
  const count = async () => ({ text: `${++runs}` });
  const room = routerWith(count, { of: "shared" });
  const presses = Array.from({ length: 100 }, () => room.ask(button));
  await Promise.all(presses.map(({ done }) => done));
  expect(runs).toBe(1);
  expect(presses.slice(1).every(({ said }) => said.join() === "acknowledge")).toBe(true);
  runs = 0;
  const member = routerWith(count);
  await Promise.all(Array.from({ length: 3 }, () => member.ask(button).done));
  await settle();
  expect(runs).toBe(3);
});
