-- How much money do all projects need in each quarter, on average, at the latest status of each? Means add up;
-- percentiles do not. A variant of a plan stands under the same project: choose one of them, or its money counts twice.
SELECT M.year_quarter, R.currency, SUM(F.deterministic_cost) AS planned, SUM(F.cost_mean) AS expected,
       COUNT(DISTINCT R.scenario_key) AS scenarios
FROM dim_run AS R
JOIN fact_cost_period AS F ON F.run_key = R.run_key AND F.scope = 'project'
JOIN dim_date AS M ON M.date = F.month_start
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
GROUP BY M.year_quarter, R.currency
ORDER BY M.year_quarter, R.currency
