-- One row for each run and task: who does it, when the plan has it, when it ends, how often it decides the finish.
SELECT R.run_key, R.scenario_key, R.project, R.status_date, L.status_date = R.status_date AS is_latest, T.task,
       COALESCE(NULLIF(T.name, ''), T.task) AS task_name, T.team, T.owner, T.progress,
       T.deterministic_finish_date AS finish_plan, F.finish_p50_date AS finish_p50, F.finish_p80_date AS finish_p80,
       F.criticality, F.criticality_ci_low, F.criticality_ci_high, F.float_p10, F.ssi, R.currency
FROM dim_run AS R
JOIN (SELECT scenario_key, MAX(status_date) AS status_date FROM dim_run GROUP BY scenario_key) AS L
    ON L.scenario_key = R.scenario_key
JOIN dim_task AS T ON T.run_key = R.run_key
JOIN fact_task AS F ON F.run_key = R.run_key AND F.task = T.task
