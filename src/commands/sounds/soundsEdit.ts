import type { Sound } from "../../catalogue/sound.ts";
import { message } from "../../i18n/message.ts";
import { UserError } from "../../kernel/errors.ts";
import type { GuildId } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import { plainName } from "../../kernel/names.ts";
import type { Autocomplete, CommandContext, CommandHandler } from "../command.ts";
import { strong } from "../markdown.ts";
import { choice } from "../soundChoices.ts";
import {
  autocompleteFlags,
  autocompleteLicence,
  autocompleteTrigger,
  parseFlags,
  resolveTrigger,
} from "./soundOptions.ts";
import { requireSoundManager } from "./soundsAdd.ts";

const MAX_CHOICES = 25;

const notOwn = () => new UserError("no-such-guild-sound", message("sounds.notOwn"));
const nothingToChange = () => new UserError("nothing-to-change", message("sounds.nothingToChange"));
const notHomeGuild = () => new UserError("not-home", message("sounds.onlyHomeServerShares"));

const isOwn = (guild: GuildId) => (sound: Sound) => sound.added?.guild === guild;

/** The guild's own sounds that match what was typed. */
export const autocompleteOwnSound: Autocomplete = (typed, { guild }, { catalogue }) =>
  catalogue
    .search(plainName(typed), catalogue.sounds.length)
    .filter(isOwn(guild))
    .slice(0, MAX_CHOICES)
    .map(({ id, title }) => choice(rawText(title), id));

/** The guild's own sound that the invoker means. @throws UserError when there is none */
export const resolveOwnSound = (typed: string, guild: GuildId, { catalogue }: CommandContext): Sound => {
  const own = catalogue.sounds.filter(isOwn(guild));
  const wanted = plainName(typed).toLowerCase();
  const found = own.find(({ id }) => id === typed) ?? own.find(({ title }) => rawText(title).toLowerCase() === wanted);
  if (found === undefined) throw notOwn();
  return found;
};

/** `/sounds edit`: changes the details of one of the guild's own sounds. */
export const edit: CommandHandler = {
  autocomplete: {
    sound: autocompleteOwnSound,
    trigger: autocompleteTrigger,
    flags: autocompleteFlags,
    licence: autocompleteLicence,
  },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { options, guild } = call;
    const { id } = resolveOwnSound(options.text("sound"), guild, context);
    const [title, flags, licence] = ["title", "flags", "licence"].map((name) => options.optionalText(name));
    const [trigger, share] = [resolveTrigger(call), options.optionalText("heard-by")];
    if (share !== undefined && guild !== context.homeGuild) throw notHomeGuild();
    const change = {
      ...(title !== undefined && { title }),
      ...(trigger !== undefined && { trigger }),
      ...(flags !== undefined && { risks: parseFlags(flags, call) }),
      ...(licence !== undefined && { licence: plainName(licence) }),
      ...(share !== undefined && { shared: share === "everybody" }),
    };
    if (Object.keys(change).length === 0) throw nothingToChange();
    const changed = await context.uploads.change(guild, id, change);
    return { text: call.say("sounds.updated", { title: strong(changed.title) }) };
  },
};

/** `/sounds remove`: deletes one of the guild's own sounds. */
export const remove: CommandHandler = {
  autocomplete: { sound: autocompleteOwnSound },
  async run(call, context) {
    await requireSoundManager(call, context);
    const { id } = resolveOwnSound(call.options.text("sound"), call.guild, context);
    const { title } = await context.uploads.remove(call.guild, id);
    return { text: call.say("sounds.removed", { title: strong(title) }) };
  },
};
