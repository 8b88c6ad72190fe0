import { ComponentType, SlashCommandBuilder } from "discord.js";
import { type Say, type Text, text, titled } from "../../kernel/text.ts";
import type { LoopMode } from "../../session/session.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandHandler, ComponentHandler, GroupCommand, Reply } from "../command.ts";
import { inBotChannel, requireSession } from "../guards.ts";
import { isHost } from "../hostGuard.ts";
import { member } from "../markdown.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { autocompleteQueuePosition } from "../soundChoices.ts";

const PAGE_SIZE = 15;

const LOOP_WORDS: Readonly<Record<LoopMode, Text>> = {
  off: text`A sound repeats until the queue has another one, and the queue is heard once.`,
  one: text`This sound repeats, whatever the queue has.`,
  all: text`The queue goes round: what has been heard goes to its end.`,
};

const list = (view: SessionView, wanted: number, inPlace: boolean, say: Say): Reply => {
  const page = pageOf(view.queue, wanted, PAGE_SIZE);
  const heard = view.now ?? view.coming;
  const lines = page.items.map(({ title, by }, i) => `${page.first + i + 1}. ${say.of(titled(title))} · ${member(by)}`);
  const content = [
    ...(heard ? [say`Now: ${titled(heard.title)} · ${member(heard.by)}`] : []),
    lines.length > 0 ? lines.join("\n") : say`Nothing is waiting. Add a sound with /play.`,
    `-# ${say.of(LOOP_WORDS[view.loop])}`,
    ...pageNote(page, say),
  ].join("\n\n");
  return { components: [{ type: ComponentType.TextDisplay, content }, ...pageButtons(page, say, "queue")], inPlace };
};

const show: CommandHandler = {
  async run(call, context) {
    return list(requireSession(call, context), 0, false, call.say);
  },
};

const move: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { from: autocompleteQueuePosition, to: autocompleteQueuePosition },
  async run({ guild, user, options, say }, { sessions }) {
    const [from, to] = [options.integer("from"), options.integer("to")];
    const { queue } = await sessions.dispatch(guild, { type: "queueMoved", by: user, from, to });
    const moved = queue[to - 1];
    return { text: moved ? say`${titled(moved.title)} is now number ${to}.` : say`It is now number ${to}.` };
  },
};

const remove: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { place: autocompleteQueuePosition },
  async run(call, context) {
    const { guild, user } = call;
    const place = call.options.integer("place");
    const title = context.sessions.view(guild)?.queue[place - 1]?.title;
    await context.sessions.dispatch(guild, {
      type: "queueRemoved",
      by: user,
      place,
      asHost: await isHost(call, context),
    });
    return { text: title ? call.say`${titled(title)} is off the queue.` : call.say`It is off the queue.` };
  },
};

const shuffle: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, say }, { sessions, now }) {
    const { queue } = await sessions.dispatch(guild, { type: "queueShuffled", by: user, seed: now() });
    const [next] = queue;
    return { text: next ? say`Shuffled. ${titled(next.title)} comes next.` : say`Shuffled.` };
  },
};

const clear: CommandHandler = {
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user } = call;
    const asHost = await isHost(call, context);
    const { queue: left } = await context.sessions.dispatch(guild, { type: "queueCleared", by: user, asHost });
    if (left.length > 0) return { text: call.say`What you queued is off the queue. What others queued stays.` };
    return { text: call.say`The queue is empty now. What plays goes on.` };
  },
};

const loop: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, options, say }, { sessions }) {
    const view = await sessions.dispatch(guild, {
      type: "loopChanged",
      by: user,
      loop: options.text("mode") as LoopMode,
    });
    return { text: say.of(LOOP_WORDS[view.loop]) };
  },
};

export const queue: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("queue")
    .setDescription("See and change what comes next")
    .addSubcommand((part) => part.setName("show").setDescription("Show what plays and what comes next"))
    .addSubcommand((part) =>
      part
        .setName("move")
        .setDescription("Move a sound to another place")
        .addIntegerOption((option) =>
          option
            .setName("from")
            .setDescription("Where it is now")
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        )
        .addIntegerOption((option) =>
          option
            .setName("to")
            .setDescription("Where it should be; 1 comes next")
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("remove")
        .setDescription("Take a sound off the queue")
        .addIntegerOption((option) =>
          option
            .setName("place")
            .setDescription("Where it is in the queue")
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("shuffle").setDescription("Put the queue in another order"))
    .addSubcommand((part) => part.setName("clear").setDescription("Empty the queue; what plays goes on"))
    .addSubcommand((part) =>
      part
        .setName("loop")
        .setDescription("Choose what repeats")
        .addStringOption((option) =>
          option
            .setName("mode")
            .setDescription("What repeats")
            .setRequired(true)
            .addChoices(
              { name: "until the next sound", value: "off" },
              { name: "this sound", value: "one" },
              { name: "the whole queue", value: "all" },
            ),
        ),
    ),
  subcommands: { show, move, remove, shuffle, clear, loop },
};

/** Turns the pages of `/queue show`. */
export const queuePageButtons: ComponentHandler = {
  action: "queue",
  scope: "private",
  async run(press, context) {
    return list(requireSession(press, context), Number(press.parts[0]), true, press.say);
  },
};
