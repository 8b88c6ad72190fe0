import { listed, message, titled } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import { plainName, slug } from "../../kernel/names.ts";
import type { GuildSound } from "../../ports/sounds.ts";
import type { CommandHandler } from "../command.ts";
import { requireSoundManager } from "./soundsAdd.ts";
import { autocompleteOwnSound, resolveOwnSound } from "./soundsEdit.ts";

/** What a pack may take, however much an answer may carry. */
const LARGEST = 50 * 2 ** 20;
/** Titles that one sentence names. */
const NAMED = 10;

const noneToExport = () => new UserError("nothing-to-export", message("sounds.exportNone"));
const unnamedPack = () => new UserError("no-name", message("sounds.exportUnnamed"));

const titles = (sounds: readonly GuildSound[]) => {
  const more = sounds.length - NAMED;
  return listed([
    ...sounds.slice(0, NAMED).map(({ title }) => titled(title)),
    ...(more > 0 ? [message("sounds.exportMore", { count: more })] : []),
  ]);
};

/** `/sounds export`: the guild's own sounds as a pack that another operator adds. */
export const exportSounds: CommandHandler = {
  autocomplete: { sound: autocompleteOwnSound },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { guild, options, say } = call;
    const name = plainName(options.text("name"));
    const authors = options.text("authors").split(",").map(plainName).filter(Boolean).slice(0, 10);
    if (name === "" || authors.length === 0) throw unnamedPack();
    const one = options.optionalText("sound");
    const sounds =
      one === undefined
        ? context.catalogue.sounds.filter(({ added }) => added?.guild === guild).map(({ id }) => id)
        : [resolveOwnSound(one, guild, context).id];
    const most = Math.min(call.fileLimit, LARGEST);
    const { zip, packed, unlicensed, noRoom } = await context.uploads.exportPack({
      guild,
      sounds,
      name,
      authors,
      most,
    });
    const left = [
      ...(unlicensed.length > 0 ? [say("sounds.exportUnlicensed", { titles: titles(unlicensed) })] : []),
      ...(noRoom.length > 0 ? [say("sounds.exportNoRoom", { titles: titles(noRoom) })] : []),
    ];
    if (zip === undefined) {
      if (left.length === 0) throw noneToExport();
      return { text: left.join("\n") };
    }
    const text = [say("sounds.exported", { count: packed }), ...left].join("\n");
    return { text, files: [{ name: `${slug(name) || "sounds"}.zip`, data: zip }] };
  },
};
