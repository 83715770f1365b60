-- Measures 3, 5 and 7 over a population as a careful engineer would write them for DuckDB: default readings, assessed on 2025-12-31.
-- It reads the tables of facts by their names and gives status, amount and payable (元) of each enterprise and provision.
-- Null is not known and goes through conditions as SQL has it; errors (growth over none or over zero) are flags beside them.
--
-- Provisions: 1 国有厂房租金减免 2 社会闲置厂房租金补贴 3 首次认定 4 首次复核 5 后续复核 6 OTC挂牌 7 新三板挂牌 8 首发上市
-- Statuses by strength: 0 granted 1 unknown 2 error 3 denied 4 not_in_force
WITH
firm AS MATERIALIZED (
    SELECT "统一社会信用代码" AS key, row_number() OVER () AS id, "区内企业" AS inside, "行业门类" AS trade,
        "迁入日期" AS came, coalesce("迁入日期·无", false) AS never_came,
        "迁出日期" AS went, coalesce("迁出日期·无", false) AS never_went,
        "认定记录·知" AS titles_known, "复核记录·知" AS reviews_known, "租赁·知" AS leases_known,
        "OTC挂牌·知" AS boards_known, "已兑付·知" AS payments_known,
        "新三板备案日期" AS d70, coalesce("新三板备案日期·无", false) AS n70,
        "新三板基础创新层挂牌日期" AS d71, coalesce("新三板基础创新层挂牌日期·无", false) AS n71,
        "上市辅导验收日期" AS d80, coalesce("上市辅导验收日期·无", false) AS n80,
        "上市申请受理日期" AS d81, coalesce("上市申请受理日期·无", false) AS n81,
        "首发上市日期" AS d82, coalesce("首发上市日期·无", false) AS n82
    FROM "企业"
),
title AS MATERIALIZED (
    SELECT id, "序" AS seq, "级别" AS level, "日期" AS day,
        CASE WHEN "有效期至·无" THEN DATE '9999-12-31' ELSE "有效期至" END AS until
    FROM "认定记录" JOIN firm ON "统一社会信用代码" = key
),
review AS MATERIALIZED (
    SELECT id, "序" AS seq, "级别" AS level, "日期" AS day, "通过" AS passed,
        CASE WHEN "有效期至·无" THEN DATE '0001-01-01' ELSE "有效期至" END AS until
    FROM "复核记录" JOIN firm ON "统一社会信用代码" = key
),
figures AS MATERIALIZED (
    SELECT id, "年度" AS year,
        CAST("产值" * 10000 AS HUGEINT) AS output, coalesce("产值·无", false) AS no_output,
        CAST("主营业务收入" * 10000 AS HUGEINT) AS sales, coalesce("主营业务收入·无", false) AS no_sales
    FROM "年度经营" JOIN firm ON "统一社会信用代码" = key
),

