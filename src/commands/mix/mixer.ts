import { type APIMessageTopLevelComponent, type APISelectMenuOption, ButtonStyle, ComponentType } from "discord.js";
import { MAX_LAYERS } from "../../catalogue/mix.ts";
import type { Sound } from "../../catalogue/sound.ts";
import { type Message, message, titled, together } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { truncate } from "../../kernel/graphemes.ts";
import type { SoundId } from "../../kernel/ids.ts";
import { rawText } from "../../kernel/memberText.ts";
import { PLACEMENTS } from "../../kernel/placement.ts";
import type { LayerView, SessionView } from "../../session/view.ts";
import type { Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { LAYER_LEVELS, layerLevel, levelWord, placeWord } from "./mixLevels.ts";

const row = (component: object): APIMessageTopLevelComponent =>
  ({ type: ComponentType.ActionRow, components: [component] }) as APIMessageTopLevelComponent;

const select = (custom_id: string, placeholder: string, options: readonly APISelectMenuOption[]) =>
  row({ type: ComponentType.StringSelect, custom_id, placeholder, options });

const layerLine = ({ title, gainDb, place, ready }: LayerView, index: number): Message => {
  const facts = [titled(title), levelWord(layerLevel(gainDb)), placeWord(place)];
  return together([`${index + 1}. `, together([...facts, ...(ready ? [] : [message("mix.gettingReady")])], " · ")], "");
};

/** The layers of a mix, one per line. */
const mixLines = (layers: readonly LayerView[]): Message => together(layers.map(layerLine));

/** Selects and buttons for the selected layer. */
const layerControls = (
  session: string,
  layer: LayerView,
  isOnly: boolean,
  say: Say,
): readonly APIMessageTopLevelComponent[] => [
  select(
    customId("mix-level", session, layer.sound),
    say("mix.volume"),
    LAYER_LEVELS.map((level) => ({
      label: say.of(levelWord(level)),
      value: level,
      default: level === layerLevel(layer.gainDb),
    })),
  ),
  select(
    customId("mix-place", session, layer.sound),
    say("mix.position"),
    PLACEMENTS.map((place) => ({ label: say.of(placeWord(place)), value: place, default: place === layer.place })),
  ),
  row({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: say("mix.removeLayer"),
    custom_id: customId("mix-remove", session, layer.sound),
    disabled: isOnly,
  }),
];

/**
 * The mixer: what is playing, layer by layer, with controls for the selected layer.
 * @param more sounds to suggest
 */
export const mixer = (
  view: SessionView,
  picked: SoundId | undefined,
  more: readonly Sound[],
  inPlace: boolean,
  say: Say,
): Reply => {
  const heard = view.now ?? view.coming;
  const layers = heard?.layers ?? [];
  const layer = layers.find(({ sound }) => sound === picked) ?? (layers.length === 1 ? layers[0] : undefined);
  const fresh = more.filter(({ id }) => !layers.some(({ sound }) => sound === id)).slice(0, 25);
  const full = layers.length >= MAX_LAYERS;
  const components: readonly APIMessageTopLevelComponent[] = [
    {
      type: ComponentType.TextDisplay,
      content: [
        heard ? `### ${say.of(titled(heard.title))}` : say("mix.nothingPlaying"),
        say.of(mixLines(layers)),
        full ? say("mix.layerLimitNote", { max: MAX_LAYERS }) : say("mix.addOrSaveHint"),
      ].join("\n"),
    },
    ...(layers.length > 1
      ? [
          select(
            customId("mix-pick", view.id),
            say("mix.chooseLayer"),
            layers.map(({ sound, title }) => ({
              label: truncate(rawText(say.word(title)), 100, 100),
              value: sound,
              default: sound === layer?.sound,
            })),
          ),
        ]
      : []),
    ...(layer ? layerControls(view.id, layer, layers.length === 1, say) : []),
    ...(full || fresh.length === 0
      ? []
      : [
          select(
            customId("mix-add", view.id),
            say("mix.addSound"),
            fresh.map(({ id, title, trigger }) => ({
              label: truncate(rawText(say.word(title)), 100, 100),
              value: id,
              description: say.word(trigger),
            })),
          ),
        ]),
  ];
  return { components, inPlace };
};
