import type { Catalogue } from "./catalogue.ts";
import { care } from "./fr/care.ts";
import { evenings } from "./fr/evenings.ts";
import { favourites } from "./fr/favourites.ts";
import { house } from "./fr/house.ts";
import { listening } from "./fr/listening.ts";
import { names } from "./fr/names.ts";
import { panel } from "./fr/panel.ts";
import { recordings } from "./fr/recordings.ts";
import { sounds } from "./fr/sounds.ts";

export const fr: Catalogue = {
  sentences: { ...recordings, ...care, ...evenings, ...favourites, ...panel, ...house, ...listening },
  names: { ...names, ...sounds },
};