-- ---------------------------------------------------------------- measures 3 and 7: events on which a title is asked for
event AS MATERIALIZED (
    SELECT *, row_number() OVER () AS event FROM (
        SELECT id, p AS provision, "序" AS seq, make_date("年度", 12, 31) AS day, "年度" AS year, "房源" IS NOT NULL AS sort_known,
            "租金" > 20 AS dear, CAST(round("面积" * "租用月数" * 500) AS BIGINT) AS amount
        FROM "租赁" JOIN firm ON "统一社会信用代码" = key
        JOIN (VALUES (1, '国有厂房'), (2, '社会闲置厂房')) AS v(p, sort) ON coalesce("房源" = sort, true)
        UNION ALL SELECT id, 6, "序", "日期", NULL, true, true, 60000000 FROM "OTC挂牌" JOIN firm ON "统一社会信用代码" = key
        UNION ALL SELECT id, 7, 0, d70, NULL, true, true, 100000000 FROM firm WHERE NOT n70
        UNION ALL SELECT id, 7, 1, d71, NULL, true, true, 100000000 FROM firm WHERE NOT n71
        UNION ALL SELECT id, 8, 0, d80, NULL, true, true, 200000000 FROM firm WHERE NOT n80
        UNION ALL SELECT id, 8, 1, d81, NULL, true, true, 300000000 FROM firm WHERE NOT n81
        UNION ALL SELECT id, 8, 2, d82, NULL, true, true, 500000000 FROM firm WHERE NOT n82
    ) WHERE coalesce(day <= DATE '2025-12-31', true)
),
holding AS (
    SELECT event, bool_or(held) AS held, bool_or(held IS NULL) AS doubtful FROM (
        SELECT event, level IN ('市级专精特新', '国家小巨人') AND t.day <= e.day AND until >= e.day AS held
        FROM event AS e JOIN title AS t USING (id)
        UNION ALL
        SELECT event, passed AND level IN ('市级专精特新', '国家小巨人') AND r.day <= e.day AND until > DATE '0001-01-01' AND until >= e.day
        FROM event AS e JOIN review AS r USING (id)
    ) GROUP BY event
),
compared AS (
    SELECT event, trade, a.output * 5 > b.output * 6 AS output_grew, a.sales * 5 > b.sales * 6 AS sales_grew,
        coalesce(a.no_output, false) OR coalesce(b.no_output OR b.output = 0, false) AS output_fails,
        coalesce(a.no_sales, false) OR coalesce(b.no_sales OR b.sales = 0, false) AS sales_fails
    FROM event AS e JOIN firm USING (id)
    LEFT JOIN figures AS a ON a.id = e.id AND a.year = e.year - 1
    LEFT JOIN figures AS b ON b.id = e.id AND b.year = e.year - 2
    WHERE provision <= 2
),
grown AS (
    SELECT event, CASE trade WHEN '工业' THEN output_fails WHEN '其他' THEN sales_fails ELSE false END AS fails,
        CASE trade WHEN '工业' THEN output_grew WHEN '其他' THEN sales_grew
            ELSE CASE WHEN NOT output_fails AND NOT sales_fails AND output_grew = sales_grew THEN output_grew END END AS grew
    FROM compared
),
tested AS (
    SELECT e.*, day >= DATE '2024-12-12' AS in_force,
        (inside OR (NOT never_went AND day < went)) AND (never_came OR came <= day) AS here,
        CASE WHEN held THEN true WHEN doubtful OR NOT titles_known OR NOT reviews_known THEN NULL ELSE false END AS titled,
        provision > 2 OR grew AS grew, coalesce(fails, false) AS fails
    FROM event AS e JOIN firm USING (id) LEFT JOIN holding USING (event) LEFT JOIN grown USING (event)
),
of_events AS (
    SELECT id, provision, seq, CASE WHEN provision <= 2 THEN year ELSE datediff('day', DATE '1970-01-01', day) END AS happened, amount,
        CASE WHEN NOT in_force THEN 4
            WHEN NOT here OR NOT titled OR NOT dear OR (NOT fails AND NOT grew) THEN 3
            WHEN NOT sort_known OR in_force IS NULL OR here IS NULL OR titled IS NULL OR dear IS NULL OR (NOT fails AND grew IS NULL) THEN 1
            WHEN fails THEN 2 WHEN amount IS NULL THEN 1 ELSE 0 END AS status
    FROM tested
),

