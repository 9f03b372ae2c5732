using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>
/// Production is closed until it has a window (domain Appendix A). What was open before windows were kept stays so by a window that says why.
/// </summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000003_OpenWindows")]
internal sealed class OpenWindows : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        with closed as (
            select key, owner, row_number() over (order by "order", key) as place
            from environments where tier = 'Production' or (tier in ('DisasterRecovery', 'Other') and is_live)),
        opened as (
            insert into windows (id, number, name, reason, owner, scope, "when", begins_at, ends_at, defined_by, defined_at, ended_at, history)
            select gen_random_uuid(), 'WIN-' || to_char(now() at time zone 'utc', 'YYYY') || '-' || lpad(place::text, 6, '0'), 'Open as before windows were kept',
                'Deployments were allowed at any time before windows were kept. Define the real ones, then end this one.', left(owner, 200),
                jsonb_build_object('environment', key), '{"start":"2026-01-01T00:00:00","duration":"1.00:00:00","zone":"UTC","rule":"FREQ=DAILY","except":[]}'::jsonb,
                timestamptz '2026-01-01 00:00:00+00', null::timestamptz, '{"id":"system","name":"DeployHub","kind":"System"}'::jsonb, now(), null::timestamptz,
                jsonb_build_array(jsonb_build_object(
                    'kind', 'Define', 'by', jsonb_build_object('id', 'system', 'name', 'DeployHub', 'kind', 'System'), 'at', now(),
                    'text', 'DeployHub defined it when windows were introduced: Every day all day UTC.'))
            from closed returning 1)
        insert into counters (name, value)
        select 'WIN-' || to_char(now() at time zone 'utc', 'YYYY'), count(*)::int from opened having count(*) > 0
        on conflict (name) do update set value = counters.value + excluded.value;
        """);

    /// <summary>The window is a window like any other, and may have been changed since.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
