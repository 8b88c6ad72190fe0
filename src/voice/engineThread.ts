import { parentPort } from "node:worker_threads";
import { runStations } from "./stations.ts";

const port = parentPort;
if (port === null) throw new Error("engineThread.ts runs as a worker thread");

runStations({
  post: (message) => port.postMessage(message),
  onMessage: (heed) => port.on("message", heed),
  close: () => port.close(),
});
