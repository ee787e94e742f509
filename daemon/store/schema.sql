-- What rapport keeps, told from the middle outwards. This file is the model:
-- the program runs it on an empty database and calls the result version 3
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
	created INTEGER NOT NULL,
	org TEXT,
	-- How often to keep in touch: a circle, which the configuration names,
	-- or days of their own.
	circle TEXT,
	cadence INTEGER CONSTRAINT cadence_is_days CHECK (cadence > 0),
	-- Where they live.
	zone TEXT,
	stage TEXT NOT NULL DEFAULT 'comfort' CONSTRAINT stage_is_known CHECK (
	    stage = 'comfort' OR stage = 'discovery' OR stage = 'offer' OR
	    stage = 'agreement' OR stage = 'care'),
	status TEXT NOT NULL DEFAULT 'active' CONSTRAINT status_is_known CHECK (
	    status = 'active' OR status = 'paused' OR status = 'archived' OR
	    status = 'deceased'),
	-- The day on which a paused one is back; NULL: when somebody says so.
	paused_until TEXT CONSTRAINT paused_until_is_a_day
	    CHECK (length(paused_until) = 10),
	introduced_by INTEGER REFERENCES contact (id)
	    CONSTRAINT introduced_by_another CHECK (introduced_by <> id),
	introduced_at INTEGER,
	-- How you met.
	met TEXT,
	-- Of the card in an address book that it came from.
	uid TEXT,
	-- When the latest interaction was. Triggers below derive it, whatever
	-- the order in which interactions are entered, changed and removed;
	-- nothing else writes it.
	last_at INTEGER
) STRICT;

-- Whom did they introduce?
CREATE INDEX contact_introduced ON contact (introduced_by)
    WHERE introduced_by IS NOT NULL;

-- E-mail addresses and telephone numbers, as they were written.
CREATE TABLE address (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact (id),
	kind TEXT NOT NULL CONSTRAINT kind_is_known
	    CHECK (kind = 'email' OR kind = 'phone'),
	value TEXT NOT NULL
) STRICT;

CREATE INDEX address_contact ON address (contact);

-- A fact is something learned about a contact, numbered for people ("f7"). One
-- that is private never leaves the terminal.
CREATE TABLE fact (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact (id),
	kind TEXT NOT NULL CONSTRAINT kind_is_known CHECK (
	    kind = 'like' OR kind = 'dislike' OR kind = 'passion' OR
	    kind = 'family' OR kind = 'work' OR kind = 'need' OR
	    kind = 'other'),
	text TEXT NOT NULL CONSTRAINT text_says_something CHECK (text <> ''),
	private INTEGER NOT NULL CONSTRAINT private_is_yes_or_no
	    CHECK (private IN (0, 1)),
	created INTEGER NOT NULL
) STRICT;

CREATE INDEX fact_contact ON fact (contact);

-- A date in a contact's year, numbered too ("d2"). Fields of the calendar and
-- no moment: whose day it is does not depend on a zone.
CREATE TABLE date (
	id INTEGER PRIMARY KEY,
	contact INTEGER NOT NULL REFERENCES contact (id),
	kind TEXT NOT NULL CONSTRAINT kind_is_known CHECK (
	    kind = 'birthday' OR kind = 'anniversary' OR kind = 'event'),
	name TEXT,
	-- NULL: not known, or every year. An event of one year happens once.
	year INTEGER CONSTRAINT year_is_one CHECK (year BETWEEN 1 AND 9999),
	month INTEGER NOT NULL CONSTRAINT month_is_one
	    CHECK (month BETWEEN 1 AND 12),
	day INTEGER NOT NULL CONSTRAINT day_is_one
	    CHECK (day BETWEEN 1 AND 31),
	-- How many days ahead it is told.
	lead INTEGER NOT NULL CONSTRAINT lead_is_ahead CHECK (lead >= 0),
	created INTEGER NOT NULL
) STRICT;

CREATE INDEX date_contact ON date (contact);

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
-- reminder. It is numbered for people too ("i31"). What was not said is NULL.
CREATE TABLE interaction (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	note TEXT,
	reminder INTEGER REFERENCES reminder (id),
	channel TEXT CONSTRAINT channel_is_known CHECK (
	    channel = 'call' OR channel = 'message' OR channel = 'email' OR
	    channel = 'meeting' OR channel = 'gift' OR channel = 'other'),
	direction TEXT CONSTRAINT direction_is_known
	    CHECK (direction = 'out' OR direction = 'in'),
	mood TEXT CONSTRAINT mood_is_known
	    CHECK (mood = 'good' OR mood = 'neutral' OR mood = 'problem')
) STRICT;

CREATE INDEX interaction_reminder ON interaction (reminder)
    WHERE reminder IS NOT NULL;
-- What was said last, with anybody?
CREATE INDEX interaction_at ON interaction (at);

-- Who took part. at is that of the interaction, repeated for the index: the
-- newest ten of a contact are a walk along it.
CREATE TABLE interaction_contact (
	id INTEGER PRIMARY KEY,
	interaction INTEGER NOT NULL REFERENCES interaction (id),
	contact INTEGER NOT NULL REFERENCES contact (id),
	at INTEGER NOT NULL DEFAULT 0,
	CONSTRAINT took_part_once UNIQUE (interaction, contact)
) STRICT;

CREATE INDEX interaction_contact_newest
    ON interaction_contact (contact, at, interaction);

CREATE TRIGGER interaction_moved AFTER UPDATE OF at ON interaction
WHEN OLD.at <> NEW.at BEGIN
	UPDATE interaction_contact SET at = NEW.at WHERE interaction = NEW.id;
