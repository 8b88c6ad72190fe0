import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Sound } from "../../catalogue/sound.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import { listed, named, plainly, type Say, type Text, text, titled } from "../../kernel/text.ts";
import { FRAME_MILLIS, type Millis } from "../../kernel/units.ts";
import type { CommandContext, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { member, relativeTime } from "../markdown.ts";

/** `0:41`, or `1:02:03`. */
export const formatTime = (time: Millis): string => {
  const total = Math.floor(time / 1_000);
  const [hours, minutes, seconds] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
};

export const formatLufs = (level: number): string => `${level.toFixed(1).replace("-", "−")} LUFS`;

const PICTURE = "sound.png";

const lengthOf = ({ id, origin, added }: Sound, { uploads }: CommandContext): Millis | undefined => {
  if (origin.kind === "recipe") return origin.seconds * 1_000;
  const known = added && uploads.find(added.guild, id);
  return known && known.length * FRAME_MILLIS;
};

const INTENSITY_WORDS: readonly Text[] = [
  text`hardly there`,
  text`soft`,
  text`clear`,
  text`near`,
  text`close and crisp`,
];

const addedWhen = ({ by, at }: NonNullable<Sound["added"]>): Text =>
  by === undefined ? text`Added ${relativeTime(at)}` : text`Added by ${member(by)} ${relativeTime(at)}`;

const factsOf = (sound: Sound, context: CommandContext): readonly Text[] => {
  const { trigger, intensity, risks, licence, added } = sound;
  const length = lengthOf(sound, context);
  const ease = INTENSITY_WORDS[intensity - 1] ?? "";
  return [
    length === undefined
      ? text`${named(trigger)}, ${ease}`
      : text`${named(trigger)}, ${ease} · ${formatTime(length)}, then round again`,
    risks.length > 0 ? text`Has: ${listed(risks.map(named))}` : text`Nothing in it that some ears cannot bear`,
    text`Licence: ${named(licence)}`,
    ...(added === undefined ? [] : [addedWhen(added)]),
  ];
};

/** All that can be said of a sound, with its picture where there is one. */
export const soundCard = (sound: Sound, say: Say, context: CommandContext, picture: Uint8Array | undefined): Reply => {
  const content = [
    `### ${say.of(titled(sound.title))}`,
    escapeMarkdown(say.word(sound.description)),
    ...factsOf(sound, context).map((fact) => `-# ${say.of(fact)}`),
  ].join("\n");
  const components: APIMessageTopLevelComponent[] = [{ type: ComponentType.TextDisplay, content }];
  if (picture !== undefined)
    components.push({
      type: ComponentType.MediaGallery,
      items: [
        {
          media: { url: `attachment://${PICTURE}` },
          description: say`How loud ${plainly(sound.title)} is at which pitch, as time goes by: low pitches below, bright where it is loud.`,
        },
      ],
    });
  components.push({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        label: say`Play`,
        custom_id: customId("sounds-this", sound.id),
      },
    ],
  });
  return { components, ...(picture && { files: [{ name: PICTURE, data: picture }] }) };
};
