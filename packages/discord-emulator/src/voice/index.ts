/** The parts of the voice server, for tests of a voice library on its own: `discord-emulator/voice`. */
export { certificates } from "./certificates.ts";
export { createExternalSender, readCommit, vector } from "./dave/externalSender.ts";
export { Opcode } from "./protocol.ts";
export { openSecureServer as listen } from "./secureServer.ts";
export type { Listener, ReceivedPacket as HeardPacket, VoiceServer } from "./types.ts";
export { startVoiceServer } from "./voiceServer.ts";
