/** The voice server and its parts, for tests of a voice library on its own: `discord-emulator/voice`. */
export { certificates } from "./certificates.ts";
export { createExternalSender, readCommit, vector } from "./dave/externalSender.ts";
export { Opcode } from "./protocol.ts";
export { openSecureServer } from "./secureServer.ts";
export type { Listener, ReceivedPacket, VoiceServer } from "./types.ts";
export { startVoiceServer } from "./voiceServer.ts";
