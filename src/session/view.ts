import type { ChannelId, EntryId, GuildId, SessionId, SoundId, UserId } from "../kernel/ids.ts";
import type { Millis } from "../kernel/units.ts";
import { millisIn } from "../kernel/units.ts";
import { type Loudness, stepOf } from "./loudness.ts";
import { comingOf, type Ending, type Entry, type Interruption, type Loop, type Session, trackOf } from "./session.ts";
import { isHeld } from "./sleep.ts";

export interface SeenEntry {
  readonly entry: EntryId;
  readonly sound: SoundId;
  readonly title: string;
  readonly by: UserId;
}

export interface SeenSleep {
  readonly kind: "at" | "afterThis";
  readonly endsAt: Millis;
  /** When the fade begins. */
  readonly fadesAt: Millis;
  readonly by: UserId;
  readonly fading: boolean;
  /** It ends with a sound that stands still, so that its times mean nothing for now. */
  readonly held: boolean;
}

/** A session as panels and answers show it. */
export interface SessionView {
  readonly id: SessionId;
  readonly guild: GuildId;
  /** The voice channel. */
  readonly channel: ChannelId;
  /** The text channel of the panel. */
  readonly panel: ChannelId;
  readonly status: Session["status"];
  /** What is heard, or is paused. */
  readonly now?: SeenEntry & {
    readonly position: Millis;
    /** When it was at that position. */
    readonly at: Millis;
    readonly length: Millis;
  };
  /** What is being prepared, to be heard as soon as it can. */
  readonly coming?: SeenEntry;
  readonly queue: readonly SeenEntry[];
  readonly canGoBack: boolean;
  readonly loop: Loop;
  readonly loudness: Loudness;
  readonly sleep?: SeenSleep;
  /** With status `paused`. */
  readonly pausedWhy?: "asked" | "alone";
  readonly interrupted?: Interruption;
  readonly listeners: readonly UserId[];
  /** What went wrong last, as one calm sentence. */
  readonly note?: string;
  /** With status `over`. */
  readonly overWhy?: Ending;
  readonly startedAt: Millis;
  /** With status `over`. */
  readonly endedAt?: Millis;
}

const seen = ({ id, sound, by }: Entry): SeenEntry => ({ entry: id, sound: sound.id, title: sound.title, by });

export const viewOf = (session: Session): SessionView => {
  const { id, guild, channel, panel, status, loop, listeners, timer, startedAt } = session;
  const track = trackOf(session);
  const coming = comingOf(session);
  return {
    id,
    guild,
    channel,
    panel,
    status,
    queue: session.queue.map(seen),
    canGoBack: session.history.length > 0,
    loop,
    loudness: stepOf(session.loudnessDb),
    listeners,
    startedAt,
    ...(track && {
      now: {
        ...seen(track.entry),
        position: millisIn(track.position),
        at: track.at,
        length: millisIn(track.entry.ready.length),
      },
    }),
    ...(coming && { coming: seen(coming) }),
    ...(timer && {
      sleep: {
        kind: timer.kind,
        endsAt: timer.endsAt,
        fadesAt: timer.endsAt - timer.fade,
        by: timer.by,
        fading: timer.fading,
        held: isHeld(session),
      },
    }),
    ...(status === "paused" && { pausedWhy: session.why }),
    ...(session.interrupted && { interrupted: session.interrupted }),
    ...(session.note && { note: session.note }),
    ...(status === "over" && { overWhy: session.why, endedAt: session.endedAt }),
  };
};
