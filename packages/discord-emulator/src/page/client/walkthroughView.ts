import { html, nothing, type TemplateResult } from "lit-html";
import { type ViewContext, voiceChannelOf } from "./viewContext.ts";

/** The button that starts the walkthrough, where the bot has brought one. */
export const walkthroughButton = (context: ViewContext): TemplateResult | typeof nothing => {
  const { guild, state, store, actions, texts } = context;
  const { walkthrough } = texts;
  if (walkthrough === undefined || state.walkthrough !== undefined) return nothing;
  const start = async () => {
    store.set({ drawer: undefined });
    if (voiceChannelOf(guild) !== undefined || (await actions.join(walkthrough.channel))) actions.runWalkthrough(true);
  };
  return html`<div class="walkthrough-offer">
    <button type="button" class="button secondary" @click=${start}>${walkthrough.label}</button>
    <p class="faint">${walkthrough.note}</p>
  </div>`;
};

/** What companions do at this moment of the walkthrough, and how to end it. */
export const walkthroughView = ({ state, actions, say, texts }: ViewContext): TemplateResult | typeof nothing => {
  const { walkthrough } = texts;
  const { walkthrough: step } = state;
  if (walkthrough === undefined || step === undefined) return nothing;
  return html`<div class="progress walkthrough">
    <p role="status">${walkthrough.captions[step] ?? ""}</p>
    <progress value=${step + 1} max=${walkthrough.captions.length} aria-label=${walkthrough.label}></progress>
    <button type="button" class="plain" @click=${() => actions.runWalkthrough(false)}>${say("walkthroughStop")}</button>
  </div>`;
};
