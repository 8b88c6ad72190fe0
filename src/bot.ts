import { join } from "node:path";
import { createGuildCatalogue } from "./catalogue/guildCatalogue.ts";
import { accessRefused } from "./commands/refusals.ts";
import type { Config } from "./config.ts";
import { openDiscord } from "./discord/client.ts";
import type { FindConsenting } from "./discord/voiceMembers.ts";
import { openEngine } from "./engine/engine.ts";
import { openAddedSounds } from "./import/addedSounds.ts";
import { systemClock } from "./kernel/clock.ts";
import { UserError } from "./kernel/errors.ts";
import { type Log, openLog } from "./kernel/log.ts";
import { createListenerService } from "./listeners/listenerService.ts";
import { openSoundPictures } from "./pictures/soundPictures.ts";
import { openVisualRenderer } from "./pictures/visualRenderer.ts";
import { createEvenings, type EveningsService } from "./programmes/evenings.ts";
import { createGuildProgrammes } from "./programmes/guildProgrammes.ts";
import { openCatalogue, SCRIPTS } from "./render/openCatalogue.ts";
import { openRenderer, type RenderProgress } from "./render/renderer.ts";
import { openSamples } from "./render/samples.ts";
import { openWhispers } from "./render/whispers.ts";
import { createGuildRetention } from "./runtime/guildRetention.ts";
import { createSessions } from "./runtime/sessions.ts";
import { openStorage } from "./storage/openStorage.ts";
import { progressLine, READY_LINE, type Terminal } from "./terminal.ts";

const openLogFile = (file: string, level: Config["logLevel"]): Log => {
  try {
    return openLog(file, level);
  } catch {
    throw new UserError("bad-config", `LULL_LOG: ${file} cannot be written. Choose another file, or "-".`);
  }
};

/** Says with each sound that is ready how far the rendering is. */
const createRenderReporter = (terminal: Terminal) => {
  let said = -1;
  return ({ sound, done, total }: RenderProgress) => {
    if (done === said) return;
    said = done;
    if (done === total) terminal.progress(`All ${total} sounds are rendered.`);
    else terminal.progress(progressLine("Rendering", done, total, sound.title));
  };
};

/**
 * Wires the whole bot and starts it on Discord, or on whatever speaks as Discord does.
 * @param onRefused the gateway has refused the bot for good while it ran
 * @throws UserError that names what the host has to change
 */
