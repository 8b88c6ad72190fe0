import type { ChannelId, EntryId } from "../kernel/ids.ts";
import { type Decibels, type Frames, framesIn, type Millis } from "../kernel/units.ts";
import type { PlayerCommand, PlayerEvent, PlayerLayer } from "../session/protocol.ts";

/** What one guild has asked of its engine, as far as it still holds: another engine can go on from there. */
export interface Journal {
  note(command: PlayerCommand): void;
  hear(event: PlayerEvent): void;
  /** Whether there is a room to go on with. */
  isOpen(): boolean;
  /** The commands that bring an engine that knows nothing to where this one was. */
  replay(): readonly PlayerCommand[];
}

interface Heard {
  readonly entry: EntryId;
  readonly layers: readonly PlayerLayer[];
  readonly position: Frames;
  readonly at: Millis;
}

/** Out of the silence that a lost engine leaves. */
const RETURN: Millis = 1_500;

/** @param now milliseconds on a clock that is never set */
export const createJournal = (now: () => Millis): Journal => {
  let channel: ChannelId | undefined;
  let heard: Heard | undefined;
  let paused = false;
  let fade: { readonly endsAt: Millis; readonly to?: Decibels } | undefined;
  const settings = new Map<"setLoudness" | "setCeiling" | "setDucking", PlayerCommand>();

  const positionNow = ({ position, at }: Heard): Frames => (paused ? position : position + framesIn(now() - at));
  const stand = () => {
    if (heard !== undefined) heard = { ...heard, position: positionNow(heard), at: now() };
  };

  return {
    note(command) {
      switch (command.type) {
        case "join":
          channel = command.channel;
          return;
        case "play":
          heard = { entry: command.entry, layers: command.layers, position: command.from, at: now() };
          return;
        case "setLayers":
          if (heard?.entry === command.entry) heard = { ...heard, layers: command.layers };
          return;
        case "seek":
          if (heard !== undefined) heard = { ...heard, position: command.to, at: now() };
          return;
        case "pause":
        case "resume":
          stand();
          paused = command.type === "pause";
          return;
        case "stop":
          heard = undefined;
          return;
        case "fadeOut":
          fade = { endsAt: now() + command.over, ...(command.to !== undefined && { to: command.to }) };
          return;
        case "fadeIn":
          fade = undefined;
          return;
        case "setLoudness":
          settings.set(command.type, { ...command, over: 0 });
          return;
        case "setCeiling":
        case "setDucking":
          settings.set(command.type, command);
          return;
        case "leave":
          channel = undefined;
          heard = undefined;
      }
    },
    hear(event) {
      if (event.type === "left") channel = undefined;
      if (event.type === "connected") channel = event.channel;
      if (heard === undefined || !("entry" in event) || event.entry !== heard.entry) return;
      if (event.type === "positionAdvanced") heard = { ...heard, position: event.position, at: now() };
      if (event.type === "layerFailed")
        heard = { ...heard, layers: heard.layers.filter(({ sound }) => sound.id !== event.sound) };
      if (event.type === "soundFailed") heard = undefined;
    },
    isOpen: () => channel !== undefined,
    replay() {
      if (channel === undefined) return [];
      const { entry, layers } = heard ?? {};
      return [
        ...settings.values(),
        { type: "join", channel },
        ...(heard && entry && layers && layers.length > 0
          ? [{ type: "play", entry, layers, from: positionNow(heard), crossfade: RETURN } as const]
          : []),
        ...(paused ? [{ type: "pause" } as const] : []),
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
