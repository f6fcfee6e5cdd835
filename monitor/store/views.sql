-- What is known, for others to read: docs/analysis.md says what each column is. A day is the authority's own, as its act prints
-- it; a moment is UTC without offset.

CREATE VIEW acts AS
SELECT key AS act, json_extract(fact, '$.authority') AS authority, json_extract(fact, '$.number') AS number,
       json_extract(fact, '$.title') AS title, json_extract(fact, '$.published') AS published,
       json_extract(fact, '$.url') AS url, json_extract(fact, '$.language') AS language,
       json_extract(fact, '$.understood') AS understood, first_seen, baseline, event
FROM act;

CREATE VIEW measures AS
SELECT act.key AS act, m.key + 1 AS measure, json_extract(act.fact, '$.authority') AS authority,
       json_extract(m.value, '$.action') AS action, json_extract(m.value, '$.register') AS register,
       substr(json_extract(m.value, '$.starts.on'), 1, 10) AS starts_on,
       substr(json_extract(m.value, '$.ends.on'), 1, 10) AS ends_on,
       (SELECT group_concat(value, ' ') FROM json_each(m.value, '$.clauses')) AS clauses,
       (SELECT group_concat(value, ' ') FROM json_each(m.value, '$.destinations')) AS destinations,
       json_extract(m.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m;

CREATE VIEW amendments AS
SELECT act.key AS act, m.key + 1 AS measure, json_extract(m.value, '$.action') AS action,
       json_extract(t.value, '$.key') AS target, coalesce(c.value, '') AS clause,
       substr(json_extract(m.value, '$.starts.on'), 1, 10) AS starts_on,
       substr(json_extract(m.value, '$.ends.on'), 1, 10) AS ends_on
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.amends') AS t
     LEFT JOIN json_each(t.value, '$.clauses') AS c;

CREATE VIEW entities AS
SELECT act.key AS act, m.key + 1 AS measure, e.key + 1 AS entity,
       coalesce(json_extract(e.value, '$.names.en'),
                (SELECT value FROM json_each(e.value, '$.names') LIMIT 1)) AS name,
       json_extract(e.value, '$.names.zh') AS name_zh, json_extract(e.value, '$.names.en') AS name_en,
       json_extract(e.value, '$.kind') AS kind, json_extract(e.value, '$.country') AS country,
       json_extract(e.value, '$.parent') AS parent, json_extract(e.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.entities') AS e;

CREATE VIEW items AS
SELECT act.key AS act, m.key + 1 AS measure, i.key + 1 AS item,
       coalesce(json_extract(i.value, '$.names.en'),
                (SELECT value FROM json_each(i.value, '$.names') LIMIT 1)) AS name,
       (SELECT group_concat(value, ' ') FROM json_each(i.value, '$.codes')) AS codes,
       (SELECT group_concat(value, ' ') FROM json_each(i.value, '$.hs')) AS hs,
       json_extract(i.value, '$.quote') AS quote
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.items') AS i;

CREATE VIEW item_codes AS
SELECT act.key AS act, m.key + 1 AS measure, i.key + 1 AS item,
       coalesce(json_extract(i.value, '$.names.en'),
                (SELECT value FROM json_each(i.value, '$.names') LIMIT 1)) AS name, k.kind, c.value AS code
FROM act, json_each(act.fact, '$.measures') AS m, json_each(m.value, '$.items') AS i,
     (SELECT 'codes' AS path, 'control' AS kind UNION ALL SELECT 'hs', 'hs') AS k,
     json_each(json_extract(i.value, '$.' || k.path)) AS c;

CREATE VIEW listings AS
SELECT register.code AS register, listed.reader, listed.row,
       coalesce(json_extract(listed.subject, '$.names.en'),
                (SELECT value FROM json_each(listed.subject, '$.names') LIMIT 1)) AS name,
       json_extract(listed.subject, '$.country') AS country, listed.first_seen, listed.gone, listed.held_since
FROM listed JOIN register ON register.reader = listed.reader;

CREATE VIEW alerts AS
SELECT outbox.id AS alert, outbox.kind, outbox.destination, outbox.source, change.key AS about,
       json_extract(change.fact, '$.authority') AS authority, json_extract(change.fact, '$.published') AS published,
       outbox.severity, outbox.state, change.at AS found_at, outbox.created_at AS owed_at, outbox.sent_at AS told_at
FROM outbox LEFT JOIN change ON change.id = outbox.change;
