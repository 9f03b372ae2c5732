using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Models;
using DeployHub.Features.Deployments;
using DeployHub.Features.Models;
using DeployHub.IntegrationTests.Doors;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Every refusal on the way of a model version is the same at the page and at the API, and nothing that was typed is lost.</summary>
public sealed class RefusingVersions(TestHub hub) : IClassFixture<TestHub>
{
    private static readonly ModelIntent Intent = new("Less waiting");
    private static readonly RehearsalCase[] Cases = [RehearsalCase.Pass, RehearsalCase.ForcedFailure, RehearsalCase.Rollback];

    [Fact]
    public async Task Writing_what_somebody_else_wrote_or_nobody_may_write_any_more()
    {
        using var estate = await DraftedAsync();
        using var doors = await BothDoors.OfAsync(hub, Role.DeploymentManager);
        var text = await TextAsync(estate);

        await doors.RefuseAlikeAsync(
            Writing("A text that somebody else changed", "changed-meanwhile", estate.Name, Another(text, "Mine."), 1),
            Moving("Testing a text that somebody else changed", "changed-meanwhile", null, estate.Name, "StartTesting", "start-testing", null, 1));

        (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(estate.Name, 2, "model: [\n# mine"))).Done().IsComplete.ShouldBeFalse();
        await doors.RefuseAlikeAsync(Moving("Testing a text with errors", "model.has-errors", null, estate.Name, "StartTesting", "start-testing"));