-- ---------------------------------------------------------------- measure 5
first_title AS (
    SELECT t.id, t.seq, t.level, t.day,
        bool_or(o.level = t.level AND (o.day < t.day OR (o.day = t.day AND o.seq < t.seq))) AS earlier,
        bool_or((o.level = t.level AND (o.day < t.day OR (o.day = t.day AND o.seq < t.seq))) IS NULL) AS doubtful
    FROM title AS t JOIN title AS o USING (id) WHERE coalesce(t.day <= DATE '2025-12-31', true) GROUP BY ALL
),
of_titles AS (
    SELECT id, 3 AS provision, seq, datediff('day', DATE '1970-01-01', day) AS happened,
        CASE level WHEN '市级专精特新' THEN 10000000 WHEN '国家小巨人' THEN 50000000 END AS amount,
        CASE WHEN day < DATE '2022-01-01' OR NOT here THEN 3
            WHEN doubtful OR day IS NULL OR here IS NULL OR level IS NULL THEN 1 ELSE 0 END AS status
    FROM (
        SELECT t.*, (inside OR (NOT never_went AND day < went)) AND (never_came OR came <= day) AS here
        FROM first_title AS t JOIN firm USING (id) WHERE earlier IS DISTINCT FROM true
    )
),
passing AS (
    SELECT r.id, r.seq, r.level, r.day, r.passed,
        bool_or(o.passed AND o.level = r.level AND (o.day < r.day OR (o.day = r.day AND o.seq < r.seq))) AS earlier,
        bool_or((o.passed AND o.level = r.level AND (o.day < r.day OR (o.day = r.day AND o.seq < r.seq))) IS NULL) AS doubtful
    FROM review AS r JOIN review AS o USING (id)
    WHERE coalesce(r.passed, true) AND coalesce(r.day <= DATE '2025-12-31', true) GROUP BY ALL
),
from_before AS (
    SELECT p.id, p.seq, bool_or(t.level = p.level AND t.day < DATE '2022-01-01') AS old,
        bool_or((t.level = p.level AND t.day < DATE '2022-01-01') IS NULL) AS old_doubtful
    FROM passing AS p JOIN title AS t USING (id) GROUP BY ALL
),
reviewed AS (
    SELECT p.*, trade, (inside OR (NOT never_went AND day < went)) AND (never_came OR came <= day) AS here,
        CASE WHEN old THEN true WHEN old_doubtful OR NOT titles_known THEN NULL ELSE false END
            AND CASE WHEN earlier THEN false WHEN doubtful OR NOT reviews_known THEN NULL ELSE true END AS again,
        5 * (a.output * c.output + b.output * b.output) > 11 * b.output * c.output AS output_grew,
        5 * (a.sales * c.sales + b.sales * b.sales) > 11 * b.sales * c.sales AS sales_grew,
        coalesce(a.no_output, false) OR coalesce(b.no_output OR b.output = 0, false) OR coalesce(c.no_output OR c.output = 0, false) AS output_fails,
        coalesce(a.no_sales, false) OR coalesce(b.no_sales OR b.sales = 0, false) OR coalesce(c.no_sales OR c.sales = 0, false) AS sales_fails
    FROM passing AS p JOIN firm USING (id) LEFT JOIN from_before USING (id, seq)
    LEFT JOIN figures AS a ON a.id = p.id AND a.year = year(p.day) - 1
    LEFT JOIN figures AS b ON b.id = p.id AND b.year = year(p.day) - 2
    LEFT JOIN figures AS c ON c.id = p.id AND c.year = year(p.day) - 3
),
of_reviews AS (
    SELECT id, provision, seq, datediff('day', DATE '1970-01-01', day) AS happened,
        CASE provision WHEN 4 THEN 2 ELSE 1 END * CASE level WHEN '市级专精特新' THEN 5000000 WHEN '国家小巨人' THEN 25000000 END AS amount,
        CASE WHEN NOT here OR (provision = 5 AND NOT fails AND NOT grew) THEN 3
            WHEN passed IS NULL OR again IS NULL OR day IS NULL OR here IS NULL OR (provision = 5 AND NOT fails AND grew IS NULL) THEN 1
            WHEN provision = 5 AND fails THEN 2 WHEN level IS NULL THEN 1 ELSE 0 END AS status
    FROM (
        SELECT *, CASE trade WHEN '工业' THEN output_fails WHEN '其他' THEN sales_fails ELSE false END AS fails,
            CASE trade WHEN '工业' THEN output_grew WHEN '其他' THEN sales_grew
                ELSE CASE WHEN NOT output_fails AND NOT sales_fails AND output_grew = sales_grew THEN output_grew END END AS grew
        FROM reviewed
    ) JOIN (VALUES (4), (5)) AS v(provision) ON coalesce(again = (provision = 4), true)
),

-- ---------------------------------------------------------------- ceilings: 50万元 a year for both kinds of rent, 60万元 for OTC
item AS MATERIALIZED (
    SELECT *, CASE status WHEN 0 THEN amount ELSE 0 END AS least,
        CASE WHEN status >= 3 THEN 0 ELSE coalesce(amount, 1000000000000000) END AS most
    FROM (FROM of_events UNION ALL FROM of_titles UNION ALL FROM of_reviews)
),
capped AS (SELECT *, CASE provision WHEN 6 THEN 6 ELSE 1 END AS ceiling FROM item WHERE provision IN (1, 2, 6)),
-- What earlier items of the same year take; one whose year is not known may be of any, one whose day is not known may come before any.
-- Of its own provision they count with their least, for what they take from an item the provision keeps.
earlier AS (
    SELECT i.id, i.provision, i.seq, sum(j.most) AS at_most, sum(CASE WHEN j.provision = i.provision THEN j.least ELSE j.most END) AS taken
    FROM capped AS i JOIN capped AS j ON i.id = j.id AND i.ceiling = j.ceiling
        AND CASE i.ceiling WHEN 6 THEN (coalesce(j.happened, -1), j.seq) < (i.happened, i.seq)
            ELSE coalesce(j.happened = i.happened, true) AND (j.provision, j.seq) < (i.provision, i.seq) END
    WHERE i.status = 0 GROUP BY ALL
),
settled AS (
    SELECT id, provision, seq, happened, status, status IN (1, 2) AS open, CASE WHEN happened IS NULL THEN seq END AS alone,
        CASE status WHEN 0 THEN least(least, greatest(0, room - coalesce(taken, 0))) ELSE 0 END AS amount,
        CASE status WHEN 0 THEN least(least, greatest(0, room - coalesce(at_most, 0))) ELSE 0 END AS least
    FROM (
        SELECT i.*, at_most, taken, CASE WHEN provision <= 2 THEN 50000000 WHEN provision = 6 THEN 60000000 ELSE 1000000000000000 END AS room
        FROM item AS i LEFT JOIN earlier USING (id, provision, seq)
    )
),

