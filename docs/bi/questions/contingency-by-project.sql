-- How many days and how much money lie between the plan and its P80, and how likely is the plan itself?
SELECT R.project, R.scenario_key, S.measure, R.currency, S.deterministic, S.deterministic_date, S.contingency_p80,
       S.contingency_p80_ci_low, S.contingency_p80_ci_high, S.chance AS chance_of_the_plan
FROM dim_run AS R
JOIN fact_summary AS S ON S.run_key = R.run_key AND S.target = 'project'
WHERE R.status_date = (SELECT MAX(L.status_date) FROM dim_run AS L WHERE L.scenario_key = R.scenario_key)
ORDER BY R.project, R.scenario_key, S.measure DESC
