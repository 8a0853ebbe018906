-- How likely is each project to pass all its gates at once? A count of futures: chances of gates must not be multiplied.
SELECT R.project, R.scenario_key, R.status_date, COUNT(*) AS iterations,
       AVG(CASE WHEN G.gates_missed = 0 THEN 1.0 ELSE 0.0 END) AS all_gates, MIN(P.probability) AS least_gate
FROM dim_run AS R
JOIN (
    SELECT run_key, iteration, SUM(CASE WHEN is_met THEN 0 ELSE 1 END) AS gates_missed
    FROM fact_gate_iteration
    GROUP BY run_key, iteration
) AS G ON G.run_key = R.run_key
JOIN (SELECT run_key, MIN(probability) AS probability FROM fact_gate GROUP BY run_key) AS P ON P.run_key = R.run_key
GROUP BY R.project, R.scenario_key, R.status_date
ORDER BY all_gates, R.scenario_key, R.status_date
