import { html, nothing, type TemplateResult } from "lit-html";
import { type Scene, seatOf } from "./scene.ts";

/** The first evening in three steps; each is ticked off by doing it. */
export const welcomeView = ({ state, world, store, actions, writing }: Scene): TemplateResult | typeof nothing => {
  if (!state.welcome) return nothing;
  const room = world.channels.find(({ kind }) => kind === "voice")?.name;
  const steps = [
    {
      done: seatOf(world) !== undefined || state.did.has("play"),
      what: html`Join the <strong>${room}</strong>, with your sound on.`,
      label: `Join ${room}`,
      act: () => room !== undefined && actions.join(room),
    },
    {
      done: state.did.has("play"),
      what: html`Type <kbd>/play</kbd> and choose a sound. Lull comes and plays it.`,
      label: "Type /play",
      act: () => writing.begin("play"),
    },
    {
      done: state.did.has("sleep in"),
      what: html`Type <kbd>/sleep in</kbd> to have it fade out for everyone, after a minute if you like.`,
      label: "Type /sleep in",
      act: () => writing.begin("sleep in", { duration: "1" }),
    },
  ];
  const next = steps.findIndex(({ done }) => !done);
  return html`<section class="welcome" aria-labelledby="welcome">
    <h2 id="welcome">Good evening</h2>
    <p>
      This is a small Discord on your own machine, for trying Lull without a token. Nothing here leaves it, and nobody
      else can hear you. The silent pictures of <kbd>/visual</kbd> have <a href="/visuals">a page of their own</a>.
    </p>
    <ol>
      ${steps.map(
        ({ done, what, label, act }, i) =>
          html`<li class=${done ? "done" : i === next ? "next" : ""}>
            <span class="tick" aria-hidden="true">${done ? "✓" : i + 1}</span>
            <span>${what}${done ? html`<span class="heard-only"> Done.</span>` : nothing}</span>
            ${i === next ? html`<button type="button" class="button primary" @click=${act}>${label}</button>` : nothing}
          </li>`,
      )}
    </ol>
    ${
      next === -1
        ? html`<p>
            That is all there is to it. Invite companions from the list of people to see what a group does.
            <button type="button" class="plain" @click=${() => store.set({ welcome: false })}>Put this away</button>
          </p>`
        : nothing
    }
  </section>`;
};