-- ---------------------------------------------------------------- what was paid for the same event
payment AS (
    SELECT id, "措施" AS measure, "事项" AS name, "日期" AS day, "金额" AS amount
    FROM "已兑付" JOIN firm ON "统一社会信用代码" = key
),
provision(provision, measure, name) AS (
    VALUES (1, 3, '国有厂房租金减免'), (2, 3, '社会闲置厂房租金补贴'), (3, 5, '首次认定'), (4, 5, '首次复核'), (5, 5, '后续复核'),
        (6, 7, 'OTC挂牌'), (7, 7, '新三板挂牌'), (8, 7, '首发上市')
),
paid_for AS (
    SELECT i.id, i.provision, i.happened, i.alone, sum(CAST(p.amount * 100 AS BIGINT)) AS total,
        bool_or((p.amount >= 0 AND p.measure = v.measure AND p.name = v.name
            AND CASE WHEN i.provision <= 2 THEN year(p.day) ELSE datediff('day', DATE '1970-01-01', p.day) END = i.happened) IS NULL) AS doubtful
    FROM (SELECT DISTINCT id, provision, happened, alone FROM settled) AS i JOIN provision AS v USING (provision)
    JOIN payment AS p ON p.id = i.id AND coalesce(p.measure = v.measure, true) AND coalesce(p.name = v.name, true)
        AND coalesce(CASE WHEN i.provision <= 2 THEN year(p.day) ELSE datediff('day', DATE '1970-01-01', p.day) END = i.happened, true)
    GROUP BY ALL
),
shared AS (
    SELECT i.id, i.provision, i.seq, doubtful, i.open AND lead(i.seq) OVER event IS NULL AS rest,
        greatest(0, total - coalesce(sum(i.amount) OVER (event ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)) AS remaining
    FROM settled AS i JOIN paid_for AS p ON i.id = p.id AND i.provision = p.provision
        AND i.happened IS NOT DISTINCT FROM p.happened AND i.alone IS NOT DISTINCT FROM p.alone
    WINDOW event AS (PARTITION BY i.id, i.provision, i.happened, i.alone ORDER BY i.open, i.seq)
),
summed AS (
    SELECT id, provision, min(status) AS status, sum(amount) AS amount,
        sum(CASE status WHEN 0 THEN amount - CASE WHEN remaining IS NULL THEN 0 ELSE least(amount, remaining) END ELSE 0 END) AS payable,
        bool_or(status = 0 AND doubtful) AS lost, sum(amount - least) AS unsure,
        coalesce(sum(CASE WHEN rest THEN remaining END), 0) AS elsewhere, bool_or(open AND doubtful) AS elsewhere_doubtful,
        bool_or(status = 0) AS granted
    FROM settled LEFT JOIN shared USING (id, provision, seq) GROUP BY id, provision
)
SELECT key AS "统一社会信用代码", v.measure AS "措施", v.name AS "事项",
    CASE status WHEN 0 THEN 'granted' WHEN 1 THEN 'unknown' WHEN 2 THEN 'error' WHEN 3 THEN 'denied' WHEN 4 THEN 'not_in_force'
        ELSE CASE WHEN CASE WHEN v.provision <= 2 THEN leases_known WHEN v.provision = 3 THEN titles_known
                WHEN v.provision <= 5 THEN reviews_known WHEN v.provision = 6 THEN boards_known ELSE true END
            THEN 'not_applicable' ELSE 'unknown' END END AS "状态",
    CAST(CAST(coalesce(amount, 0) AS DECIMAL(38, 2)) * 0.01 AS DECIMAL(38, 2)) AS "金额",
    CASE WHEN lost OR (granted AND NOT payments_known) THEN NULL
        ELSE CAST(CAST(coalesce(payable - CASE WHEN elsewhere_doubtful OR NOT payments_known OR elsewhere >= unsure THEN unsure ELSE elsewhere END, 0)
            AS DECIMAL(38, 2)) * 0.01 AS DECIMAL(38, 2)) END AS "应付"
FROM firm CROSS JOIN provision AS v LEFT JOIN summed AS s ON s.id = firm.id AND s.provision = v.provision
