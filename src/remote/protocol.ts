import type { Placement } from "../kernel/placement.ts";
import type { Decibels, Millis } from "../kernel/units.ts";

/** What a listener asks for on the page. */
export type RemoteRequest =
  | { readonly type: "pause" | "resume" | "skip" | "stop" | "softer" | "louder" }
  /** A quarter of an hour more; a timer of half an hour where there is none. */
  | { readonly type: "extend" }
  | { readonly type: "sleepIn"; readonly minutes: number }
  /** Queues a favourite; where nothing plays, it begins. `favourite`: its id. */
  | { readonly type: "play"; readonly favourite: string }
  /** Begins a programme. `programme`: its id. */
  | { readonly type: "startProgramme"; readonly programme: string }
  /** Skips the next occurrence. `evening`: the id of its schedule. */
  | { readonly type: "skipEvening"; readonly evening: string }
  /** `time`: `07:30`, as clocks in `zone` (IANA; absent: the operator's) show it next. */
  | {
      readonly type: "wakeAt";
      readonly scope: "channel" | "me";
      readonly time: string;
      readonly zone?: string | undefined;
    }
  | { readonly type: "cancelWakeUp"; readonly wakeUp: string }
  /** Changes one of them or both. */
  | {
      readonly type: "layer";
      readonly sound: string;
      readonly gainDb?: Decibels | undefined;
      readonly place?: Placement | undefined;
    };

/** From the page. The first is `open`. */
export type PageMessage =
  | { readonly type: "open"; readonly token: string }
  /** Asks for the server's time. `sent`: the page's own, which comes back. */
  | { readonly type: "clock"; readonly sent: number }
  /** `id`: counts upward, so that a message that was sent before is not carried out again. */
  | { readonly type: "request"; readonly id: number; readonly request: RemoteRequest };

/** A layer of what plays. */
export interface RemoteLayer {
  readonly sound: string;
  readonly title: string;
  readonly gainDb: Decibels;
  readonly place: Placement;
}

/** What the page shows, in the member's language. */
export interface RemoteState {
  /** Nothing plays in the voice channel: something can be begun. */
  readonly isIdle: boolean;
  readonly title: string;
  /** What it does, where that is anything but playing; otherwise empty. */
  readonly line: string;
  /** Votes to skip or stop; empty where nobody has voted. */
  readonly votes: string;
  readonly isPaused: boolean;
  readonly layers: readonly RemoteLayer[];
  readonly volume: string;
  /** Whether the member may turn the volume up. */
  readonly mayRaise: boolean;
  /** `isSilent`: it has run out. `isHeld`: it ends with a sound that is paused. */
  readonly timer?: {
    readonly fadesAt: Millis;
    readonly endsAt: Millis;
    readonly isSilent: boolean;
    readonly isHeld: boolean;
  };
  readonly next: readonly string[];
  /** The server's and the member's own, those that are played most first. */
  readonly favourites: readonly { readonly id: string; readonly title: string }[];
  readonly listeners: string;
  readonly visual: {
    readonly id: string;
    readonly title: string;
    readonly alt: string;
    /** What a listener may look at in its place; it moves with it. */
    readonly other?: { readonly id: string; readonly title: string; readonly alt: string };
    /** The moment at which it begins: of one to breathe with, its sound's beginning. */
    readonly since: Millis;
    /** The moment at which it stands still; absent: it moves with the server's clock. */
    readonly stillAt?: Millis;
  };
}

/** What begins by itself, and what can be begun, in the member's language. */
export interface RemotePlans {
  /** The server's own first. */
  readonly programmes: readonly { readonly id: string; readonly title: string }[];
  /** The soonest first. */
  readonly evenings: readonly {
    readonly id: string;
    readonly title: string;
    /** What `startProgramme` takes; absent where it no longer exists, or has nothing to hear. */
    readonly programme?: string;
    readonly next: Millis;
    /** The occurrence before that, which is skipped. */
    readonly skippedAt?: Millis;
    /** Whether it is planned for the member's voice channel. */
    readonly isHere: boolean;
    /** Whether the member may skip it. */
    readonly maySkip: boolean;
  }[];
  /** Those of channels and the member's own, the soonest first. */
  readonly wakeUps: readonly {
    readonly id: string;
    readonly at: Millis;
    /** The member's own. */
    readonly isOwn: boolean;
    readonly isHere: boolean;
  }[];
}

/** The page's own words, by what they are for. */
export type PageWords = Readonly<Record<PageWord, string>>;

/** Names one of them. */
export type PageWord =
  | "connecting"
  | "reconnecting"
  | "linkUnknown"
  | "leftChannel"
  | "over"
  | "openedElsewhere"
  | "connectAgain"
  | "mixer"
  | "head"
  | "position"
  | `place-${Placement}`
  | "next"
  | "favourites"
  | "programmes"
  | "evenings"
  | "startNow"
  | "skipNext"
  | "skipAgain"
  | "skipped"
  | "elsewhere"
  | "wakeUps"
  | "wakeTime"
  | "wakeChannel"
  | "wakeMe"
  | "forChannel"
  | "forMe"
  | "cancelWakeUp"
  | "cancelAgain"
  | "timer"
  | "noTimer"
  | "silentAt"
  | "silent"
  | "extend"
  | "shorten"
  | "pause"
  | "resume"
  | "skip"
  | "softer"
  | "louder"
  | "stop"
  | "stopAgain"
  | "volume"
  | "night"
  | "leaveNight";

/** To the page. */
export type ServerMessage =
  | { readonly type: "welcome"; readonly language: string; readonly words: PageWords }
  | { readonly type: "state"; readonly state: RemoteState }
  | { readonly type: "plans"; readonly plans: RemotePlans }
  | { readonly type: "clock"; readonly sent: number; readonly now: Millis }
  /**
   * How loud the sound is from a moment on, beside what is usual for it: a level each `step`. It replaces what was said of
   * the same time before; without levels, nothing is known or heard.
   */
  | {
      readonly type: "loudness";
      readonly from: Millis;
      readonly step: Millis;
      readonly levels: readonly Decibels[];
    }
  /** `refused`: why it was not done, in words. */
  | { readonly type: "answer"; readonly id: number; readonly refused?: string };

/** Why the server ends a connection, as WebSocket close codes; 1008 is a message that the page does not send. */
export const CLOSE = {
  /** No such token, or no longer. */
  linkUnknown: 4000,
  /** The member is not in the session's voice channel. */
  leftChannel: 4001,
  over: 4002,
  /** The link has been opened again. */
  openedElsewhere: 4003,
  /** Another replica looks after the server: the page comes again by itself, until it is sent there. */
  elsewhere: 4005,
  unexpected: 1008,
} as const;

/** The softest that a slider goes, in decibels. */
export const SOFTEST: Decibels = -30;
