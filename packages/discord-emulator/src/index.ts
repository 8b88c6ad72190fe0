export type {
  ActivityFrame,
  ChannelView,
  EmulatedChannel,
  EmulatedGuild,
  EmulatedRole,
  Emulator,
  EmulatorOptions,
  FileUpload,
  GatewayFaults,
  GatewayLimits,
  InteractionResponse,
  Member,
  MemberView,
  ModalValues,
  OptionValues,
  Recording,
  RestFaults,
  VisibleAttachment,
  VisibleMessage,
} from "./api.ts";
export { type BotProcess, botEnvironment, spawnBot } from "./botProcess.ts";
export { openEmulator } from "./emulator.ts";
export type { PageFile } from "./page/pageFiles.ts";
export { openPage, type Page, type PageOptions, PortInUseError } from "./page/pageServer.ts";
export type { Progress } from "./page/protocol.ts";
export type { PageEffect, PageLocale, PageSettings, RichText, Welcome, WelcomeStep } from "./page/settings.ts";
export type { WalkthroughScene, WalkthroughStep } from "./page/walkthrough.ts";
export { DEFAULT_BOT_PERMISSIONS, EVERYONE_PERMISSIONS } from "./state/guild.ts";
