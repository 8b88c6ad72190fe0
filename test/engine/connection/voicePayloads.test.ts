import { expect, test } from "vitest";
import { readEndpoint, readVoiceState } from "../../../src/engine/connection/voicePayloads.ts";

test("a voice state is read as Discord sends it, and nothing of another shape is taken for one", () => {
  const state = { guild_id: "1", user_id: "2", channel_id: "3", mute: false, suppress: true, self_deaf: true };
  expect(readVoiceState(state)).toEqual({ channel: "3", isMuted: false, isSuppressed: true, isSelfDeaf: true });
  expect(readVoiceState({ channel_id: null })).toMatchObject({ channel: null, isMuted: false, isSelfDeaf: true });
  expect(readVoiceState({ channel_id: "3", self_deaf: false }).isSelfDeaf).toBe(false);
  for (const other of [undefined, null, "3", [], {}, { channel_id: 3 }, { channel_id: "3", mute: "yes" }])
    expect(() => readVoiceState(other)).toThrow(TypeError);
});

test("a voice server has an endpoint, or none for now", () => {
  expect(readEndpoint({ guild_id: "1", endpoint: "voice.example:443", token: "token" })).toBe("voice.example:443");
  expect(readEndpoint({ endpoint: null })).toBeNull();
  for (const other of [undefined, null, {}, { endpoint: 443 }]) expect(() => readEndpoint(other)).toThrow(TypeError);
});
