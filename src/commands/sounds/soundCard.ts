import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { Sound } from "../../catalogue/sound.ts";
import { listed, type Message, message, named, plainly, titled, together } from "../../i18n/message.ts";
import type { Say } from "../../i18n/say.ts";
import { escapeMarkdown } from "../../kernel/markdown.ts";
import { rawText } from "../../kernel/memberText.ts";
import { FRAME_MILLIS, type Millis } from "../../kernel/units.ts";
import type { CommandContext, Reply } from "../command.ts";
import { customId } from "../customId.ts";
import { member, relativeTime } from "../markdown.ts";

/** A duration as `0:41` or `1:02:03`. */
export const formatTime = (time: Millis): string => {
  const total = Math.floor(time / 1_000);
  const [hours, minutes, seconds] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
};

/** A loudness as `−30.0 LUFS`. */
export const formatLufs = (level: number): string => `${level.toFixed(1).replace("-", "−")} LUFS`;

const PICTURE = "sound.png";

const lengthOf = ({ id, origin, added }: Sound, { uploads }: CommandContext): Millis | undefined => {
  if (origin.kind === "recipe") return origin.seconds * 1_000;
  const known = added && uploads.find(added.guild, id);
  return known && known.length * FRAME_MILLIS;
};

const INTENSITY_WORDS: readonly Message[] = [
  message("sounds.intensityBarelyThere"),
  message("volume.soft"),
  message("sounds.intensityClear"),
  message("mix.placeNear"),
  message("sounds.intensityCloseAndCrisp"),
];

/** A sound in a list: its title, what it is, and whom it may bother. */
export const soundLine = ({ title, description, risks }: Sound): Message =>
  together([
    titled(title),
    named(description),
    ...(risks.length > 0 ? [message("sounds.mayBotherSomeNote", { warnings: listed(risks.map(named)) })] : []),
  ]);

const addedWhen = ({ by, at }: NonNullable<Sound["added"]>): Message =>
  by === undefined
    ? message("sounds.addedWhen", { when: relativeTime(at) })
    : message("sounds.addedByWhen", { user: member(by), when: relativeTime(at) });

/** Without what may be a secret in it. */
const withoutQuery = (address: string): string => {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
};

/** Where a recording was fetched from, if it was. */
const sourceOf = ({ id, added, origin: from }: Sound, { uploads }: CommandContext): readonly Message[] => {
  if (from.kind === "radio") return [message("sounds.sourceIs", { source: named(withoutQuery(from.url)) })];
  const origin = added && uploads.find(added.guild, id)?.origin;
  const [source] = (origin === undefined ? null : /(?<= · )https?:\/\/\S+/.exec(rawText(origin))) ?? [];
  return source === undefined ? [] : [message("sounds.sourceIs", { source: named(source) })];
};

const factsOf = (sound: Sound, context: CommandContext): readonly Message[] => {
  const { trigger, intensity, risks, licence, added, authors, pack } = sound;
  const length = lengthOf(sound, context);
  const ease = INTENSITY_WORDS[intensity - 1] ?? "";
  return [
    length === undefined
      ? message("sounds.facts", { kind: named(trigger), intensity: ease })
      : message("sounds.factsLooping", { kind: named(trigger), intensity: ease, length: formatTime(length) }),
    risks.length > 0
      ? message("sounds.mayBotherSome", { warnings: listed(risks.map(named)) })
      : message("sounds.noContentWarnings"),
    message("sounds.licenceIs", { licence: named(licence) }),
    ...(authors === undefined ? [] : [message("sounds.madeBy", { authors: listed(authors.map(named)) })]),
    ...(pack === undefined ? [] : [message("sounds.fromPack", { pack: titled(pack) })]),
    ...sourceOf(sound, context),
    ...(added === undefined ? [] : [addedWhen(added)]),
  ];
};

/** Everything about a sound, with its picture if there is one. */
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
          description: say("sounds.spectrogramAlt", { title: plainly(sound.title) }),
        },
      ],
    });
  components.push({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Primary,
        label: say("favourites.playButton"),
        custom_id: customId("sounds-this", sound.id),
      },
    ],
  });
  return { components, ...(picture && { files: [{ name: PICTURE, data: picture }] }) };
};