export const startBot = async (
  config: Config & { readonly token: string },
  terminal: Terminal,
  onRefused: (reason: UserError) => void,
): Promise<{ close(): Promise<void> }> => {
  const log = openLogFile(config.log, config.logLevel);
  const builtIn = openCatalogue({ scripts: [SCRIPTS, join(config.sounds, "scripts")] });
  const library = createGuildCatalogue(builtIn.sounds);
  const { catalogue, of: catalogueOf } = library;
  const storage = await openStorage({ path: join(config.data, "lull.sqlite"), log });
  const workshop = openRenderer({
    catalogue: builtIn,
    cache: config.cache,
    log,
    onProgress: createRenderReporter(terminal),
  });
  const { token, apiBase, timeZone } = config;
  const addedSounds = await openAddedSounds({ config, library, guildSounds: storage.guildSounds, log });
  const whispers = await openWhispers({ folder: join(config.data, "whispers"), library, log });
  const soundSource = addedSounds.withRendered({
    prepare(name, onWhole) {
      const whispered = whispers.find(name);
      return whispered ? workshop.prepareSound(whispered, onWhole) : workshop.prepare(name, onWhole);
    },
  });
  const consentsToDisconnect: FindConsenting = (guild, users) =>
    storage.consents.usersConsenting(guild, "disconnect", users);
  const discord = await openDiscord({
    token,
    apiBase,
    identifyFile: join(config.data, "identifies.json"),
    consentsToDisconnect,
    settings: storage.settings,
    log,
    onRefused,
  });
  const { voiceChannels, panels, voiceMembers, voiceGateway } = discord;
  const { avoidLists, consents, tingles, listeningHistory, nights, personalData } = storage;
  const listenerService = createListenerService({
    catalogueOf,
    avoidLists,
    consents,
    tingles,
    listeningHistory,
    nights,
    voiceChannels,
    appendToPanel: discord.appendToPanel,
    clock: systemClock,
    timeZone,
    log,
  });
  const engine = openEngine({ voiceGateway, log, engines: config.engines });
  const sessions = createSessions({
    players: engine,
    soundSource,
    settings: storage.settings,
    voiceChannels,
    panels,
    voiceMembers,
    listenerService,
    onView(view) {
      evenings.observe(view);
      discord.voiceStatus.show(view);
    },
    clock: systemClock,
    log,
    store: storage.sessions,
  });
  const { programmes: programmeStore, schedules, settings } = storage;
  const studio = openVisualRenderer({ cache: config.cache, log });
  const guildProgrammes = createGuildProgrammes({ sessions, catalogueOf, programmes: programmeStore, listenerService });
  const evenings: EveningsService = createEvenings({
    schedules,
    guildProgrammes,
    scheduledEvents: discord.scheduledEvents,
    view: sessions.view,
    isAvailable: discord.isAvailable,
    checkAccess(guild, channel) {
      const accessProblem = discord.channelAccess.accessProblem(guild, channel);
      if (accessProblem !== undefined) throw accessRefused(accessProblem, channel);
    },
    announce: discord.announce,
    visuals: studio,
    clock: systemClock,
    log,
  });
  const guildRetention = createGuildRetention({
    store: storage.guildRetention,
    isHere: discord.isInGuild,
    async forget(guild) {
      evenings.forgetGuild(guild);
      await whispers.forgetGuild(guild);
      await addedSounds.forgetGuild(guild);
    },
    clock: systemClock,
    log,
  });
  discord.onGuildLeft((guild) => void guildRetention.guildLeft(guild));
  const pictures = openSoundPictures({ sounds: soundSource, log });
  const samples = openSamples({ sounds: soundSource, log });
  await discord.serve({
    sessions,
    catalogue,
    catalogueOf,
    uploads: addedSounds.uploads,
    attachments: addedSounds.attachments,
    whispers,
    pictures,
    homeGuild: config.homeGuild,
    favourites: storage.favourites,
    listenerService,
    avoidLists,
    consents,
    tingles,
    personalData: {
      of: personalData.of,
      erase: (user) => personalData.erase(user).then(addedSounds.refresh),
    },
    samples,
    visuals: studio,
    charts: studio,
    settings,
    guildProgrammes,
    programmeStore,
    evenings,
    timeZone,
  });

  terminal.print(
    `${discord.name} is logged in, in ${discord.guildCount()} ${discord.guildCount() === 1 ? "guild" : "guilds"}.`,
  );
  for (const { guild, missing } of discord.guildsMissingPermissions())
    terminal.print(`In “${guild}” it lacks: ${missing.join(", ")}.`);
  terminal.print(`Invite it with ${discord.invite}`);
  terminal.print(READY_LINE);

  await listenerService.open();
  const rendering = sessions
    .restore()
    .then(async (count) => {
      discord.leaveStaleVoiceStates((guild) => sessions.view(guild) !== undefined);
      await evenings.open();
      await guildRetention.sweep();
      return count;
    })
    .then((count) => count > 0 && log.info("Rooms are back after a restart", { count }))
    .then(() => addedSounds.prepareAll())
    .then(() => (config.renderAhead ? workshop.renderAll().then(() => studio.drawAll()) : undefined))
    .catch((error: unknown) => log.error("The sounds could not all be rendered", { error }));

  return {
    async close() {
      evenings.close();
      guildRetention.close();
      await sessions.close();
      listenerService.close();
      await engine.close();
      await discord.close();
      await workshop.close();
      await studio.close();
      await addedSounds.close();
      await rendering;
      await storage.close();
    },
  };
};
