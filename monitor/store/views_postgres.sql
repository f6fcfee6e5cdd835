-- The same views as in views.sql, in PostgreSQL's words.

CREATE VIEW acts AS
SELECT key AS act, fact::json ->> 'authority' AS authority, fact::json ->> 'number' AS number,
       fact::json ->> 'title' AS title, fact::json ->> 'published' AS published,
       fact::json ->> 'url' AS url, fact::json ->> 'language' AS language,
       fact::json ->> 'understood' AS understood, first_seen, baseline, event
FROM act;

CREATE VIEW measures AS
SELECT act.key AS act, m.nr AS measure, act.fact::json ->> 'authority' AS authority,
       m.value ->> 'action' AS action, m.value ->> 'register' AS register,
       left(m.value #>> '{starts,on}', 10) AS starts_on, left(m.value #>> '{ends,on}', 10) AS ends_on,
       (SELECT string_agg(c.value, ' ' ORDER BY c.nr)
        FROM json_array_elements_text(m.value -> 'clauses') WITH ORDINALITY AS c(value, nr)) AS clauses,
       (SELECT string_agg(d.value, ' ' ORDER BY d.nr)
        FROM json_array_elements_text(m.value -> 'destinations') WITH ORDINALITY AS d(value, nr)) AS destinations,
       m.value ->> 'quote' AS quote
FROM act, json_array_elements(act.fact::json -> 'measures') WITH ORDINALITY AS m(value, nr);

CREATE VIEW amendments AS
SELECT act.key AS act, m.nr AS measure, m.value ->> 'action' AS action,
       t.value ->> 'key' AS target, coalesce(c.value, '') AS clause,
       left(m.value #>> '{starts,on}', 10) AS starts_on, left(m.value #>> '{ends,on}', 10) AS ends_on
FROM act, json_array_elements(act.fact::json -> 'measures') WITH ORDINALITY AS m(value, nr),
     json_array_elements(m.value -> 'amends') AS t(value)
     LEFT JOIN json_array_elements_text(t.value -> 'clauses') AS c(value) ON true;

CREATE VIEW entities AS
SELECT act.key AS act, m.nr AS measure, e.nr AS entity,
       coalesce(e.value #>> '{names,en}', (SELECT n.value FROM json_each_text(e.value -> 'names') AS n LIMIT 1)) AS name,
       e.value #>> '{names,zh}' AS name_zh, e.value #>> '{names,en}' AS name_en,
       e.value ->> 'kind' AS kind, e.value ->> 'country' AS country,
       e.value ->> 'parent' AS parent, e.value ->> 'quote' AS quote
FROM act, json_array_elements(act.fact::json -> 'measures') WITH ORDINALITY AS m(value, nr),
     json_array_elements(m.value -> 'entities') WITH ORDINALITY AS e(value, nr);

CREATE VIEW items AS
SELECT act.key AS act, m.nr AS measure, i.nr AS item,
       coalesce(i.value #>> '{names,en}', (SELECT n.value FROM json_each_text(i.value -> 'names') AS n LIMIT 1)) AS name,
       (SELECT string_agg(c.value, ' ' ORDER BY c.nr)
        FROM json_array_elements_text(i.value -> 'codes') WITH ORDINALITY AS c(value, nr)) AS codes,
       (SELECT string_agg(h.value, ' ' ORDER BY h.nr)
        FROM json_array_elements_text(i.value -> 'hs') WITH ORDINALITY AS h(value, nr)) AS hs,
       i.value ->> 'quote' AS quote
FROM act, json_array_elements(act.fact::json -> 'measures') WITH ORDINALITY AS m(value, nr),
     json_array_elements(m.value -> 'items') WITH ORDINALITY AS i(value, nr);

CREATE VIEW item_codes AS
SELECT act.key AS act, m.nr AS measure, i.nr AS item,
       coalesce(i.value #>> '{names,en}', (SELECT n.value FROM json_each_text(i.value -> 'names') AS n LIMIT 1)) AS name,
       k.kind, c.value AS code
FROM act, json_array_elements(act.fact::json -> 'measures') WITH ORDINALITY AS m(value, nr),
     json_array_elements(m.value -> 'items') WITH ORDINALITY AS i(value, nr),
     (VALUES ('codes', 'control'), ('hs', 'hs')) AS k(path, kind),
     json_array_elements_text(i.value -> k.path) AS c(value);

CREATE VIEW listings AS
SELECT register.code AS register, listed.reader, listed.row,
       coalesce(listed.subject::json #>> '{names,en}',
                (SELECT n.value FROM json_each_text(listed.subject::json -> 'names') AS n LIMIT 1)) AS name,
       listed.subject::json ->> 'country' AS country, listed.first_seen, listed.gone, listed.held_since
FROM listed JOIN register ON register.reader = listed.reader;

CREATE VIEW alerts AS
SELECT outbox.id AS alert, outbox.kind, outbox.destination, outbox.source, change.key AS about,
       change.fact::json ->> 'authority' AS authority, change.fact::json ->> 'published' AS published,
       outbox.severity, outbox.state, change.at AS found_at, outbox.created_at AS owed_at, outbox.sent_at AS told_at
FROM outbox LEFT JOIN change ON change.id = outbox.change;
