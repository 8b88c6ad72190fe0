/** The package's public exports. */
export type {
  ChannelView,
  EmulatedGuild as GuildScene,
  Emulator as Evening,
  EmulatorOptions,
  FileUpload as Handed,
  InteractionResponse as Answer,
  Member,
  MemberView as PersonView,
  Recording as Heard,
  VisibleMessage as Shown,
} from "./api.ts";
export { type BotProcess, botEnvironment, spawnBot } from "./botProcess.ts";
export { openEmulator as openEvening } from "./emulator.ts";
export type { PageFile } from "./page/bundle.ts";
export { openPage, type Page, type PageOptions, PortInUseError } from "./page/pageServer.ts";
export type { Progress } from "./page/protocol.ts";
export type { PageEffect, PageLocale, PageSettings, RichText, Welcome, WelcomeStep } from "./page/settings.ts";
export { DEFAULT_BOT_PERMISSIONS, EVERYONE_PERMISSIONS } from "./state/guild.ts";
