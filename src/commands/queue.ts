import { ComponentType, SlashCommandBuilder } from "discord.js";
import { type Say, type Text, text, titled } from "../kernel/text.ts";
import type { Loop } from "../session/session.ts";
import type { SessionView } from "../session/view.ts";
import { completePlace } from "./choices.ts";
import type { Control, GroupCommand, Part, Reply } from "./command.ts";
import { inTheRoom, sessionOf } from "./guards.ts";
import { isHost } from "./hosts.ts";
import { member } from "./markdown.ts";
import { pageButtons, pageNote, pageOf } from "./pages.ts";

const PAGE_SIZE = 15;

const LOOP_WORDS: Readonly<Record<Loop, Text>> = {
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

const show: Part = {
  async run(call, house) {
    return list(sessionOf(call, house), 0, false, call.say);
  },
};

const move: Part = {
  guards: [inTheRoom],
  complete: { from: completePlace, to: completePlace },
  async run({ guild, user, options, say }, { sessions }) {
    const [from, to] = [options.integer("from"), options.integer("to")];
    const { queue } = await sessions.dispatch(guild, { type: "queueMoved", by: user, from, to });
    const moved = queue[to - 1];
    return { text: moved ? say`${titled(moved.title)} is now number ${to}.` : say`It is now number ${to}.` };
  },
};

const remove: Part = {
  guards: [inTheRoom],
  complete: { place: completePlace },
  async run(call, house) {
    const { guild, user } = call;
    const place = call.options.integer("place");
    const title = house.sessions.view(guild)?.queue[place - 1]?.title;
    await house.sessions.dispatch(guild, { type: "queueRemoved", by: user, place, asHost: await isHost(call, house) });
    return { text: title ? call.say`${titled(title)} is off the queue.` : call.say`It is off the queue.` };
  },
};

const shuffle: Part = {
  guards: [inTheRoom],
  async run({ guild, user, say }, { sessions, now }) {
    const { queue } = await sessions.dispatch(guild, { type: "queueShuffled", by: user, seed: now() });
    const [next] = queue;
    return { text: next ? say`Shuffled. ${titled(next.title)} comes next.` : say`Shuffled.` };
  },
};

const clear: Part = {
  guards: [inTheRoom],
  async run(call, house) {
    const { guild, user } = call;
    const asHost = await isHost(call, house);
    const { queue: left } = await house.sessions.dispatch(guild, { type: "queueCleared", by: user, asHost });
    if (left.length > 0) return { text: call.say`What you queued is off the queue. What others queued stays.` };
    return { text: call.say`The queue is empty now. What plays goes on.` };
  },
};

const loop: Part = {
  guards: [inTheRoom],
  async run({ guild, user, options, say }, { sessions }) {
    const view = await sessions.dispatch(guild, { type: "loopChanged", by: user, loop: options.text("mode") as Loop });
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
  parts: { show, move, remove, shuffle, clear, loop },
};

/** Turns the pages of `/queue show`. */
export const queuePages: Control = {
  action: "queue",
  of: "member",
  async run(press, house) {
    return list(sessionOf(press, house), Number(press.parts[0]), true, press.say);
  },
};
