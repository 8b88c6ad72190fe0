import { MAX_LAYERS } from "../catalogue/mix.ts";
import { UserError } from "../kernel/errors.ts";
import type { ChannelId } from "../kernel/ids.ts";
import { named, text } from "../kernel/text.ts";
import { MAX_QUEUE } from "./session.ts";
import { VOLUME_NAMES, type Volume } from "./volume.ts";

export const nothingPlaying = () => new UserError("nothing-plays", text`Nothing is playing yet. Start with /play.`);

export const stillPreparing = (title: string) =>
  new UserError("still-preparing", text`${named(title)} is still being prepared. It starts by itself in a moment.`);

export const playingElsewhere = (channel: ChannelId) =>
  new UserError(
    "plays-elsewhere",
    text`A room is already listening in <#${channel}>. Join it there, or wait until it is over.`,
  );

export const queueFull = () =>
  new UserError(
    "queue-full",
    text`The queue is full with ${MAX_QUEUE} sounds. Make room with /queue remove or /queue clear.`,
  );

export const queueEmpty = () => new UserError("queue-empty", text`The queue is empty. Add a sound with /play.`);

export const nothingNext = () =>
  new UserError(
    "nothing-next",
    text`Nothing comes after this sound. Add one with /play, or end the session with /stop.`,
  );

export const nothingBefore = () =>
  new UserError("nothing-before", text`This is the first sound of the session. Choose another one with /play.`);

export const noSuchQueuePosition = (length: number) =>
  new UserError(
    "no-such-place",
    length === 1
      ? text`The queue has one place. /queue show lists it.`
      : text`The queue has places 1 to ${length}. /queue show lists them.`,
  );

export const alreadyPaused = () =>
  new UserError("already-paused", text`It is paused already. /resume brings the sound back.`);

export const notPaused = () => new UserError("not-paused", text`It is playing already. /pause holds it.`);

export const aboveCeiling = (wished: Volume, loudest: Volume) =>
  new UserError(
    "above-ceiling",
    text`“${VOLUME_NAMES[wished]}” is louder than this room allows. The loudest here is “${VOLUME_NAMES[loudest]}”.`,
  );

export const louderNeedsPermission = () =>
  new UserError(
    "not-yours",
    text`Anyone may make it softer. Louder is for the one who queued this sound, or for the host.`,
  );

export const notYours = () =>
  new UserError(
    "not-yours",
    text`This is for the one who queued it, or for the host. You can queue your own with /play.`,
  );

export const mixFull = () =>
  new UserError("mix-full", text`A mix has ${MAX_LAYERS} layers at most. Take one out with /mix remove first.`);

export const layerAlreadyInMix = (title: string) =>
  new UserError(
    "layer-there",
    text`${named(title)} is in the mix already. /mix show changes how loud it is, and where.`,
  );

export const noSuchLayer = () =>
  new UserError("no-such-layer", text`That sound is not in the mix. /mix show lists what is.`);

export const onlyLayer = () =>
  new UserError("only-layer", text`That is the only sound left. Choose another one with /play, or end with /stop.`);

export const noDeparture = () =>
  new UserError(
    "no-departure",
    text`You have set no timer of your own. Set one with /sleep me, such as /sleep me 40m.`,
  );

export const noTimer = () =>
  new UserError("no-timer", text`No sleep timer is set. Set one with /sleep in, such as /sleep in 30m.`);

export const nothingToSleepAfter = () =>
  new UserError("nothing-to-sleep-after", text`No sound is playing that it could end with. Try /sleep in 30m.`);

export const nobodyListening = () =>
  new UserError("nobody-listens", text`Nobody is in the voice channel. Join it, and the sound comes back by itself.`);
