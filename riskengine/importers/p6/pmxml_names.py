"""What the fields and words of Primavera P6 XML are called in an XER file, which holds the same database."""

from collections.abc import Mapping
from types import MappingProxyType

Names = tuple[tuple[str, tuple[str, ...]], ...]
"""Column of a table, and the elements that it is filled from: the first that is there counts."""

ACTIVITY_TYPES = {
    "Task Dependent": "TT_Task",
    "Resource Dependent": "TT_Rsrc",
    "Start Milestone": "TT_Mile",
    "Finish Milestone": "TT_FinMile",
    "Level of Effort": "TT_LOE",
    "WBS Summary": "TT_WBS",
    "0": "TT_Task",
}
STATUSES = {"Not Started": "TK_NotStart", "In Progress": "TK_Active", "Completed": "TK_Complete"}
CONSTRAINTS = {
    "Start On": "CS_MSO",
    "Start On or After": "CS_MSOA",
    "Start On or Before": "CS_MSOB",
    "Finish On": "CS_MEO",
    "Finish On or After": "CS_MEOA",
    "Finish On or Before": "CS_MEOB",
    "Mandatory Start": "CS_MANDSTART",
    "Mandatory Finish": "CS_MANDFIN",
    "As Late As Possible": "CS_ALAP",
}
PRIORITIES = {
    "Top": "PT_Top",
    "High": "PT_High",
    "Normal": "PT_Normal",
    "Low": "PT_Low",
    "Lowest": "PT_Lowest",
}
RELATIONSHIPS = {
    "Finish to Start": "PR_FS",
    "Start to Start": "PR_SS",
    "Finish to Finish": "PR_FF",
    "Start to Finish": "PR_SF",
}
RESOURCES = {"Labor": "RT_Labor", "Nonlabor": "RT_Equip", "Material": "RT_Mat"}
LAG_CALENDARS = {
    "Predecessor Activity Calendar": "rcal_Predecessor",
    "Successor Activity Calendar": "rcal_Successor",
    "Project Default Calendar": "rcal_ProjDefault",
    "24 Hour Calendar": "rcal_24Hour",
}
FLOATS = {
    "Finish Float = Late Finish - Early Finish": "FT_FF",
    "Start Float = Late Start - Early Start": "FT_SS",
    "Smallest of Start Float and Finish Float": "FT_SF",
}
PATHS = {"Longest Path": "CT_DrivPath", "Critical Float": "CT_TotFloat"}

WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "task_type": ACTIVITY_TYPES,
        "status_code": STATUSES,
        "cstr_type": CONSTRAINTS,
        "cstr_type2": CONSTRAINTS,
        "priority_type": PRIORITIES,
        "pred_type": RELATIONSHIPS,
        "rsrc_type": RESOURCES,
        "sched_calendar_on_relationship_lag": LAG_CALENDARS,
        "sched_float_type": FLOATS,
        "critical_path_type": PATHS,
    }
)
"""Columns that hold words, and those words in an XER file."""

FLAGS = frozenset(("sched_open_critical_flag", "sched_lag_early_start_flag"))

