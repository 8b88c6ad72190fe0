import { z } from "zod";
import { PHASE_NAMES } from "../catalogue/programmes.ts";
import { english } from "../i18n/english.ts";
import { languageNamed } from "../i18n/languages.ts";
import type { Language } from "../i18n/say.ts";
import { StoredMessage } from "../i18n/storedMessage.ts";
import type {
  ChannelId,
  EntryId,
  GuildId,
  HelperId,
  MessageId,
  SessionId,
  SoundId,
  UserId,
  WakeUpId,
} from "../kernel/ids.ts";
import { PLACEMENTS } from "../kernel/placement.ts";
import { DEFAULT_RULES, TIMER_END_ACTIONS } from "../session/rules.ts";
import { END_REASONS, INTERRUPTIONS, LOOP_MODES, type Session } from "../session/session.ts";
import { parseStored, storedId } from "./stored.ts";

const Sound = z.object({ id: storedId<SoundId>(), title: z.string() });

const Layer = z.object({
  sound: Sound,
  gainDb: z.number(),
  place: z.enum(PLACEMENTS),
  once: z.object({ for: z.number(), until: z.number().exactOptional() }).exactOptional(),
  ready: z
    .object({
      id: storedId<SoundId>(),
      title: z.string(),
      path: z.string(),
      length: z.number(),
      ends: z.literal(true).exactOptional(),
    })
    .exactOptional(),
});

const Entry = z.object({
  id: storedId<EntryId>(),
  by: storedId<UserId>(),
  title: z.string(),
  layers: z.array(Layer).min(1),
  lasts: z.number().exactOptional(),
  phase: z.number().exactOptional(),
  interlude: z.literal(true).exactOptional(),
  resumesAt: z.number().exactOptional(),
});

const Takes = z.record(storedId<SoundId>(), z.object({ take: z.number(), pass: z.number(), from: z.number() }));

const StoredTrack = z.object({
  entry: Entry,
  position: z.number(),
  at: z.number(),
  heard: z.boolean().exactOptional(),
  takes: Takes.exactOptional(),
});

const Hours = z.object({ from: z.number(), to: z.number(), timeZone: z.string() });

const Rules = z.object({
  ceilingDb: z.number(),
  fade: z.number(),
  /** Sessions of earlier versions have none. */
  grace: z.number().default(DEFAULT_RULES.grace),
  eyesClosed: z.boolean(),
  timerEnd: z.enum(TIMER_END_ACTIONS),
  duckingDb: z.number(),
  votes: z.boolean(),
  quiet: Hours.extend({ timer: z.number(), softerBy: z.number() }).exactOptional(),
  quietChannel: z
    .object({ channel: storedId<ChannelId>(), hours: Hours.exactOptional(), stay: z.boolean() })
    .exactOptional(),
  /** English in place of a language whose catalogue is gone. */
  language: z
    .string()
    .transform((name): Language => languageNamed(name) ?? english.language)
    .exactOptional(),
});

const Programme = z.object({
  id: z.string(),
  title: z.string(),
  phases: z.array(
    z.object({
      name: z.enum(PHASE_NAMES),
      minutes: z.number(),
      fromDb: z.number(),
      toDb: z.number(),
      line: z.string().exactOptional(),
    }),
  ),
  startedAt: z.number(),
  goesRound: z.boolean(),
  occurrence: z.string().exactOptional(),
  levelDb: z.number(),
  told: z.object({ at: z.number(), entry: storedId<EntryId>() }).exactOptional(),
});

const Timer = z.object({
  kind: z.enum(["at", "afterThis"]),
  endsAt: z.number(),
  fade: z.number(),
  by: storedId<UserId>().optional(),
  fading: z.boolean(),
  since: z.number().exactOptional(),
});

const base = {
  id: storedId<SessionId>(),
  guild: storedId<GuildId>(),
  helper: storedId<HelperId>().optional(),
  startedAt: z.number(),
  channel: storedId<ChannelId>(),
  panel: storedId<ChannelId>(),
  queue: z.array(Entry),
  history: z.array(Entry),
  loop: z.enum(LOOP_MODES),
  volumeDb: z.number(),
  rules: Rules,
  quietNow: z.boolean(),
  timer: Timer.optional(),
  programme: Programme.optional(),
  departures: z.array(z.object({ user: storedId<UserId>(), at: z.number() })),
  votes: z.object({ to: z.enum(["skip", "stop"]), by: z.array(storedId<UserId>()) }).exactOptional(),
  listeners: z.array(storedId<UserId>()),
  guests: z.array(storedId<UserId>()),
  tingles: z.number().exactOptional(),
  wakeUp: z
    .object({
      id: storedId<WakeUpId>(),
      by: storedId<UserId>(),
      fullAt: z.number(),
      snoozes: z.number(),
      snoozedUntil: z.number().exactOptional(),
    })
    .optional(),
  riseOver: z.number().optional(),
  resting: z.literal(true).optional(),
  aloneSince: z.number().optional(),
  interrupted: z.enum(INTERRUPTIONS).optional(),
  connectsAt: z.number().optional(),
  /** A session is worth more than its note, so one that cannot be read is left out. */
  note: StoredMessage.optional().catch(undefined),
  counter: z.number(),
  posted: z.object({ channel: storedId<ChannelId>(), message: storedId<MessageId>(), at: z.number() }).exactOptional(),
};

/** A session as `sessions.session` keeps it, at `SESSION_FORMAT` 2. */
const StoredSession: z.ZodType<Session> = z.discriminatedUnion("status", [
  z.object({
    ...base,
    status: z.literal("waiting"),
    coming: Entry,
    from: z.number().exactOptional(),
    takes: Takes.exactOptional(),
  }),
  z.object({ ...base, status: z.literal("playing"), track: StoredTrack, coming: Entry.optional() }),
  z.object({
    ...base,
    status: z.literal("paused"),
    track: StoredTrack,
    coming: Entry.optional(),
    why: z.enum(["asked", "alone", "grace", "snoozed"]),
    holdsComing: z.boolean().exactOptional(),
    cold: z.boolean().exactOptional(),
  }),
  z.object({ ...base, status: z.literal("quiet"), since: z.number() }),
  z.object({ ...base, status: z.literal("over"), why: z.enum(END_REASONS), endedAt: z.number() }),
]);

/** Earlier versions of format 2 called the volume `loudnessDb`. */
const withCurrentNames = (stored: unknown): unknown => {
  const { loudnessDb, ...saved } = z.looseObject({}).parse(stored);
  return { ...(loudnessDb !== undefined && { volumeDb: loudnessDb }), ...saved };
};

/**
 * A session as it was saved.
 * @throws SyntaxError or ZodError when this version cannot read it
 */
export const parseStoredSession = (json: string): Session =>
  parseStored(z.preprocess(withCurrentNames, StoredSession), json);
