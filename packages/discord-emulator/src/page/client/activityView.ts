import { html, nothing, type TemplateResult } from "lit-html";
import type { RegisteredCommand } from "../protocol.ts";
import { iconView } from "./iconView.ts";
import { settings } from "./settings.ts";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** Discord's number for the command that opens an activity. */
const ENTRY_POINT = 4;

/** DOM id of the frame. */
export const ACTIVITY_ID = "activity";

const entryPoint = (commands: readonly RegisteredCommand[]): RegisteredCommand | undefined =>
  settings.activityOrigin === undefined ? undefined : commands.find(({ type }) => type === ENTRY_POINT);

/** The button that opens the bot's activity, where it has one. */
export const activityButton = ({ state, actions, say, texts }: ViewContext): TemplateResult | typeof nothing => {
  if (entryPoint(state.commands) === undefined || state.activity !== undefined) return nothing;
  return html`<button type="button" class="button secondary open-activity" @click=${actions.openActivity}>
    ${say("openActivity", { bot: texts.botName })}
  </button>`;
};

/** The bot's activity, beside the voice channel that it was opened in. */
export const activityView = ({ guild, state, actions, say, texts }: ViewContext): TemplateResult | typeof nothing => {
  const { activity } = state;
  const { activityOrigin } = settings;
  if (activity === undefined || activityOrigin === undefined) return nothing;
  const source = `${activityOrigin}/.emulator/frame?${activity}&page=${encodeURIComponent(location.origin)}`;
  return html`<section class="activity" aria-label=${say("activity", { bot: texts.botName })}>
    <header>
      <p>${say("activity", { bot: texts.botName })} <span class="faint">${voiceChannelOf(guild) ?? ""}</span></p>
      <button type="button" class="plain" aria-label=${say("closeActivity")} @click=${actions.closeActivity}>
        ${iconView("close")}
      </button>
    </header>
    <iframe id=${ACTIVITY_ID} title=${say("activity", { bot: texts.botName })} src=${source}></iframe>
  </section>`;
};
