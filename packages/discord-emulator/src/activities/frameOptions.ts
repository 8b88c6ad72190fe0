import type { Json } from "../shared/json.ts";
import type { GuildChannel, GuildMember, GuildState } from "../state/guild.ts";
import type { OAuth } from "./oauth.ts";
import type { RpcMessage } from "./rpc.ts";

/** What a frame is opened with. */
export interface FrameOptions {
  /** Its id. */
  readonly application: string;
  readonly guild: GuildState;
  readonly member: GuildMember;
  readonly channel: GuildChannel;
  readonly instanceId: string;
  readonly platform: "desktop" | "mobile";
  readonly oauth: OAuth;
  /** Of the REST API. */
  readonly apiAddress: string;
  participants(): readonly Json[];
  send(message: RpcMessage): void;
  /** The page has shaken hands. */
  onReady(): void;
  onEnd(): void;
}
