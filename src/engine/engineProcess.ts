import { runGuildPlayers } from "./guildPlayers.ts";
import type { ToEngine } from "./wireProtocol.ts";

if (process.send === undefined) throw new Error("engineProcess.ts runs as a child process");

runGuildPlayers({
  post(message) {
    if (process.connected) process.send!(message);
  },
  onMessage: (heed) => process.on("message", (message) => heed(message as ToEngine)),
  close: () => process.disconnect(),
});
// The bot is gone: nobody is there to say what to play.
process.on("disconnect", () => process.exit());
