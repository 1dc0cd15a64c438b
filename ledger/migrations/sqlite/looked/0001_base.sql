-- By whom, when and of whom something was read: what finds an entry of the log of readings. It is
-- written with the entry, says nothing that the entry does not say, and is made again from it.

CREATE TABLE readings (
    position INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    staff BLOB NOT NULL,
    shape INTEGER NOT NULL);

CREATE INDEX readings_of_staff ON readings (staff, position);
CREATE INDEX readings_at ON readings (at);

CREATE TABLE seen (
    subject BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (subject, position)) WITHOUT ROWID;
