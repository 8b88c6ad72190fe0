import { ComponentType, SlashCommandBuilder } from "discord.js";
import { choiceName, descriptionOf } from "../../i18n/english.ts";
import { type Message, message, titled } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import type { LoopMode } from "../../session/session.ts";
import type { SessionView } from "../../session/view.ts";
import type { CommandHandler, ComponentHandler, GroupCommand, Reply } from "../command.ts";
import { inBotChannel, requireSession } from "../guards.ts";
import { isSessionHost } from "../hostGuard.ts";
import { member } from "../markdown.ts";
import { pageButtons, pageNote, pageOf } from "../pages.ts";
import { autocompleteQueuePosition } from "../soundChoices.ts";

const PAGE_SIZE = 15;

const LOOP_WORDS: Readonly<Record<LoopMode, Message>> = {
  off: message("queue.playsOnce"),
  one: message("queue.repeatsThisSound"),
  all: message("queue.repeatsAll"),
};

const list = (view: SessionView, wanted: number, inPlace: boolean, say: Say): Reply => {
  const page = pageOf(view.queue, wanted, PAGE_SIZE);
  const heard = view.now ?? view.coming;
  const lines = page.items.map(({ title, by }, i) => `${page.first + i + 1}. ${say.of(titled(title))} · ${member(by)}`);
  const content = [
    ...(heard ? [say("queue.nowBy", { title: titled(heard.title), user: member(heard.by) })] : []),
    lines.length > 0 ? lines.join("\n") : say("queue.nothingQueued"),
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
  async run({ guild, user, voiceChannel, options, say }, { sessions }) {
    const [from, to] = [options.integer("from"), options.integer("to")];
    const { queue } = await sessions.dispatch(guild, { type: "queueMoved", by: user, from, to }, voiceChannel);
    const moved = queue[to - 1];
    return {
      text: moved
        ? say("queue.moved", { title: titled(moved.title), position: to })
        : say("queue.movedUntitled", { position: to }),
    };
  },
};

const remove: CommandHandler = {
  guards: [inBotChannel],
  autocomplete: { place: autocompleteQueuePosition },
  async run(call, context) {
    const { guild, user, voiceChannel } = call;
    const place = call.options.integer("place");
    const title = requireSession(call, context).queue[place - 1]?.title;
    await context.sessions.dispatch(
      guild,
      {
        type: "queueRemoved",
        by: user,
        place,
        asHost: await isSessionHost(call, context),
      },
      voiceChannel,
    );
    return { text: title ? call.say("queue.removed", { title: titled(title) }) : call.say("queue.removedUntitled") };
  },
};

const shuffle: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, voiceChannel, say }, { sessions, now }) {
    const { queue } = await sessions.dispatch(guild, { type: "queueShuffled", by: user, seed: now() }, voiceChannel);
    const [next] = queue;
    return { text: next ? say("queue.shuffledNext", { title: titled(next.title) }) : say("queue.shuffled") };
  },
};

const clear: CommandHandler = {
  guards: [inBotChannel],
  async run(call, context) {
    const { guild, user, voiceChannel } = call;
    const asHost = await isSessionHost(call, context);
    const { queue: left } = await context.sessions.dispatch(
      guild,
      { type: "queueCleared", by: user, asHost },
      voiceChannel,
    );
    if (left.length > 0) return { text: call.say("queue.clearedOwn") };
    return { text: call.say("queue.cleared") };
  },
};

const loop: CommandHandler = {
  guards: [inBotChannel],
  async run({ guild, user, voiceChannel, options, say }, { sessions }) {
    const view = await sessions.dispatch(
      guild,
      {
        type: "loopChanged",
        by: user,
        loop: options.text("mode") as LoopMode,
      },
      voiceChannel,
    );
    return { text: say.of(LOOP_WORDS[view.loop]) };
  },
};

/** `/queue`: shows and changes what comes next. */
export const queue: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("queue")
    .setDescription(descriptionOf("queue"))
    .addSubcommand((part) => part.setName("show").setDescription(descriptionOf("queue show")))
    .addSubcommand((part) =>
      part
        .setName("move")
        .setDescription(descriptionOf("queue move"))
        .addIntegerOption((option) =>
          option
            .setName("from")
            .setDescription(descriptionOf("queue move from"))
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        )
        .addIntegerOption((option) =>
          option
            .setName("to")
            .setDescription(descriptionOf("queue move to"))
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) =>
      part
        .setName("remove")
        .setDescription(descriptionOf("queue remove"))
        .addIntegerOption((option) =>
          option
            .setName("place")
            .setDescription(descriptionOf("queue remove place"))
            .setRequired(true)
            .setMinValue(1)
            .setMaxValue(100)
            .setAutocomplete(true),
        ),
    )
    .addSubcommand((part) => part.setName("shuffle").setDescription(descriptionOf("queue shuffle")))
    .addSubcommand((part) => part.setName("clear").setDescription(descriptionOf("queue clear")))
    .addSubcommand((part) =>
      part
        .setName("loop")
        .setDescription(descriptionOf("queue loop"))
        .addStringOption((option) =>
          option
            .setName("mode")
            .setDescription(descriptionOf("queue loop mode"))
            .setRequired(true)
            .addChoices(
              { name: choiceName("queue loop mode off"), value: "off" },
              { name: choiceName("queue loop mode one"), value: "one" },
              { name: choiceName("queue loop mode all"), value: "all" },
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
