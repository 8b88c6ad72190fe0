import type { Interaction } from "../interactions/interactions.ts";
import type { MultipartFile } from "../messages/attachments.ts";
import { EPHEMERAL, hasFlag } from "../messages/flags.ts";
import type { Json } from "../shared/json.ts";
import type { StoredMessage } from "../state/guild.ts";
import { userJson } from "../state/objects.ts";
import type { GuildRegistry } from "./guildContext.ts";

/** Posts a message of an interaction, to its channel or, where the flags say so, to its user alone. */
export const createPoster =
  (guilds: GuildRegistry) =>
  (interaction: Interaction, body: Json, files: readonly MultipartFile[] = []): StoredMessage => {
    const { messages, guild } = guilds.of(interaction.guild);
    const user = guild.members.get(interaction.user);
    return messages.post({
      channelId: interaction.channelId,
      body,
      files,
      interaction: {
        id: interaction.id,
        type: interaction.type,
        ...interaction.command,
        ...(user && { user: userJson(user) }),
        authorizing_integration_owners: {},
      },
      visibleTo: hasFlag(body, EPHEMERAL) ? interaction.user : undefined,
    });
  };

/** Posts a message of an interaction. */
export type PostResponse = ReturnType<typeof createPoster>;
