import { AsyncLocalStorage } from "node:async_hooks";
import type { GuildId } from "../kernel/ids.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import { createDesk } from "./desk.ts";
import { BATCH, createOutbox } from "./outbox.ts";
import { createPacer } from "./pacer.ts";
import { createSeal } from "./seal.ts";
import { createShelf } from "./shelf.ts";
import { createStation, type Station } from "./station.ts";
import type { FromEngine, ToEngine } from "./wire.ts";

/** Between two lines on what the sounds of this thread take. */
const TELL_EVERY: Millis = minutes(10);
const MB = 2 ** 20;

/** The way to the main thread. */
interface Door {
  post(message: FromEngine): void;
  onMessage(heed: (message: ToEngine) => void): void;
  close(): void;
}

/** Runs the stations of a thread or a process: connections, pacer and streams. Only messages come in and go out. */
export const runStations = ({ post, onMessage, close }: Door): void => {
  const outbox = createOutbox(createSeal(BATCH));
  const pacer = createPacer({ ticked: outbox.flush });
  const shelf = createShelf();
  const desk = createDesk();
  const stations = new Map<GuildId, Station>();
  /** On whose behalf something runs: sockets and timers remember it. */
  const onBehalfOf = new AsyncLocalStorage<GuildId>();

  const tell = () => {
    if (stations.size === 0) return;
    const { sampleBytes, packetBytes, encoded, handedOut } = desk.figures();
    const megabytes = (bytes: number) => Math.round((bytes / MB) * 10) / 10;
    const details = {
      guilds: stations.size,
      soundsMB: megabytes(shelf.bytes()),
      samplesMB: megabytes(sampleBytes),
      sharedPacketsMB: megabytes(packetBytes),
      encoded,
      handedOut,
      droppedTicks: pacer.dropped(),
    };
    post({ type: "log", level: "info", message: "Sounds in memory", details });
  };
  setInterval(tell, TELL_EVERY).unref();

  const open = (guild: GuildId): Station =>
    createStation(guild, {
      pacer,
      shelf,
      desk,
      outbox,
      now: () => performance.now(),
      report: (event) => post({ type: "event", guild, event }),
      send: (payload) => post({ type: "payload", guild, payload }),
      log: (level, message, details) => post({ type: "log", level, message, details }),
    });

  onMessage((message) => {
    if (message.type === "shutDown") {
      for (const station of stations.values()) station.close();
      stations.clear();
      pacer.stop();
      // The leave payloads are on their way to the main thread before the port closes.
      return void setImmediate(close);
    }
    return void onBehalfOf.run(message.guild, () => heed(message));
  });

  const heed = (message: Exclude<ToEngine, { readonly type: "shutDown" }>): unknown => {
    const station = stations.get(message.guild);
    switch (message.type) {
      case "open":
        station?.close();
        return stations.set(message.guild, open(message.guild));
      case "close":
        station?.close();
        return stations.delete(message.guild);
      case "command":
        return station?.command(message.command);
      case "stateUpdate":
        return station?.stateUpdate(message.payload);
      case "serverUpdate":
        return station?.serverUpdate(message.payload);
      case "unsendable":
        return station?.unsendable();
      case "gatewayRenewed":
        return station?.gatewayRenewed();
      case "barred":
        return station?.barred();
    }
  };

  // A library that throws in an event handler must not take the other guilds' sound with it.
  process.on("uncaughtException", (error) => {
    const guild = onBehalfOf.getStore();
    if (guild !== undefined) stations.get(guild)?.broken("threw");
    post({
      type: "log",
      level: "error",
      message: "The engine caught an error",
      details: { guild, error: error.stack ?? String(error) },
    });
  });
};
