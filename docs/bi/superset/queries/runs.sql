-- One row for each run: its decision, plan, P50 and P80, and how far the P80 moved since the status before.
SELECT R.run_key, R.scenario_key, R.name, R.project, R.status_date,
       R.status_date = MAX(R.status_date) OVER (PARTITION BY R.scenario_key) AS is_latest,
       COALESCE(R.decision, 'no gates') AS decision, S.deterministic_date AS finish_plan, S.chance AS chance_of_plan,
       F50.date AS finish_p50, F80.date AS finish_p80, F80.instant_ci_low AS finish_p80_from,
       F80.instant_ci_high AS finish_p80_to, F80.value AS finish_days_p80,
       F80.value - LAG(F80.value) OVER (PARTITION BY R.scenario_key ORDER BY R.status_date) AS days_since_last_status,
       C.deterministic AS cost_plan, C50.value AS cost_p50, C80.value AS cost_p80, C80.ci_low AS cost_p80_ci_low,
       C80.ci_high AS cost_p80_ci_high, R.currency
FROM dim_run AS R
JOIN fact_summary AS S ON S.run_key = R.run_key AND S.target = 'project' AND S.measure = 'finish'
JOIN fact_summary AS C ON C.run_key = R.run_key AND C.target = 'project' AND C.measure = 'cost'
JOIN fact_percentile AS F50
    ON F50.run_key = R.run_key AND F50.target = 'project' AND F50.measure = 'finish' AND F50.percentile = 50
JOIN fact_percentile AS F80
    ON F80.run_key = R.run_key AND F80.target = 'project' AND F80.measure = 'finish' AND F80.percentile = 80
JOIN fact_percentile AS C50
    ON C50.run_key = R.run_key AND C50.target = 'project' AND C50.measure = 'cost' AND C50.percentile = 50
JOIN fact_percentile AS C80
    ON C80.run_key = R.run_key AND C80.target = 'project' AND C80.measure = 'cost' AND C80.percentile = 80
