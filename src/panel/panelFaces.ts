import type { Catalogue } from "../catalogue/catalogue.ts";
import { type Visual, visualBeside } from "../catalogue/visuals.ts";
import type { GuildId } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { type Millis, minutes } from "../kernel/units.ts";
import type { Visuals } from "../ports/pictures.ts";
import type { SessionView } from "../session/view.ts";

/** The picture on a panel. */
export interface PanelFace {
  /** Of the file, as attached to the message. */
  readonly name: string;
  /** A WebP of a few kilobytes. */
  readonly data: Uint8Array;
  /** Alternative text, in English: a name that is translated. */
  readonly alt: string;
}

/** The pictures of panels: one for each visual, drawn once in a process of its own. */
export interface PanelFaces {
  /**
   * The picture of what a session plays; undefined while it is still being drawn. Never waits.
   * @param onDrawn is called once it has been drawn
   */
  of(view: SessionView, onDrawn: () => void): PanelFace | undefined;
}

/** What could not be drawn is tried again after this. */
const RETRY_AFTER: Millis = minutes(10);

/** Creates the pictures; at most one for each visual is kept. */
export const createPanelFaces = (
  visuals: Pick<Visuals, "render">,
  catalogueOf: (guild: GuildId) => Pick<Catalogue, "find">,
  now: () => Millis,
  log: Log,
): PanelFaces => {
  const faces = new Map<string, PanelFace>();
  const asked = new Map<string, Promise<void>>();
  const failedAt = new Map<string, Millis>();

  const draw = ({ id, alt }: Visual): Promise<void> =>
    visuals
      .render(id, "thumbnail")
      .then((data) => void faces.set(id, { name: `${id}.webp`, data, alt }))
      .catch((error: unknown) => {
        failedAt.set(id, now());
        log.info("A panel has no picture", { visual: id, error });
      })
      .finally(() => asked.delete(id));

  return {
    of(view, onDrawn) {
      const sound = (view.now ?? view.coming)?.layers[0]?.sound;
      if (sound === undefined) return undefined;
      const visual = visualBeside(catalogueOf(view.guild).find(sound));
      const face = faces.get(visual.id);
      if (face !== undefined || now() - (failedAt.get(visual.id) ?? Number.NEGATIVE_INFINITY) < RETRY_AFTER)
        return face;
      const drawing = asked.get(visual.id) ?? draw(visual);
      asked.set(visual.id, drawing);
      void drawing.then(() => faces.has(visual.id) && onDrawn());
      return undefined;
    },
  };
};