END;

CREATE TRIGGER last_at_added AFTER INSERT ON interaction_contact BEGIN
	UPDATE contact SET last_at = NEW.at
	WHERE id = NEW.contact AND (last_at IS NULL OR last_at < NEW.at);
END;

CREATE TRIGGER last_at_removed AFTER DELETE ON interaction_contact BEGIN
	UPDATE contact SET last_at = (SELECT max(at) FROM interaction_contact
	    WHERE contact = OLD.contact)
	WHERE id = OLD.contact;
END;

CREATE TRIGGER last_at_moved AFTER UPDATE OF contact, at
ON interaction_contact BEGIN
	UPDATE contact SET last_at = (SELECT max(at) FROM interaction_contact
	    WHERE contact = OLD.contact)
	WHERE id = OLD.contact;
	UPDATE contact SET last_at = (SELECT max(at) FROM interaction_contact
	    WHERE contact = NEW.contact)
	WHERE id = NEW.contact;
END;

-- Numbers that people saw are never given again, not even after undo took away
-- what had them: the next one is greater than every number in the table and
-- than last, the greatest that was ever taken away. (AUTOINCREMENT says the
-- same, but writes a page more with every row.)
CREATE TABLE number (
	tbl TEXT PRIMARY KEY NOT NULL,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO number (tbl, last) VALUES
    ('reminder', 0), ('interaction', 0), ('fact', 0), ('date', 0);

CREATE TRIGGER reminder_number AFTER DELETE ON reminder BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'reminder';
END;

CREATE TRIGGER interaction_number AFTER DELETE ON interaction BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'interaction';
END;

CREATE TRIGGER fact_number AFTER DELETE ON fact BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'fact';
END;

CREATE TRIGGER date_number AFTER DELETE ON date BEGIN
	UPDATE number SET last = max(last, OLD.id) WHERE tbl = 'date';
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

-- Search. The index holds a document for each row that says something: number
-- 8 * id + kind (1 contact, 2 address, 3 date, 4 fact, 5 interaction,
-- 6 reminder, 7 occurrence), its text folded (search.c), so that letters which
-- are no diacritics of another are found too ("Straße" by "strasse").
--
-- To index a row costs as much as to store it, and nobody searches as often as
-- they add. So it is done before the next search: for the rows of each table
-- above last, and those in search_stale, which were there but changed. (Not by
-- INSERT OR IGNORE, of which the writing statement's own ON CONFLICT would make
-- an error.)
CREATE VIRTUAL TABLE search USING fts5
    (text, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE search_mark (
	tbl TEXT PRIMARY KEY NOT NULL,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO search_mark (tbl, last) VALUES
    ('contact', 0), ('address', 0), ('date', 0), ('fact', 0),
    ('interaction', 0), ('reminder', 0), ('occurrence', 0);

CREATE TABLE search_stale (doc INTEGER PRIMARY KEY) STRICT;

CREATE TRIGGER search_contact_added AFTER INSERT ON contact
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'contact') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 1) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_contact_changed AFTER UPDATE OF handle, name, org, met
ON contact WHEN (OLD.handle, OLD.name, OLD.org, OLD.met) IS NOT
    (NEW.handle, NEW.name, NEW.org, NEW.met)
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'contact') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 1) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_contact_removed AFTER DELETE ON contact
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'contact') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 1) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_address_added AFTER INSERT ON address
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'address') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 2) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_address_changed AFTER UPDATE OF value
ON address WHEN OLD.value IS NOT NEW.value
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'address') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 2) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_address_removed AFTER DELETE ON address
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'address') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 2) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_date_added AFTER INSERT ON date
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'date') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 3) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_date_changed AFTER UPDATE OF name
ON date WHEN OLD.name IS NOT NEW.name
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'date') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 3) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_date_removed AFTER DELETE ON date
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'date') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 3) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_fact_added AFTER INSERT ON fact
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'fact') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 4) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_fact_changed AFTER UPDATE OF text
ON fact WHEN OLD.text IS NOT NEW.text
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'fact') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 4) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_fact_removed AFTER DELETE ON fact
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'fact') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 4) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_interaction_added AFTER INSERT ON interaction
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'interaction') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 5) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_interaction_changed AFTER UPDATE OF note
ON interaction WHEN OLD.note IS NOT NEW.note
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'interaction') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 5) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_interaction_removed AFTER DELETE ON interaction
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'interaction') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 5) ON CONFLICT DO NOTHING;
END;

-- (No trigger for reminders that are added: it would cost each of them 4 %.
-- Their numbers only grow, and nothing puts one back that was removed.)
CREATE TRIGGER search_reminder_changed AFTER UPDATE OF text, need, note
ON reminder WHEN (OLD.text, OLD.need, OLD.note) IS NOT
    (NEW.text, NEW.need, NEW.note)
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'reminder') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 6) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_reminder_removed AFTER DELETE ON reminder
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'reminder') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 6) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER search_occurrence_added AFTER INSERT ON occurrence
WHEN NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'occurrence') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 7) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_occurrence_changed AFTER UPDATE OF note
ON occurrence WHEN OLD.note IS NOT NEW.note
AND NEW.id <= (SELECT last FROM search_mark
    WHERE tbl = 'occurrence') BEGIN
	INSERT INTO search_stale VALUES (8 * NEW.id + 7) ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER search_occurrence_removed AFTER DELETE ON occurrence
WHEN OLD.id <= (SELECT last FROM search_mark
    WHERE tbl = 'occurrence') BEGIN
	INSERT INTO search_stale VALUES (8 * OLD.id + 7) ON CONFLICT DO NOTHING;
END;
