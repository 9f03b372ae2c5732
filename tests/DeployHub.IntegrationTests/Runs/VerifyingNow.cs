using System.Net;
using System.Text.Json;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Inventory;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>The checks of a deployment outside of any run, by real workers.</summary>
public sealed class VerifyingNow(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task A_deployment_is_verified_before_its_run_and_after_it_and_nothing_changes()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "cp package installed"), change: (estate, document) => Task.FromResult(document.Replace(
            "uses: check-reachable, timeout: 1m }", $"uses: check-reachable, timeout: 1m }}, {{ name: Look for drift, uses: check-drift, with: {{ facts: [{{ kind: File, name: notes, expect: absent }}] }}, timeout: 1m }}", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-2"), "notes"), "by hand");
        var number = await estate.PlanAsync();

        (await hub.As(Role.Auditor).Send(new VerifyNow(number))).Refused("access.not-permitted");
        var before = await VerifiedAsync(number);
        before.Findings.Select(finding => (finding.Subject, finding.Check, finding.Verdict)).ShouldBe(
        [
            ($"{estate.Name} 1.0.0", "Compare the artefact", Verdict.Pass),
            ("t-1", "Reach the target", Verdict.Pass), ("t-1", "Look for drift", Verdict.Pass),
            ("t-2", "Reach the target", Verdict.Pass), ("t-2", "Look for drift", Verdict.Pass),
        ]);
        before.Verdict.ShouldBe(Verdict.Pass);
        before.Findings.ShouldAllBe(finding => finding.By != null && finding.Digest != null);
        (await hub.AsSystem.Send(new ListDrift(estate.Name))).Done().Rows.ShouldHaveSingleItem().SeenBy.ShouldBe($"{number}/V1");
        Directory.GetFiles(estate.PlaceOf("t-1")).ShouldBeEmpty();

        var run = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await hub.As(Role.CiSystem).Send(new VerifyNow(number, [Stage.VerifyEnvironment]))).Refused("dry-verification.only-after");
        (await VerifiedAsync(number)).Findings.ShouldAllBe(finding => finding.Stage == Stage.VerifyDeployment && finding.Verdict == Verdict.Pass);

        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "package"), "by hand");
        (await VerifiedAsync(number)).ShouldSatisfyAllConditions(
            found => found.Name.ShouldBe($"{number}/V3"), found => found.Verdict.ShouldBe(Verdict.Fail), found => found.Counts.ShouldBe(new Dictionary<Verdict, int> { [Verdict.Pass] = 1, [Verdict.Fail] = 1 }));
        (await hub.AsSystem.Send(new ListDryVerifications(number))).Select(row => (row.Number, row.Verdict)).ShouldBe([(3, Verdict.Fail), (2, Verdict.Pass), (1, Verdict.Pass)]);
    }

    [Fact]
    public async Task A_pipeline_asks_and_waits_in_two_calls_and_a_stakeholder_sees_verdicts_without_evidence()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var number = await estate.PlanAsync();
        using var pipeline = await hub.ProgramFor();

        using var asked = await pipeline.PostAsync($"/api/v1/deployments/{number}/verifications?stages=VerifyComponents", null);
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var found = JsonDocument.Parse(await pipeline.GetStringAsync($"{asked.Headers.Location}?waitSeconds=60")).RootElement;
        (found.GetProperty("verdict").GetString(), found.GetProperty("isOver").GetBoolean()).ShouldBe(("Pass", true));
        found.GetProperty("findings").EnumerateArray().Single().GetProperty("evidence").GetArrayLength().ShouldBe(1);

        (await hub.As(Role.Stakeholder).Send(new ShowDryVerification($"{number}/V1"))).Done().Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Verdict.ShouldBe(Verdict.Pass), finding => finding.Evidence.ShouldBeEmpty());
    }

    [Fact]
    public async Task What_a_worker_was_lost_over_is_looked_at_by_another_and_who_asks_anew_gives_up_the_earlier_one()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        await estate.RegisterTargetAsync("far", new LocalConnection(estate.PlaceOf("t-1")), pool: "nobody");
        var number = await estate.PlanAsync();

        var first = (await hub.As(Role.CiSystem).Send(new VerifyNow(number))).Done();
        await TestHub.Until(async () => await ShownAsync(first) is { IsOver: false } now && now.Findings.Count(finding => finding.Verdict is Verdict.Pending) == 1, "only the target that no worker reaches is left");
        await LoseAsync(first);
        await TestHub.Until(async () => (await ShownAsync(first)).Findings.Single(finding => finding.Subject == "t-1") is { Verdict: Verdict.Pass, By: not "lost" }, "another worker looks", 40);

        (await hub.As(Role.CiSystem).Send(new VerifyNow(number))).Done();
        (await ShownAsync(first)).ShouldSatisfyAllConditions(
            given => given.IsOver.ShouldBeTrue(), given => given.Findings.Single(finding => finding.Subject == "far").Found!.ShouldContain("asked for another verification"));
    }

    private async Task<ShowDryVerification.View> VerifiedAsync(string number)
    {
        var name = (await hub.As(Role.CiSystem).Send(new VerifyNow(number))).Done();
        var found = (await hub.AsSystem.Send(new ShowDryVerification(name, WaitSeconds: 60))).Done();
        found.IsOver.ShouldBeTrue();
        return found;
    }

    private async Task<ShowDryVerification.View> ShownAsync(string name) => (await hub.AsSystem.Send(new ShowDryVerification(name))).Done();

    /// <summary>As if a worker had taken the first target and were gone.</summary>
    private Task LoseAsync(string verification) => hub.Database(async db =>
    {
        var look = await db.DryLooks.SingleAsync(look => look.Subject == "t-1" && db.DryVerifications.Any(known => known.Id == look.VerificationId && known.Name == verification));
        return await db.Database.ExecuteSqlAsync($"update dry_looks set worker = 'lost', fence = fence + 1, due_at = now(), checks = jsonb_set(checks, array['0'], (checks -> 0) - 'outcome' - 'by' - 'endedAt') where verification_id = {look.VerificationId.Value} and ordinal = {look.Ordinal}");
    });
}
