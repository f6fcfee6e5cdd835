-- Five questions to the views, in the words of SQLite; docs/analysis.md has the views. Each begins with its name.

-- bites: What begins to bite, or comes back, within thirty days, by register
SELECT coalesce(m.register, (
           SELECT group_concat(DISTINCT t.register) FROM amendments AS a JOIN measures AS t ON t.act = a.target
           WHERE a.act = m.act AND a.measure = m.measure)) AS register,
       m.starts_on AS day, m.act, m.action, 'begins' AS why
FROM measures AS m
WHERE m.starts_on BETWEEN :day AND date(:day, '+30 days')
UNION
SELECT m.register, date(s.ends_on, '+1 day'), s.target, m.action, 'is suspended no longer'
FROM amendments AS s JOIN measures AS m ON m.act = s.target
WHERE s.action = 'suspend' AND date(s.ends_on, '+1 day') BETWEEN :day AND date(:day, '+30 days')
ORDER BY register, day, act;

-- minutes: Minutes from publication to the first message, the median of each source, where the publisher prints the time
WITH first AS (
    SELECT source, about, (julianday(min(told_at)) - julianday(min(published))) * 24 * 60 AS minutes
    FROM alerts
    WHERE state = 'sent' AND kind IN ('act', 'edition') AND length(published) > 10
    GROUP BY source, about
), ranked AS (
    SELECT source, minutes, row_number() OVER (PARTITION BY source ORDER BY minutes) AS place,
           count(*) OVER (PARTITION BY source) AS of
    FROM first
)
SELECT source, round(avg(minutes), 1) AS median_minutes, of AS alerts
FROM ranked
WHERE place IN ((of + 1) / 2, of / 2 + 1)
GROUP BY source ORDER BY source;

-- twice: Who stands on more than one register under the same spelling
WITH standing AS (
    SELECT m.register, e.name FROM entities AS e JOIN measures AS m USING (act, measure)
    WHERE m.action = 'add' AND NOT EXISTS (
        SELECT 1 FROM entities AS o JOIN measures AS r USING (act, measure)
        WHERE r.action = 'remove' AND r.register = m.register AND lower(o.name) = lower(e.name) AND r.starts_on >= m.starts_on)
    UNION
    SELECT register, name FROM listings WHERE gone IS NULL
)
SELECT min(name) AS name, group_concat(DISTINCT register) AS registers
FROM standing
GROUP BY lower(name) HAVING count(DISTINCT register) > 1
ORDER BY name;

-- controlled: Which goods under a tariff number are controlled on a day
SELECT DISTINCT c.code, c.name, m.act, m.starts_on
FROM item_codes AS c JOIN measures AS m USING (act, measure)
WHERE c.kind = 'hs' AND (c.code LIKE :hs || '%' OR :hs LIKE c.code || '%')
  AND m.action IN ('add', 'restrict') AND m.starts_on <= :day AND (m.ends_on IS NULL OR m.ends_on >= :day)
  AND NOT EXISTS (
    SELECT 1 FROM amendments AS a
    WHERE a.target = m.act AND a.action IN ('suspend', 'repeal', 'remove')
      AND a.starts_on <= :day AND (a.ends_on IS NULL OR a.ends_on >= :day)
      AND (a.clause = '' OR instr(' ' || m.clauses || ' ', ' ' || a.clause || ' ') > 0))
ORDER BY c.code, m.act;

-- suspended: What is suspended on a day, by which act, and when it returns
SELECT a.target, t.title, a.clause, a.act AS suspended_by, date(a.ends_on, '+1 day') AS returns_on
FROM amendments AS a LEFT JOIN acts AS t ON t.act = a.target
WHERE a.action = 'suspend' AND a.starts_on <= :day AND (a.ends_on IS NULL OR a.ends_on >= :day)
ORDER BY returns_on, a.target;
