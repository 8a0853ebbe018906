-- Which tasks of each team decide the finish of its project in at least one future of ten, at the latest status?
SELECT T.team, R.scenario_key, T.task, T.name, F.criticality, F.criticality_ci_low, F.criticality_ci_high,
       F.finish_p50_date, F.finish_p80_date, F.float_p10
FROM dim_run AS R
JOIN dim_task AS T ON T.run_key = R.run_key
JOIN fact_task AS F ON F.run_key = R.run_key AND F.task = T.task
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
  AND F.criticality >= 0.1
ORDER BY T.team, F.criticality DESC, R.scenario_key, T.task
