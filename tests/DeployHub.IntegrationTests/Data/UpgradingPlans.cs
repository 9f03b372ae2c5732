using DeployHub.Features.Data;
using DeployHub.Features.Deployments;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace DeployHub.IntegrationTests.Data;

/// <summary>What was planned before time was kept for approvals and slots, and components beside the plan.</summary>
public sealed class UpgradingPlans(TestHub hub) : IClassFixture<TestHub>
{
    [Fact]
    public async Task Approvals_are_waited_for_since_the_plan_was_submitted()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), isLive: true);
        var number = await estate.PlanAsync();
        await hub.Database(db => db.Database.ExecuteSqlAsync(
            $"update deployments set approvals_due_at = null, approvals = (select jsonb_agg(approval.value - 'askedAt') from jsonb_array_elements(approvals) approval) where number = {number}"));

        await hub.Database(db => db.Database.ExecuteSqlRawAsync(Sql("DueApprovals")));
        var deployment = await hub.Database(db => db.Deployments.SingleAsync(known => known.Number == number));
        deployment.ApprovalsDueAt.ShouldNotBeNull();
        deployment.Approvals.ShouldNotBeEmpty();
        deployment.Approvals.ShouldAllBe(approval => approval.AskedAt == deployment.SubmittedAt);
        deployment.PassTime(hub.Clock.GetUtcNow());
        deployment.ApprovalsDueAt.ShouldNotBeNull().Offset.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_was_planned_before_components_were_kept_beside_it_is_found_by_them()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"));
        var number = await estate.PlanAsync();
        await hub.Database(db => db.Database.ExecuteSqlAsync($"update deployments set component_ids = default where number = {number}"));
        (await hub.AsSystem.Send(new ListDeployments(Service: estate.Name))).Rows.ShouldBeEmpty();

        await hub.Database(db => db.Database.ExecuteSqlRawAsync(Sql("MovedComponents")));
        (await hub.AsSystem.Send(new ListDeployments(Service: estate.Name))).Rows.ShouldHaveSingleItem().Number.ShouldBe(number);
    }

    private static string Sql(string migration)
    {
        var type = typeof(DeployHubDb).Assembly.GetType($"DeployHub.Features.Data.SqlMigrations.{migration}", throwOnError: true)!;
        return ((Migration)Activator.CreateInstance(type, nonPublic: true)!).UpOperations.OfType<SqlOperation>().Single().Sql;
    }
}
