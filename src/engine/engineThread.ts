import { parentPort } from "node:worker_threads";
import { runGuildPlayers } from "./guildPlayers.ts";

const port = parentPort;
if (port === null) throw new Error("engineThread.ts runs as a worker thread");

runGuildPlayers({
  post: (message) => port.postMessage(message),
  onMessage: (handle) => port.on("message", handle),
  close: () => port.close(),
});
