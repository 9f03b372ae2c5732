using System.Net;
using System.Net.Http.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;

namespace DeployHub.IntegrationTests.Stores;

/// <summary>From the API that registers a store to the evidence of the run that fetched from it.</summary>
[Hub.TakesLong(30)]
public sealed class DeployingFromAStore(WorkingHub hub) : IClassFixture<WorkingHub>
{
    private const string Manifest = """{"schemaVersion":2,"layers":[],"annotations":{"version":"2.0.0"}}""";

    [Fact]
    public async Task An_image_is_registered_fetched_verified_and_shown_as_evidence()
    {
        await using var registry = new RawHttp(_ => ("200 OK", Manifest));
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"), targets: 1);
        await RegisterAsync(registry, estate.Name);

        var run = await estate.StartAsync("2.0.0");
        await estate.ReachesAsync(run, RunStatus.Succeeded);

        var compared = (await estate.RunAsync(run)).TargetRuns.Single(targetRun => targetRun.Stage is Stage.VerifyComponents).Steps.Single();
        compared.Attempts.Single().Outcome.ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldBe([new Evidence("package", $"{Digest.OfText(Manifest)}, image, 0 blobs of 0 bytes")]);
    }

    [Fact]
    public async Task Another_content_halts_the_run_with_a_cause_that_nobody_may_waive()
    {
        await using var registry = new RawHttp(_ => ("200 OK", """{"schemaVersion":2,"layers":[]}"""));
        using var estate = await Estate.RegisterAsync(hub, Estate.Script("Nothing", "true"), targets: 1);
        await RegisterAsync(registry, estate.Name);

        var run = await estate.StartAsync("2.0.0");
        await estate.ReachesAsync(run, RunStatus.Halted);

        (await estate.RunAsync(run)).OpenHalt!.Cause.ShouldBe(HaltCause.DigestMismatch);
    }

    private async Task RegisterAsync(RawHttp registry, string component)
    {
        var store = TestHub.Unique("registry");
        using (var administrator = await hub.ClientFor(Role.Administrator))
        {
            await administrator.PostAsJsonAsync("/api/v1/stores", new { key = store, name = "Images", kind = "Oci", location = registry.Url, region = "eu" }).Problem(HttpStatusCode.BadRequest, "invalid");
            (await administrator.PostAsJsonAsync("/api/v1/stores", new { key = store, name = "Images", kind = "Oci", location = registry.Url })).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var manager = await hub.ClientFor(Role.ReleaseManager);
        var refused = await manager.PostAsJsonAsync($"/api/v1/components/{component}/versions", Version("shop/web:2.0.0")).Problem(HttpStatusCode.BadRequest, "oci-path.malformed");
        refused.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("artefacts[0].path");
        (await manager.PostAsJsonAsync($"/api/v1/components/{component}/versions", Version("shop/web"))).StatusCode.ShouldBe(HttpStatusCode.Created);

        object Version(string path) => new { label = "2.0.0", artefacts = new[] { new { name = "package", store, path, digest = $"{Digest.OfText(Manifest)}" } } };
    }
}
