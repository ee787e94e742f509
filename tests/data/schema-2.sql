-- The schema as it was in version 2, for the test of what leads from there to
-- now (test_store_migrate.c). It never changes: databases like this one are
-- out there.
--
-- What rapport keeps, told from the middle outwards. This file is the model:
-- the program runs it on an empty database and calls the result version 2
-- (PRAGMA user_version); migrate.c holds what leads there from every version
-- before. So columns that came later stand at the end of their table.
--
-- Moments are whole Unix seconds (UTC). Where a person meant a time on the
-- wall, the fields on that wall stand beside the instant, as ISO 8601 without
-- a zone ("2026-11-24T09:00:00"); then they are the truth, and the instant is
-- what they come to in the zone that holds now. A missing value is NULL, never
-- 0 or ''. Kinds and states are words, the same that people type, so that this
-- file can be read with any SQLite shell while rapportd is stopped.
--
-- IN stands only before two words at most: a longer list is put into a table
-- of its own at every row written, which took half of the time of writing it.

-- A reminder is a thing to do at a time. Its number is what people type
-- ("done 12"), and is never given to a second one (see table number).
CREATE TABLE reminder (
	id INTEGER PRIMARY KEY,
	text TEXT NOT NULL CONSTRAINT text_says_something CHECK (text <> ''),
	-- What *they* need from it; shown first.
	need TEXT,
	kind TEXT NOT NULL CONSTRAINT kind_is_known CHECK (
	    kind = 'reminder' OR kind = 'next-step' OR kind = 'check-in' OR
	    kind = 'fix' OR kind = 'thanks' OR kind = 'ask'),
	-- scheduled: waits for ring_at. ringing: due and open, whether a pop-up
	-- stands or not. snoozed: rang, hidden until ring_at. The last two are
	-- closed: nothing rings any more.
	state TEXT NOT NULL CONSTRAINT state_is_known CHECK (
	    state = 'scheduled' OR state = 'ringing' OR state = 'snoozed' OR
	    state = 'done' OR state = 'dropped'),
	urgent INTEGER NOT NULL CONSTRAINT urgent_is_yes_or_no
	    CHECK (urgent IN (0, 1)),

	-- The moment agreed on; only `move` changes it.
	due INTEGER NOT NULL,
	due_local TEXT CONSTRAINT due_local_is_a_wall_time
	    CHECK (length(due_local) = 19),
	-- The moment it rings, or rang: due, or the morning of that day ("by
	-- thu"), or the end of a snooze.
	ring_at INTEGER NOT NULL,
	ring_local TEXT CONSTRAINT ring_local_is_a_wall_time
	    CHECK (length(ring_local) = 19),
	-- The zone whose wall the local times stand on; NULL: they float, and
	-- mean the wall wherever the traveller is.
	zone TEXT,

	created INTEGER NOT NULL,
	done_at INTEGER,
	note TEXT,

	-- The clock's own notes. wake is the next moment at which it has
	-- something to do with this reminder: NULL when it only waits for the
	-- next brief, and for all that is closed.
	wake INTEGER,
	rang_at INTEGER,
	raises INTEGER NOT NULL,
	on_screen INTEGER NOT NULL CONSTRAINT on_screen_is_yes_or_no
	    CHECK (on_screen IN (0, 1)),
	-- Pop-ups closed by hand, and the local day (in days since 1970-01-01)
	-- on which they were counted.
	dismissals INTEGER NOT NULL,
	dismissed_day INTEGER NOT NULL,
	shown INTEGER NOT NULL,
	missed INTEGER NOT NULL,

	-- A series is one reminder, whose due is that of the occurrence at hand;
	-- done or skipped, it goes on to the next one. every is its rule: an
	-- RRULE of RFC 5545 ("FREQ=WEEKLY;BYDAY=MO") or how long after it was
	-- done (ISO 8601, "P3M"). NULL: it happens once.
	every TEXT,
	-- Where the rule begins (DTSTART), on the wall.
	anchor TEXT,
	-- The occurrence at hand as the rule has it: due_local is another when
	-- it alone was moved.
	slot TEXT,
	-- The moment of the occurrence after it; NULL when there is none, or
	-- none is known before this one is done.
	next INTEGER CONSTRAINT series_is_whole CHECK (iif(every IS NULL,
	    anchor IS NULL AND slot IS NULL AND next IS NULL,
	    length(anchor) IS 19 AND length(slot) IS 19)),

	-- Whether a person said the time of day, or the configuration filled it
	-- in. (Not known of what is older than version 2: no.)
	clock_said INTEGER NOT NULL DEFAULT 0
	    CONSTRAINT clock_said_is_yes_or_no CHECK (clock_said IN (0, 1)),

	CONSTRAINT done_has_a_moment
	    CHECK (state <> 'done' OR done_at IS NOT NULL),
	CONSTRAINT closed_never_wakes
	    CHECK (state NOT IN ('done', 'dropped') OR wake IS NULL)
) STRICT;

-- Each question that is asked all the time has an index that holds only the
-- rows it is about, in the order of the answer, so that the first ten of a
-- million cost what the first ten of a hundred do.
--
-- What does the clock do next?
CREATE INDEX reminder_wake ON reminder (wake) WHERE wake IS NOT NULL;
-- What is open, by time? (state: so that what rings can be skipped unread.)
CREATE INDEX reminder_open ON reminder (ring_at, id, state)
    WHERE state NOT IN ('done', 'dropped');
-- What rings, and what of that is not on the screen?
CREATE INDEX reminder_ringing ON reminder (ring_at, id, on_screen)
    WHERE state = 'ringing';
-- What was done, by the moment it was?
CREATE INDEX reminder_closed ON reminder (coalesce(done_at, ring_at))
    WHERE state IN ('done', 'dropped');

-- What is snoozed? (Only counted.)
CREATE INDEX reminder_snoozed ON reminder (id) WHERE state = 'snoozed';

-- The history of a series: each occurrence that was done or skipped (dropped).
-- The last one of all is none of these: with it the reminder itself is closed.
CREATE TABLE occurrence (
	id INTEGER PRIMARY KEY,
	reminder INTEGER NOT NULL REFERENCES reminder (id),
	state TEXT NOT NULL CONSTRAINT state_is_closed
	    CHECK (state = 'done' OR state = 'dropped'),
	-- When it was due, and when it was answered.
	due INTEGER NOT NULL,
	due_local TEXT CONSTRAINT due_local_is_a_wall_time
	    CHECK (length(due_local) = 19),
	at INTEGER NOT NULL,
	note TEXT
) STRICT;

-- What happened in this series, the newest first?
CREATE INDEX occurrence_series ON occurrence (reminder, at, due);
-- What was done, by the moment it was? (Beside reminder_closed. Two of one
-- series can be answered in one second: due puts them in order.)
CREATE INDEX occurrence_at ON occurrence (at, reminder, due);

-- A contact is somebody a relationship is kept with. The handle is what people
-- type; "Dana" and "dana" are the same one.
CREATE TABLE contact (
	id INTEGER PRIMARY KEY,
	handle TEXT NOT NULL COLLATE NOCASE UNIQUE
	    CONSTRAINT handle_is_one_word
	    CHECK (handle <> '' AND instr(handle, ',') = 0),
	name TEXT NOT NULL,
	created INTEGER NOT NULL
) STRICT;

-- Whom a reminder is about. A table with a rowid, like every table that undo
-- looks after: it knows rows by that number.
CREATE TABLE reminder_contact (
	id INTEGER PRIMARY KEY,
	reminder INTEGER NOT NULL REFERENCES reminder (id),
	contact INTEGER NOT NULL REFERENCES contact (id),
	CONSTRAINT named_once UNIQUE (reminder, contact)
) STRICT;

CREATE INDEX reminder_contact_contact ON reminder_contact (contact, reminder);

-- An interaction is a conversation that happened, maybe in answer to a
-- reminder. It is numbered for people too ("i31").
CREATE TABLE interaction (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	note TEXT,
	reminder INTEGER REFERENCES reminder (id)
) STRICT;

CREATE INDEX interaction_reminder ON interaction (reminder)
    WHERE reminder IS NOT NULL;

CREATE TABLE interaction_contact (
	id INTEGER PRIMARY KEY,
	interaction INTEGER NOT NULL REFERENCES interaction (id),
	contact INTEGER NOT NULL REFERENCES contact (id),
	CONSTRAINT took_part_once UNIQUE (interaction, contact)
) STRICT;

CREATE INDEX interaction_contact_contact
    ON interaction_contact (contact, interaction);

-- Numbers that people saw are never given again, not even after undo took away
-- what had them: the next one is greater than every number in the table and
-- than last, the greatest that was ever taken away. (AUTOINCREMENT says the
-- same, but writes a page more with every row.)
CREATE TABLE number (
	tbl TEXT PRIMARY KEY NOT NULL,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO number (tbl, last) VALUES ('reminder', 0), ('interaction', 0);

CREATE TRIGGER reminder_number AFTER DELETE ON reminder BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'reminder';
END;

CREATE TRIGGER interaction_number AFTER DELETE ON interaction BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'interaction';
END;

-- Small values that outlive a restart. 'quiet_until' and 'quiet_off' are a
-- person's and can be undone; the others are the clock's. Some are texts: the
-- value beside a text may mean nothing.
CREATE TABLE setting (
	id INTEGER PRIMARY KEY,
	key TEXT NOT NULL CONSTRAINT one_value_each UNIQUE,
	value INTEGER NOT NULL,
	text TEXT
) STRICT;

-- Undo. A change is one command or click, named by a sentence in the past
-- tense. For every row it wrote, rows keeps what was there before, in the order
-- of writing: a JSON array of [table, rowid, {column: value, …}], where null
-- stands for a row that did not exist. Triggers collect these images while a
-- change is open (undo.c). To take a change back is to put its images back,
-- last one first.
CREATE TABLE change (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	sentence TEXT NOT NULL,
	rows TEXT NOT NULL
) STRICT;

-- What was answered to a request that carried a unique token: when a client
-- lost its connection and asks again, it gets the same answer, and nothing is
-- carried out twice. Forgotten after a day. (With a rowid, so that the answers
-- lie apart from the index of tokens: it stays narrow, and both grow at their
-- end when tokens begin with the time.)
CREATE TABLE token (
	id INTEGER PRIMARY KEY,
	token TEXT NOT NULL CONSTRAINT answered_once UNIQUE,
	at INTEGER NOT NULL,
	reply TEXT NOT NULL
) STRICT;
