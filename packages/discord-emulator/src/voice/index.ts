/** The parts of the voice server, for tests of a voice library on its own: `discord-emulator/voice`. */
export { certificates } from "./certificates.ts";
export { createExternalSender, readCommit, vector } from "./dave/externalSender.ts";
export { Opcode } from "./protocol.ts";
export { listen } from "./secureServer.ts";
export type { HeardPacket, Listener, VoiceServer } from "./types.ts";
export { startVoiceServer } from "./voiceServer.ts";
