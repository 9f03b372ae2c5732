using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Deployments.Approving;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Process A from the plan of a model to its publication, rehearsed by real workers.</summary>
public sealed class BringingAModelIntoUse(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private static readonly ModelIntent Intent = new("Less waiting");

    [Fact]
    public async Task A_model_is_planned_written_rehearsed_approved_and_published()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "echo ${version.label} >> journal"), targets: 1);
        var slug = TestHub.Unique("model");
        var (author, practitioner) = (await hub.PersonFor(Role.DeploymentManager), await hub.PersonFor(Role.DeploymentPractitioner));

        (await hub.As(author).Send(new CreateModel(slug, "Planned", "Brings things.", Intent, estate.Name))).Done().Number.ShouldBe(1);
        (await hub.AsSystem.Send(new ListModels(Limit: 200))).Rows.Single(row => row.Slug == slug).PublishedAt.ShouldBeNull();
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Model = slug }))).Refused("plan.model-unknown");

        (await hub.As(practitioner).Send(new StartTestingModelVersion(slug, 1))).Done();
        (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(Rehearsing(RehearsalCase.Pass)))).Refused("access.not-permitted");
        (await hub.As(author).Send(new PassModelVersionTesting(slug, 1))).Refused("model.not-rehearsed");
        await estate.ReachesAsync(await RehearseAsync(RehearsalCase.Pass), RunStatus.Succeeded);
        var halted = await RehearseAsync(RehearsalCase.ForcedFailure, "1.1.0");
        await estate.ReachesAsync(halted, RunStatus.Halted);
        estate.Journal("t-1").ShouldBe(["1.0.0", "1.1.0"], "the work was done and only counts as failed");
        (await estate.ResolveAsync(halted, ResolutionChoice.Retry, practitioner)).Done();
        await estate.ReachesAsync(halted, RunStatus.Succeeded);
        var rolledBack = await RehearseAsync(RehearsalCase.Rollback);
        await estate.ReachesAsync(rolledBack, RunStatus.Halted);
        (await estate.ResolveAsync(rolledBack, ResolutionChoice.RollBack, practitioner)).Done();
        await estate.ReachesAsync(rolledBack, RunStatus.RolledBack);

        (await hub.As(author).Send(new PassModelVersionTesting(slug, 1))).Done();
        var digest = (await ShowAsync(1)).Digest.ToString();
        (await hub.As(author).Send(new ApproveModelVersion(slug, 1, digest))).Refused("SOD-5");
        (await hub.As(Role.Approver).Send(new ApproveModelVersion(slug, 1, digest))).Done();
        (await hub.As(author).Send(new PublishModelVersion(slug, 1, "CHG-311", "New."))).Done();
        var number = (await hub.As(Role.ReleaseManager).Send(new CreateDeployment(estate.Plan("1.0.0") with { Model = slug }))).Done();
        (await hub.As(Role.Approver).Send(new ShowDecision(number))).Done().Lately.Select(run => (run.Status, run.Rehearsal)).ShouldBe(
            [(RunStatus.RolledBack, RehearsalCase.Rollback), (RunStatus.Succeeded, RehearsalCase.ForcedFailure), (RunStatus.Succeeded, RehearsalCase.Pass)], "what was made to fail is told from what failed");

        PlanInput Rehearsing(RehearsalCase rehearsed, string label = "1.0.0") => estate.Plan(label) with { Model = slug, ModelVersion = 1, DeployAgain = true, Rehearsal = new PlannedRehearsal(rehearsed) };

        async Task<string> RehearseAsync(RehearsalCase rehearsed, string label = "1.0.0")
        {
            var number = (await hub.As(practitioner).Send(new CreateDeployment(Rehearsing(rehearsed, label)))).Done();
            (await hub.As(practitioner).Send(new SubmitDeployment(number))).Done();
            return (await hub.As(practitioner).Send(new StartRun(number))).Done();
        }

        async Task<ShowModelVersion.View> ShowAsync(int number) => (await hub.AsSystem.Send(new ShowModelVersion(slug, number))).Done();
    }

    [Fact]
    public async Task A_plan_with_an_earlier_version_waits_until_it_takes_over_what_has_to_be_used()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        var author = await hub.PersonFor(Role.DeploymentManager);
        var number = await estate.PlanAsync();
        await TestedAsync(estate.Name, author);

        var undecided = (await hub.As(author).Send(new PublishModelVersion(estate.Name, 2, "CHG-1", "Other."))).Refused("model.plans-undecided");
        undecided.Message.ShouldContain(number);
        (await hub.As(author).Send(new PublishModelVersion(estate.Name, 2, "CHG-1", "Other.", [new PlanMigration(number, MigrationDecision.MustUpgrade)]))).Done();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Refused("deployment.gates-closed").Message.ShouldContain("v2 has to be used");

        (await hub.As(Role.ReleaseManager).Send(new EditDeployment(number, estate.Plan("1.0.0"), "Taken over"))).Done();
        (await hub.As(Role.DeploymentPractitioner).Send(new StartRun(number))).Done();
        (await hub.As(author).Send(new RetireModelVersion(estate.Name, 1, "Replaced."))).Done();
    }

    [Fact]
    public async Task Two_who_write_at_once_lose_nothing_and_a_text_with_errors_is_kept()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        (await hub.As(Role.DeploymentPractitioner).Send(new DraftModelVersion(estate.Name, Intent))).Done().ShouldBe(2);
        var seen = (await ShowAsync()).RowVersion;

        var written = (await hub.As(Role.DeploymentPractitioner).Send(new WriteModelVersion(estate.Name, 2, "model: [\n# mine", Seen: seen))).Done();
        written.IsComplete.ShouldBeFalse();
        (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(estate.Name, 2, "# theirs", Seen: seen))).Refused("changed-meanwhile");
        (await ShowAsync()).ShouldSatisfyAllConditions(draft => draft.Yaml.ShouldBe("model: [\n# mine"), draft => draft.Content.ShouldBeNull(), draft => draft.Remarks.ShouldNotBeEmpty());

        (await hub.As(Role.DeploymentPractitioner).Send(new StartTestingModelVersion(estate.Name, 2))).Refused("model.has-errors");
        (await hub.As(Role.DeploymentManager).Send(new DiscardModelVersion(estate.Name, 2, "Not needed."))).Done();

        async Task<ShowModelVersion.View> ShowAsync() => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done();
    }

    /// <summary>Its second version, walked through at the table and approved.</summary>
    private async Task TestedAsync(string slug, TestPerson author)
    {
        (await hub.As(author).Send(new DraftModelVersion(slug, Intent))).Done();
        var draft = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done();
        (await hub.As(author).Send(new WriteModelVersion(slug, 2, draft.Yaml.Replace("Shows what a test is about.", "Another one.", StringComparison.Ordinal)))).Done().IsComplete.ShouldBeTrue();
        (await hub.As(author).Send(new StartTestingModelVersion(slug, 2))).Done();
        foreach (var required in new[] { RehearsalCase.Pass, RehearsalCase.ForcedFailure, RehearsalCase.Rollback })
            (await hub.As(Role.DeploymentPractitioner).Send(new RehearseAtTable(slug, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(slug, 2))).Done();
        var digest = (await hub.AsSystem.Send(new ShowModelVersion(slug, 2))).Done().Digest.ToString();
        (await hub.As(Role.Approver).Send(new ApproveModelVersion(slug, 2, digest))).Refused("model.tabletop-needs-manager");
        (await hub.As(await hub.NewPerson("Milo", new RoleGrant(Role.DeploymentManager))).Send(new ApproveModelVersion(slug, 2, digest))).Done();
    }
}
