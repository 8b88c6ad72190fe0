import { SlashCommandBuilder, type SlashCommandStringOption } from "discord.js";
import { id, type SoundId } from "../kernel/ids.ts";
import { english, titled } from "../kernel/text.ts";
import { PLACES, type Place } from "../library/mix.ts";
import type { MixWish } from "../session/mix.ts";
import type { SessionView } from "../session/view.ts";
import { choice, completeSound, justThis, soundMeant } from "./choices.ts";
import type { Asker, Complete, Control, GroupCommand, House, Options, Part, Reply } from "./command.ts";
import { keepWhatPlays } from "./favourites.ts";
import { canBeHeard, inTheRoom, ofThisSession, sessionOf, voiceOf } from "./guards.ts";
import { withRemark } from "./markdown.ts";
import { LAYER_LEVELS, layerGain, layerLevel, levelWord, placeWord } from "./mixLevels.ts";
import { mixPanel } from "./mixPanel.ts";
import { playWanted } from "./play.ts";

const panel = (view: SessionView, { say }: Asker, { catalogue }: House, inPlace: boolean, picked?: SoundId): Reply =>
  mixPanel(view, picked, catalogue.sounds, inPlace, say);

const show: Part = {
  guards: [inTheRoom],
  run: async (call, house) => panel(sessionOf(call, house), call, house, false),
};

const placeMeant = (options: Options): Place | undefined =>
  PLACES.find((place) => place === options.textIfGiven("place"));

/** What plays, and what is about to; nothing where the bot is in no channel. */
const isHeard = (asker: Asker, { sessions }: House): boolean => {
  const view = sessions.view(asker.guild);
  return view !== undefined && (view.now ?? view.coming) !== undefined;
};

const add: Part = {
  guards: [canBeHeard],
  complete: { sound: completeSound },
  async run(call, house) {
    const sound = soundMeant(call.options.text("sound"), call, house);
    if (!isHeard(call, house)) return playWanted(justThis(sound), "now", call, house);
    inTheRoom(call, house);
    const { remark } = await house.care.consider(call.guild, voiceOf(call), justThis(sound));
    const [place = "centre", gainDb] = [
      placeMeant(call.options),
      layerGain(call.options.textIfGiven("level") ?? "full"),
    ];
    await house.sessions.dispatch(call.guild, {
      type: "layerAdded",
      by: call.user,
      sound: { id: sound.id, title: sound.title },
      gainDb,
      place,
    });
    const joins = call.say`${titled(sound.title)} joins the mix, ${levelWord(layerLevel(gainDb))}, ${placeWord(place)}.`;
    return { text: withRemark(joins, remark && call.say.of(remark)) };
  },
};

/** The layers of what plays. */
const completeLayer: Complete = (typed, { guild, say }, { sessions }) => {
  const view = sessions.view(guild);
  return ((view?.now ?? view?.coming)?.layers ?? [])
    .map(({ sound, title }) => choice(say.word(title), sound))
    .filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
};

/** The layer that somebody meant, by its id or its title; what is in no mix is refused by the session. */
const layerMeant = (call: Asker & { options: Options }, house: House): { sound: SoundId; title: string } => {
  const typed = call.options.text("layer");
  const isTyped = (name: string) => name.toLowerCase() === typed.trim().toLowerCase();
  const { now, coming } = sessionOf(call, house);
  const layers = (now ?? coming)?.layers ?? [];
  return (
    layers.find(({ sound, title }) => [sound, title, call.say.word(title)].some(isTyped)) ?? {
      sound: id<SoundId>(typed),
      title: typed,
    }
  );
};

const change: Part = {
  guards: [inTheRoom],
  complete: { layer: completeLayer },
  async run(call, house) {
    const { sound, title } = layerMeant(call, house);
    const [level, place] = [call.options.textIfGiven("level"), placeMeant(call.options)];
    const wish: MixWish = {
      type: "layerChanged",
      by: call.user,
      sound,
      ...(level !== undefined && { gainDb: layerGain(level) }),
      ...(place !== undefined && { place }),
    };
    const view = await house.sessions.dispatch(call.guild, wish);
    const now = (view.now ?? view.coming)?.layers.find((layer) => layer.sound === sound);
    const [loud, where] = [levelWord(layerLevel(now?.gainDb ?? 0)), placeWord(now?.place ?? "centre")];
    return { text: call.say`${titled(title)} is ${loud}, ${where}.` };
  },
};

