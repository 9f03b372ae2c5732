using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>
/// What was planned before time was kept for it: approvals are waited for since their plan was submitted, a worker looks once at what is due of
/// each, and a deployment knows when its newest run started.
/// </summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000004_DueApprovals")]
internal sealed class DueApprovals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        update deployments
        set approvals_due_at = now(), approvals = (
            select coalesce(jsonb_agg(
                case when approval ->> 'status' = 'Pending' and approval ->> 'askedAt' is null
                    then approval || jsonb_build_object('askedAt', to_char(coalesce(submitted_at, created_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'))
                    else approval end order by place), '[]'::jsonb)
            from jsonb_array_elements(approvals) with ordinality as known (approval, place))
        where status in ('InReview', 'Scheduled') and approvals_due_at is null;

        update deployments set last_started_at = (select max(run.queued_at) from runs run where run.deployment_id = deployments.id)
        where last_started_at is null and run_count > 0;
        """);

    /// <summary>The columns go with the migration that made them.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
