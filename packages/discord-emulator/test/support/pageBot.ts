import { readFileSync } from "node:fs";
import tls from "node:tls";
import { entersState, joinVoiceChannel, type VoiceConnection, VoiceConnectionStatus } from "@discordjs/voice";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  ComponentType,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  type RESTPostAPIApplicationCommandsJSONBody,
  TextInputStyle,
} from "discord.js";
import type { Emulator } from "../../src/api.ts";
import { FRAME_SAMPLES, SAMPLE_RATE } from "../../src/shared/opus.ts";
import { createOpusEncoder } from "./opusEncoder.ts";

const SOUNDS = ["Rain on the window", "Rain in the leaves", "Slow shore", "Night ferry"];
const text = (name: string, description: string, more: object = {}) =>
  ({ type: ApplicationCommandOptionType.String, name, description, ...more }) as const;

const COMMANDS: RESTPostAPIApplicationCommandsJSONBody[] = [
  { name: "Remember", type: ApplicationCommandType.Message },
  {
    name: "play",
    description: "Play a sound in your voice channel, or queue it",
    options: [
      text("sound", "A sound, or one of the favourites here", { required: true, autocomplete: true }),
      text("when", "Where it goes in the queue", {
        choices: ["now", "next", "last"].map((name) => ({ name, value: `when-${name}` })),
      }),
    ],
  },
  {
    name: "sleep",
    description: "A timer for everyone",
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: "in",
        description: "Fade out after some time",
        options: [
          {
            type: ApplicationCommandOptionType.Integer,
            name: "minutes",
            description: "1 to 720",
            required: true,
            min_value: 1,
            max_value: 720,
          },
        ],
      },
      { type: ApplicationCommandOptionType.Subcommand, name: "cancel", description: "Take the timer back" },
    ],
  },
  { name: "name", description: "Give the evening a name" },
];

/** A sine of 440 Hz at −20 dBFS, as Opus packets of 20 ms. */
const tonePackets = (): readonly Buffer[] => {
  const encoder = createOpusEncoder();
  return Array.from({ length: 50 }, (_, frame) => {
    const wave = Float32Array.from(
      { length: FRAME_SAMPLES },
      (_unused, i) => 0.1 * Math.SQRT2 * Math.sin((2 * Math.PI * 440 * (frame * FRAME_SAMPLES + i)) / SAMPLE_RATE),
    );
    return Buffer.from(encoder.encode({ left: wave, right: wave }));
  });
};

const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

/** Sends a packet every 20 ms, and five of silence at its end, as Discord asks. */
const playTone = (connection: VoiceConnection) => {
  const tone = tonePackets();
  let sent = 0;
  const begun = performance.now();
  const timer = setInterval(() => {
    for (; sent * 20 <= performance.now() - begun; sent++) connection.playOpusPacket(tone[sent % tone.length]!);
  }, 10);
  return () => {
    clearInterval(timer);
    for (let i = 0; i < 5; i++) connection.playOpusPacket(SILENCE);
  };
};

const panel = (title: string, isPlaying: boolean) => [
  {
    type: ComponentType.Container,
    accent_color: 0x3d4a73,
    components: [
      {
        type: ComponentType.TextDisplay,
        content: `### **${title}**\nFading out <t:${Math.round(Date.now() / 1_000) + 1_800}:R>`,
      },
      { type: ComponentType.Separator, divider: true, spacing: 1 },
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Secondary,
            label: isPlaying ? "Pause" : "Resume",
            custom_id: "pause",
          },
          { type: ComponentType.Button, style: ButtonStyle.Danger, label: "Stop", custom_id: "stop" },
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: "other",
            placeholder: "Another sound",
            options: SOUNDS.map((label) => ({ label, value: label, description: `As ${label.toLowerCase()} sounds` })),
          },
        ],
      },
    ],
  },
];

/** A small bot on plain discord.js and @discordjs/voice, for trying the page without Lull. */
export const startPageBot = async (emulator: Emulator) => {
  tls.setDefaultCACertificates([
    ...tls.getCACertificates("default"),
    readFileSync(emulator.certificateAuthority, "utf8"),
  ]);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildVoiceStates],
    rest: { api: emulator.apiBase },
  });
  const errors: unknown[] = [];
  let connection: VoiceConnection | undefined;
  let stop: (() => void) | undefined;
  let title = "";
  client.on(Events.Error, (error) => errors.push(error));

  const hush = () => {
    stop?.();
    stop = undefined;
  };
  const play = async (interaction: ChatInputCommandInteraction<"cached">) => {
    const channel = interaction.member.voice.channel;
    if (channel === null)
      return interaction.reply({
        content: "Join a voice channel first, then try again.",
        flags: MessageFlags.Ephemeral,
      });
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    title = interaction.options.getString("sound", true);
    connection = joinVoiceChannel({
      guildId: interaction.guildId,
      channelId: channel.id,
      adapterCreator: interaction.guild.voiceAdapterCreator,
      selfDeaf: true,
    });
    connection.on("error", (error) => errors.push(error));
    await entersState(connection, VoiceConnectionStatus.Ready, 10_000);
    connection.setSpeaking(true);
    hush();
    stop = playTone(connection);
    await interaction.editReply(
      `**${title}** plays in <#${channel.id}>, ${interaction.options.getString("when") ?? "at once"}.`,
    );
    return interaction.channel?.send({ components: panel(title, true), flags: MessageFlags.IsComponentsV2 });
  };

  const answer = async (interaction: Interaction) => {
    if (!interaction.inCachedGuild()) return;
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused().toLowerCase();
      const found = SOUNDS.filter((name) => name.toLowerCase().includes(typed));
      await interaction.respond(found.map((name) => ({ name, value: name })));
    } else if (interaction.isChatInputCommand() && interaction.commandName === "play") await play(interaction);
    else if (interaction.isChatInputCommand() && interaction.commandName === "sleep")
      await interaction.reply(`Asleep in ${interaction.options.getInteger("minutes")} minutes.`);
    else if (interaction.isChatInputCommand())
      await interaction.showModal({
        custom_id: "naming",
        title: "Name the evening",
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.TextInput,
                custom_id: "name",
                label: "Name",
                style: TextInputStyle.Short,
                required: true,
                max_length: 80,
              },
            ],
          },
        ],
      });
    else if (interaction.isModalSubmit())
      await interaction.reply({
        content: `It is called ${interaction.fields.getTextInputValue("name")}.`,
        flags: MessageFlags.Ephemeral,
      });
    else if (interaction.isStringSelectMenu()) {
      title = interaction.values[0] ?? title;
      await interaction.update({ components: panel(title, stop !== undefined) });
    } else if (interaction.isButton()) {
      if (stop === undefined && connection && interaction.customId === "pause") stop = playTone(connection);
      else hush();
      await interaction.update({ components: panel(title, stop !== undefined) });
    }
  };
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch((error) => errors.push(error)));

  await client.login(emulator.token);
  if (!client.isReady()) await new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.application?.commands.set(COMMANDS);
  return {
    errors: errors as readonly unknown[],
    async close() {
      hush();
      connection?.destroy();
      await client.destroy();
    },
  };
};
