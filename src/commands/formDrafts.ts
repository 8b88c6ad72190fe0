import { randomBytes } from "node:crypto";
import { type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from "discord.js";
import type { GuildId, UserId } from "../kernel/ids.ts";
import type { ComponentHandler, Invoker, Modal, Reply } from "./command.ts";
import { customId } from "./customId.ts";
import { outdatedButton } from "./refusals.ts";

/** So many refused forms are kept; the oldest go first. A form has a few kilobytes at most. */
const MAX_DRAFTS = 200;

interface Draft {
  readonly guild: GuildId;
  readonly user: UserId;
  readonly modal: Modal;
}

/** Forms that were refused, each as it was filled in. */
export interface FormDrafts {
  /** The reason of the refusal, with a button that opens the form again. */
  offerAgain(reason: string, modal: Modal, invoker: Invoker): Reply;
  /** Handles that button. */
  readonly button: ComponentHandler;
}

/**
 * Keeps forms in memory only: Discord shows a modal in answer to a button, never in answer to a
 * modal. After a restart, the command opens the form.
 */
export const createFormDrafts = (): FormDrafts => {
  const drafts = new Map<string, Draft>();
  const buttonRow = (token: string, { say }: Invoker): APIMessageTopLevelComponent => ({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.Button,
        style: ButtonStyle.Secondary,
        label: say("forms.openAgain"),
        custom_id: customId("form-again", token),
      },
    ],
  });
  return {
    offerAgain(reason, modal, invoker) {
      const token = randomBytes(6).toString("hex");
      drafts.set(token, { guild: invoker.guild, user: invoker.user, modal });
      for (const oldest of drafts.keys()) {
        if (drafts.size <= MAX_DRAFTS) break;
        drafts.delete(oldest);
      }
      return { components: [{ type: ComponentType.TextDisplay, content: reason }, buttonRow(token, invoker)] };
    },
    button: {
      action: "form-again",
      scope: "private",
      async run({ parts: [token = ""], guild, user }) {
        const draft = drafts.get(token);
        if (draft === undefined || draft.user !== user || draft.guild !== guild) throw outdatedButton();
        return { modal: draft.modal };
      },
    },
  };
};
