-- Rows in every table of a database of version 2, as that version wrote them
-- (the images in table change too). See schema-2.sql.
INSERT INTO contact VALUES
	(1, 'dana', 'Dana Novak', 1795000000),
	(2, 'élodie', 'Élodie "Lo" D''Arc', 1795000001);
INSERT INTO reminder VALUES
	(1, 'Call Dana', 'a reply by Friday', 'check-in', 'done', 0,
	    1795507200, '2026-11-24T09:00:00', 1795507200,
	    '2026-11-24T09:00:00', NULL, 1795271400, 1795510000,
	    'left a message', NULL, NULL, 0, 0, 0, 0, 2, 0, NULL, NULL, NULL,
	    NULL, 1),
	(2, 'Write' || char(10) || 'Élodie', NULL, 'next-step', 'scheduled', 1,
	    9223372036854775806, NULL, 9223372036854775806, NULL, NULL, -5,
	    NULL, NULL, 9223372036854775806, NULL, 0, 0, 0, 0, 0, 0, NULL,
	    NULL, NULL, NULL, 0),
	(3, 'Rings', NULL, 'reminder', 'ringing', 0, 1795500000,
	    '2026-11-24T07:00:00', 1795500000, '2026-11-24T07:00:00',
	    'America/New_York', 1795271400, NULL, NULL, 1795500300,
	    1795500000, 1, 1, 1, 20781, 3, 0, NULL, NULL, NULL, NULL, 1),
	(4, 'Waits for the brief', NULL, 'reminder', 'ringing', 0, 1795400000,
	    NULL, 1795400000, NULL, NULL, 1795271400, NULL, NULL, NULL,
	    1795400000, 3, 0, 0, 0, 4, 0, NULL, NULL, NULL, NULL, 0),
	(5, 'Snoozed', NULL, 'thanks', 'snoozed', 0, 1795400000, NULL,
	    1795593600, '2026-11-25T09:00:00', NULL, 1795271400, NULL, NULL,
	    1795593600, NULL, 0, 0, 0, 0, 1, 0, NULL, NULL, NULL, NULL, 0),
	(7, 'No more', NULL, 'ask', 'dropped', 0, 1795400000, NULL, 1795400000,
	    NULL, NULL, 1795271400, 1795300000, NULL, NULL, NULL, 0, 0, 0, 0,
	    0, 0, NULL, NULL, NULL, NULL, 0),
	(9, 'Water the plants', NULL, 'reminder', 'scheduled', 0, 1795593600,
	    '2026-11-25T09:00:00', 1795593600, '2026-11-25T09:00:00', NULL,
	    1795271400, NULL, NULL, 1795593600, NULL, 0, 0, 0, 0, 1, 0,
	    'FREQ=DAILY', '2026-11-24T09:00:00', '2026-11-25T09:00:00',
	    1795680000, 1);
INSERT INTO occurrence VALUES
	(1, 9, 'done', 1795507200, '2026-11-24T09:00:00', 1795510002,
	    'half a can');
INSERT INTO reminder_contact VALUES
	(1, 1, 1),
	(2, 2, 2),
	(3, 3, 1),
	(4, 3, 2),
	(5, 9, 1);
INSERT INTO interaction VALUES
	(1, 1795510000, 'left a message', 1),
	(2, 1795510002, 'half a can', 9),
	(3, 1795400000, NULL, NULL);
INSERT INTO interaction_contact VALUES
	(1, 1, 1),
	(2, 2, 1),
	(3, 3, 2),
	(4, 3, 1);
INSERT INTO setting VALUES
	(1, 'brief_day', 20781, NULL),
	(2, 'quiet_until', 1795520000, NULL),
	(3, 'zone', 0, 'Europe/Berlin');
INSERT INTO change VALUES
	(41, 1795271400, 'added: 7 No more', '[["reminder",7,null]]'),
	(42, 1795510000, 'done: 1 Call Dana',
	    '[["reminder",1,{"id":1,"text":"Call Dana","need":"a reply by Friday","kind":"check-in","state":"ringing","urgent":0,"due":1795507200,"due_local":"2026-11-24T09:00:00","ring_at":1795507200,"ring_local":"2026-11-24T09:00:00","zone":null,"created":1795271400,"done_at":null,"note":null,"wake":1795507500,"rang_at":1795507200,"raises":1,"on_screen":1,"dismissals":0,"dismissed_day":0,"shown":2,"missed":0,"every":null,"anchor":null,"slot":null,"next":null,"clock_said":1}],["interaction",1,null],["interaction_contact",1,null]]'),
	(43, 1795510001, 'quiet until Tue 24 Nov 2026 12:33 CET',
	    '[["setting",2,{"id":2,"key":"quiet_until","value":1795511111,"text":null}]]');
INSERT INTO token VALUES
	(1, 'abc-1', 1795510000, '{"logged":1}');
UPDATE number SET last = 8 WHERE tbl = 'reminder';
PRAGMA application_id = 1918988400;
PRAGMA user_version = 2;
