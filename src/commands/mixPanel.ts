import { type APIMessageTopLevelComponent, type APISelectMenuOption, ButtonStyle, ComponentType } from "discord.js";
import { cut } from "../kernel/graphemes.ts";
import type { SoundId } from "../kernel/ids.ts";
import { MAX_LAYERS, PLACES } from "../library/mix.ts";
import type { Sound } from "../library/sound.ts";
import type { SeenLayer, SessionView } from "../session/view.ts";
import type { Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { strong } from "./markdown.ts";
import { LAYER_LEVELS, layerLevel, placeWord } from "./mixLevels.ts";

const row = (component: object): APIMessageTopLevelComponent =>
  ({ type: ComponentType.ActionRow, components: [component] }) as APIMessageTopLevelComponent;

const select = (custom_id: string, placeholder: string, options: readonly APISelectMenuOption[]) =>
  row({ type: ComponentType.StringSelect, custom_id, placeholder, options });

const layerLine = ({ title, gainDb, place, ready }: SeenLayer, index: number): string =>
  `${index + 1}. ${strong(title)} · ${layerLevel(gainDb)} · ${placeWord(place)}${ready ? "" : " · being prepared"}`;

/** What a mix has, in lines. */
const mixLines = (layers: readonly SeenLayer[]): string => layers.map(layerLine).join("\n");

/** Selects and buttons for the layer that was picked. */
const tools = (session: string, layer: SeenLayer, isOnly: boolean): readonly APIMessageTopLevelComponent[] => [
  select(
    customId("mix-level", session, layer.sound),
    "How loud",
    LAYER_LEVELS.map((level) => ({ label: level, value: level, default: level === layerLevel(layer.gainDb) })),
  ),
  select(
    customId("mix-place", session, layer.sound),
    "Where",
    PLACES.map((place) => ({ label: placeWord(place), value: place, default: place === layer.place })),
  ),
  row({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: "Take it out",
    custom_id: customId("mix-remove", session, layer.sound),
    disabled: isOnly,
  }),
];

/**
 * The mixer: what plays, layer by layer, and what can be done with the one that is picked.
 * @param more sounds to offer
 */
export const mixPanel = (
  view: SessionView,
  picked: SoundId | undefined,
  more: readonly Sound[],
  inPlace: boolean,
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
        `### ${strong(heard?.title ?? "Nothing is playing")}`,
        mixLines(layers),
        full
          ? `-# ${MAX_LAYERS} layers are as many as a mix has.`
          : "-# /mix add finds every sound. /mix save keeps the mix.",
      ].join("\n"),
    },
    ...(layers.length > 1
      ? [
          select(
            customId("mix-pick", view.id),
            "Choose a layer to change",
            layers.map(({ sound, title }) => ({
              label: cut(title, 100, 100),
              value: sound,
              default: sound === layer?.sound,
            })),
          ),
        ]
      : []),
    ...(layer ? tools(view.id, layer, layers.length === 1) : []),
    ...(full || fresh.length === 0
      ? []
      : [
          select(
            customId("mix-add", view.id),
            "Add a sound",
            fresh.map(({ id, title, trigger }) => ({ label: cut(title, 100, 100), value: id, description: trigger })),
          ),
        ]),
  ];
  return { components, inPlace };
};
