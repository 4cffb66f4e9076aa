-- The ten rules, each a query for the elements that violate it.

-- 1
SELECT p.id FROM programmes p WHERE NOT EXISTS (
  SELECT 1 FROM mandated_by m JOIN issued_by i ON i.src = m.dst JOIN bodies b ON b.id = i.dst
  WHERE m.src = p.id AND b.kind IN ('council', 'executive'));

-- 2
WITH sponsors AS (
  SELECT o.dst AS programme, r.id AS role FROM role_of o JOIN roles r ON r.id = o.src WHERE r.kind = 'sponsor'),
well_held AS (
  SELECT s.programme FROM sponsors s JOIN held_by h ON h.src = s.role JOIN member_of m ON m.src = h.dst
  JOIN bodies b ON b.id = m.dst WHERE b.kind = 'management_team')
SELECT p.id FROM programmes p LEFT JOIN sponsors s ON s.programme = p.id GROUP BY p.id
HAVING count(s.role) <> 1 OR p.id NOT IN (SELECT programme FROM well_held);

-- 3
SELECT DISTINCT r.id FROM roles r JOIN role_of o ON o.src = r.id JOIN programmes p ON p.id = o.dst
WHERE p.phase IN ('define', 'deliver', 'embed', 'close') AND r.id NOT IN (
  SELECT l.dst FROM prepares l JOIN learning_activities a ON a.id = l.src WHERE a.status = 'completed');

-- 4
SELECT b.id FROM benefits b
WHERE b.id NOT IN (SELECT src FROM contributes_to)
  OR b.id NOT IN (SELECT o.src FROM owned_by o JOIN held_by h ON h.src = o.dst);

-- 5
SELECT j.id FROM projects j WHERE j.id NOT IN (SELECT src FROM delivers);

-- 6
WITH RECURSIVE needs AS (
  SELECT src, dst FROM depends_on UNION SELECT n.src, d.dst FROM needs n JOIN depends_on d ON d.src = n.dst)
SELECT DISTINCT src FROM needs WHERE src = dst;

-- 7
SELECT g.id FROM goals g WHERE g.id NOT IN (
  SELECT c.dst FROM contributes_to c JOIN delivers d ON d.dst = c.src JOIN projects j ON j.id = d.src
  WHERE j.status = 'active');

-- 8
SELECT p.id FROM programmes p JOIN project_of o ON o.dst = p.id JOIN projects j ON j.id = o.src
WHERE p.budget IS NOT NULL GROUP BY p.id, p.budget HAVING sum(coalesce(j.budget, 0)) > p.budget;

-- 9
WITH seats AS (
  SELECT h.dst AS person, o.dst AS programme, r.kind FROM held_by h JOIN roles r ON r.id = h.src
  JOIN role_of o ON o.src = r.id WHERE r.kind IN ('sponsor', 'assurance'))
SELECT DISTINCT a.person FROM seats a JOIN seats b ON a.person = b.person AND a.programme = b.programme
WHERE a.kind = 'sponsor' AND b.kind = 'assurance';

-- 10
WITH RECURSIVE needs AS (
  SELECT dst AS benefit, src AS project FROM delivers
  UNION SELECT n.benefit, d.dst FROM needs n JOIN depends_on d ON d.src = n.project)
SELECT DISTINCT b.id FROM needs n JOIN benefits b ON b.id = n.benefit JOIN projects j ON j.id = n.project
WHERE b.target_date IS NOT NULL AND j."end" IS NOT NULL AND b.target_date < j."end";
