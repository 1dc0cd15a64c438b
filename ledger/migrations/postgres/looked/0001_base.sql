-- By whom, when and of whom something was read: what finds an entry of the log of readings. It is
-- written with the entry, says nothing that the entry does not say, and is made again from it.

CREATE TABLE looked.readings (
    position bigint PRIMARY KEY,
    at bigint NOT NULL,
    staff bytea NOT NULL,
    shape integer NOT NULL
);
CREATE INDEX readings_of_staff ON looked.readings (staff, position);
CREATE INDEX readings_at ON looked.readings (at);
CREATE TABLE looked.seen (
    subject bytea NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (subject, position)
);
