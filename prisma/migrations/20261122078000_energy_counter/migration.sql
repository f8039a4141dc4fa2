-- What meters of other systems show: energy per building and item that only ever grows, though stored minutes are corrected.
-- frozen_wh: drawn, fed in and the appliances (contract order) up to frozen_until, which later corrections do not change any more.
-- shown_wh: what was last told, with "other" at its end.
CREATE TABLE "energy_counter" (
  "building_key" INTEGER PRIMARY KEY REFERENCES "building" ("key") ON DELETE CASCADE,
  "frozen_until" TIMESTAMPTZ(0) NOT NULL,
  "frozen_wh" DOUBLE PRECISION[] NOT NULL,
  "shown_wh" DOUBLE PRECISION[] NOT NULL
);
