-- When does each project finish with 80 % certainty, and what does it cost, at the last status of each month?
SELECT R.project, R.scenario_key, M.year_month AS status_month, F.date AS finish_p80, F.instant_ci_low AS finish_p80_from,
       F.instant_ci_high AS finish_p80_to, C.value AS cost_p80, R.currency
FROM (
    SELECT dim_run.*, ROW_NUMBER() OVER (
        PARTITION BY scenario_key, EXTRACT(YEAR FROM status_date), EXTRACT(MONTH FROM status_date)
        ORDER BY status_date DESC
    ) AS age
    FROM dim_run
) AS R
JOIN dim_date AS M ON M.date = R.status_date
JOIN fact_percentile AS F
    ON F.run_key = R.run_key AND F.target = 'project' AND F.measure = 'finish' AND F.percentile = 80
JOIN fact_percentile AS C
    ON C.run_key = R.run_key AND C.target = 'project' AND C.measure = 'cost' AND C.percentile = 80
WHERE R.age = 1
ORDER BY R.project, R.scenario_key, status_month
