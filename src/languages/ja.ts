import type { Catalogue } from "./catalogue.ts";
import { care } from "./ja/care.ts";
import { evenings } from "./ja/evenings.ts";
import { favourites } from "./ja/favourites.ts";
import { house } from "./ja/house.ts";
import { listening } from "./ja/listening.ts";
import { names } from "./ja/names.ts";
import { panel } from "./ja/panel.ts";
import { recordings } from "./ja/recordings.ts";
import { sounds } from "./ja/sounds.ts";

export const ja: Catalogue = {
  sentences: { ...recordings, ...care, ...evenings, ...favourites, ...panel, ...house, ...listening },
  names: { ...names, ...sounds },
};
