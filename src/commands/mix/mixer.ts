import { type APIMessageTopLevelComponent, type APISelectMenuOption, ButtonStyle, ComponentType } from "discord.js";
import { MAX_LAYERS, PLACEMENTS } from "../../catalogue/mix.ts";
import type { Sound } from "../../catalogue/sound.ts";
import { truncate } from "../../kernel/graphemes.ts";
import type { SoundId } from "../../kernel/ids.ts";
import { type Say, type Text, text, titled, together } from "../../kernel/text.ts";
import type { LayerView, SessionView } from "../../session/view.ts";
import type { Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { LAYER_LEVELS, layerLevel, levelWord, placeWord } from "./mixLevels.ts";

const row = (component: object): APIMessageTopLevelComponent =>
  ({ type: ComponentType.ActionRow, components: [component] }) as APIMessageTopLevelComponent;

const select = (custom_id: string, placeholder: string, options: readonly APISelectMenuOption[]) =>
  row({ type: ComponentType.StringSelect, custom_id, placeholder, options });

const layerLine = ({ title, gainDb, place, ready }: LayerView, index: number): Text => {
  const facts = [titled(title), levelWord(layerLevel(gainDb)), placeWord(place)];
  return together([`${index + 1}. `, together([...facts, ...(ready ? [] : [text`being prepared`])], " · ")], "");
};

/** What a mix has, in lines. */
const mixLines = (layers: readonly LayerView[]): Text => together(layers.map(layerLine));

/** Selects and buttons for the layer that was picked. */
const layerControls = (
  session: string,
  layer: LayerView,
  isOnly: boolean,
  say: Say,
): readonly APIMessageTopLevelComponent[] => [
  select(
    customId("mix-level", session, layer.sound),
    say`How loud`,
    LAYER_LEVELS.map((level) => ({
      label: say.of(levelWord(level)),
      value: level,
      default: level === layerLevel(layer.gainDb),
    })),
  ),
  select(
    customId("mix-place", session, layer.sound),
    say`Where`,
    PLACEMENTS.map((place) => ({ label: say.of(placeWord(place)), value: place, default: place === layer.place })),
  ),
  row({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: say`Take it out`,
    custom_id: customId("mix-remove", session, layer.sound),
    disabled: isOnly,
  }),
];

/**
 * The mixer: what plays, layer by layer, and what can be done with the one that is picked.
 * @param more sounds to offer
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
        heard ? `### ${say.of(titled(heard.title))}` : say`### Nothing is playing`,
        say.of(mixLines(layers)),
        full
          ? say`-# ${MAX_LAYERS} layers are as many as a mix has.`
          : say`-# /mix add finds every sound. /mix save keeps the mix.`,
      ].join("\n"),
    },
    ...(layers.length > 1
      ? [
          select(
            customId("mix-pick", view.id),
            say`Choose a layer to change`,
            layers.map(({ sound, title }) => ({
              label: truncate(say.word(title), 100, 100),
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
            say`Add a sound`,
            fresh.map(({ id, title, trigger }) => ({
              label: truncate(say.word(title), 100, 100),
              value: id,
              description: say.word(trigger),
            })),
          ),
        ]),
  ];
  return { components, inPlace };
};