PROJECT: Names = (
    ("proj_id", ("ObjectId",)),
    ("proj_short_name", ("Id",)),
    ("plan_start_date", ("PlannedStartDate", "StartDate")),
    ("last_recalc_date", ("DataDate",)),
    ("plan_end_date", ("MustFinishByDate",)),
    ("scd_end_date", ("ScheduledFinishDate",)),
    ("clndr_id", ("ActivityDefaultCalendarObjectId",)),
    ("critical_drtn_hr_cnt", ("CriticalActivityFloatLimit", "CriticalActivityFloatThreshold")),
    ("critical_path_type", ("CriticalActivityPathType",)),
    ("name_sep_char", ("WBSCodeSeparator",)),
    ("export_flag", ("@external",)),
    ("orig_proj_id", ("OriginalProjectObjectId",)),
    ("sum_base_proj_id", ("CurrentBaselineProjectObjectId",)),
)
OPTIONS: Names = (
    ("proj_id", ("ProjectObjectId",)),
    ("sched_calendar_on_relationship_lag", ("RelationshipLagCalendar",)),
    ("sched_float_type", ("ComputeTotalFloatType",)),
    ("sched_open_critical_flag", ("MakeOpenEndedActivitiesCritical",)),
    ("sched_lag_early_start_flag", ("StartToStartLagCalculationType",)),
    ("sched_retained_logic", ("OutOfSequenceScheduleType",)),
    ("sched_progress_override", ("OutOfSequenceScheduleType",)),
    ("sched_outer_depend_type", ("IgnoreOtherProjectRelationships",)),
)
TABLES: Mapping[str, tuple[str, Names]] = MappingProxyType(
    {
        "WBS": (
            "PROJWBS",
            (
                ("wbs_id", ("ObjectId",)),
                ("proj_id", ("ProjectObjectId",)),
                ("wbs_short_name", ("Code",)),
                ("wbs_name", ("Name",)),
                ("parent_wbs_id", ("ParentObjectId",)),
                ("proj_node_flag", ()),
            ),
        ),
        "Activity": (
            "TASK",
            (
                ("task_id", ("ObjectId",)),
                ("proj_id", ("ProjectObjectId",)),
                ("task_code", ("Id",)),
                ("task_name", ("Name",)),
                ("task_type", ("Type",)),
                ("clndr_id", ("CalendarObjectId",)),
                ("wbs_id", ("WBSObjectId",)),
                ("status_code", ("Status",)),
                ("priority_type", ("LevelingPriority",)),
                ("target_drtn_hr_cnt", ("PlannedDuration",)),
                ("remain_drtn_hr_cnt", ("RemainingDuration",)),
                ("act_start_date", ("ActualStartDate",)),
                ("act_end_date", ("ActualFinishDate",)),
                ("target_start_date", ("PlannedStartDate",)),
                ("target_end_date", ("PlannedFinishDate",)),
                ("early_start_date", ("EarlyStartDate", "RemainingEarlyStartDate")),
                ("early_end_date", ("EarlyFinishDate", "RemainingEarlyFinishDate")),
                ("late_start_date", ("LateStartDate", "RemainingLateStartDate")),
                ("late_end_date", ("LateFinishDate", "RemainingLateFinishDate")),
                ("cstr_type", ("PrimaryConstraintType",)),
                ("cstr_date", ("PrimaryConstraintDate",)),
                ("cstr_type2", ("SecondaryConstraintType",)),
                ("cstr_date2", ("SecondaryConstraintDate",)),
                ("suspend_date", ("SuspendDate",)),
                ("resume_date", ("ResumeDate",)),
                ("external_early_start_date", ("ExternalEarlyStartDate",)),
                ("external_late_end_date", ("ExternalLateFinishDate",)),
                ("expect_end_date", ("ExpectedFinishDate",)),
                ("rsrc_id", ("PrimaryResourceObjectId",)),
            ),
        ),
        "Relationship": (
            "TASKPRED",
            (
                ("task_id", ("SuccessorActivityObjectId",)),
                ("pred_task_id", ("PredecessorActivityObjectId",)),
                ("proj_id", ("SuccessorProjectObjectId",)),
                ("pred_proj_id", ("PredecessorProjectObjectId",)),
                ("pred_type", ("Type",)),
                ("lag_hr_cnt", ("Lag",)),
            ),
        ),
        "Resource": (
            "RSRC",
            (
                ("rsrc_id", ("ObjectId",)),
                ("rsrc_short_name", ("Id",)),
                ("rsrc_name", ("Name",)),
                ("clndr_id", ("CalendarObjectId",)),
                ("rsrc_type", ("ResourceType",)),
            ),
        ),
        "ResourceRate": (
            "RSRCRATE",
            (
                ("rsrc_id", ("ResourceObjectId",)),
                ("start_date", ("EffectiveDate",)),
                ("cost_per_qty", ("PricePerUnit",)),
                ("max_qty_per_hr", ("MaxUnitsPerTime",)),
            ),
        ),
        "ResourceAssignment": (
            "TASKRSRC",
            (
                ("task_id", ("ActivityObjectId",)),
                ("proj_id", ("ProjectObjectId",)),
                ("rsrc_id", ("ResourceObjectId",)),
                ("remain_cost", ("RemainingCost",)),
                ("target_cost", ("PlannedCost",)),
                ("act_reg_cost", ("ActualRegularCost", "ActualCost")),
                ("act_ot_cost", ("ActualOvertimeCost",)),
                ("remain_qty", ("RemainingUnits",)),
                ("target_qty", ("PlannedUnits",)),
                ("remain_qty_per_hr", ("RemainingUnitsPerTime",)),
                ("target_qty_per_hr", ("PlannedUnitsPerTime",)),
            ),
        ),
        "ActivityExpense": (
            "PROJCOST",
            (
                ("task_id", ("ActivityObjectId",)),
                ("proj_id", ("ProjectObjectId",)),
                ("remain_cost", ("RemainingCost",)),
                ("target_cost", ("PlannedCost",)),
                ("act_cost", ("ActualCost",)),
            ),
        ),
        "Risk": (
            "PROJRISK",
            (
                ("risk_id", ("ObjectId",)),
                ("proj_id", ("ProjectObjectId",)),
                ("risk_code", ("Id",)),
                ("risk_name", ("Name",)),
                ("rsrc_id", ("ResourceObjectId",)),
                ("status_code", ("Status",)),
                ("risk_to_type", ("Type",)),
                ("risk_type_id", ("RiskCategoryObjectId",)),
                ("risk_desc", ("Description",)),
                ("risk_cause", ("Cause",)),
                ("risk_effect", ("Effect",)),
                ("pre_rsp_prblty", ()),
                ("pre_rsp_schd_prblty", ()),
                ("pre_rsp_cost_prblty", ()),
            ),
        ),
        "ActivityRisk": (
            "TASKRISK",
            (("task_id", ("ActivityObjectId",)), ("risk_id", ("RiskObjectId",))),
        ),
        "RiskCategory": (
            "RISKTYPE",
            (("risk_type_id", ("ObjectId",)), ("risk_type", ("Name",))),
        ),
        "ActivityCodeType": (
            "ACTVTYPE",
            (("actv_code_type_id", ("ObjectId",)), ("actv_code_type", ("Name",))),
        ),
        "ActivityCode": (
            "ACTVCODE",
            (
                ("actv_code_id", ("ObjectId",)),
                ("actv_code_type_id", ("CodeTypeObjectId",)),
                ("short_name", ("CodeValue",)),
                ("actv_code_name", ("Description",)),
            ),
        ),
    }
)
"""Element to table and columns."""

