import { parentPort, workerData } from "node:worker_threads";
import SQLite from "better-sqlite3";
import { z } from "zod";

// Reads the whole file, which would hold up answers in the main thread.
const file = new SQLite(z.string().parse(workerData), { readonly: true, fileMustExist: true });
try {
  parentPort?.postMessage(z.string().parse(file.pragma("quick_check(1)", { simple: true })));
} finally {
  file.close();
}
