import { ComponentType, SlashCommandBuilder } from "discord.js";
import { VISUALS, type Visual, visualBeside } from "../../catalogue/visuals.ts";
import { descriptionOf } from "../../i18n/english.ts";
import { message, titled } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { UserError } from "../../kernel/errors.ts";
import type { VisualFormat } from "../../ports/pictures.ts";
import type { CommandContext, Invoker, PlainCommand, Reply } from "../command.ts";
import { nearestSession } from "../guards.ts";

const tooLarge = () => new UserError("visual-too-large", message("visual.tooLarge"));

/** The visual that goes with what is playing, if the invoker chose none. */
const matchingVisual = (invoker: Invoker, context: CommandContext): Visual => {
  const heard = nearestSession(invoker, context)?.now?.layers[0]?.sound;
  return visualBeside(heard && context.catalogue.find(heard));
};

const EXTENSIONS: Readonly<Record<VisualFormat, string>> = {
  gif: "gif",
  webp: "webp",
  still: "png",
  thumbnail: "webp",
};

/** The best format within the upload limit: GIF plays everywhere, WebP is a tenth of its size. */
const fileWithin = async (
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
  return undefined;
};

/**
 * A visual to go with an answer, moving; undefined while it is still to be drawn, or where it is too
 * large.
 */
export const drawnVisual = async (visual: Visual, { fileLimit, say }: Invoker, context: CommandContext) => {
  const kinds = (["gif", "webp"] as const).filter((kind) => context.visuals.isDrawn(visual.id, kind));
  return kinds.length === 0 ? undefined : fileWithin(visual, kinds, fileLimit, say, context);
};

/** A visual posted for everyone, with its own text or a description. */
export const visualReply = async (
  shown: Visual,
  still: boolean,
  { guild, progress, fileLimit, say }: Parameters<PlainCommand["run"]>[0],
  context: CommandContext,
  line = still
    ? message("visual.stillCaption", { title: titled(shown.title) })
    : message("visual.silentCaption", { title: titled(shown.title) }),
): Promise<Reply> => {
  if (!context.visuals.isDrawn(shown.id, still ? "still" : "gif"))
    await progress(say("visual.drawing", { title: titled(shown.title) }));
  const toRoom = await context.sayInGuild(guild);
  const file = await fileWithin(shown, still ? ["still"] : ["gif", "webp"], fileLimit, toRoom, context);
  if (file === undefined) throw tooLarge();
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

/** `/visual`: posts a silent picture. */
export const visual: PlainCommand = {
  definition: new SlashCommandBuilder()
    .setName("visual")
    .setDescription(descriptionOf("visual"))
    .addStringOption((option) =>
      option
        .setName("which")
        .setDescription(descriptionOf("visual which"))
        .addChoices(...VISUALS.map(({ id, title }) => ({ name: title, value: id }))),
    )
    .addBooleanOption((option) => option.setName("still").setDescription(descriptionOf("visual still"))),
  async run(call, context) {
    const { options } = call;
    const wanted = options.optionalText("which");
    const shown = VISUALS.find(({ id }) => id === wanted) ?? matchingVisual(call, context);
    return visualReply(shown, options.flag("still") === true, call, context);
  },
};
