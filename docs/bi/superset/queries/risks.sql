-- One row for each run and risk: who answers for it, how often it occurred, what it adds to finish and cost.
SELECT R.run_key, R.scenario_key, R.project, R.status_date, L.status_date = R.status_date AS is_latest, D.risk,
       COALESCE(NULLIF(D.name, ''), D.risk) AS risk_name, R.scenario_key || ': ' || D.risk AS risk_of_scenario,
       D.kind, D.owner, D.active, D.probability, F.occurrence, F.days_mean, F.days_p80, F.days_p80_ci_low,
       F.days_p80_ci_high, F.cost_mean, F.cost_p80, F.cost_p80_ci_low, F.cost_p80_ci_high, R.currency
FROM dim_run AS R
JOIN (SELECT scenario_key, MAX(status_date) AS status_date FROM dim_run GROUP BY scenario_key) AS L
    ON L.scenario_key = R.scenario_key
JOIN dim_risk AS D ON D.run_key = R.run_key
JOIN fact_risk AS F ON F.run_key = R.run_key AND F.risk = D.risk
