import type { Millis } from "../kernel/units.ts";
import { ceilingOf, setVolume } from "./changeVolume.ts";
import type { Effect } from "./effects.ts";
import { MAX_LOUDNESS } from "./protocol.ts";
import { isQuietAt } from "./quietHours.ts";
import type { SessionRules } from "./rules.ts";
import type { ActiveSession } from "./session.ts";
import { requestSleep } from "./sleep.ts";
import { prependEffects, type Step, sendToPlayer, stay, stepTo } from "./step.ts";
import { CEILING_RAMP } from "./timing.ts";
import { sessionGain } from "./volume.ts";

const ceilingCommand = (session: ActiveSession): Effect =>
  sendToPlayer({ type: "setCeiling", lufs: MAX_LOUDNESS + ceilingOf(session) });
const duckingCommand = ({ rules }: ActiveSession): Effect =>
  sendToPlayer({ type: "setDucking", byDb: rules.duckingDb });

/** The commands that set a player up before it joins. */
export const initialPlayerSettings = (session: ActiveSession): readonly Effect[] => [
  sendToPlayer({ type: "setVolume", gainDb: sessionGain(session), over: 0 }),
  ceilingCommand(session),
  duckingCommand(session),
];

/** During quiet hours, every session that has something to hear has a sleep timer unless its listeners cancel it. */
export const startQuietHoursTimer = (session: ActiveSession, now: Millis): Step =>
  session.timer === undefined && session.rules.quiet !== undefined && !session.resting
    ? requestSleep(session, undefined, now + session.rules.quiet.timer, now)
    : stay(session);

/** A lower ceiling reduces the volume gently; a higher one leaves it as it is. */
const applyCeiling = (session: ActiveSession): Step =>
  prependEffects(
    [ceilingCommand(session)],
    setVolume(session, Math.min(session.volumeDb, ceilingOf(session)), CEILING_RAMP),
  );

/** Applies changed settings of the guild to a running session. */
export const changeSettings = (session: ActiveSession, rules: SessionRules, now: Millis): Step => {
  const quietNow = rules.quiet !== undefined && isQuietAt(rules.quiet, now);
  const changed: ActiveSession = { ...session, rules, quietNow };
  return prependEffects([duckingCommand(changed)], applyCeiling(changed));
};

/** Handles the beginning and end of the quiet hours. */
export const checkQuietHours = (session: ActiveSession, now: Millis): Step => {
  const { quiet } = session.rules;
  const quietNow = quiet !== undefined && isQuietAt(quiet, now);
  if (quietNow === session.quietNow) return stay(session);
  const { session: softer, effects } = applyCeiling({ ...session, quietNow });
  return quietNow
    ? prependEffects(effects, startQuietHoursTimer(softer as ActiveSession, now))
    : stepTo(softer, ...effects);
};
