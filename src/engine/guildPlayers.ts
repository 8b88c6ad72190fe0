import { AsyncLocalStorage } from "node:async_hooks";
import { bootClock } from "../kernel/bootClock.ts";
import type { GuildId, PlayerId } from "../kernel/ids.ts";
import { type Millis, minutes, seconds } from "../kernel/units.ts";
import { BATCH_SIZE, createOutbox } from "./connection/outbox.ts";
import { createSeal } from "./connection/seal.ts";
import { createGuildPlayer, type GuildPlayer } from "./guildPlayer.ts";
import { HEARTBEAT_INTERVAL } from "./heartbeat.ts";
import { createPacer } from "./pacer.ts";
import { createPacketCounter } from "./packetCounter.ts";
import { createMixResources } from "./playback/mixResources.ts";
import { createSoundCache } from "./playback/soundCache.ts";
import type { FromEngine, ToEngine } from "./wireProtocol.ts";

/** Between two log lines on the memory that the sounds of this thread take. */
const MEMORY_LOG_INTERVAL: Millis = minutes(10);
/** Between two messages with what has been sent. */
const COUNT_INTERVAL: Millis = seconds(1);
const MB = 2 ** 20;

/** The connection to the main thread. */
interface WorkerPort {
  post(message: FromEngine): void;
  onMessage(handle: (message: ToEngine) => void): void;
  close(): void;
}

/**
 * Runs the guild players of a thread or a process: connections, pacer and streams. Only messages
 * come in and go out.
 */
export const runGuildPlayers = ({ post, onMessage, close }: WorkerPort): void => {
  /** Asked just before each tick's packets: this machine may have slept since it began. */
  let provenUntil = Number.POSITIVE_INFINITY;
  const isProven = () => provenUntil === Number.POSITIVE_INFINITY || bootClock() < provenUntil;
  const outbox = createOutbox(createSeal(BATCH_SIZE), isProven);
  const packetCounter = createPacketCounter();
  const pacer = createPacer({
    ticked(due, missed) {
      outbox.flush();
      packetCounter.tickEnded(performance.now() - due, missed);
    },
  });
  const soundCache = createSoundCache();
  const mixResources = createMixResources();
  const players = new Map<PlayerId, GuildPlayer>();
  /** The player for which something runs: sockets and timers remember it. */
  const playerContext = new AsyncLocalStorage<PlayerId>();

  const logMemory = () => {
    if (players.size === 0) return;
    const { sampleBytes, packetBytes, packetsEncoded, packetsServed } = mixResources.stats();
    const megabytes = (bytes: number) => Math.round((bytes / MB) * 10) / 10;
    const details = {
      guilds: players.size,
      soundsMB: megabytes(soundCache.bytes()),
      samplesMB: megabytes(sampleBytes),
      sharedPacketsMB: megabytes(packetBytes),
      encoded: packetsEncoded,
      handedOut: packetsServed,
      droppedTicks: pacer.dropped(),
    };
    post({ type: "log", level: "info", message: "Sounds in memory", details });
  };
  setInterval(logMemory, MEMORY_LOG_INTERVAL).unref();
  const tellCounts = () => {
    const counts = packetCounter.take();
    if (counts !== undefined) post({ type: "packetsSent", counts });
  };
  setInterval(tellCounts, COUNT_INTERVAL).unref();
  post({ type: "heartbeat" });
  setInterval(() => post({ type: "heartbeat" }), HEARTBEAT_INTERVAL).unref();

  const openPlayer = (player: PlayerId, guild: GuildId): GuildPlayer =>
    createGuildPlayer(guild, player, {
      pacer,
      soundCache,
      mixResources,
      outbox,
      packetCounter,
      now: () => performance.now(),
      report: (event) => post({ type: "event", player, event }),
      reconnecting: (closeCode) => post({ type: "voiceReconnecting", closeCode }),
      send: (payload, attempt) => post({ type: "payload", player, payload, attempt }),
      log: (level, message, details) => post({ type: "log", level, message, details }),
    });

  onMessage((message) => {
    if (message.type === "shutDown") {
      for (const player of players.values()) player.close();
      players.clear();
      pacer.stop();
      tellCounts();
      // The leave payloads are on their way to the main thread before the port closes.
      return void setImmediate(close);
    }
    if (message.type === "proven") {
      provenUntil = message.until;
      return;
    }
    return void playerContext.run(message.player, () => handleMessage(message));
  });

  const handleMessage = (message: Extract<ToEngine, { readonly player: PlayerId }>): unknown => {
    const player = players.get(message.player);
    switch (message.type) {
      case "open":
        player?.close();
        return players.set(message.player, openPlayer(message.player, message.guild));
      case "close":
        player?.close();
        return players.delete(message.player);
      case "adopt":
        return player?.adopt(message.session);
      case "command":
        return player?.command(message.command);
      case "stateUpdate":
        return player?.stateUpdate(message.payload, message.isOwnLeave);
      case "payloadSent":
        return player?.payloadSent(message.attempt);
      case "serverUpdate":
        return player?.serverUpdate(message.payload);
      case "gatewayUnavailable":
        return player?.gatewayUnavailable();
      case "gatewayReidentified":
        return player?.gatewayReidentified();
      case "accessDenied":
        return player?.accessDenied();
    }
  };

  // A library that throws in an event handler must not take the others' sound with it.
  process.on("uncaughtException", (error) => {
    const player = playerContext.getStore();
    if (player !== undefined) players.get(player)?.broken("threw");
    post({
      type: "log",
      level: "error",
      message: "The engine caught an error",
      details: { player, error: error.stack ?? String(error) },
    });
  });
};
