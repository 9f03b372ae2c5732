using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Runs;
using DeployHub.Features.Deployments;
using DeployHub.Features.Inventory;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Inventory;

/// <summary>From the page or the API that registers a version with what it needs to the run that halts because it is not there.</summary>
[Hub.TakesLong(30)]
public sealed class DeclaringDependencies(WorkingHub hub) : IClassFixture<WorkingHub>
{
    [Fact]
    public async Task What_a_version_needs_is_shown_while_planning_halts_its_run_and_holds_once_it_is_there()
    {
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"), targets: 1, change: (_, document) => Task.FromResult(document.Replace(
            "uses: check-artefacts, timeout: 1m }", "uses: check-artefacts, timeout: 1m }, { name: What it needs, uses: check-dependencies, timeout: 1m }", StringComparison.Ordinal)));
        var agent = $"{estate.Name}-agent";
        (await hub.As(Role.DeploymentManager).Send(new RegisterComponent(estate.Name, agent, "Agent", ComponentKind.Software))).Done();
        foreach (var label in (string[])["2.9.0", "3.1.0"])
            (await hub.As(Role.ReleaseManager).Send(new RegisterComponentVersion(agent, label, [new("package", estate.Name, "1.0.0", Digest.OfText("1.0.0").ToString())]))).Done();
        await DeclareAsync(estate, agent);

        await ObserveAsync(estate, agent, "2.9.0");
        var plan = estate.Plan("2.0.0");
        var problem = $"{estate.Name} 2.0.0 needs {agent} ^3 on the same target, but t-1 has 2.9.0: deploy {agent} ^3 first or in the same plan, or plan another version of {estate.Name}.";
        (await hub.AsSystem.Send(new ShowPlanningChoices(plan))).Preview!.Problems.ShouldBe([problem]);

        var run = await estate.StartAsync("2.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        var halt = (await estate.RunAsync(run)).OpenHalt!;
        halt.Cause.ShouldBe(HaltCause.DependencyConflict);
        halt.Sentence.ShouldContain(problem);

        await ObserveAsync(estate, agent, "3.1.0");
        (await hub.AsSystem.Send(new ShowPlanningChoices(plan))).Preview!.Problems.ShouldBeEmpty();
        (await estate.ResolveAsync(run, ResolutionChoice.Retry)).Done();
        await estate.ReachesAsync(run, RunStatus.Succeeded);
        (await estate.RunAsync(run)).TargetRuns[0].Steps[1].Attempts[^1].Outcome.ShouldBeOfType<StepOutcome.Succeeded>().Evidence
            .ShouldBe([new Evidence($"{estate.Name} 2.0.0 needs {agent} ^3 on the same target", "t-1 has 3.1.0")]);
    }

    /// <summary>By the page; then the same and others by the API.</summary>
    private async Task DeclareAsync(Estate estate, string agent)
    {
        await File.WriteAllTextAsync(Path.Combine(estate.Store, "2.0.0"), "2.0.0");
        var (address, digest) = ($"/components/{estate.Name}/versions", Digest.OfText("2.0.0").ToString());
        (string, string)[] typed = [("Input.Label", "2.0.0"), ("Input.Artefacts[0].Name", "package"), ("Input.Artefacts[0].Store", estate.Name), ("Input.Artefacts[0].Path", "2.0.0"), ("Input.Artefacts[0].Digest", digest)];
        using (var browser = await hub.BrowserFor(Role.ReleaseManager))
        {
            using var unread = await browser.Submit($"{address}/new", null, [.. typed, ("Input.Dependencies", "requires agent")]);
            (await unread.Content.ReadAsStringAsync()).ShouldContain("cannot be read. Write needs, goes with or not with");
            using var registered = await browser.Submit($"{address}/new", null, [.. typed, ("Input.Dependencies", $"needs {agent} ^3 on the same target")]);
            registered.StatusCode.ShouldBe(HttpStatusCode.Redirect, await registered.Content.ReadAsStringAsync());
            (await browser.Read($"{address}/2.0.0")).ShouldContain("^3 on the same target");
        }

        using var api = await hub.ClientFor(Role.ReleaseManager);
        (await api.PostAsJsonAsync($"/api/v1{address}", Version(new { component = agent, versions = "^3", where = "SameTarget" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await api.PostAsJsonAsync($"/api/v1{address}", Version(new { component = agent, versions = "^4", where = "SameTarget" })).Problem(HttpStatusCode.Conflict, "component-version.other-dependencies");
        (await api.PostAsJsonAsync($"/api/v1{address}", Version(new { component = "no-such-thing", versions = "*", where = "SameTarget" })).Problem(HttpStatusCode.BadRequest, "component.not-found"))
            .GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("dependencies[0].component");
        await api.PostAsJsonAsync($"/api/v1{address}", Version(new { component = agent, versions = "newest please", where = "SameTarget" })).Problem(HttpStatusCode.BadRequest, "invalid");
        (await api.GetAsync($"/api/v1{address}/2.0.0").Json()).GetProperty("dependencies")[0].GetProperty("kind").GetString().ShouldBe("Needs");

        object Version(object dependency) => new { label = "2.0.0", artefacts = new[] { new { name = "package", store = estate.Name, path = "2.0.0", digest } }, dependencies = new[] { dependency } };
    }

    private async Task ObserveAsync(Estate estate, string component, string label) =>
        (await hub.As(Role.DeploymentManager).Send(new ReportObservation(estate.Name, "t-1", component, label, "agent"))).Done();
}
