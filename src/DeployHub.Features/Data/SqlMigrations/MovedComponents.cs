using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace DeployHub.Features.Data.SqlMigrations;

/// <summary>What was planned before components were kept beside the plan is found by them, too.</summary>
[DbContext(typeof(DeployHubDb))]
[Migration("30000101000005_MovedComponents")]
internal sealed class MovedComponents : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        update deployments
        set component_ids = array(
            select (version.value ->> 'componentId')::uuid
            from jsonb_array_elements(plan -> 'versions') with ordinality as version (value, place) order by place)
        where cardinality(component_ids) = 0;
        """);

    /// <summary>The column goes with the migration that made it.</summary>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
