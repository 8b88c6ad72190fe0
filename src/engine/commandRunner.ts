import type { ChannelId, EntryId } from "../kernel/ids.ts";
import type { PlayerCommand, PlayerEvent, PlayerLayer } from "../session/protocol.ts";
import type { PacketSender } from "./packetSender.ts";
import { loadFailures, loadLayers, type TakeStart } from "./playback/loadLayers.ts";
import type { SoundCache } from "./playback/soundCache.ts";
import type { Stream } from "./playback/stream.ts";
import type { LayerSpec } from "./playback/trackLayer.ts";

/**
 * Applies the commands of one guild, in the order in which they were given, though sounds take a
 * moment to load.
 */
export interface CommandRunner {
  run(command: PlayerCommand): void;
  /** Drops the commands that wait, and releases what they have loaded. */
  close(): void;
}

interface CommandTargets {
  readonly stream: Stream;
  readonly sender: PacketSender;
  readonly soundCache: SoundCache;
  report(event: PlayerEvent): void;
  join(channel: ChannelId): void;
  /** Leaves once the stream is silent. */
  leaveWhenSilent(): void;
  setListening(on: boolean): void;
  warn(message: string, details: Readonly<Record<string, unknown>>): void;
}

/** Creates a runner that applies commands to the stream and the connection it is given. */
export const createCommandRunner = (targets: CommandTargets): CommandRunner => {
  const { stream, sender, soundCache, report, warn } = targets;
  let last: Promise<void> = Promise.resolve();
  let closed = false;
  let takeOrder = 0;

  const load = async (
    entry: EntryId,
    layers: readonly PlayerLayer[],
    begin?: Pick<TakeStart, "from" | "takes">,
  ): Promise<readonly LayerSpec[]> => {
    const loaded = await loadLayers(
      layers,
      soundCache,
      ({ sound }, error) => warn("A sound could not be loaded", { sound: sound.id, error: String(error) }),
      { order: takeOrder, ...begin },
    );
    if (closed) {
      for (const { lease } of loaded.specs) lease.release();
      return [];
    }
    for (const failure of loadFailures(entry, loaded)) report(failure);
    return loaded.specs;
  };

  const apply = async (command: PlayerCommand): Promise<void> => {
    if (closed) return;
    switch (command.type) {
      case "join":
        return targets.join(command.channel);
      case "play": {
        takeOrder = command.takeOrder ?? 0;
        const specs = await load(command.entry, command.layers, command);
        if (specs.length > 0) stream.play(command.entry, specs, command.from, command.crossfade);
        return;
      }
      case "setLayers": {
        const specs = await load(command.entry, command.layers);
        if (specs.length > 0) stream.setLayers(command.entry, specs, command.over);
        return;
      }
      case "setCeiling":
        return stream.setCeiling(command.lufs);
      case "pause":
        return stream.pause();
      case "resume":
        return stream.resume();
      case "seek":
        return stream.seek(command.to);
      case "stop":
        return stream.stop(command.over);
      case "setVolume":
        return stream.setVolume(command.gainDb, command.over);
      case "fadeOut":
        return stream.fadeOut(command.over, command.to);
      case "fadeIn":
        return stream.fadeIn(command.over);
      case "setDucking": {
        const byDb = Math.max(0, command.byDb);
        sender.setDucking(byDb);
        return targets.setListening(byDb > 0);
      }
      case "leave":
        stream.stop(command.over);
        return targets.leaveWhenSilent();
    }
  };

  return {
    run(command) {
      last = last
        .then(() => apply(command))
        .catch((error) => warn("A command failed", { command: command.type, error: String(error) }));
    },
    close() {
      closed = true;
    },
  };
};
