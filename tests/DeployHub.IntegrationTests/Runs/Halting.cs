using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Runs;

/// <summary>A failure halts; people decide; what then happens is what they decided.</summary>
public sealed class Halting(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private const string FailsFor110 = "grep -q 1.0.0 package && cp package installed";

    [Fact]
    public async Task A_failure_halts_in_the_first_batch_and_a_rollback_brings_the_version_before_back()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", FailsFor110));
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);

        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).Targets.Count(target => target.Result is TargetResult.Failed).ShouldBe(1);

        (await estate.ResolveAsync(run, ResolutionChoice.RollBack)).Done();
        await estate.ReachesAsync(run, RunStatus.RolledBack);
        foreach (var target in (string[])["t-1", "t-2"]) (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf(target), "installed"))).ShouldBe("1.0.0");
        (await DeploymentAsync(run)).Outcome.ShouldBe(Outcome.RolledBack);
    }

    [Fact]
    public async Task A_failed_target_is_tried_again_once_its_cause_is_gone()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "test -e repaired"));
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        foreach (var target in (string[])["t-1", "t-2"]) await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf(target), "repaired"), "");
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await DeploymentAsync(run)).Outcome.ShouldBe(Outcome.SucceededAfterIntervention);
    }

    [Fact]
    public async Task A_failed_target_can_be_left_out()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "test $(basename $PWD) != t-1"), targets: 3);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.ExcludeTargets, CauseClass.Environment, "It is broken.", ["t-1"]))).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await estate.RunAsync(run)).Targets.Single(target => target.Name == "t-1").Result.ShouldBe(TargetResult.Deferred);
    }

    [Fact]
    public async Task A_failure_is_fixed_forward_by_a_deployment_that_supersedes_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "grep -q 1.1.0 package && cp package installed"));
        var run = await estate.StartAsync("1.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        var successor = await estate.PlanAsync("1.1.0");

        (await RollForwardAsync(run, "DEP-1999-000001")).Error!.Code.ShouldBe("run.successor-missing");
        (await RollForwardAsync(run, run[..run.IndexOf('/', StringComparison.Ordinal)])).Error!.Code.ShouldBe("deployment.not-superseding");
        (await RollForwardAsync(run, successor)).Done();
        (await DeploymentAsync(run)).Status.ShouldBe(DeploymentStatus.Halted);

        var fixedBy = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(successor))).Done();
        await estate.ReachesAsync(fixedBy, RunStatus.Succeeded);
        (await DeploymentAsync(run)).ShouldSatisfyAllConditions(
            superseded => superseded.Status.ShouldBe(DeploymentStatus.Completed), superseded => superseded.Outcome.ShouldBe(Outcome.RolledForward));
    }

    [Fact]
    public async Task What_was_to_be_fixed_forward_has_failed_when_its_successor_is_cancelled()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "false"));
        var run = await estate.StartAsync("1.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        var successor = await estate.PlanAsync("1.1.0");
        (await RollForwardAsync(run, successor)).Done();

        (await hub.As(Role.ReleaseManager).Send(new CancelDeployment(successor, "Another way was found."))).Done();
        (await DeploymentAsync(run)).Outcome.ShouldBe(Outcome.Failed);
    }

    [Fact]
    public async Task An_approver_accepts_a_failed_check_with_a_waiver()
    {
        using var estate = await Estate.RegisterAsync(hub, "- { name: Look, uses: check-script, with: { command: [sh, -c, 'exit 1'] }, timeout: 1m }", targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).Choices.ShouldContain(ResolutionChoice.AcceptWithWaiver);
        var waiver = new ResolveHalt(run, ResolutionChoice.AcceptWithWaiver, CauseClass.Environment, "It is always red here.") { Until = hub.Clock.GetUtcNow().AddDays(3), CompensatingMeasure = "Paul looks twice a day." };

        (await hub.As(Role.DeploymentPractitioner).Send(waiver)).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await hub.As(Role.Approver).Send(waiver)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await DeploymentAsync(run)).Outcome.ShouldBe(Outcome.SucceededAfterIntervention);
    }

    private async Task<Result> RollForwardAsync(string run, string successor) =>
        await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.RollForward, CauseClass.Component, "The new version is right.") { SupersededBy = successor });

    [Fact]
    public async Task Bytes_that_are_not_those_registered_halt_before_any_target_is_touched()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo begin >> journal"));
        await estate.RegisterVersionAsync("6.6.6", "something else");
        var run = await estate.StartAsync("6.6.6");
        await estate.ReachesAsync(run, RunStatus.Halted);

        var view = await estate.RunAsync(run);
        view.OpenHalt!.Cause.ShouldBe(HaltCause.DigestMismatch);
        view.OpenHalt.Stage.ShouldBe(Stage.VerifyComponents);
        File.Exists(Path.Combine(estate.PlaceOf("t-1"), "package")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_target_that_cannot_be_reached_halts_before_anything_is_changed()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo begin >> journal"));
        await estate.RegisterTargetAsync("t-3", new SshConnection("127.0.0.1", 1, "nobody", $"SHA256:{new string('A', 43)}", "no-such-secret", "/tmp"));
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await estate.RunAsync(run)).OpenHalt!.Stage.ShouldBe(Stage.VerifyEnvironment);
        estate.Journal("t-1").ShouldBeEmpty();
    }

    [Fact]
    public async Task Before_anything_is_touched_a_deployment_can_be_postponed_and_run_again()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo begin >> journal"));
        await estate.ReachesAsync(await estate.StartAsync("1.0.0"), RunStatus.Succeeded);
        Directory.Move(estate.Store, $"{estate.Store}-away");
        var run = await estate.StartAsync("1.1.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await estate.RunAsync(run)).Choices.ShouldBe([ResolutionChoice.Retry, ResolutionChoice.FixAndRecheck, ResolutionChoice.AcceptWithWaiver, ResolutionChoice.Postpone, ResolutionChoice.ReplaceComponent, ResolutionChoice.RollForward, ResolutionChoice.Abandon]);

        (await estate.ResolveAsync(run, ResolutionChoice.Postpone)).Done();
        (await DeploymentAsync(run)).Status.ShouldBe(DeploymentStatus.Scheduled);
        (await estate.RunAsync(run)).Outcome.ShouldBeNull();

        Directory.Move($"{estate.Store}-away", estate.Store);
        var again = (await hub.As(Role.DeploymentManager).Send(new StartRun(run[..run.IndexOf('/', StringComparison.Ordinal)]))).Done();
        again.ShouldEndWith("/R2");
        await estate.ReachesAsync(again, RunStatus.Succeeded);
        (await DeploymentAsync(again)).Outcome.ShouldBe(Outcome.Succeeded);
    }

    [Fact]
    public async Task A_run_whose_row_is_damaged_does_not_hold_up_the_others()
    {
        using var damaged = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo begin >> journal"));
        await hub.Database(db => db.Database.ExecuteSqlRawAsync("create function damage() returns trigger language plpgsql as $$ begin new.stages = '[7]'; return new; end $$; create trigger damage before insert on runs for each row execute function damage()"));
        await damaged.StartAsync();
        await hub.Database(db => db.Database.ExecuteSqlRawAsync("drop trigger damage on runs; drop function damage()"));

        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo begin >> journal"));
        await estate.ReachesAsync(await estate.StartAsync(), RunStatus.Succeeded);
        damaged.Journal("t-1").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_decide_at_once_one_wins_and_the_other_hears_it()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "false"));
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        var people = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => hub.NewPerson("operator", new RoleGrant(Role.DeploymentManager))));
        var answers = await Task.WhenAll(people.Select(person => estate.ResolveAsync(run, ResolutionChoice.Abandon, person)));

        answers.Count(answer => answer.Error is null).ShouldBe(1);
        answers.Single(answer => answer.Error is not null).Error!.Message.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_start_during_somebody_else_s_run_waits_for_its_turn()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "until test -e go; do sleep 0.1; done; echo begin >> journal"), targets: 1);
        var second = await estate.PlanAsync("1.1.0");
        var first = await estate.StartAsync("1.0.0");
        await TestHub.Until(async () => (await estate.RunAsync(first)).Stages.Any(stage => stage is { Stage: Stage.Execute, Status: StageStatus.Running }), "the first one changes its target");
        var waiting = (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(second))).Done();

        await estate.ReachesAsync(waiting, RunStatus.Waiting);
        (await estate.RunAsync(waiting)).WaitingSentence!.ShouldContain(first);
        await File.WriteAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), "go"), "");
        await estate.ReachesAsync(waiting, RunStatus.Succeeded);
        estate.Journal("t-1").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_script_that_never_ends_is_ended_with_everything_it_started()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Hang", "sleep 60 & echo $! > child; echo $$ > parent; wait", "timeout: 1s"), targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await estate.RunAsync(run)).OpenHalt!.Sentence.ShouldContain("limit");
        foreach (var process in (string[])["parent", "child"])
        {
            var id = (await File.ReadAllTextAsync(Path.Combine(estate.PlaceOf("t-1"), process))).Trim();
            await TestHub.Until(() => Task.FromResult(!Directory.Exists($"/proc/{id}") || File.ReadAllText($"/proc/{id}/stat").Contains(") Z")), $"the {process} process is gone");
        }
    }

    [Fact]
    public async Task Output_without_end_is_cut_visibly_and_the_step_goes_on()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Shout", "yes a-line-of-output | head -n 300000; echo done > shouted"), targets: 1);
        var run = await estate.StartAsync();
        await estate.ReachesAsync(run, RunStatus.Succeeded, seconds: 90);

        File.Exists(Path.Combine(estate.PlaceOf("t-1"), "shouted")).ShouldBeTrue();
        var cut = await hub.AsSystem.Send(new ListLogLines(run, Text: "The output is cut here"));
        cut.ShouldHaveSingleItem().Text.ShouldContain("200,000");
    }

    private async Task<ShowDeployment.View> DeploymentAsync(string run) => (await hub.AsSystem.Send(new ShowDeployment(run[..run.IndexOf('/', StringComparison.Ordinal)]))).Done();
}
