import type { PlayableSound } from "../catalogue/sound.ts";
import { asMessage, type Message, message } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { EntryId, SoundId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import type { ListenerService } from "../ports/listeners.ts";
import type { SoundSource } from "../ports/sounds.ts";
import type { SystemEvent } from "../session/events.ts";
import { comingOf, type QueueEntry, type Session, trackOf } from "../session/session.ts";

/** Prepares the sounds of a session, and reports to it which of them can't be played or are skipped tonight. */
export interface SoundPreparation {
  /** Never rejects. */
  prepare(entry: EntryId, sound: SoundId): Promise<void>;
  /** Checks again whether what is about to be played suits the people in the channel. Never rejects. */
  recheckQueue(): Promise<void>;
  /** The same for what is playing: an entry from the history was checked before others joined. */
  recheckTrack(): Promise<void>;
}

/** Creates the preparation of one session's sounds. */
export const createSoundPreparation = (options: {
  readonly soundSource: SoundSource;
  /** Absent: everything suits everyone. */
  readonly listenerService: Pick<ListenerService, "excludedSounds"> | undefined;
  readonly session: () => Session;
  readonly report: (event: SystemEvent) => void;
  readonly log: Log;
}): SoundPreparation => {
  const { soundSource, listenerService, session, report, log } = options;

  const excluded = async (sounds: readonly SoundId[]): Promise<ReadonlyMap<SoundId, Message>> =>
    (await listenerService?.excludedSounds(session().guild, session().channel, sounds)) ?? new Map();

  const recheck = async (entries: () => readonly (QueueEntry | undefined)[]): Promise<void> => {
    const layers = () =>
      entries().flatMap((entry) => entry?.layers.map(({ sound }) => ({ entry: entry.id, sound: sound.id })) ?? []);
    const sounds = new Set(layers().map(({ sound }) => sound));
    if (sounds.size === 0 || session().status === "over") return;
    const reasons = await excluded([...sounds]);
    if (reasons.size === 0) return;
    for (const { entry, sound } of layers()) {
      const reason = reasons.get(sound);
      if (reason !== undefined) report({ type: "preparationFailed", entry, sound, reason });
    }
  };

  return {
    async prepare(entry, sound) {
      try {
        const reason = (await excluded([sound])).get(sound);
        if (reason !== undefined) return report({ type: "preparationFailed", entry, sound, reason });
        const prepared = (ready: PlayableSound) => report({ type: "soundPrepared", entry, sound: ready });
        prepared(await soundSource.prepare(sound, prepared));
      } catch (error) {
        const details = { guild: session().guild, session: session().id, sound, error };
        if (!(error instanceof UserError)) log.error("A sound could not be prepared", details);
        const reason = error instanceof UserError ? asMessage(error.text) : message("session.soundNotPrepared");
        report({ type: "preparationFailed", entry, sound, reason });
      }
    },
    recheckQueue: () => recheck(() => [comingOf(session()), ...session().queue]),
    recheckTrack: () => recheck(() => [trackOf(session())?.entry]),
  };
};
