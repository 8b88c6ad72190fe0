import { MAX_LAYERS } from "../catalogue/mix.ts";
import { listed, message, named, plain } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import type { MemberText } from "../kernel/memberText.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { describeDuration } from "./duration.ts";
import { MAX_QUEUE } from "./session.ts";
import { MAX_TIMER } from "./timing.ts";
import { VOLUME_NAMES, type Volume } from "./volume.ts";

/** Nothing is playing in the guild. */
export const nothingPlaying = () => new UserError("nothing-plays", message("play.nothingPlayingYet"));

/** The sound has not finished rendering. */
export const stillPreparing = (title: MemberText) =>
  new UserError("still-preparing", message("session.stillPreparing", { title: named(title) }));

/** The session is in another voice channel, with listeners. */
export const playingElsewhere = (channel: ChannelId) =>
  new UserError("plays-elsewhere", message("session.playsElsewhere", { channel }));

/** Every bot of the guild plays to somebody, in these voice channels. */
export const allBotsPlay = (channels: readonly ChannelId[]) =>
  new UserError(
    "all-bots-play",
    message("session.allBotsPlay", { channels: listed(channels.map((channel) => plain(`<#${channel}>`))) }),
  );

/** The queue has `MAX_QUEUE` entries. */
export const queueFull = () => new UserError("queue-full", message("queue.full", { max: MAX_QUEUE }));

/** The queue has no entries. */
export const queueEmpty = () => new UserError("queue-empty", message("queue.empty"));

/** There is nothing to skip to. */
export const nothingNext = () => new UserError("nothing-next", message("queue.nothingNext"));

/** There is nothing to go back to. */
export const nothingBefore = () => new UserError("nothing-before", message("queue.nothingBefore"));

/** The queue has no entry at this position. */
export const noSuchQueuePosition = (length: number) =>
  new UserError("no-such-place", message("queue.noSuchPosition", { count: length }));

/** The session is already paused. */
export const alreadyPaused = () => new UserError("already-paused", message("session.alreadyPaused"));

/** The session is not paused. */
export const notPaused = () => new UserError("not-paused", message("session.notPaused"));

/** The volume is above the maximum that applies now. */
export const aboveCeiling = (wanted: Volume, loudest: Volume) =>
  new UserError(
    "above-ceiling",
    message("volume.aboveCeiling", { step: VOLUME_NAMES[wanted], loudest: VOLUME_NAMES[loudest] }),
  );

/** Turning the volume up is for the member who queued the sound, and for hosts. */
export const louderNeedsPermission = () => new UserError("not-yours", message("volume.louderNotYours"));

/** The volume is at its softest step. */
export const softestAlready = () => new UserError("softest-already", message("volume.softestAlready"));

/** The entry was queued by another member. */
export const notYours = () => new UserError("not-yours", message("session.notYours"));

/** The mix has `MAX_LAYERS` layers. */
export const mixFull = () => new UserError("mix-full", message("mix.full", { max: MAX_LAYERS }));

/** The sound is already a layer of the mix. */
export const layerAlreadyInMix = (title: MemberText) =>
  new UserError("layer-there", message("mix.alreadyThere", { title: named(title) }));

/** The mix has no such layer. */
export const noSuchLayer = () => new UserError("no-such-layer", message("mix.notThere"));

/** The only layer of a mix can't be removed. */
export const onlyLayer = () => new UserError("only-layer", message("mix.onlyLayer"));

/** The member has no timer of their own. */
export const noDeparture = () => new UserError("no-departure", message("sleep.noOwnTimer"));

/** The session has no sleep timer. */
export const noTimer = () => new UserError("no-timer", message("sleep.notSet"));

/** @param most what may still be added to the timer; less than a minute counts as nothing */
export const extensionTooLong = (most: Millis) => {
  const whole = Math.floor(Math.min(most, MAX_TIMER) / minutes(1)) * minutes(1);
  return whole > 0
    ? new UserError("extension-too-long", message("sleep.extensionTooLong", { most: describeDuration(whole) }))
    : new UserError("extension-too-long", message("sleep.timerAtLimit"));
};

/** No sound is playing that a timer could end with. */
export const nothingToSleepAfter = () => new UserError("nothing-to-sleep-after", message("sleep.noSoundToEndWith"));

/** The wake-up would be over by now. */
export const wakeUpOver = () => new UserError("wake-up-over", message("wake.over"));

/** Nobody is in the voice channel. */
export const nobodyListening = () => new UserError("nobody-listens", message("session.nobodyListens"));
