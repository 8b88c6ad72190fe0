import { randomUUID } from "node:crypto";
import type { ActivityFrame } from "../api.ts";
import type { Json } from "../shared/json.ts";
import { createCommands } from "./commands.ts";
import type { FrameOptions } from "./frameOptions.ts";
import { participantJson } from "./objects.ts";
import { Close, CloseCode, Command, ErrorCode, Handshake, Opcode, RpcError } from "./rpc.ts";

/** A page of an activity in the client of one member. */
export interface Frame extends ActivityFrame {
  readonly user: string;
  readonly guild: string;
  readonly channel: string;
  readonly participant: Json;
  /** Dispatches an event, if the page has subscribed to it. */
  tell(event: string, data: Json): void;
}

/** The client's end of the conversation with one page. */
export const createFrame = (options: FrameOptions): Frame => {
  const { application, guild, member, channel, instanceId, platform, send } = options;
  const frameId = randomUUID();
  const subscribed = new Set<string>();
  const commands = createCommands(options, subscribed);
  let state: "new" | "ready" | "ended" = "new";

  const end = () => {
    if (state === "ended") return;
    state = "ended";
    options.onEnd();
  };
  const close = (code: number, message: string) => {
    if (state === "ended") return;
    send([Opcode.close, { code, message }]);
    end();
  };
  const dispatch = (event: string, data: Json) =>
    send([Opcode.frame, { cmd: "DISPATCH", evt: event, data, nonce: null }]);

  const shakeHands = (payload: unknown) => {
    const { success, data } = Handshake.safeParse(payload);
    if (!success || data.frame_id !== frameId) return close(CloseCode.unsupported, "Invalid handshake");
    if (data.v !== 1) return close(CloseCode.invalidVersion, "Invalid version");
    if (data.encoding !== "json") return close(CloseCode.invalidEncoding, "Invalid encoding");
    if (data.client_id !== application) return close(CloseCode.invalidClientId, "Invalid client id");
    state = "ready";
    const { host } = new URL(options.apiAddress);
    dispatch("READY", {
      v: 1,
      config: { cdn_host: host, api_endpoint: `//${host}/api`, environment: "production" },
      user: { id: member.id, username: member.name, discriminator: "0" },
    });
    options.onReady();
  };

  const carryOut = (payload: unknown) => {
    const { success, data: command } = Command.safeParse(payload);
    if (!success) return close(CloseCode.unsupported, "Invalid frame");
    const { cmd, nonce } = command;
    try {
      send([Opcode.frame, { cmd, data: commands.run(command), evt: null, nonce }]);
    } catch (error) {
      const { code, message } =
        error instanceof RpcError ? error : new RpcError(ErrorCode.invalidPayload, (error as Error).message);
      send([Opcode.frame, { cmd, data: { code, message }, evt: "ERROR", nonce }]);
    }
  };

  const frame: Frame = {
    user: member.id,
    guild: guild.id,
    channel: channel.id,
    participant: participantJson(member),
    instanceId,
    query: new URLSearchParams({
      instance_id: instanceId,
      location_id: `gc-${guild.id}-${channel.id}`,
      launch_id: guild.snowflake(),
      channel_id: channel.id,
      guild_id: guild.id,
      frame_id: frameId,
      platform,
      ...(platform === "mobile" && { mobile_app_version: "300.0" }),
    }).toString(),
    tell(event, data) {
      if (state === "ready" && subscribed.has(event)) dispatch(event, data);
    },
    receive(message) {
      if (state === "ended" || !Array.isArray(message)) return;
      const [opcode, payload] = message as unknown[];
      if (opcode === Opcode.handshake && state === "new") return shakeHands(payload);
      if (opcode === Opcode.frame && state === "ready") return carryOut(payload);
      if (opcode === Opcode.close && Close.safeParse(payload).success) return end();
      return close(CloseCode.unsupported, "Unexpected message");
    },
    orientationLock: commands.orientationLock,
    refuseAuthorisation: commands.refuseAuthorisation,
    setThermalState: (thermalState) => frame.tell("THERMAL_STATE_UPDATE", { thermal_state: thermalState }),
    setLayoutMode: (layoutMode) => frame.tell("ACTIVITY_LAYOUT_MODE_UPDATE", { layout_mode: layoutMode }),
    close: () => close(CloseCode.normal, "The activity has been closed"),
  };
  return frame;
};
