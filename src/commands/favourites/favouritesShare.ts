import { fromShareCode, fromShareFile, type NamedMix, toShareCode, toShareFile } from "../../catalogue/shareCode.ts";
import { type Message, message, titled } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { truncate } from "../../kernel/graphemes.ts";
import { type MemberText, rawText } from "../../kernel/memberText.ts";
import type { AttachedFile, CommandContext, CommandHandler, Invoker, Reply } from "../command.ts";
import { autocompleteFavourite, requireFavourite } from "../soundChoices.ts";

/** 500 favourites of six layers are far smaller. */
const MAX_FILE_SIZE = 1_000_000;

const named = ({ name, mix }: NamedMix): NamedMix => ({ name, mix });

const nothingToShare = () => new UserError("no-favourites", message("favourites.noneToShare"));

const nothingGiven = () => new UserError("nothing-given", message("favourites.nothingToImport"));

/** Exports one favourite as a share code, or all as a file. */
export const shareFavourites: CommandHandler = {
  autocomplete: { name: autocompleteFavourite },
  async run({ guild, user, options, say }, context) {
    const name = options.optionalText("name");
    if (name !== undefined) {
      const favourite = await requireFavourite(name, { guild, user }, context);
      return {
        text: `${say("favourites.pasteCode")}\n\`\`\`\n${toShareCode(named(favourite))}\n\`\`\``,
      };
    }
    const all = await context.favourites.list(guild);
    if (all.length === 0) throw nothingToShare();
    return {
      text: say("favourites.attachFile"),
      files: [
        {
          name: "lull-favourites.json",
          data: new TextEncoder().encode(toShareFile(all.map(named))),
          description: say("favourites.fileDescription"),
        },
      ],
    };
  },
};

const read = async (
  code: string | undefined,
  file: AttachedFile | undefined,
  context: CommandContext,
): Promise<readonly NamedMix[]> => {
  if (code !== undefined) return [fromShareCode(code)];
  if (file === undefined) throw nothingGiven();
  return fromShareFile(new TextDecoder().decode(await context.attachments.read(file, MAX_FILE_SIZE)));
};

/**
 * Saves one; a name that is taken gets a number.
 * @param taken the names of the guild's favourites in lower case, to which the new one is added
 * @returns the name, or undefined when the list is full
 */
const importOne = async (
  { name, mix }: NamedMix,
  taken: Set<string>,
  { guild, user }: Invoker,
  context: CommandContext,
): Promise<MemberText> => {
  let free = rawText(name);
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${truncate(rawText(name), 70, 200)} ${number}`;
  taken.add(free.toLowerCase());
  return (await context.favourites.add(guild, { name: free, mix, by: user })).name;
};

const countIncomplete = (mixes: readonly NamedMix[], { catalogue }: CommandContext): number =>
  mixes.filter(({ mix }) => mix.some(({ sound }) => catalogue.find(sound) === undefined)).length;

const importedText = (kept: readonly MemberText[]): Message => {
  const [only] = kept;
  return kept.length === 1 && only !== undefined
    ? message("favourites.added", { title: titled(only) })
    : message("favourites.imported", { count: kept.length });
};

const incompleteText = (lacking: number): readonly Message[] =>
  lacking === 0 ? [] : [message("favourites.importedMissing", { count: lacking })];

/** Imports favourites from another guild, unchanged. */
export const importFavourites: CommandHandler = {
  async run(call, context): Promise<Reply> {
    const mixes = await read(call.options.optionalText("code"), call.options.file("file"), context);
    const kept: MemberText[] = [];
    const taken = new Set((await context.favourites.list(call.guild)).map((one) => rawText(one.name).toLowerCase()));
    for (const mix of mixes) kept.push(await importOne(mix, taken, call, context));
    return {
      text: [importedText(kept), ...incompleteText(countIncomplete(mixes, context))].map(call.say.of).join("\n"),
    };
  },
};
