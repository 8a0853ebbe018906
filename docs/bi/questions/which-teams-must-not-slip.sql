-- Which teams have work on the longest path in which month, over all projects, and how much work is it? For runs whose
-- folders were asked to keep that: riskengine teams results/plan --keep.
SELECT D.year_month, M.key AS team, R.project, R.scenario_key, M.driving, M.driving_ci_low, M.driving_ci_high, M.work,
       M.load_p80
FROM dim_run AS R
JOIN fact_team_month AS M ON M.run_key = R.run_key AND M.kind = 'team'
JOIN dim_date AS D ON D.date = M.month_start
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
  AND M.driving IS NOT NULL
ORDER BY D.year_month, M.driving DESC, M.key, R.scenario_key