RATINGS: Mapping[str, str] = MappingProxyType(
    {"Probability": "pre_rsp_prblty", "Schedule": "pre_rsp_schd_prblty", "Cost": "pre_rsp_cost_prblty"}
)
"""Kind of threshold to the column of a risk that holds its rating."""

USER_KINDS: Mapping[str, str] = MappingProxyType(
    {"Double": "FT_FLOAT_2_DECIMALS", "Integer": "FT_INT", "Text": "FT_TEXT", "Cost": "FT_MONEY"}
)
"""Types of user fields; the others are dates and flags."""

USER_NUMBERS, USER_TEXTS = ("DoubleValue", "IntegerValue", "Double", "Integer"), ("TextValue", "Text")
"""Elements that hold the value of a user field, in this version of P6 and in older ones."""

UNREAD = frozenset(
    (
        "ActivityComment",
        "ActivityNote",
        "ActivityOwner",
        "ActivityPeriodActual",
        "ActivitySpread",
        "ActivityStep",
        "Document",
        "FinancialPeriod",
        "ProjectDocument",
        "ProjectFunding",
        "ProjectIssue",
        "ProjectNote",
        "ProjectThreshold",
        "ResourceAssignmentPeriodActual",
        "ResourceAssignmentSpread",
        "RiskResponseAction",
        "RiskResponseActionImpact",
        "RiskResponsePlan",
        "RoleRate",
        "Spread",
        "UDF",
        "WBSMilestone",
    )
)
"""Elements that are counted and passed over."""