        (await hub.As(Role.DeploymentManager).Send(new WriteModelVersion(estate.Name, 2, text))).Done();
        (await hub.As(Role.DeploymentManager).Send(new StartTestingModelVersion(estate.Name, 2))).Done();
        await doors.RefuseAlikeAsync(
            Writing("A version in test", "model.frozen", estate.Name, Another(text, "Too late.")),
            Writing("A version that is in use", "model.frozen", estate.Name, Another(text, "Too late."), version: 1),
            Writing("A version that is not there", "model-version.not-found", estate.Name, text, version: 9));
    }

    [Fact]
    public async Task A_text_that_is_another_one_than_was_rehearsed_or_read()
    {
        using var estate = await DraftedAsync();
        var (author, practitioner) = (await hub.PersonFor(Role.DeploymentManager), await hub.PersonFor(Role.DeploymentPractitioner));
        (await hub.As(author).Send(new StartTestingModelVersion(estate.Name, 2))).Done();
        var read = await DigestAsync(estate);
        var planned = (await hub.As(practitioner).Send(new CreateDeployment(estate.Plan("1.0.0") with { ModelVersion = 2, DeployAgain = true, Rehearsal = new PlannedRehearsal(RehearsalCase.Pass) }))).Done();
        (await hub.As(practitioner).Send(new SubmitDeployment(planned))).Done();
        foreach (var required in Cases) (await hub.As(practitioner).Send(new RehearseAtTable(estate.Name, 2, required, true, "Somebody Else", "Line by line."))).Done();

        (await hub.As(author).Send(new ReopenModelVersion(estate.Name, 2, "It lacks a word."))).Done();
        (await hub.As(author).Send(new WriteModelVersion(estate.Name, 2, Another(await TextAsync(estate), "Another one.")))).Done();
        (await hub.As(author).Send(new StartTestingModelVersion(estate.Name, 2))).Done();

        using var doors = await BothDoors.OfAsync(hub, author);
        using var runner = await BothDoors.OfAsync(hub, practitioner);
        await doors.RefuseAlikeAsync(Moving("Passing what was rehearsed with another text", "model.not-rehearsed", null, estate.Name, "PassTesting", "pass-testing"));
        await runner.RefuseAlikeAsync(new Refusal(
            "Starting the rehearsal of the other text", "deployment.gates-closed", null, new($"/deployments/{planned}", "Start"), Request.Post($"/deployments/{planned}/runs")));

        foreach (var required in Cases) (await hub.As(practitioner).Send(new RehearseAtTable(estate.Name, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(estate.Name, 2))).Done();
        using var second = await BothDoors.OfAsync(hub, await hub.NewPerson("Milo", new RoleGrant(Role.DeploymentManager)));
        await second.RefuseAlikeAsync(Approving("Approving the other text", "model.digest-changed", estate.Name, read));
    }

    [Fact]
    public async Task What_whoever_edited_last_may_not()
    {
        using var estate = await DraftedAsync();
        var author = await hub.PersonFor(Role.DeploymentManager);
        await TestAsync(estate, author);
        using var doors = await BothDoors.OfAsync(hub, author);
        using var approver = await BothDoors.OfAsync(hub, Role.Approver);

        await doors.RefuseAlikeAsync(
            Approving("Approving it", "SOD-5", estate.Name, await DigestAsync(estate)),
            Publishing("Publishing it with nobody else's yes", "model.not-approved", null, estate.Name, "CHG-311", "Looks earlier."),
            Publishing("Publishing it for no change", "invalid", "ChangeReference", estate.Name, "", "Looks earlier."),
            Publishing("Publishing it without a word", "invalid", "ReleaseNote", estate.Name, "CHG-311", ""));
        await approver.RefuseAlikeAsync(Approving("Approving what was only walked through", "model.tabletop-needs-manager", estate.Name, await DigestAsync(estate)));
    }

    [Fact]
    public async Task Publishing_and_what_comes_after()
    {
        using var estate = await DraftedAsync();
        var author = await hub.PersonFor(Role.DeploymentManager);
        var plan = await estate.PlanAsync();
        await TestAsync(estate, author);
        (await hub.As(await hub.NewPerson("Milo", new RoleGrant(Role.DeploymentManager))).Send(new ApproveModelVersion(estate.Name, 2, await DigestAsync(estate)))).Done();
        using var doors = await BothDoors.OfAsync(hub, author);

        await doors.RefuseAlikeAsync(Publishing("With plans that nobody decided about", "model.plans-undecided", "Migrations", estate.Name, "CHG-311", "Looks earlier."));

        (await hub.As(author).Send(new PublishModelVersion(estate.Name, 2, "CHG-311", "Looks earlier.", [new PlanMigration(plan, MigrationDecision.Keep)]))).Done();
        await doors.RefuseAlikeAsync(
            Moving("Suspending without a reason", "invalid", "Reason", estate.Name, "Suspend", "suspend", ""),
            Moving("Retiring the one with open plans", "model.in-use", null, estate.Name, "Retire", "retire", "Replaced.", version: 1));
        (await hub.As(author).Send(new SuspendModelVersion(estate.Name, 2, "It wipes the disk."))).Done();
        await doors.RefuseAlikeAsync(Moving("Resuming it as whoever suspended it", "SOD-5", null, estate.Name, "Resume", "resume", "It does not."));
    }

    private static Refusal Writing(string what, string code, string slug, string text, uint? seen = null, int version = 2) => new(
        what, code, null, new($"/models/{slug}/versions/{version}/edit", "Save", [("Document", text), .. seen is null ? [] : new[] { ("Seen", $"{seen}") }]),
        Request.Put($"/models/{slug}/versions/{version}", text, seen));

    private static Refusal Approving(string what, string code, string slug, string digest) =>
        new(what, code, null, new($"/models/{slug}/versions/2", "Approve", ("Digest", digest)), Request.Post($"/models/{slug}/versions/2/approve", new { digest }));

    private static Refusal Publishing(string what, string code, string? field, string slug, string changeReference, string releaseNote) => new(
        what, code, field is null ? null : $"Publishing.{field}",
        new($"/models/{slug}/versions/2", "Publish", ("Publishing.ChangeReference", changeReference), ("Publishing.ReleaseNote", releaseNote)),
        Request.Post($"/models/{slug}/versions/2/publish", new { changeReference, releaseNote }));

    private static Refusal Moving(string what, string code, string? field, string slug, string handler, string move, string? reason = null, uint? seen = null, int version = 2) => new(
        what, code, field, new($"/models/{slug}/versions/{version}", handler, [.. reason is null ? [] : new[] { ("Reason", reason) }, .. seen is null ? [] : new[] { ("Seen", $"{seen}") }]),
        new Request(HttpMethod.Post, $"/models/{slug}/versions/{version}/{move}", reason is null ? new object() : new { reason }, seen));

    private static string Another(string text, string purpose) => text.Replace("Shows what a test is about.", purpose, StringComparison.Ordinal);

    /// <summary>Its second version is a draft that says what the first one does.</summary>
    private async Task<Estate> DraftedAsync()
    {
        var estate = await Estate.RegisterAsync(hub, Estate.Script("Install", "true"), targets: 1);
        (await hub.As(Role.DeploymentManager).Send(new DraftModelVersion(estate.Name, Intent))).Done().ShouldBe(2);
        return estate;
    }

    /// <summary>Walked through at the table by somebody else than its author.</summary>
    private async Task TestAsync(Estate estate, TestPerson author)
    {
        (await hub.As(author).Send(new WriteModelVersion(estate.Name, 2, Another(await TextAsync(estate), "Another one.")))).Done().IsComplete.ShouldBeTrue();
        (await hub.As(author).Send(new StartTestingModelVersion(estate.Name, 2))).Done();
        foreach (var required in Cases) (await hub.As(Role.DeploymentPractitioner).Send(new RehearseAtTable(estate.Name, 2, required, true, "Somebody Else", "Line by line."))).Done();
        (await hub.As(author).Send(new PassModelVersionTesting(estate.Name, 2))).Done();
    }

    private async Task<string> TextAsync(Estate estate) => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Yaml;

    private async Task<string> DigestAsync(Estate estate) => (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 2))).Done().Digest.ToString();
}
