-- Which estimates and risks move the finish most, over all projects, between their low and their high tenth? For runs whose
-- folders were asked to keep that: riskengine drivers results/plan --keep.
SELECT R.project, R.scenario_key, D.input, D.task, D.risk, D.finish_swing, D.finish_swing_ci_low, D.finish_swing_ci_high,
       D.finish_variance_share, D.cost_swing, R.currency
FROM dim_run AS R
JOIN fact_driver AS D ON D.run_key = R.run_key
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
  AND D.finish_swing IS NOT NULL
ORDER BY D.finish_swing DESC, R.scenario_key, D.input
