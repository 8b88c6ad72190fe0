import { ComponentType, SlashCommandBuilder } from "discord.js";
import { VISUALS, type Visual } from "../../catalogue/visuals.ts";

import { UserError } from "../../kernel/errors.ts";
import { type Say, text, titled } from "../../kernel/text.ts";
import type { VisualFormat } from "../../ports/pictures.ts";
import type { CommandContext, Invoker, PlainCommand, Reply } from "../command.ts";

const tooLarge = () =>
  new UserError(
    "visual-too-large",
    text`Files here have to be smaller than that picture. The still version is: choose still.`,
  );

/** What goes with what the room hears, when nobody says which. */
const matchingVisual = ({ guild }: Invoker, { sessions, catalogue }: CommandContext): Visual => {
  const heard = sessions.view(guild)?.now?.layers[0]?.sound;
  const trigger = heard && catalogue.find(heard)?.trigger;
  return VISUALS.find(({ beside }) => trigger !== undefined && beside.includes(trigger)) ?? VISUALS[0]!;
};

const EXTENSIONS: Readonly<Record<VisualFormat, string>> = { gif: "gif", webp: "webp", still: "png" };

/** The best of what may be posted: GIF plays everywhere, WebP is a tenth of it. */
const fileOf = async (
  visual: Visual,
  kinds: readonly VisualFormat[],
  limit: number,
  say: Say,
  { visuals }: CommandContext,
) => {
  for (const kind of kinds) {
    const data = await visuals.render(visual.id, kind);
    if (data.length <= limit)
      return { name: `${visual.id}.${EXTENSIONS[kind]}`, data, description: say.word(visual.alt) };
  }
  throw tooLarge();
};

/** A visual for the whole room, with a line of its own or what it is. */
export const visualReply = async (
  shown: Visual,
  still: boolean,
  { guild, progress, fileLimit, say }: Parameters<PlainCommand["run"]>[0],
  context: CommandContext,
  line = still ? text`-# ${titled(shown.title)} · silent, and still` : text`-# ${titled(shown.title)} · silent`,
): Promise<Reply> => {
  if (!context.visuals.isDrawn(shown.id, still ? "still" : "gif"))
    await progress(say`${titled(shown.title)} is being drawn for the first time. That takes up to a minute.`);
  const toRoom = await context.sayInGuild(guild);
  const file = await fileOf(shown, still ? ["still"] : ["gif", "webp"], fileLimit, toRoom, context);
  return {
    public: true,
    files: [file],
    components: [
      {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${file.name}` }, description: file.description }],
      },
      { type: ComponentType.TextDisplay, content: toRoom.of(line) },
    ],
  };
};

export const visual: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("visual")
    .setDescription("A slow, silent picture for the room, with or without sound")
    .addStringOption((option) =>
      option
        .setName("which")
        .setDescription("Which picture; otherwise one that goes with what plays")
        .addChoices(...VISUALS.map(({ id, title }) => ({ name: title, value: id }))),
    )
    .addBooleanOption((option) => option.setName("still").setDescription("A single picture that does not move")),
  async run(call, context) {
    const { options } = call;
    const wanted = options.optionalText("which");
    const shown = VISUALS.find(({ id }) => id === wanted) ?? matchingVisual(call, context);
    return visualReply(shown, options.flag("still") === true, call, context);
  },
};
