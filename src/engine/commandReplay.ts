import type { ChannelId, EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../kernel/units.ts";
import type { HeardTakes, PlayerCommand, PlayerEvent, PlayerLayer } from "../session/protocol.ts";

/**
 * What one guild has asked of its engine, as far as it still holds: another engine can go on from
 * there.
 */
export interface CommandReplay {
  recordCommand(command: PlayerCommand): void;
  recordEvent(event: PlayerEvent): void;
  /** Whether there is a room to go on with. */
  isConnected(): boolean;
  /** The commands that bring an engine that knows nothing to where this one was. */
  commands(): readonly PlayerCommand[];
}

interface LastPlay {
  readonly entry: EntryId;
  readonly layers: readonly PlayerLayer[];
  readonly takeOrder: number | undefined;
  readonly takes: HeardTakes | undefined;
  readonly position: Frames;
  readonly at: Millis;
}

/** Out of the silence that a lost engine leaves. */
const RESTART_RAMP: Millis = 1_500;

/** @param now milliseconds on a clock that is never set */
export const createCommandReplay = (now: () => Millis): CommandReplay => {
  let channel: ChannelId | undefined;
  let lastPlay: LastPlay | undefined;
  let paused = false;
  /** Whether packets go out: before the first, and while the connection is made again, the position stands. */
  let heard = false;
  /** A way back from a fade, which may take half an hour. */
  let rise: { readonly endsAt: Millis } | undefined;
  let fade: { readonly endsAt: Millis; readonly to?: Decibels } | undefined;
  const settings = new Map<"setVolume" | "setCeiling" | "setDucking", PlayerCommand>();

  const positionNow = ({ position, at }: LastPlay): Frames =>
    paused || !heard ? position : position + framesIn(now() - at);
  const settlePosition = () => {
    if (lastPlay !== undefined) lastPlay = { ...lastPlay, position: positionNow(lastPlay), at: now() };
  };

  return {
    recordCommand(command) {
      switch (command.type) {
        case "join":
          channel = command.channel;
          return;
        case "play":
          lastPlay = {
            entry: command.entry,
            layers: command.layers,
            takeOrder: command.takeOrder,
            takes: command.takes,
            position: command.from,
            at: now(),
          };
          return;
        case "setLayers":
          if (lastPlay?.entry === command.entry) lastPlay = { ...lastPlay, layers: command.layers };
          return;
        case "seek":
          if (lastPlay !== undefined) lastPlay = { ...lastPlay, position: command.to, takes: undefined, at: now() };
          return;
        case "pause":
        case "resume":
          settlePosition();
          paused = command.type === "pause";
          return;
        case "stop":
          lastPlay = undefined;
          return;
        case "fadeOut":
          rise = undefined;
          fade = { endsAt: now() + command.over, ...(command.to !== undefined && { to: command.to }) };
          return;
        case "fadeIn":
          fade = undefined;
          rise = { endsAt: now() + command.over };
          return;
        case "setVolume":
          settings.set(command.type, { ...command, over: 0 });
          return;
        case "setCeiling":
        case "setDucking":
          settings.set(command.type, command);
          return;
        case "leave":
          channel = undefined;
          lastPlay = undefined;
      }
    },
    recordEvent(event) {
      if (event.type === "left") channel = undefined;
      if (event.type === "interrupted") {
        settlePosition();
        heard = false;
      }
      if (event.type === "connected") channel = event.channel;
      if (lastPlay === undefined || !("entry" in event) || event.entry !== lastPlay.entry) return;
      if (event.type === "soundStarted") {
        settlePosition();
        heard = true;
      }
      if (event.type === "positionAdvanced")
        lastPlay = { ...lastPlay, position: event.position, takes: event.takes, at: now() };
      if (event.type === "layerFailed")
        lastPlay = { ...lastPlay, layers: lastPlay.layers.filter(({ sound }) => sound.id !== event.sound) };
      if (event.type === "soundFailed") lastPlay = undefined;
    },
    isConnected: () => channel !== undefined,
    commands() {
      if (channel === undefined) return [];
      const { entry, layers, takeOrder, takes } = lastPlay ?? {};
      const riseLeft = (rise?.endsAt ?? 0) - now();
      return [
        ...settings.values(),
        ...(riseLeft > 0 ? [{ type: "fadeOut", over: 0 } as const] : []),
        { type: "join", channel },
        ...(lastPlay && entry && layers && layers.length > 0
          ? [
              {
                type: "play",
                entry,
                layers,
                from: positionNow(lastPlay),
                crossfade: RESTART_RAMP,
                ...(takeOrder !== undefined && { takeOrder }),
                ...(takes && { takes }),
              } as const,
            ]
          : []),
        ...(paused ? [{ type: "pause" } as const] : []),
        ...(riseLeft > 0 ? [{ type: "fadeIn", over: riseLeft } as const] : []),
        ...(fade
          ? [
              {
                type: "fadeOut",
                over: Math.max(0, fade.endsAt - now()),
                ...(fade.to !== undefined && { to: fade.to }),
              } as const,
            ]
          : []),
      ];
    },
  };
};
