import { endWithParent } from "../kernel/parentProcess.ts";
import { runGuildPlayers } from "./guildPlayers.ts";
import type { ToEngine } from "./wireProtocol.ts";

if (process.send === undefined) throw new Error("engineProcess.ts runs as a child process");

runGuildPlayers({
  post(message) {
    if (process.connected) process.send?.(message);
  },
  onMessage: (handle) => process.on("message", (message) => handle(message as ToEngine)),
  close: () => process.disconnect(),
});
// Without the bot, nothing says what to play.
endWithParent();
