using System.Net;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Models.Starters;

namespace DeployHub.IntegrationTests.Models;

/// <summary>After a rehearsal that did not pass: the same once more, or the version is changed.</summary>
[Collection(nameof(Rehearsals))]
public sealed class TryingARehearsalAgain(StarterHub hub)
{
    [Fact]
    public async Task It_is_planned_again_as_it_was_or_reopened_with_what_was_seen()
    {
        using var estate = await StarterEstate.BeginAsync(hub, "own-installer");
        estate.Parameters["soak"] = "1s";
        await estate.AddVersionAsync("1.0.0", "package.tar.gz", Encoding.UTF8.GetBytes("no archive"));
        await estate.AddTargetAsync("one", null, null, [("port", "1")]);
        var run = await estate.StartAsync(RehearsalCase.Pass, "1.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);
        (await hub.As(Role.DeploymentManager).Send(new ResolveHalt(run, ResolutionChoice.Abandon, CauseClass.Component, "The package is no archive."))).Done();
        await estate.ReachesAsync(run, RunStatus.Ended);

        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        var address = $"/models/{estate.Name}/versions/1";
        var version = await browser.Read(address);
        var plan = $"/deployments/new?Input.Environment={estate.Name}&amp;Input.Versions={estate.Name}@1.0.0&amp;Input.Model={estate.Name}&amp;Input.Targets=one";
        version.ShouldContain(plan);
        version.ShouldContain("Reopen and edit v1");
        (await browser.Read($"/deployments/{run.Replace("/R", "/runs/")}")).ShouldContain(plan);

        using var reopened = await browser.Submit(address, "EditAgain", ("Reason", "It halted."));
        reopened.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        reopened.Headers.Location!.OriginalString.ShouldBe($"{address}/form");
        (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 1))).Done().Status.ShouldBe(ModelVersionStatus.Draft);
        (await browser.Read($"{address}/form")).ShouldContain("Start testing v1");

        using var testing = await browser.Submit($"{address}/form", "Test");
        testing.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await hub.AsSystem.Send(new ShowModelVersion(estate.Name, 1))).Done().Status.ShouldBe(ModelVersionStatus.InTest);
    }
}
