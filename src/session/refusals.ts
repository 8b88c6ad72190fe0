import { MAX_LAYERS } from "../catalogue/mix.ts";
import { message, named } from "../i18n/message.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { MAX_QUEUE } from "./session.ts";
import { VOLUME_NAMES, type Volume } from "./volume.ts";

export const nothingPlaying = () => new UserError("nothing-plays", message("play.nothingPlayingYet"));

export const stillPreparing = (title: string) =>
  new UserError("still-preparing", message("session.stillPreparing", { title: named(title) }));

export const playingElsewhere = (channel: ChannelId) =>
  new UserError("plays-elsewhere", message("session.playsElsewhere", { channel }));

export const queueFull = () => new UserError("queue-full", message("queue.full", { max: MAX_QUEUE }));

export const queueEmpty = () => new UserError("queue-empty", message("queue.empty"));

export const nothingNext = () => new UserError("nothing-next", message("queue.nothingNext"));

export const nothingBefore = () => new UserError("nothing-before", message("queue.nothingBefore"));

export const noSuchQueuePosition = (length: number) =>
  new UserError(
    "no-such-place",
    length === 1 ? message("queue.noSuchPositionSingle") : message("queue.noSuchPosition", { count: length }),
  );

export const alreadyPaused = () => new UserError("already-paused", message("session.alreadyPaused"));

export const notPaused = () => new UserError("not-paused", message("session.notPaused"));

export const aboveCeiling = (wished: Volume, loudest: Volume) =>
  new UserError(
    "above-ceiling",
    message("volume.aboveCeiling", { step: VOLUME_NAMES[wished], loudest: VOLUME_NAMES[loudest] }),
  );

export const louderNeedsPermission = () => new UserError("not-yours", message("volume.louderNotYours"));

export const notYours = () => new UserError("not-yours", message("session.notYours"));

export const mixFull = () => new UserError("mix-full", message("mix.full", { max: MAX_LAYERS }));

export const layerAlreadyInMix = (title: string) =>
  new UserError("layer-there", message("mix.alreadyThere", { title: named(title) }));

export const noSuchLayer = () => new UserError("no-such-layer", message("mix.notThere"));

export const onlyLayer = () => new UserError("only-layer", message("mix.onlyLayer"));

export const noDeparture = () => new UserError("no-departure", message("sleep.noOwnTimer"));

export const noTimer = () => new UserError("no-timer", message("sleep.notSet"));

export const nothingToSleepAfter = () => new UserError("nothing-to-sleep-after", message("sleep.noSoundToEndWith"));

export const nobodyListening = () => new UserError("nobody-listens", message("session.nobodyListens"));