const remove: Part = {
  guards: [inTheRoom],
  complete: { layer: completeLayer },
  async run(call, house) {
    const { sound, title } = layerMeant(call, house);
    await house.sessions.dispatch(call.guild, { type: "layerRemoved", by: call.user, sound });
    return { text: call.say`${titled(title)} leaves the mix.` };
  },
};

const save: Part = {
  guards: [inTheRoom],
  run: (call, house) => keepWhatPlays(call, house, call.options.text("name")),
};

const levelOption = (option: SlashCommandStringOption) =>
  option
    .setName("level")
    .setDescription("How loud it is in the mix")
    .addChoices(LAYER_LEVELS.map((level) => ({ name: level, value: level })));

const placeOption = (option: SlashCommandStringOption) =>
  option
    .setName("place")
    .setDescription("Where it is heard")
    .addChoices(PLACES.map((place) => ({ name: english.of(placeWord(place)), value: place })));

const layerOption = (option: SlashCommandStringOption) =>
  option
    .setName("layer")
    .setDescription("Which sound of the mix")
    .setRequired(true)
    .setMaxLength(100)
    .setAutocomplete(true);

export const mix: GroupCommand = {
  definition: new SlashCommandBuilder()
    .setName("mix")
    .setDescription("Layer sounds over what plays")
    .addSubcommand((part) => part.setName("show").setDescription("Open the mixer for what plays"))
    .addSubcommand((part) =>
      part
        .setName("add")
        .setDescription("Add a sound to what plays")
        .addStringOption((option) =>
          option
            .setName("sound")
            .setDescription("Which sound")
            .setRequired(true)
            .setMaxLength(100)
            .setAutocomplete(true),
        )
        .addStringOption(levelOption)
        .addStringOption(placeOption),
    )
    .addSubcommand((part) =>
      part
        .setName("change")
        .setDescription("Make a sound of the mix louder or softer, or move it")
        .addStringOption(layerOption)
        .addStringOption(levelOption)
        .addStringOption(placeOption),
    )
    .addSubcommand((part) =>
      part.setName("remove").setDescription("Take a sound out of the mix").addStringOption(layerOption),
    )
    .addSubcommand((part) =>
      part
        .setName("save")
        .setDescription("Keep the mix that plays as a favourite")
        .addStringOption((option) =>
          option.setName("name").setDescription("What to call it").setRequired(true).setMaxLength(100),
        ),
    ),
  parts: { show, add, change, remove, save },
};

/** A control of the mixer: what it wishes, and the layer that stays picked. */
const control = (action: string, wish?: (press: Parameters<Control["run"]>[0], house: House) => MixWish): Control => ({
  action,
  of: "member",
  guards: [ofThisSession, inTheRoom],
  async run(press, house) {
    const view =
      wish === undefined ? sessionOf(press, house) : await house.sessions.dispatch(press.guild, wish(press, house));
    return panel(view, press, house, true, id<SoundId>(press.parts[1] ?? press.values[0] ?? ""));
  },
});

const picked = (parts: readonly string[]): SoundId => id<SoundId>(parts[1] ?? "");

/** What the mixer's selects and buttons do; their custom ids carry the session and the layer. */
export const mixControls: readonly Control[] = [
  control("mix-pick"),
  control("mix-add", (press, house) => {
    const { user, values } = press;
    const { id: sound, title } = soundMeant(values[0] ?? "", press, house);
    return { type: "layerAdded", by: user, sound: { id: sound, title }, gainDb: 0, place: "centre" };
  }),
  control("mix-level", ({ user, parts, values }) => ({
    type: "layerChanged",
    by: user,
    sound: picked(parts),
    gainDb: layerGain(values[0] ?? ""),
  })),
  control("mix-place", ({ user, parts, values }) => {
    const place = PLACES.find((one) => one === values[0]);
    return { type: "layerChanged", by: user, sound: picked(parts), ...(place !== undefined && { place }) };
  }),
  control("mix-remove", ({ user, parts }) => ({ type: "layerRemoved", by: user, sound: picked(parts) })),
];
