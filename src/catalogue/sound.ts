import type { GuildId, SoundId, UserId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import type { Frames, Millis } from "../kernel/units.ts";

/** What a trigger is: the field's word for a kind of sound that people respond to. */
export const TRIGGERS = [
  "noise",
  "rain",
  "water",
  "fire",
  "wind",
  "tapping",
  "scratching",
  "brushing",
  "crinkling",
  "personal attention",
  "methodical",
  "animal",
  "body",
  "tone",
  "whisper",
  /** A recording that the operator or a member has added without naming a trigger. */
  "recordings",
] as const;
/** One of {@link TRIGGERS}. */
export type Trigger = (typeof TRIGGERS)[number];

/** What people listen for; each sound serves one goal or more. */
export const GOALS = ["sleep", "focus", "calm", "mood", "tension"] as const;
/** One of {@link GOALS}. */
export type Goal = (typeof GOALS)[number];

/** Content warnings: qualities that some people can't bear. */
export const RISKS = ["whisper", "breath", "sharp onset", "repetitive click", "ticking", "wet", "bright"] as const;
/** One of {@link RISKS}. */
export type Risk = (typeof RISKS)[number];

/** How a sound moves around the listener's head. */
export const MOTIONS = ["static", "ear to ear", "orbit", "alternating", "drift"] as const;
type Motion = (typeof MOTIONS)[number];

/** Choices of a recipe by name, such as `rain: "heavy"`. */
type Settings = Readonly<Record<string, string>>;

/** The same sound otherwise: harder rain, another wood. */
interface Variant {
  /** Comes after the sound's id: `heavy` of `rain-window` is `rain-window-heavy`. */
  readonly name: string;
  /** Comes after the sound's title: “Rain on Glass · heavy”. */
  readonly title: string;
  readonly settings: Settings;
}

/** One thing that can be heard, as the catalogue describes it. */
export interface Sound {
  readonly id: SoundId;
  readonly title: MemberText;
  /** One calm sentence. */
  readonly description: MemberText;
  readonly trigger: Trigger;
  readonly goals: readonly Goal[];
  /** 1 (hardly there) to 5 (close and crisp). */
  readonly intensity: number;
  readonly risks: readonly Risk[];
  readonly motion: Motion;
  readonly tags: readonly string[];
  /** SPDX identifier, or the licence's name. */
  readonly licence: MemberText;
  /** Who made it, where a pack says so. */
  readonly authors?: readonly MemberText[];
  /** The name of the pack that it came in. */
  readonly pack?: MemberText;
  readonly origin:
    | {
        readonly kind: "recipe";
        readonly recipe: string;
        readonly seed: number;
        readonly seconds: number;
        /** What a listener has chosen of the recipe's choices. */
        readonly settings?: Settings;
      }
    /** A text that is whispered; its length is that of the words. */
    | { readonly kind: "script"; readonly text: string; readonly seed: number }
    /** The operator's recording, brought to the level of the others before it is heard. */
    | {
        readonly kind: "file";
        readonly path: string;
        /** It is heard once, and then a quiet room. */
        readonly ends?: true;
      }
    /** A member's upload, already encoded at its final loudness. */
    | { readonly kind: "upload"; readonly path: string }
    /** A live radio that the operator has listed. */
    | { readonly kind: "radio"; readonly url: string };
  /** Many people can't bear it: only in the catalogue of a guild that has turned it on. */
  readonly optIn?: true;
  /** Rendered only on request; found by their own ids. */
  readonly variants?: readonly Variant[];
  /** Of which sound it is a variant. */
  readonly variantOf?: SoundId;
  /** Who added it, if a member did. */
  readonly added?: { readonly by: UserId | undefined; readonly at: Millis; readonly guild: GuildId };
}

/** Descriptions of sounds that are not built in. */
export const MADE_HERE = {
  host: "Added by the host.",
  member: "Added by a member.",
  radio: "Live radio, listed by the host.",
  whisper: "Words for this room, whispered.",
} as const;

/** Before the words of a whisper, in its title. */
export const WHISPERED = "Whisper";

/** A licence of which nothing is known. */
export const UNKNOWN_LICENCE = "unknown";

/** A sound whose packets are on disk: Ogg Opus, 48 kHz stereo, 20 ms per packet. */
export interface PlayableSound {
  readonly id: SoundId;
  readonly title: MemberText;
  /** Absolute path of the file; of a live radio, that of the folder it passes through. */
  readonly path: string;
  /** One pass. */
  readonly length: Frames;
  /** It is heard once: after its length, a quiet bed goes on. */
  readonly ends?: true;
  /** It has other takes, each of a length of its own, in files beside this one (`takePath`) as soon as they are rendered. */
  readonly takes?: true;
}
