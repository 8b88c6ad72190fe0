import type { Catalogue } from "./catalogue.ts";
import { care } from "./es/care.ts";
import { evenings } from "./es/evenings.ts";
import { favourites } from "./es/favourites.ts";
import { house } from "./es/house.ts";
import { listening } from "./es/listening.ts";
import { names } from "./es/names.ts";
import { panel } from "./es/panel.ts";
import { recordings } from "./es/recordings.ts";
import { sounds } from "./es/sounds.ts";

export const es: Catalogue = {
  sentences: { ...recordings, ...care, ...evenings, ...favourites, ...panel, ...house, ...listening },
  names: { ...names, ...sounds },
};
