-- One row for each run and gate: what is asked for, the chance of it with its interval, and the answer.
SELECT R.run_key, R.scenario_key, R.project, R.status_date, L.status_date = R.status_date AS is_latest, G.gate,
       COALESCE(NULLIF(G.name, ''), G.gate) AS gate_name, R.scenario_key || ': ' || G.gate AS gate_of_scenario,
       G.finish_date, G.cost, G.confidence, F.probability, F.ci_low, F.ci_high,
       F.probability - G.confidence AS margin, F.answer, R.currency
FROM dim_run AS R
JOIN (SELECT scenario_key, MAX(status_date) AS status_date FROM dim_run GROUP BY scenario_key) AS L
    ON L.scenario_key = R.scenario_key
JOIN dim_gate AS G ON G.run_key = R.run_key
JOIN fact_gate AS F ON F.run_key = R.run_key AND F.gate = G.gate
